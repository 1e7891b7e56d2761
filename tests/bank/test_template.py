"""Account numbers from the provider's template."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbok.bank import account_from_template, clean_nrb, grouped_nrb, read_account_template
from wbok.errors import ConfigError

TEMPLATE = "10901014 1234 {cid:012d}"


def test_the_customers_number_and_the_check_digits_are_filled_in() -> None:
    template = read_account_template(TEMPLATE)
    account = account_from_template(template, "12345")
    assert account == "86109010141234000000012345"
    assert grouped_nrb(account) == "86 1090 1014 1234 0000 0001 2345"
    assert template.warning is None


def test_zeros_before_an_id_make_no_other_account() -> None:
    template = read_account_template(TEMPLATE)
    assert account_from_template(template, "0012345") == account_from_template(template, "12345")


def test_digits_may_stand_behind_the_id_too() -> None:
    account = account_from_template(read_account_template("10901014 {cid:08d} 00000007"), "42")
    assert account is not None
    assert account[2:] == "109010140000004200000007"
    assert clean_nrb(account) == account


@given(number=st.integers(0, 10**12 - 1))
def test_every_account_that_is_made_is_a_right_one(number: int) -> None:
    account = account_from_template(read_account_template(TEMPLATE), str(number))
    assert account is not None
    assert clean_nrb(account) == account


@pytest.mark.parametrize("customer_id", ["", "A12", "12-3", "-1", " 5", "٣", "1" * 13, "1e5"])
def test_an_id_that_is_no_number_or_too_long_has_no_account(customer_id: str) -> None:
    assert account_from_template(read_account_template(TEMPLATE), customer_id) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("10901014 1234 000000012345", "must have the customer's ID once"),
        ("10901014 {cid:08d}{cid:08d}", "must have the customer's ID once"),
        ("10901014 1234 {id:012d}", "must have the customer's ID once"),
        ("10901014 1234 {cid}", "must have the customer's ID once"),
        ("10901014 1234 {cid:011d}", "makes 23 digits; 24 are needed"),
        ("86 10901014 1234 {cid:012d}", "makes 26 digits; 24 are needed"),
        ("PL 10901014 12 {cid:012d}", "may have digits and spaces"),
        ("1090 {cid:020d}", "must begin with the 8 digits of the bank"),
        ("{cid:024d}", "must begin with the 8 digits of the bank"),
        ("109010141234000000012345 {cid:00d}", "leaves no digit"),
        ("", "must have the customer's ID once"),
    ],
)
def test_a_template_that_makes_no_account_says_what_to_do(text: str, wrong: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_account_template(text)
    assert wrong in str(raised.value)
    assert text in str(raised.value)
    assert '"10901014 1234 {cid:012d}"' in str(raised.value)


@pytest.mark.parametrize("bank", ["10901014", "10201026", "12402092"])
def test_settlement_numbers_of_real_banks_are_right(bank: str) -> None:
    assert read_account_template(f"{bank} 1234 {{cid:012d}}").warning is None


def test_a_settlement_number_with_a_wrong_digit_is_a_warning_only() -> None:
    template = read_account_template("10901015 1234 {cid:012d}")
    assert template.warning is not None
    assert "should be 4" in template.warning
    assert account_from_template(template, "1") is not None
