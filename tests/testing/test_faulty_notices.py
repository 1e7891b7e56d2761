"""Faults of notices, planted one by one: the kit finds each and says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from support.planted import Fault, said_of

from wbok.domain.messages import Notice, NoticeRequest
from wbok.domain.page import Page

Notices = Callable[[str, NoticeRequest], Page[Notice]]


def everybodys_to_all(right: Notices, customer: str, request: NoticeRequest) -> Page[Notice]:
    whole = {n.id: n for who in ("1", "2") for n in right(who, NoticeRequest(limit=100)).rows}
    rows = sorted(whole.values(), key=lambda notice: notice.sent_at, reverse=True)
    return Page(tuple(rows))


def all_kinds(right: Notices, customer: str, request: NoticeRequest) -> Page[Notice]:
    return right(customer, replace(request, kind=None))


def any_words(right: Notices, customer: str, request: NoticeRequest) -> Page[Notice]:
    return right(customer, replace(request, words=()))


def any_day(right: Notices, customer: str, request: NoticeRequest) -> Page[Notice]:
    return right(customer, replace(request, since=None, until=None))


def oldest_first(right: Notices, customer: str, request: NoticeRequest) -> Page[Notice]:
    page = right(customer, request)
    return replace(page, rows=page.rows[::-1])


def without_zone(right: Notices, customer: str, request: NoticeRequest) -> Page[Notice]:
    page = right(customer, request)
    return replace(page, rows=tuple(replace(n, sent_at=n.sent_at.replace(tzinfo=None)) for n in page.rows))


def anybodys(right: Callable[[str, str], Notice], customer: str, notice_id: str) -> Notice:
    return right("2" if notice_id.startswith("2") else customer, notice_id)


FAULTS: list[tuple[str, Fault, str]] = [
    (
        "notices",
        everybodys_to_all,
        "found none that only this customer has.*compared with the one that was asked",
    ),
    ("notices", all_kinds, "notices of the kind .*which all notices do not have"),
    ("notices", any_words, "notices with the words .*which all notices do not have"),
    ("notices", any_day, "notices of NoticeRequest.*which all notices do not have"),
    ("notices", oldest_first, "expected the newest first"),
    ("notices", without_zone, "found a naive datetime .*, expected an aware datetime"),
    (
        "notice",
        anybodys,
        "expected NotFound. A notice is its customer.s or everybody.s: select by its id",
    ),
]


@pytest.mark.parametrize(("method", "fault", "message"), FAULTS)
def test_the_kit_finds_a_fault_of_the_notices(method: str, fault: Fault, message: str) -> None:
    said: Any = said_of(method, fault)
    assert re.search(message, said, re.DOTALL), said or "the kit found nothing"
