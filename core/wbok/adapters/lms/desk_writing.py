"""What a customer writes into LMS's helpdesk: each form in one transaction, with the rows of LMS's own panel.

Whoever writes for a customer waits for his other forms first. So limits are exact, and a form that came before is
found: by its text, for LMS has no place for a key.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from wbok.adapters.lms.alphabet import writable
from wbok.adapters.lms.desk_attempts import EarlierTries, spoken
from wbok.adapters.lms.desk_files import DeskFiles
from wbok.adapters.lms.desk_reading import customer_key, ticket_key
from wbok.adapters.lms.desk_rules import (
    AFTER_REPLY,
    ENDED,
    FROM_PANEL,
    LONGEST_SUBJECT,
    NEW,
    NO_SERVICE,
    OTHER_TYPE,
    SPOKEN,
    DeskSettings,
)
from wbok.adapters.lms.desk_texts import subject_and_body, without_tags
from wbok.adapters.lms.people import DISABLED, EMAIL
from wbok.adapters.lms.site import has_bits
from wbok.adapters.lms.tables.people import customercontacts, customers
from wbok.adapters.lms.tables.tickets import (
    rtcategories,
    rtmessages,
    rtqueues,
    rtticketcategories,
    rttickets,
)
from wbok.adapters.lms.writing import Writing
from wbok.billing import Attempt
from wbok.domain.desk import (
    DeskKind,
    DeskRules,
    NewReply,
    NewTicket,
    Refusal,
    TicketRefused,
    ticket_number,
    with_details,
)
from wbok.errors import NotFound

log = logging.getLogger(__name__)

HOUR = 3600
LOCK_SPACE = 0x57424F4B
NO_SUBJECT = "Bez tematu"


@dataclass(frozen=True, slots=True)
class Reply:
    """`reopens`: also what has ended, which then begins anew."""

    customer_id: str
    number: str
    new: NewReply
    reopens: bool


class LmsDeskWriting:
    """`settings_for`: what LMS is set to for a customer."""

    def __init__(
        self,
        writing: Writing,
        *,
        settings_for: Callable[[int], DeskSettings],
        files: DeskFiles,
        clock: Callable[[], int],
    ) -> None:
        self._writing = writing
        self._files = files
        self._earlier = EarlierTries(files)
        self._settings_for = settings_for
        self._clock = clock

    def open(self, customer_id: str, new: NewTicket, *, attempt: Attempt, rules: DeskRules) -> str:
        """Raises NotFound, TicketRefused, Unavailable."""
        customer = customer_key(customer_id)
        settings = self._settings_for(customer)
        phone = f"\n\nTelefon kontaktowy: {new.phone}" if new.phone else ""
        with self._writing.writing() as connection:
            _hold(connection, customer)
            subject, body = subject_and_body(
                writable(without_tags(new.title), connection) or NO_SUBJECT,
                writable(without_tags(with_details(new.body, new.details)), connection) + phone,
                longest=settings.subject_length,
            )
            known = self._earlier.ticket(connection, customer, attempt, subject, body, new.uploads)
            if known is not None:
                number = ticket_number(known, desk=DeskKind.BILLING)
                attempt.written(number)
                return number
            self._check_limits(connection, customer, rules)
            queue = _queue(connection, settings, new.billing_queue)
            self._files.check_room(connection, customer, new.uploads, rules)
            ticket, message = self._open(connection, customer, queue=queue, subject=subject, body=body)
            _put_into_categories(connection, ticket, settings)
            number = ticket_number(ticket, desk=DeskKind.BILLING)
            self._files.write(connection, ticket, message, new.uploads, then=lambda: attempt.written(number))
            return number

    def reply(self, reply: Reply, *, attempt: Attempt, rules: DeskRules) -> None:
        """Raises NotFound, TicketRefused, Unavailable."""
        customer, place = customer_key(reply.customer_id), ticket_key(reply.number)
        settings = self._settings_for(customer)
        with self._writing.writing() as connection:
            _hold(connection, customer)
            said = writable(without_tags(reply.new.text), connection)
            ticket = _own_ticket(connection, customer, place, settings)
            known = self._earlier.post(connection, customer, place, attempt, said, reply.new.uploads)
            if known is not None:
                attempt.written(str(known))
                return
            if ticket.state in ENDED:
                self._check_reopening(connection, place, settings, reply)
            self._check_replies(connection, customer, place, rules)
            self._files.check_room(connection, customer, reply.new.uploads, rules)
            message = self._write(connection, customer, ticket, said)
            self._files.write(
                connection, place, message, reply.new.uploads, then=lambda: attempt.written(str(message))
            )

    def _open(
        self, connection: Connection, customer: int, *, queue: int, subject: str, body: str
    ) -> tuple[int, int]:
        """The ticket, and the message that opened it."""
        now = self._clock()
        row = {
            "queueid": queue,
            "customerid": customer,
            "requestor": None,
            "requestor_mail": None,
            "requestor_phone": None,
            "requestor_userid": None,
            "subject": subject,
            "state": NEW,
            "cause": 0,
            "owner": None,
            "creatorid": None,
            "createtime": now,
            "modtime": now,
            "source": FROM_PANEL,
            "priority": None,
            "address_id": None,
            "nodeid": None,
            "service": NO_SERVICE,
            "type": OTHER_TYPE,
        }
        ticket = _new_id(connection, insert(rttickets).values(row))
        message = self._post(connection, customer, ticket=ticket, queue=queue, subject=subject, body=body)
        return ticket, message

    def _write(self, connection: Connection, customer: int, ticket: Row[*tuple[Any, ...]], text: str) -> int:
        newest = spoken(ticket.id, func.max(rtmessages.c.id))
        message = self._post(
            connection,
            customer,
            ticket=ticket.id,
            queue=ticket.queueid,
            subject=f"Re: {ticket.subject}"[:LONGEST_SUBJECT],
            body=text,
            inreplyto=connection.execute(newest).scalar(),
        )
        mine = (rttickets.c.id == ticket.id, rttickets.c.customerid == customer)
        values = {"modtime": self._clock(), "state": AFTER_REPLY.get(ticket.state, ticket.state)}
        connection.execute(update(rttickets).where(*mine).values(values))
        return message

    def _post(
        self,
        connection: Connection,
        customer: int,
        *,
        ticket: int,
        queue: int,
        subject: str,
        body: str,
        inreplyto: int | None = None,
    ) -> int:
        now = self._clock()
        row = {
            "ticketid": ticket,
            "userid": None,
            "customerid": customer,
            "phonefrom": "",
            "mailfrom": _email(connection, customer),
            "subject": subject,
            "messageid": f"<msg.{queue}.{ticket}.{now}@rtsystem.{socket.gethostname()}>"[:LONGEST_SUBJECT],
            "inreplyto": inreplyto,
            "replyto": "",
            "headers": "",
            "body": body,
            "createtime": now,
            "type": SPOKEN,
            "contenttype": "text/plain",
        }
        return _new_id(connection, insert(rtmessages).values(row))

    def _check_limits(self, connection: Connection, customer: int, rules: DeskRules) -> None:
        t = rttickets.c
        sent = (
            select(func.count())
            .select_from(rttickets)
            .where(t.customerid == customer, t.source == FROM_PANEL, t.deleted == 0)
        )
        if connection.execute(sent.where(t.state.not_in(ENDED))).scalar_one() >= rules.max_open:
            raise TicketRefused(Refusal.TOO_MANY_OPEN)
        if (
            connection.execute(sent.where(t.createtime > self._clock() - HOUR)).scalar_one()
            >= rules.max_per_hour
        ):
            raise TicketRefused(Refusal.TOO_MANY_NEW)

    def _check_reopening(
        self, connection: Connection, ticket: int, settings: DeskSettings, reply: Reply
    ) -> None:
        spoken_at = connection.execute(spoken(ticket, func.max(rtmessages.c.createtime))).scalar()
        if not settings.may_reopen_after(self._clock() - (spoken_at or 0)):
            raise TicketRefused(Refusal.TOO_LATE)
        if not reply.reopens:
            raise TicketRefused(Refusal.HAS_ENDED)

    def _check_replies(self, connection: Connection, customer: int, ticket: int, rules: DeskRules) -> None:
        """Beside what opened the ticket."""
        m = rtmessages.c
        recent = spoken(ticket, func.count()).where(
            m.customerid == customer, m.userid.is_(None), m.createtime > self._clock() - HOUR
        )
        if connection.execute(recent).scalar_one() > rules.max_replies:
            raise TicketRefused(Refusal.TOO_MANY_REPLIES)


def _hold(connection: Connection, customer: int) -> None:
    """Until the transaction ends nobody else writes for this customer. Raises NotFound when he is none."""
    c = customers.c
    him = select(c.id).where(c.id == customer, c.deleted == 0)
    if connection.dialect.name == "postgresql":
        # A lock of the row would need the right to change customers.
        connection.execute(select(func.pg_advisory_xact_lock((LOCK_SPACE << 32) + customer)))
    else:
        him = him.with_for_update()
    if connection.execute(him).first() is None:
        raise NotFound("customer")


def _own_ticket(
    connection: Connection, customer: int, place: int, settings: DeskSettings
) -> Row[*tuple[Any, ...]]:
    t = rttickets.c
    mine = select(t.id, t.customerid, t.queueid, t.subject, t.state).where(
        t.id == place, t.customerid == customer, settings.is_shown()
    )
    row = connection.execute(mine.with_for_update()).first()
    if row is None or row.customerid != customer:
        raise NotFound("ticket")
    return row


def _queue(connection: Connection, settings: DeskSettings, wanted: str | None) -> int:
    """The wanted one, or the first that customers may use. Raises TicketRefused when there is none like that."""
    q = rtqueues.c
    there = connection.execute(select(q.id).where(q.id.in_(settings.queues), q.deleted == 0)).scalars().all()
    usable = [queue for queue in settings.queues if queue in there]
    if wanted is None:
        if usable:
            return usable[0]
        raise _no_queue("LMS has none of the queues of userpanel.queues")
    if wanted in map(str, usable):
        return int(wanted)
    raise _no_queue(f"queue {wanted} of the helpdesk's configuration is not among LMS's userpanel.queues")


def _no_queue(words: str) -> TicketRefused:
    """The customer cannot help it: he is told whom to ask, and the log what is wrong."""
    log.error("no ticket can be opened: %s", words)
    return TicketRefused(Refusal.NO_QUEUE)


def _put_into_categories(connection: Connection, ticket: int, settings: DeskSettings) -> None:
    """Those that LMS still has."""
    c = rtcategories.c
    there = connection.execute(select(c.id).where(c.id.in_(settings.categories))).scalars().all()
    for category in sorted(there):
        connection.execute(insert(rtticketcategories).values(ticketid=ticket, categoryid=category))


def _email(connection: Connection, customer: int) -> str:
    """The first one that is in use."""
    c = customercontacts.c
    his = (
        select(c.contact)
        .where(c.customerid == customer, has_bits(c.type, EMAIL), ~has_bits(c.type, DISABLED))
        .order_by(c.id)
        .limit(1)
    )
    return connection.execute(his).scalar() or ""


def _new_id(connection: Connection, statement: Any) -> int:
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])
