"""E-mail about tickets: to the staff when a customer has written, to the customer when the office has answered."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.engine import Connection

from wbok.domain.complaints import Complaint
from wbok.domain.desk import DeskKind, NewReply, NewTicket, Ticket, with_details
from wbok.domain.letters import Letter, Recipient, To, Topic
from wbok.store.desk.side import DeskPlan, Solution
from wbok.store.hashes import key_hash
from wbok.store.outbox import AT_ONCE, Outbox


@dataclass(frozen=True, slots=True)
class DeskLetters:
    """`has_staff`: whether the billing knows whom of its own staff to tell."""

    outbox: Outbox | None
    plan: DeskPlan | None
    has_staff: bool = False

    @property
    def is_open(self) -> bool:
        return self.outbox is not None and self.outbox.is_open

    @property
    def answers_go_out(self) -> bool:
        """Whether customers get answers by e-mail; of its own tickets the billing tells them itself."""
        is_ours = self.plan is not None and self.plan.kind is DeskKind.PANEL
        return is_ours and self.is_open

    def new_ticket(
        self,
        connection: Connection,
        customer_id: str,
        number: str,
        new: NewTicket,
        *,
        key: str | None = None,
        hold: timedelta = AT_ONCE,
    ) -> None:
        """To the staff. The same `key` is the same letter; `hold` as in Outbox."""
        letter = Letter(
            key=_key(Topic.NEW_TICKET, key),
            topic=Topic.NEW_TICKET,
            title=new.title,
            body=with_details(new.body, new.details),
            number=number,
            customer_id=customer_id,
            author=new.author,
            phone=new.phone,
        )
        self._put(connection, letter, self._staff(number, new.category), hold=hold)

    def new_reply(
        self,
        connection: Connection,
        ticket: Ticket,
        new: NewReply,
        *,
        key: str | None = None,
        hold: timedelta = AT_ONCE,
    ) -> None:
        """To the staff, as `new_ticket`."""
        letter = Letter(
            key=_key(Topic.NEW_REPLY, key),
            topic=Topic.NEW_REPLY,
            title=ticket.title,
            body=new.text,
            number=ticket.number,
            customer_id=ticket.customer_id,
            author=new.author,
        )
        self._put(connection, letter, self._staff(ticket.number, ticket.category), hold=hold)

    def filed(self, connection: Connection, complaint: Complaint, *, key: str | None = None) -> None:
        """To the customer, wherever the ticket lives: no billing confirms a complaint. The same `key` as above."""
        receipt = self.plan.receipt(complaint) if self.plan is not None and self.is_open else None
        if receipt is None:
            return
        letter = _letter(
            Topic.FILED, complaint.number, title=receipt.title, body=receipt.body, link=receipt.link, key=key
        )
        self._to_customer(connection, complaint.customer_id, letter)

    def answer(self, connection: Connection, ticket: Ticket, text: str) -> None:
        """To the customer."""
        link = self.plan.link(ticket.number) if self.plan is not None else None
        if self.answers_go_out:
            letter = _letter(Topic.ANSWER, ticket.number, title=ticket.title, body=text, link=link)
            self._to_customer(connection, ticket.customer_id, letter)

    def solved(self, connection: Connection, ticket: Ticket, text: str | None, solution: Solution) -> None:
        """To the customer."""
        if self.answers_go_out:
            self._to_customer(connection, ticket.customer_id, _solved(ticket.number, text, solution))

    def decided(self, connection: Connection, complaint: Complaint, text: str, solution: Solution) -> None:
        """To the customer, wherever the ticket lives: no billing knows of the answer."""
        if self.is_open:
            self._to_customer(connection, complaint.customer_id, _solved(complaint.number, text, solution))

    def _to_customer(self, connection: Connection, customer_id: str, letter: Letter) -> None:
        self._put(connection, letter, (Recipient(To.CUSTOMER, customer_id),))

    def _staff(self, number: str, category: str) -> tuple[Recipient, ...]:
        """The address of the configuration; without one whoever the billing names, when the letter is sent."""
        address = self.plan.staff_email(category) if self.plan is not None else None
        if address is not None:
            return (Recipient(To.ADDRESS, address),)
        return (Recipient(To.STAFF, number),) if self.has_staff else ()

    def _put(
        self,
        connection: Connection,
        letter: Letter,
        recipients: tuple[Recipient, ...],
        *,
        hold: timedelta = AT_ONCE,
    ) -> None:
        if self.outbox is not None:
            self.outbox.put_within(connection, letter, recipients, hold=hold)


def _solved(number: str, text: str | None, solution: Solution) -> Letter:
    body = "\n\n".join(part for part in (text, solution.body) if part)
    return _letter(Topic.SOLVED, number, title=solution.title, body=body, link=solution.link)


def _letter(
    topic: Topic, number: str, *, title: str, body: str, link: str | None, key: str | None = None
) -> Letter:
    return Letter(key=_key(topic, key), topic=topic, title=title, body=body, number=number, link=link)


def _key(topic: Topic, key: str | None) -> str:
    return key_hash(topic, key or secrets.token_hex(16))
