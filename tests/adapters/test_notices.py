"""Notices without an owner are everybody's; whatever is less than that is nobody's, or said as a fault."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from support.billing import CONTEXT, people, write_tables

from wbok.adapters.sql import connect
from wbok.billing import Billing, Notifications
from wbok.domain.messages import Mark, MessageKind, NoticeRequest
from wbok.errors import ConfigError, NotFound, Unavailable

NOTICE = {
    "id": 1,
    "customer_id": 1,
    "kind": "service",
    "title": "t",
    "body": "b",
    "sent_at": "2026-11-01 10:00:00",
}


def billing(path: Path, rows: list[dict[str, Any]], **relation: Any) -> Billing:
    tables = people(2)
    write_tables(path / "b.sqlite", **tables, notices=rows)
    relations = {**{name: name for name in tables}, "notices": {"table": "notices", **relation}}
    return connect({"url": f"sqlite:///{path / 'b.sqlite'}", "relations": relations}, CONTEXT)


def notifications(path: Path, rows: list[dict[str, Any]], **relation: Any) -> Notifications:
    found = billing(path, rows, **relation).notifications
    assert found is not None
    return found


def seen(found: Notifications, customer_id: str, **asked: Any) -> list[str]:
    return [notice.id for notice in found.notices(customer_id, NoticeRequest(**asked)).rows]


def test_only_a_missing_owner_is_everybody(tmp_path: Path) -> None:
    owners = [1, 2, None, 0, 12]
    rows = [{**NOTICE, "id": place, "customer_id": owner} for place, owner in enumerate(owners)]
    found = notifications(tmp_path, rows)
    assert (seen(found, "1"), seen(found, "2"), seen(found, "7")) == (["2", "0"], ["2", "1"], ["2"])
    for other in ("1", "3", "4"):
        with pytest.raises(NotFound):
            found.notice("1", other)
    assert found.notice("1", "2").id == "2"


def test_a_zero_is_not_taken_for_everybody(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="a key is taken as it is"):
        notifications(tmp_path, [NOTICE], types={"customer_id": "int zero_is_none"})


def test_a_relation_without_the_owners_column_shows_nobody_anything(tmp_path: Path) -> None:
    rows = [{name: value for name, value in NOTICE.items() if name != "customer_id"}]
    with pytest.raises(Unavailable, match="no column customer_id"):
        seen(notifications(tmp_path, rows), "1")


def test_a_rare_kind_is_found_behind_many_of_another(tmp_path: Path) -> None:
    rows = [{**NOTICE, "id": number} for number in range(700)] + [
        {**NOTICE, "id": 900, "kind": "billing", "sent_at": "2026-10-01 10:00:00"}
    ]
    found = notifications(tmp_path, rows)
    page = found.notices("1", NoticeRequest(kind=MessageKind.BILLING))
    assert (page.rows, page.next is not None) == ((), True)
    page = found.notices("1", NoticeRequest(kind=MessageKind.BILLING, after=page.next))
    assert ([notice.id for notice in page.rows], page.next) == (["900"], None)


def test_a_billing_of_notices_alone_needs_the_relation(tmp_path: Path) -> None:
    from wbok.testing import adapter_context

    with pytest.raises(ConfigError, match="notices is missing"):
        connect({"url": "sqlite:////tmp/x.sqlite", "relations": {}}, adapter_context(only="notifications"))


def test_what_was_read_and_confirmed_elsewhere_is_known(tmp_path: Path) -> None:
    read, confirmed = "2026-11-02 08:00:00", "2026-11-03 09:00:00"
    marked = [(None, None), (read, None), (read, confirmed), (None, confirmed)]
    rows = [
        {**NOTICE, "id": place, "read_at": read_at, "confirmed_at": confirmed_at}
        for place, (read_at, confirmed_at) in enumerate(marked)
    ]
    found = notifications(tmp_path, rows).notices("1", NoticeRequest()).rows
    first, second = (datetime.fromisoformat(text).replace(tzinfo=CONTEXT.zone) for text in (read, confirmed))
    assert {notice.id: notice.mark for notice in found} == {
        "0": None,
        "1": Mark(first),
        "2": Mark(first, second),
        # Whoever confirmed has read.
        "3": Mark(second, second),
    }
