"""Who is found by place or service when the billing has rows of nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

from support.billing import Make

DAY = date(2026, 11, 24)


def _address(number: int, owner: int | str | None) -> dict[str, Any]:
    return {
        "id": number,
        "customer_id": owner,
        "kind": "home",
        "street": f"Lipowa {number}",
        "city": "Jasnowice",
        "postcode": "43-999",
    }


def test_a_row_without_an_owner_is_nobodys_and_hides_no_other(make_anywhere: Make) -> None:
    rows = [_address(1, None), _address(2, 2), _address(3, None)]
    directory = make_anywhere(addresses=rows).directory
    assert directory is not None
    assert list(directory.customers(on=DAY, place="Lipowa")) == ["2"]
    assert [who for who, _ in directory.addresses_at("Lipowa")] == ["2"]


def test_an_empty_text_is_no_owner(make_anywhere: Make) -> None:
    rows = [_address(1, ""), _address(2, " "), _address(3, "2")]
    directory = make_anywhere(addresses=rows).directory
    assert directory is not None
    assert list(directory.customers(on=DAY, place="Lipowa")) == ["2"]
