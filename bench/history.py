"""What a long history in the panel's own store costs one customer: his first page of tickets, and the unread badge.

Both stores have ten tickets and ten messages on top that are open and unread; what is older has ended and was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench.calls import Among
from bench.timing import Pace, compare
from wbok.domain.desk import TicketKind, TicketStatus
from wbok.domain.messages import MessageKind, Origin
from wbok.domain.page import PageRequest
from wbok.store import Store
from wbok.store.desk import open_desk
from wbok.store.desk.tables import tickets
from wbok.store.hashes import key_hash
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.messages import Messages
from wbok.store.sessions import Sessions
from wbok.store.tables import message_marks, message_recipients, messages
from wbok.store.visits import Visits

FEW, MANY = 10, 10_000
MOST_RATIO = 1.3
CUSTOMER = "10427"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NEIGHBOURS = 20_000
EVERY_SECONDS = 3000
"""Ten thousand within a year: all of them are young enough to be unread."""
Rows = list[dict[str, Any]]


def measure_history(folder: Path, pace: Pace, *, rows: int) -> Iterator[Among]:
    few, many = (_questions(folder / f"own-{n}.sqlite", rows=n, to_all=False) for n in (FEW, rows))
    for name, ask in few.items():
        yield Among(name, *compare([ask, many[name]], pace))
    everybodys = [_questions(folder / f"all-{n}.sqlite", rows=n, to_all=True) for n in (FEW, rows)]
    yield Among("badge, to everybody", *compare([asked[BADGE] for asked in everybodys], pace))


BADGE = "badge, to him alone"


def _questions(path: Path, *, rows: int, to_all: bool) -> dict[str, Callable[[], object]]:
    store = Store(f"sqlite:///{path}")
    store.upgrade()
    with store.writing() as connection:
        connection.execute(insert(tickets), [_ticket(n, is_old=n < rows - FEW) for n in range(rows)])
        connection.execute(insert(messages), [_message(n, rows, to_all=to_all) for n in range(rows)])
        if not to_all:
            connection.execute(insert(message_recipients), [_recipient(n, rows) for n in range(rows)])
            connection.execute(insert(message_recipients), [_neighbour(n) for n in range(NEIGHBOURS)])
        if rows > FEW:
            connection.execute(insert(message_marks), [_mark(n, rows) for n in range(rows - FEW)])
        connection.exec_driver_sql("ANALYZE")
    sessions = Sessions(store, clock=_clock, idle=timedelta(days=1), absolute=timedelta(days=1))
    token = sessions.start(customer_id=CUSTOMER, customer_name="Jan Próbny", address="10.0.0.1")
    keys, sent = IdempotencyKeys(store, clock=_clock), Messages(store, clock=_clock)
    desk = open_desk(store, keys=keys, messages=sent, clock=_clock).customer
    visits = Visits(store, sessions, clock=_clock)
    return {
        "tickets, first page": lambda: desk.tickets(CUSTOMER, PageRequest(limit=FEW)),
        BADGE: lambda: visits.find(token),
    }


def _clock() -> datetime:
    return NOW


def _at(number: int, rows: int) -> int:
    return int(NOW.timestamp()) - (rows - number) * EVERY_SECONDS


def _ticket(number: int, *, is_old: bool) -> dict[str, Any]:
    return {
        "customer_id": CUSTOMER,
        "customer_hash": key_hash(CUSTOMER),
        "kind": TicketKind.FAULT,
        "category": "internet",
        "queue": "technicy",
        "title": f"Zgłoszenie {number}",
        "status": TicketStatus.SOLVED if is_old else TicketStatus.IN_PROGRESS,
        "created_at": number,
        "changed_at": number,
        "ended_at": number if is_old else None,
        "is_unread": not is_old,
        "is_current": not is_old,
        "version": 1,
    }


def _message(number: int, rows: int, *, to_all: bool) -> dict[str, Any]:
    return {
        "id": f"{number:032x}",
        "kind": MessageKind.SERVICE,
        "title": f"Wiadomość {number}",
        "body": "Przerwa w dostępie do internetu.",
        "urgent": False,
        "to_all": to_all,
        "sent_at": _at(number, rows),
        "valid_from": _at(number, rows),
        "valid_to": None,
        "delivery_id": f"{number:032x}",
    }


def _recipient(number: int, rows: int) -> dict[str, Any]:
    return {
        "customer_hash": key_hash(CUSTOMER),
        "delivery_id": f"{number:032x}",
        "valid_from": _at(number, rows),
        "urgent": False,
        "is_unread": number >= rows - FEW,
    }


def _neighbour(number: int) -> dict[str, Any]:
    """Another customer has got the first message too."""
    return _recipient(0, FEW) | {"customer_hash": key_hash(f"another {number}")}


def _mark(number: int, rows: int) -> dict[str, Any]:
    return {
        "customer_hash": key_hash(CUSTOMER),
        "message_id": f"{number:032x}",
        "origin": Origin.PANEL,
        "sent_at": _at(number, rows),
        "read_at": _at(number, rows),
        "confirmed_at": None,
    }
