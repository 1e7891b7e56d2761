"""The desk whose tickets live in the billing: what the pages ask is asked there, what is new is kept here.

A form's key is reserved here before the billing is asked, and its outcome written after. Between the two lies
another database, so whoever finds the key without an outcome cannot know what became of it: he asks the billing
again, which looks for what the form has written before it writes anything.

E-mail to the staff is written here before the billing keeps its own part, and held back for a moment. So no ticket
is kept of which nobody would be told, whatever fails after it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from wbok.billing.helpdesk import Attempt, Helpdesk
from wbok.domain.attachments import AttachmentContent
from wbok.domain.complaints import Complaint
from wbok.domain.desk import DeskRules, NewReply, NewTicket, Thread, Ticket, TicketRefused
from wbok.domain.page import Page, PageRequest
from wbok.errors import BillingError, NotFound, Rejected, StoreUnavailable
from wbok.store.database import Store
from wbok.store.desk.complaints import complaint_of, file_complaint
from wbok.store.desk.letters import DeskLetters
from wbok.store.desk.mirror import Mirror, Noticed
from wbok.store.hashes import key_hash, reply_hash, ticket_hash
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.outbox import AT_ONCE

log = logging.getLogger(__name__)

Telling = Callable[[Connection, str, timedelta], None]
"""Puts the e-mail to the staff: what names the ticket or the post, and how long to hold it back."""

HOLD = timedelta(minutes=5)
"""Longer than a billing takes for the end of its transaction; before it nobody of the staff could be found."""
CLOCKS_DIFFER = timedelta(seconds=60)
"""Two computers of one panel may have written for the same form."""


class BillingDesk:
    def __init__(
        self,
        helpdesk: Helpdesk,
        store: Store,
        *,
        keys: IdempotencyKeys,
        mirror: Mirror,
        letters: DeskLetters,
        clock: Callable[[], datetime],
    ) -> None:
        self._helpdesk = helpdesk
        self._store = store
        self._clock = clock
        self._keys = keys
        self._mirror = mirror
        self._letters = letters

    @property
    def can_close(self) -> bool:
        return self._helpdesk.can_close

    @property
    def takes_attachments(self) -> bool:
        return self._helpdesk.takes_attachments

    def tickets(self, customer_id: str, request: PageRequest) -> Page[Ticket]:
        known = self._mirror.known(customer_id)
        page = self._helpdesk.tickets(customer_id, request)
        rows = []
        for found in page.rows:
            before = known.get(found.ticket.number)
            if not found.ticket.has_thread:
                rows.append(found.ticket)
                continue
            if before is None or before.version != found.version:
                before, _ = self._mirror.note(before, found)
            rows.append(before.shown(found.ticket))
        return Page(tuple(rows), page.next)

    def thread(self, customer_id: str, number: str, *, before: str | None = None) -> Thread:
        known, complaint = self._mirror.known_complaint(customer_id, number)
        try:
            found = self._helpdesk.thread(customer_id, number, before=before)
        except NotFound:
            self._forget(customer_id, number, known)
            raise
        ticket = known.shown(found.ticket) if known else found.ticket
        # What nobody has noticed yet is marked as read with the rest.
        is_unread = known is None or known.is_unread or known.version != found.version
        return replace(found, ticket=replace(ticket, is_unread=is_unread), complaint=complaint)

    def mark_read(self, customer_id: str, number: str, *, version: int) -> None:
        self.look(customer_id, number, shown=version)

    def look(self, customer_id: str, number: str, *, shown: int | None = None) -> bool:
        """Notices what became of a ticket; `shown` is the version that the customer was just shown.

        Whether something was new. Raises NotFound, Unavailable.
        """
        known = self._mirror.known(customer_id, number).get(number)
        try:
            found = self._helpdesk.ticket(customer_id, number)
        except NotFound:
            self._forget(customer_id, number, known)
            raise
        return self._mirror.note(known, found, is_read=found.version == shown)[1]

    def knows(self, customer_id: str, number: str, *, version: int) -> bool:
        """Whether that version was noticed already."""
        known: Noticed | None = self._mirror.known(customer_id, number).get(number)
        return known is not None and known.version == version

    def open(self, customer_id: str, new: NewTicket, *, key: str, rules: DeskRules) -> str:
        whole = ticket_hash(key, new)

        def write(attempt: Attempt) -> str:
            return self._helpdesk.open(customer_id, new, attempt=attempt, rules=rules)

        def tell(connection: Connection, number: str, hold: timedelta) -> None:
            key = key_hash(customer_id, number)
            self._letters.new_ticket(connection, customer_id, number, new, key=key, hold=hold)

        def file(connection: Connection, number: str) -> Complaint | None:
            return file_complaint(connection, customer_id, number, new, at=int(self._clock().timestamp()))

        def confirm(connection: Connection, number: str) -> None:
            complaint = file(connection, number)
            if complaint is not None:
                self._letters.filed(connection, complaint, key=key_hash(customer_id, number))

        keep = None if new.answer_due is None else file
        number = self._once(whole, customer_id, write, tell, keep=keep, confirm=confirm)
        try:
            found = self._helpdesk.ticket(customer_id, number)
            self._mirror.note_opened(found, kind=new.kind, category=new.category)
        except (BillingError, StoreUnavailable) as error:
            log.warning("%s is sent, but cannot be looked at: %s", number, error)
        return number

    def reply(self, customer_id: str, number: str, new: NewReply, *, key: str, rules: DeskRules) -> None:
        def write(attempt: Attempt) -> str:
            self._helpdesk.reply(customer_id, number, new, attempt=attempt, rules=rules)
            return attempt.key

        self._write_into(customer_id, number, new, write, key=key)

    def reopen(self, customer_id: str, number: str, new: NewReply, *, key: str, rules: DeskRules) -> None:
        def write(attempt: Attempt) -> str:
            self._helpdesk.reopen(customer_id, number, new, attempt=attempt, rules=rules)
            return attempt.key

        self._write_into(customer_id, number, new, write, key=key)

    def attachment(self, customer_id: str, number: str, attachment_id: str) -> AttachmentContent:
        return self._helpdesk.attachment(customer_id, number, attachment_id)

    def complaint(self, customer_id: str, number: str) -> Complaint:
        return complaint_of(self._store, customer_id, number)

    def close(self, customer_id: str, number: str) -> None:
        self._helpdesk.close(customer_id, number)
        self._look_again(customer_id, number)

    def of(self, customer_id: str, *, limit: int) -> tuple[Ticket, ...]:
        page = self._helpdesk.tickets(customer_id, PageRequest(limit=limit))
        return tuple(found.ticket for found in page.rows)

    def _write_into(
        self, customer_id: str, number: str, new: NewReply, write: Callable[[Attempt], str], *, key: str
    ) -> None:
        ticket = self._known_ticket(customer_id, number) if self._letters.is_open else None
        whole = reply_hash(key, number, new)

        def tell(connection: Connection, post: str, hold: timedelta) -> None:
            if ticket is not None:
                key = key_hash(customer_id, number, post)
                self._letters.new_reply(connection, ticket, new, key=key, hold=hold)

        self._once(whole, customer_id, write, tell)
        self._look_again(customer_id, number)

    def _known_ticket(self, customer_id: str, number: str) -> Ticket:
        """With the category that the customer chose here. Raises NotFound, Unavailable."""
        found = self._helpdesk.ticket(customer_id, number).ticket
        known = self._mirror.known(customer_id, number).get(number)
        return known.shown(found) if known else found

    def _forget(self, customer_id: str, number: str, known: Noticed | None) -> None:
        """No badge or banner may lead to a page that is not there any more."""
        if known is not None:
            self._mirror.forget(customer_id, number)

    def _once(
        self,
        whole: str,
        customer_id: str,
        write: Callable[[Attempt], str],
        tell: Telling,
        *,
        keep: Callable[[Connection, str], object] | None = None,
        confirm: Callable[[Connection, str], None] | None = None,
    ) -> str:
        """What `write` gives: it names what was written where the billing names nothing itself.

        `keep` and `tell` write before the billing's own transaction ends, where it says when: what nobody may lose,
        even when the store is away right after. `confirm` writes after it alone.
        """
        reserved = self._keys.reserve(whole, customer_id=customer_id)
        if reserved.outcome is not None:
            return reserved.outcome
        named = list[str]()

        def written(name: str) -> None:
            named.append(name)
            if keep is None and not self._letters.is_open:
                return
            with self._store.writing() as connection:
                if keep is not None:
                    keep(connection, name)
                if self._letters.is_open:
                    tell(connection, name, HOLD)

        try:
            outcome = write(Attempt(reserved.key_hash, reserved.since - CLOCKS_DIFFER, written))
        except (TicketRefused, NotFound, Rejected):
            self._keys.release(reserved)
            raise
        name = named[-1] if named else outcome

        def told(connection: Connection) -> None:
            tell(connection, name, AT_ONCE)
            if confirm is not None:
                confirm(connection, name)

        try:
            self._keys.finish(reserved, outcome, also=told)
        except StoreUnavailable as error:
            # It is written, and must not be called unsent; sent again, the form is found by what it wrote.
            log.error("the billing has what was sent as %s, but that cannot be noted: %s", name, error)
        return outcome

    def _look_again(self, customer_id: str, number: str) -> None:
        """After the customer's own change, so that it is not taken for the office's."""
        try:
            self.look(customer_id, number)
        except (BillingError, StoreUnavailable) as error:
            log.warning("%s is changed, but cannot be looked at: %s", number, error)
