"""The contract of the capability `notifications`: the billing's notices, each customer's own and everybody's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wbok.billing import Billing, Notifications
from wbok.domain.messages import MessageKind, Notice, NoticeRequest
from wbok.domain.search import holds, search_words
from wbok.errors import NotFound
from wbok.testing.asked import asked
from wbok.testing.paging import (
    Listing,
    check_foreign_mark,
    check_invented_marks,
    check_newest_first,
    check_pages,
    check_same,
)
from wbok.testing.said import differences, shown
from wbok.testing.sample import Sample


def notices_of(notifications: Notifications, customer_id: str, *, asked: NoticeRequest) -> Listing[Notice]:
    return Listing(
        f"notices of {customer_id!r}",
        lambda mark, limit: notifications.notices(customer_id, replace(asked, after=mark, limit=limit)),
    )


class NotificationsContract:
    """Inherit it and give the fixtures `billing` and `sample`."""

    @pytest.fixture
    def notifications(self, billing: Billing) -> Notifications:
        if billing.notifications is None:
            pytest.fail("billing.notifications is None. Inherit this only for a billing that has it.")
        return asked(billing.notifications, Notifications)

    def test_notice_pages_are_complete(self, notifications: Notifications, sample: Sample) -> None:
        for customer_id in sample.customers:
            check_pages(notices_of(notifications, customer_id, asked=NoticeRequest()))

    def test_notices_come_newest_first(self, notifications: Notifications, sample: Sample) -> None:
        for customer_id in sample.customers:
            listing = notices_of(notifications, customer_id, asked=NoticeRequest())
            check_newest_first(listing, lambda notice: notice.sent_at)

    def test_notices_of_a_kind_are_those_of_all(self, notifications: Notifications, sample: Sample) -> None:
        whole = _whole(notifications, sample.customer_id)
        for kind in MessageKind:
            found = _filtered(notifications, sample.customer_id, NoticeRequest(kind=kind, limit=2))
            expected = [notice for notice in whole if notice.kind is kind]
            check_same(f"notices of the kind {kind}", found, expected, against="all notices")

    def test_notices_that_hold_words_are_those_of_all(
        self, notifications: Notifications, sample: Sample
    ) -> None:
        whole = _whole(notifications, sample.customer_id)
        if not whole:
            pytest.skip("the customer has no notices")
        for words in ((*search_words(whole[0].title)[:2],), search_words("no notice says this")):
            found = _filtered(notifications, sample.customer_id, NoticeRequest(words=words, limit=2))
            expected = [notice for notice in whole if holds(words, notice.title, notice.body)]
            check_same(f"notices with the words {words}", found, expected, against="all notices")

    def test_notices_of_a_period_are_those_of_its_days(
        self, notifications: Notifications, sample: Sample
    ) -> None:
        whole = _whole(notifications, sample.customer_id)
        if not whole:
            pytest.skip("the customer has no notices")
        day = whole[len(whole) // 2].sent_at.date()
        for request in (
            NoticeRequest(since=day),
            NoticeRequest(until=day),
            NoticeRequest(since=day, until=day),
        ):
            found = notices_of(notifications, sample.customer_id, asked=request).whole()
            expected = [n for n in whole if _is_within(n, request)]
            check_same(f"notices of {request}", found, expected, against="all notices")

    def test_a_notice_says_the_same_in_the_list_and_alone(
        self, notifications: Notifications, sample: Sample
    ) -> None:
        for listed in _whole(notifications, sample.customer_id):
            alone = notifications.notice(sample.customer_id, listed.id)
            assert alone == listed, (
                f"notice({listed.id!r}): compared with the list, {differences(alone, listed)}. Make both of one "
                "function."
            )

    def test_nobody_sees_anothers_notices(self, notifications: Notifications, sample: Sample) -> None:
        whose = (sample.customer_id, sample.other_customer_id)
        mine, theirs = ({notice.id for notice in _whole(notifications, who)} for who in whose)
        for who, own, others in zip(whose, (mine, theirs), (theirs, mine), strict=True):
            assert own - others, (
                f"notices({who!r}): found none that only this customer has, expected at least one. Either the "
                f"other one of {' and '.join(map(repr, whose))} sees it too, and the customer's id of every row "
                "must be compared with the one that was asked for, exactly; or the sample has to be richer."
            )

    def test_anothers_notice_is_not_found(self, notifications: Notifications, sample: Sample) -> None:
        mine = {notice.id for notice in _whole(notifications, sample.customer_id)}
        for notice in _whole(notifications, sample.other_customer_id):
            if notice.id not in mine:
                _expect_not_found(notifications, sample.customer_id, notice.id)

    def test_a_senseless_notice_is_not_found(self, notifications: Notifications, sample: Sample) -> None:
        mine = {notice.id for notice in _whole(notifications, sample.customer_id)}
        for senseless in sample.senseless_ids:
            if senseless not in mine:
                _expect_not_found(notifications, sample.customer_id, senseless)

    def test_who_is_nobody_has_at_most_what_everybody_has(
        self, notifications: Notifications, sample: Sample
    ) -> None:
        everybodys = set.intersection(
            *({n.id for n in _whole(notifications, who)} for who in sample.customers)
        )
        for nobody in (sample.unknown_customer_id, *sample.senseless_ids):
            try:
                found = _whole(notifications, nobody)
            except NotFound:
                continue
            more = {notice.id for notice in found} - everybodys
            assert not more, f"notices({nobody!r}): found {sorted(more)}, which are not everybody's."

    def test_a_mark_opens_no_other_notices(self, notifications: Notifications, sample: Sample) -> None:
        whose = (sample.customer_id, sample.other_customer_id)
        check_foreign_mark(*(notices_of(notifications, who, asked=NoticeRequest()) for who in whose))

    def test_an_invented_mark_of_the_notices_is_rejected(
        self, notifications: Notifications, sample: Sample
    ) -> None:
        check_invented_marks(notices_of(notifications, sample.customer_id, asked=NoticeRequest()))


def _expect_not_found(notifications: Notifications, customer_id: str, notice_id: str) -> None:
    try:
        found = notifications.notice(customer_id, notice_id)
    except NotFound:
        return
    pytest.fail(
        f"notice({customer_id!r}, {notice_id!r:.40}): found {shown(found)}, expected NotFound. A notice is its "
        "customer's or everybody's: select by its id and by customer_id."
    )


def _whole(notifications: Notifications, customer_id: str) -> tuple[Notice, ...]:
    return notices_of(notifications, customer_id, asked=NoticeRequest()).whole()


def _filtered(notifications: Notifications, customer_id: str, request: NoticeRequest) -> list[Notice]:
    """Page by page; a page may be empty and lead on."""
    found: list[Notice] = []
    while True:
        page = notifications.notices(customer_id, request)
        found += page.rows
        if page.next is None:
            return found
        request = replace(request, after=page.next)


def _is_within(notice: Notice, request: NoticeRequest) -> bool:
    day = notice.sent_at.date()
    return (request.since is None or request.since <= day) and (request.until is None or day <= request.until)
