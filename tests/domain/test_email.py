"""Which addresses a letter can go to, and how they are shown."""

from __future__ import annotations

import pytest

from wbok.domain.customer import Contact, ContactKind
from wbok.domain.email import addresses_of, clean_address, masked_address


@pytest.mark.parametrize(
    ("typed", "carried"),
    [
        (" Anna.Nowak+x@Poczta.Example ", "Anna.Nowak+x@poczta.example"),
        ("mailto:a@b.pl", "a@b.pl"),
        ("biuro@żółw.example", "biuro@xn--w-uga1v8h.example"),
        ("zażółć@b.pl", "zażółć@b.pl"),
    ],
)
def test_addresses_are_written_as_mail_servers_carry_them(typed: str, carried: str) -> None:
    assert clean_address(typed) == carried
    assert clean_address(carried) == carried


NO_ADDRESSES = (
    *("", "a", "a@", "@b.pl", "a@b", "a b@c.pl", "a@b c.pl", "a@b.pl\r\nBcc: c@d.pl", "a\0@b.pl", "a@@b.pl"),
    *("a@b..pl", ".a@b.pl", "a.@b.pl", "a@-b.pl", '"a b"@c.pl', "a@[10.0.0.1]", "a@b.pl, c@d.pl", "<a@b.pl>"),
    *(
        f"{'a' * 65}@b.pl",
        f"a@{'b' * 64}.pl",
        f"a@{'b.' * 130}pl",
        "a\ud800@b.pl",
        "a@\ud800.pl",
        "a@b\u202e.pl",
        "=?utf-8?q?x?=@b.pl",
    ),
)


@pytest.mark.parametrize("typed", NO_ADDRESSES)
def test_what_is_no_address_gets_no_letter(typed: str) -> None:
    assert clean_address(typed) is None


def test_a_customers_addresses_come_each_once_and_are_shown_masked() -> None:
    values = ("a@b.pl", "brak", "a@B.pl", "biuro@xn--w-uga1v8h.example")
    contacts = [Contact(ContactKind.PHONE, "600 000 001"), *(Contact(ContactKind.EMAIL, v) for v in values)]
    found = addresses_of(contacts)
    assert [masked_address(one) for one in found] == ["a•••@b.pl", "b•••@żółw.example"]
