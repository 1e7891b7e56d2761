"""The sealed link: its customer's alone, and nobody can make one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbok.mail.opt_out import OptOut

OUT = OptOut(b"k" * 32)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_link_leads_back_to_its_customer(customer_id: str) -> None:
    token = OUT.token(customer_id)
    assert OUT.customer_id(token) == customer_id
    assert token.isascii()
    assert OptOut(b"l" * 32).customer_id(token) is None


@pytest.mark.parametrize(
    "token",
    ["", "x", OUT.token("1")[:-1], OUT.token("1")[:22] + OUT.token("2")[22:], "ż" * 30, "\ud800" * 30],
)
def test_what_we_did_not_make_leads_nowhere(token: str) -> None:
    assert OUT.customer_id(token) is None
