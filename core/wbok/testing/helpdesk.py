"""The contract of the capability `helpdesk`: tickets that live in the billing.

It writes: it opens tickets for the sample's customers and replies in them. Give it a billing that nobody works
with.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest

from wbok.billing import Billing, Helpdesk
from wbok.domain.desk import (
    PAGE_ENTRIES,
    DeskRules,
    Detail,
    NewReply,
    NewTicket,
    Refusal,
    Side,
    TicketKind,
)
from wbok.errors import NotFound, Rejected
from wbok.testing.asked import asked
from wbok.testing.paging import (
    check_foreign_mark,
    check_invented_marks,
    check_newest_first,
    check_pages,
)
from wbok.testing.sample import Sample
from wbok.testing.tickets import (
    MANY,
    RULES,
    all_tickets,
    an_ended_one,
    attempt,
    check_order,
    expect_not_found,
    new_text,
    opened,
    posts_of,
    questions,
    readable,
    refusal,
    replied,
    tickets_of,
)

NO_NUMBERS = ("B-0", "B--1", "B-01", "P-1", "b-1", "B-9999999999", "B-99999999999999999999")


class HelpdeskContract:
    """Inherit it and give the fixtures `billing` and `sample`."""

    @pytest.fixture
    def helpdesk(self, billing: Billing) -> Helpdesk:
        if billing.helpdesk is None:
            pytest.fail("billing.helpdesk is None. Inherit this only for a billing that has it.")
        return asked(billing.helpdesk, Helpdesk)

    def test_what_is_opened_stands_in_the_list(self, helpdesk: Helpdesk, sample: Sample) -> None:
        text = new_text()
        number = opened(helpdesk, sample.customer_id, text=text)
        listed = [
            row.reported.ticket for row in all_tickets(helpdesk, sample.customer_id) if row.id == number
        ]
        assert len(listed) == 1, (
            f"tickets({sample.customer_id!r}): found {number!r} {len(listed)} times after open() gave this "
            "number, expected it once."
        )
        assert text in listed[0].title, f"{number}: found the title {listed[0].title!r}, which was not sent."
        assert not listed[0].status.has_ended, (
            f"{number}: found the status {listed[0].status}, expected one of a ticket that is open."
        )
        posts = posts_of(helpdesk, sample.customer_id, number)
        assert [(text in post.text, post.by) for post in posts] == [(True, Side.CUSTOMER)], (
            f"thread({number!r}): found {posts!r}, expected what the customer sent, as the only post and his."
        )

    def test_what_the_form_asked_stands_in_the_first_post(self, helpdesk: Helpdesk, sample: Sample) -> None:
        kept, lines = (Detail(name, f"Pole {name}", new_text()) for name in ("lamps", "since"))
        number = opened(helpdesk, sample.customer_id, details=(kept, lines))
        first = posts_of(helpdesk, sample.customer_id, number)[0]
        for detail in (kept, lines):
            line = f"{detail.label}: {detail.value}"
            assert detail in first.details or line in first.text, (
                f"thread({number!r}): found neither the detail {detail!r} nor the line {line!r} in its first "
                "post. Keep NewTicket.details and give them back in Post.details, or write them as lines beneath "
                "the text (wbok.api.with_details)."
            )

    def test_details_alone_open_a_ticket(self, helpdesk: Helpdesk, sample: Sample) -> None:
        moving = Detail("new_address", "Nowy adres", new_text())
        number = opened(helpdesk, sample.customer_id, kind=TicketKind.MOVING, body="", details=(moving,))
        first = posts_of(helpdesk, sample.customer_id, number)[0]
        assert moving in first.details or moving.value in first.text, (
            f"thread({number!r}): found {first!r}, expected {moving!r} in it. Forms of some kinds have no text."
        )

    def test_the_same_form_opens_one_ticket(self, helpdesk: Helpdesk, sample: Sample) -> None:
        form, text = attempt(), new_text()
        numbers = {opened(helpdesk, sample.customer_id, form=form, text=text) for _turn in range(2)}
        found = [
            row for row in all_tickets(helpdesk, sample.customer_id) if text in row.reported.ticket.title
        ]
        assert (len(numbers), len(found)) == (1, 1), (
            f"open() twice with one Attempt: found {len(found)} tickets and the numbers {sorted(numbers)}, "
            "expected one ticket and its number both times. A browser sends a form again when the answer does "
            "not come. Keep attempt.key with what you write and look for it first; where there is no place "
            "for it, look for the same text since attempt.since."
        )

    def test_what_is_named_as_written_stays_only_when_that_was_heard(
        self, helpdesk: Helpdesk, sample: Sample
    ) -> None:
        text, named = new_text(), list[str]()

        def hear(name: str) -> None:
            named.append(name)
            if len(named) == 1:
                raise NotFound("who is to be told")

        form = replace(attempt(), written=hear)
        with suppress(NotFound):
            opened(helpdesk, sample.customer_id, form=form, text=text)
        found = [
            row for row in all_tickets(helpdesk, sample.customer_id) if text in row.reported.ticket.title
        ]
        assert not (named and found), (
            f"open(): found the ticket {found!r} after attempt.written({named[0]!r}) raised, expected none. Call "
            "it last in the transaction, and let go through what it raises; without transactions, never call it."
        )
        number = opened(helpdesk, sample.customer_id, form=form, text=text)
        assert set(named[1:]) <= {number}, (
            f"open(): found attempt.written({named[-1]!r}), expected the number that open() gave, {number!r}."
        )

    def test_a_reply_is_written_once_and_stands_last(self, helpdesk: Helpdesk, sample: Sample) -> None:
        number, form, text = opened(helpdesk, sample.customer_id), attempt(), new_text()
        for _turn in range(2):
            replied(helpdesk, sample.customer_id, number, text=text, form=form)
        posts = posts_of(helpdesk, sample.customer_id, number)
        assert [text in post.text for post in posts] == [False, True], (
            f"reply() twice with one Attempt: found {[post.text for post in posts]!r}, expected the reply once, "
            "behind what opened the ticket. What attempt.key has written already is not written again."
        )

    def test_a_reply_changes_the_version(self, helpdesk: Helpdesk, sample: Sample) -> None:
        number = opened(helpdesk, sample.customer_id)
        before = [helpdesk.ticket(sample.customer_id, number).version for _turn in range(2)]
        replied(helpdesk, sample.customer_id, number, text=new_text())
        after = helpdesk.ticket(sample.customer_id, number).version
        assert before[0] == before[1] != after, (
            f"ticket({number!r}).version: found {before[0]}, {before[1]} and, after a reply, {after}; expected "
            "the same until something changes, and another one then."
        )
        shown = helpdesk.thread(sample.customer_id, number).version
        assert shown == after, f"thread({number!r}).version: found {shown}, but the ticket has {after}."

    def test_long_threads_are_complete_and_oldest_first(self, helpdesk: Helpdesk, sample: Sample) -> None:
        number = opened(helpdesk, sample.customer_id)
        sent = [new_text() for _turn in range(PAGE_ENTRIES + 1)]
        for text in sent:
            replied(helpdesk, sample.customer_id, number, text=text)
        check_order(helpdesk, sample.customer_id, number)
        found = [post.text for post in posts_of(helpdesk, sample.customer_id, number)][1:]
        assert found == sent, (
            f"thread({number!r}) with all its pages: found {len(found)} replies, expected the {len(sent)} that "
            "were sent, in their order. A page holds the newest entries, oldest first; `before` asks for those "
            "that lie before its mark."
        )

    def test_threads_that_were_there_are_oldest_first(self, helpdesk: Helpdesk, sample: Sample) -> None:
        for customer_id in sample.customers:
            for row in readable(helpdesk, customer_id):
                check_order(helpdesk, customer_id, row.id)

    def test_answers_are_counted(self, helpdesk: Helpdesk, sample: Sample) -> None:
        for customer_id in sample.customers:
            for row in readable(helpdesk, customer_id):
                posts = posts_of(helpdesk, customer_id, row.id)
                answers = [post.at for post in posts if post.by is Side.OFFICE]
                found = (row.reported.answers, row.reported.answered_at)
                expected = (len(answers), max(answers, default=None))
                assert found == expected, (
                    f"{row.id}: found answers and answered_at {found}, but its thread has {expected}. The panel "
                    "tells the customer of an answer by them."
                )

    def test_a_ticket_says_the_same_in_the_list_and_alone(self, helpdesk: Helpdesk, sample: Sample) -> None:
        for row in readable(helpdesk, sample.customer_id):
            alone = helpdesk.ticket(sample.customer_id, row.id)
            thread = helpdesk.thread(sample.customer_id, row.id)
            assert alone == row.reported, (
                f"ticket({row.id!r}): found {alone!r}, the list has {row.reported!r}."
            )
            assert thread.ticket == alone.ticket, (
                f"thread({row.id!r}).ticket: found {thread.ticket!r}, but ticket() gives {alone.ticket!r}."
            )

    def test_what_has_no_thread_is_not_found(self, helpdesk: Helpdesk, sample: Sample) -> None:
        for row in all_tickets(helpdesk, sample.customer_id):
            if not row.reported.ticket.has_thread:
                expect_not_found(partial(helpdesk.ticket, sample.customer_id, row.id), row.id)

    def test_ticket_pages_are_complete(self, helpdesk: Helpdesk, sample: Sample) -> None:
        for _turn in range(3):
            opened(helpdesk, sample.customer_id)
        for customer_id in sample.customers:
            check_pages(tickets_of(helpdesk, customer_id))

    def test_tickets_come_newest_first(self, helpdesk: Helpdesk, sample: Sample) -> None:
        for customer_id in sample.customers:
            listing = tickets_of(helpdesk, customer_id)
            check_newest_first(listing, lambda row: row.reported.ticket.created_at)

    def test_nobody_sees_anothers_tickets(self, helpdesk: Helpdesk, sample: Sample) -> None:
        for customer_id in sample.customers:
            opened(helpdesk, customer_id)
        for customer_id in sample.customers:
            for row in all_tickets(helpdesk, customer_id):
                owner = row.reported.ticket.customer_id
                assert owner == customer_id, (
                    f"tickets({customer_id!r}): found {row.id!r}, which is a ticket of {owner!r}. Compare the "
                    "customer's id of every row with the one that was asked for, exactly."
                )
        for one, other in sample.pairs:
            shared = {row.id for row in all_tickets(helpdesk, one)} & {
                row.id for row in all_tickets(helpdesk, other)
            }
            assert not shared, f"tickets: {one!r} and {other!r} both get {sorted(shared)}, expected his own."

    def test_anothers_ticket_is_not_found(self, helpdesk: Helpdesk, sample: Sample) -> None:
        number = opened(helpdesk, sample.other_customer_id)
        before = posts_of(helpdesk, sample.other_customer_id, number)
        for question in questions(helpdesk, sample.customer_id, number):
            expect_not_found(question, number)
        after = posts_of(helpdesk, sample.other_customer_id, number)
        assert after == before, (
            f"{number}: found {after!r} after {sample.customer_id!r} wrote into it, expected it unchanged: it is "
            f"a ticket of {sample.other_customer_id!r}. Name the customer in the statement that writes, too."
        )

    def test_a_senseless_number_is_not_found(self, helpdesk: Helpdesk, sample: Sample) -> None:
        for senseless in (*NO_NUMBERS, *sample.senseless_ids):
            for question in questions(helpdesk, sample.customer_id, senseless):
                expect_not_found(question, senseless)

    def test_who_is_nobody_has_no_tickets(self, helpdesk: Helpdesk, sample: Sample) -> None:
        for nobody in (sample.unknown_customer_id, *sample.senseless_ids):
            try:
                found = all_tickets(helpdesk, nobody)
            except NotFound:
                found = ()
            assert not found, f"tickets({nobody!r}): found {[row.id for row in found]}, expected none."
            expect_not_found(partial(opened, helpdesk, nobody), f"open({nobody!r})")

    def test_a_mark_opens_no_other_tickets(self, helpdesk: Helpdesk, sample: Sample) -> None:
        whose = (sample.customer_id, sample.other_customer_id)
        for customer_id in whose:
            for _turn in range(2):
                opened(helpdesk, customer_id)
        check_foreign_mark(*(tickets_of(helpdesk, customer_id) for customer_id in whose))

    def test_an_invented_mark_is_rejected(self, helpdesk: Helpdesk, sample: Sample) -> None:
        check_invented_marks(tickets_of(helpdesk, sample.customer_id))
        number = opened(helpdesk, sample.customer_id)
        for mark in ("x", "-1", "", "9" * 30, "\x00"):
            try:
                helpdesk.thread(sample.customer_id, number, before=mark)
            except Rejected:
                continue
            pytest.fail(
                f"thread({number!r}, before={mark!r}): found an answer, expected Rejected. The mark comes from "
                "the browser's address; refuse what you did not write."
            )

    def test_notes_of_the_office_are_never_shown(self, helpdesk: Helpdesk, sample: Sample) -> None:
        if not sample.office_words:
            pytest.skip("sample.office_words is empty: give words that stand in internal notes only")
        for customer_id in sample.customers:
            for row in readable(helpdesk, customer_id):
                for post in posts_of(helpdesk, customer_id, row.id):
                    leaked = [words for words in sample.office_words if words in post.text]
                    assert not leaked, (
                        f"thread({row.id!r}): found {post.text!r}, in which {leaked[0]!r} stands: a note that "
                        "only the office may read. Select what customers may see by its kind, never all."
                    )

    def test_more_than_the_rules_allow_is_refused(self, helpdesk: Helpdesk, sample: Sample) -> None:
        none = DeskRules(max_open=0, max_per_hour=MANY, max_replies=MANY, reopen_days=MANY)
        text = new_text()
        new = NewTicket(TicketKind.QUESTION, "question", "office", text, text, author="Anna Nowak")
        reason = refusal(
            lambda: helpdesk.open(sample.customer_id, new, attempt=attempt(), rules=none),
            "open() with max_open=0",
            "TicketRefused(Refusal.TOO_MANY_OPEN)",
        )
        assert reason is Refusal.TOO_MANY_OPEN, f"open() with max_open=0: found the reason {reason}."
        assert all(
            text not in row.reported.ticket.title for row in all_tickets(helpdesk, sample.customer_id)
        ), "open() raised TicketRefused, but the ticket is there. Refuse before anything is written."

    def test_what_has_ended_takes_no_reply_and_may_begin_anew(
        self, helpdesk: Helpdesk, sample: Sample
    ) -> None:
        number = an_ended_one(helpdesk, sample.customer_id)
        text = new_text()
        reason = refusal(
            lambda: replied(helpdesk, sample.customer_id, number, text=text),
            f"reply({number!r}), which has ended",
            "TicketRefused(Refusal.HAS_ENDED)",
        )
        assert reason in {Refusal.HAS_ENDED, Refusal.TOO_LATE}, f"reply({number!r}): found {reason}."
        if helpdesk.thread(sample.customer_id, number).may_reopen is False:
            return
        new = NewReply("Anna Nowak", text)
        helpdesk.reopen(sample.customer_id, number, new, attempt=attempt(), rules=RULES)
        ticket = helpdesk.ticket(sample.customer_id, number).ticket
        assert (ticket.status.has_ended, ticket.ended_at) == (False, None), (
            f"{number}: found the status {ticket.status} and ended_at {ticket.ended_at} after reopen(), expected "
            "a ticket that is open again."
        )
        assert text in posts_of(helpdesk, sample.customer_id, number)[-1].text, (
            f"thread({number!r}): what the customer wrote to reopen it does not stand last."
        )

    def test_who_may_not_close_is_told_so(self, helpdesk: Helpdesk, sample: Sample) -> None:
        number = opened(helpdesk, sample.customer_id)
        if helpdesk.can_close:
            helpdesk.close(sample.customer_id, number)
        else:
            with pytest.raises(Rejected):
                helpdesk.close(sample.customer_id, number)
        ticket = helpdesk.ticket(sample.customer_id, number).ticket
        assert ticket.status.has_ended is helpdesk.can_close, (
            f"{number}: found the status {ticket.status} after close() where can_close is {helpdesk.can_close}."
        )
