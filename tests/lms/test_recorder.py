"""Who came in is written into LMS, and never keeps anybody from coming in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from support.billing import CONTEXT
from support.clock import HandClock
from support.places import engine_of
from support.scene import make_settings

from bench.lms.odd import Odd
from bench.lms.people import pin_of
from wbok.access.login import Welcome, Wrong
from wbok.adapters.lms import connect
from wbok.adapters.lms.tables.people import up_customers
from wbok.errors import ConfigError
from wbok.panel import Panel, build_panel

HOME, ELSEWHERE = "10.0.0.7", "2001:db8::1"


@pytest.fixture
def url(own_url: str) -> str:
    return own_url


def panel_over(url: str, folder: Path, clock: HandClock, **more: object) -> Panel:
    config: dict[str, Any] = {"url": url, "write_url": url, "record_logins": True, **more}
    billing = connect(config, replace(CONTEXT, clock=clock))
    settings = make_settings(folder, {"adapter": "lms"}, panel={"tabs": ["info"]})
    panel = build_panel(settings, clock=clock, billing=billing)
    panel.store.upgrade()
    return panel


def written(url: str) -> list[tuple[Any, ...]]:
    u = up_customers.c
    columns = (u.customerid, u.lastlogindate, u.lastloginip, u.failedlogindate, u.failedloginip, u.enabled)
    engine = engine_of(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(select(*columns))]
    engine.dispose()
    return found


def test_a_login_is_written_where_lms_has_it(url: str, tmp_path: Path, clock: HandClock) -> None:
    panel = panel_over(url, tmp_path, clock)
    failed_at = int(clock().timestamp())
    assert panel.login.attempt("1", "9", address=ELSEWHERE) == Wrong(2)
    panel.recording.wait()
    assert written(url) == [(1, 0, "", failed_at, ELSEWHERE, 2)]
    clock.advance(seconds=90)
    assert isinstance(panel.login.attempt("1", pin_of(Odd.FULL), address=HOME), Welcome)
    panel.recording.wait()
    assert written(url) == [(1, failed_at + 90, HOME, failed_at, ELSEWHERE, 3)]


def test_of_a_login_that_nobody_has_nothing_is_written(url: str, tmp_path: Path, clock: HandClock) -> None:
    panel = panel_over(url, tmp_path, clock)
    assert panel.login.attempt("70001", "9", address=HOME) == Wrong(2)
    panel.recording.wait()
    assert written(url) == []


def test_nothing_is_written_unless_it_is_wanted(url: str, tmp_path: Path, clock: HandClock) -> None:
    panel = panel_over(url, tmp_path, clock, record_logins=False)
    assert isinstance(panel.login.attempt("1", pin_of(Odd.FULL), address=HOME), Welcome)
    panel.recording.wait()
    assert written(url) == []


def test_a_login_succeeds_when_nothing_can_be_written(url: str, tmp_path: Path, clock: HandClock) -> None:
    engine = engine_of(url)
    up_customers.drop(engine)
    engine.dispose()
    panel = panel_over(url, tmp_path, clock)
    assert isinstance(panel.login.attempt("1", pin_of(Odd.FULL), address=HOME), Welcome)
    assert panel.login.attempt("2", "9", address=HOME) == Wrong(2)
    panel.recording.wait()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"record_logins": True}, "billing.record_logins: writing needs billing.write_url"),
        ({"record_logins": "maybe"}, "billing.record_logins: maybe is neither true nor false"),
    ],
)
def test_a_configuration_that_cannot_record(more: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        connect({"url": "postgresql://wbok@127.0.0.1/lms", **more}, CONTEXT)
