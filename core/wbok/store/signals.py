"""What stands around every page of a customer: unread messages, urgent ones. Read where his session is found.

A page may ask the store twice, so all of this is one statement: a UNION ALL of parts with the same columns, a
tag, four texts and four numbers. A new part is a function that gives such SELECTs, its name in PARTS, and a
field of Signals. Places that a part does not need hold a column of the right type, whatever it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, String, case, false, func, literal, select

from wbok.domain.desk import CurrentTicket, DeskKind, TicketStatus, ticket_number
from wbok.domain.messages import BEGINNING, NEWEST, UNREAD_FOR, Headline, Mark, MessageKind, Origin
from wbok.store.audience import IN_FORCE, unread_of, urgent_of
from wbok.store.desk.tables import mirrored, tickets
from wbok.store.hashes import key_hash
from wbok.store.tables import message_marks as marks
from wbok.store.tables import messages, milestones

UNREAD_SECONDS = int(UNREAD_FOR.total_seconds())
FIRST_DAY = "messages"
Cells = RowMapping


@dataclass(frozen=True, slots=True)
class Signals:
    """`headlines`: the newest of the panel's messages that are unread, or urgent and not confirmed.

    `notice_marks`: by notice_key, of the newest notices that the customer has read. `first_day`: when the panel
    began to keep marks; what the billing sent before counts as read. `tickets`: what is open or unread, newest
    first.
    """

    first_day: datetime
    headlines: tuple[Headline, ...] = ()
    notice_marks: Mapping[str, Mark] = field(default_factory=dict)
    tickets: tuple[CurrentTicket, ...] = ()


def notice_key(notice_id: str) -> str:
    """How the store calls a notice of the billing."""
    return key_hash("notice", notice_id)


def parts(customer: ColumnElement[Any], desk: DeskKind) -> tuple[Select[Any], ...]:
    """All SELECTs of the union; `customer` is the hash, `desk` the one in use. Parameter: `now`."""
    return tuple(statement for part in (*PARTS, TICKETS[desk]) for statement in part(customer))


def read_signals(rows: Iterable[Cells], *, now: datetime) -> Signals:
    """Of the union's rows; those of other tags are none of ours."""
    found: dict[str, list[Cells]] = {}
    for row in rows:
        found.setdefault(row["part"], []).append(row)
    headlines = sorted(
        map(_headline, found.get("headline", ())), key=lambda h: (h.sent_at, h.id), reverse=True
    )
    began = [moment(row["n1"]) for row in found.get("first day", ())]
    return Signals(
        first_day=began[0] if began else now,
        headlines=tuple(headlines),
        notice_marks={row["t1"]: mark_of(row["n3"], row["n4"]) for row in found.get("notice", ())},
        tickets=tuple(map(_ticket, sorted(found.get("ticket", ()), key=lambda row: -row["n1"]))),
    )


def columns(part: str, *cells: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """A part's columns, named alike in every part: `part`, `t1` to `t4`, `n1` to `n4`."""
    names = (f"{kind}{place}" for kind in "tn" for place in range(1, 5))
    return [
        literal(part, String(20)).label("part"),
        *(cell.label(name) for cell, name in zip(cells, names, strict=True)),
    ]


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def mark_of(read_at: int, confirmed_at: int | None) -> Mark:
    return Mark(moment(read_at), None if confirmed_at is None else moment(confirmed_at))


def _headlines(customer: ColumnElement[Any]) -> Iterable[Select[Any]]:
    m = messages.c
    cells = columns(
        "headline",
        *(m.id, m.kind, m.title, func.substr(m.body, 1, BEGINNING)),
        *(case((m.urgent, 1), else_=0), m.valid_from, marks.c.read_at, marks.c.confirmed_at),
    )
    # What awaits a confirmation is never pushed out by what is newer.
    awaits = urgent_of(customer, cells, IN_FORCE, marks.c.confirmed_at.is_(None), limit=NEWEST)
    calm = (IN_FORCE, m.urgent == false())
    unread = unread_of(customer, cells, *calm, seconds=UNREAD_SECONDS, limit=NEWEST)
    for statement in (*awaits, *unread):
        yield select(*statement.subquery().c)


def _notices(customer: ColumnElement[Any]) -> Iterable[Select[Any]]:
    """Twice as many as are looked at, since a day may have many and the clocks of two systems differ."""
    m = marks.c
    cells = columns(
        "notice",
        *(m.message_id, m.message_id, m.message_id, m.message_id),
        *(m.sent_at, m.sent_at, m.read_at, m.confirmed_at),
    )
    his = select(*cells).where(m.customer_hash == customer, m.origin == Origin.BILLING.value)
    yield _newest(his, m.sent_at, limit=2 * NEWEST)


def _first_day(_customer: ColumnElement[Any]) -> Iterable[Select[Any]]:
    m = milestones.c
    cells = columns("first day", *[m.name] * 4, *[m.reached_at] * 4)
    yield select(*cells).where(m.name == FIRST_DAY)


def _tickets(customer: ColumnElement[Any]) -> Iterable[Select[Any]]:
    t = tickets.c
    cells = columns(
        "ticket",
        *(t.title, t.status, literal(""), t.queue),
        *(t.id, case((t.is_unread, 1), else_=0), t.changed_at, t.created_at),
    )
    yield _newest(select(*cells).where(t.customer_hash == customer, t.is_current), t.id)


def _billing_tickets(customer: ColumnElement[Any]) -> Iterable[Select[Any]]:
    t = mirrored.c
    cells = columns(
        "ticket",
        *(t.title, t.status, t.number, t.category),
        *(t.created_at, case((t.is_unread, 1), else_=0), t.version, t.answers),
    )
    yield _newest(select(*cells).where(t.customer_hash == customer, t.is_current), t.created_at)


def _newest(statement: Select[Any], sort: ColumnElement[Any], *, limit: int = NEWEST) -> Select[Any]:
    newest = statement.order_by(sort.desc()).limit(limit).subquery()
    return select(*newest.c)


def _headline(row: Cells) -> Headline:
    return Headline(
        origin=Origin.PANEL,
        id=row["t1"],
        kind=MessageKind(row["t2"]),
        title=row["t3"],
        text=row["t4"],
        sent_at=moment(row["n2"]),
        urgent=bool(row["n1"]),
        mark=None if row["n3"] is None else mark_of(row["n3"], row["n4"]),
    )


def _ticket(row: Cells) -> CurrentTicket:
    number = row["t3"] or ticket_number(row["n1"])
    return CurrentTicket(number, row["t1"], TicketStatus(row["t2"]), bool(row["n2"]))


PARTS = (_headlines, _notices, _first_day)
TICKETS = {DeskKind.PANEL: _tickets, DeskKind.BILLING: _billing_tickets}
