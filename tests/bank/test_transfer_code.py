"""The code for banks' apps: nine fields, lengths in characters, nothing that an app would refuse."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbok.bank import TransferOrder, transfer_code
from wbok.domain.money import Money

ACCOUNT = "86109010141234000000012345"
ORDER = TransferOrder(
    account=ACCOUNT,
    recipient="SUPERNET SP. Z O.O.",
    title="ABONAMENT ID 0012345 11/2026",
    amount=Money(Decimal("86.25")),
    tax_id="123-456-32-18",
)
ALLOWED = re.compile(r"[A-Za-z0-9ąćęłńóśźżĄĆĘŁŃÓŚŹŻ ,./\\\-@#&*]*")


def fields(order: TransferOrder) -> list[str]:
    code = transfer_code(order)
    assert code is not None
    return code.text.split("|")


def test_the_example() -> None:
    code = transfer_code(ORDER)
    assert code is not None
    assert code.text == (
        "1234563218|PL|86109010141234000000012345|008625|SUPERNET SP. Z O.O.|ABONAMENT ID 0012345 11/2026|||"
    )
    assert len(code.text) == 99
    assert not code.payer_types_amount


@pytest.mark.parametrize(
    ("amount", "field", "typed"),
    [
        ("0.01", "000001", False),
        ("9999.99", "999999", False),
        ("10000.00", "000000", True),
        ("123456789012.34", "000000", True),
        ("0.015", "000002", False),
    ],
)
def test_an_amount_that_has_no_room_is_left_to_the_payer(amount: str, field: str, typed: bool) -> None:
    code = transfer_code(replace(ORDER, amount=Money(Decimal(amount))))
    assert code is not None
    assert code.text.split("|")[3] == field
    assert code.payer_types_amount is typed


@pytest.mark.parametrize(
    "order",
    [
        replace(ORDER, amount=Money(Decimal("86.25"), "EUR")),
        replace(ORDER, amount=Money(Decimal("0"))),
        replace(ORDER, amount=Money(Decimal("-0.00"))),
        replace(ORDER, amount=Money(Decimal("0.005"))),
        replace(ORDER, amount=Money(Decimal("-1"))),
        replace(ORDER, split_payment=True),
        replace(ORDER, account="87" + ACCOUNT[2:]),
        replace(ORDER, recipient="😀|"),
    ],
    ids=["euro", "nothing", "minus nothing", "half a grosz", "overpaid", "split", "wrong account", "no name"],
)
def test_there_is_no_code_for_what_it_cannot_say(order: TransferOrder) -> None:
    assert transfer_code(order) is None


@pytest.mark.parametrize(
    ("written", "field"),
    [("1234563218", "1234563218"), ("PL1234563218", "1234563218"), ("1234563219", ""), ("", ""), (None, "")],
)
def test_a_wrong_nip_is_left_out(written: str | None, field: str) -> None:
    assert fields(replace(ORDER, tax_id=written))[0] == field


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("FV|1|2026", "FV12026"),
        ("„Żółć” (nr 7): opłata", "Żółć nr 7 opłata"),
        ("Café – Ünal", "Cafe - Unal"),
        ("a\x00b\tc\n\u202ed\u00a0 e", "ab c d e"),
        ("Z\u0301z\u0307bło", "Źżbło"),
        ("ą" * 40, "ą" * 32),
        ("x" * 31 + " yz", "x" * 31),
    ],
)
def test_titles_keep_what_is_allowed(title: str, field: str) -> None:
    assert fields(replace(ORDER, title=title))[5] == field


@given(recipient=st.text(), title=st.text(), grosze=st.integers(1, 10**14))
def test_whatever_is_written_the_fields_keep_their_lengths(recipient: str, title: str, grosze: int) -> None:
    amount = Money(Decimal(grosze) / 100)
    code = transfer_code(replace(ORDER, recipient=f"A{recipient}", title=title, amount=amount))
    assert code is not None
    parts = code.text.split("|")
    assert len(parts) == 9
    assert [len(parts[at]) for at in (0, 1, 2, 3)] == [10, 2, 26, 6]
    assert len(parts[4]) <= 20
    assert len(parts[5]) <= 32
    assert parts[6:] == ["", "", ""]
    assert len(code.text) <= 160
    assert all(ALLOWED.fullmatch(part) for part in parts)
    assert parts[4] == parts[4].strip()
