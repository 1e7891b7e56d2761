"""How the desk's rows become tickets and entries, and how a change is written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert
from sqlalchemy.engine import Connection

from wbok.domain.desk import Post, Side, StatusChange, Ticket, TicketKind, TicketStatus, ticket_number
from wbok.store.desk.tables import entries, tickets

CUSTOMERS_COLUMNS = tuple(
    tickets.c[name]
    for name in (
        "id",
        "customer_id",
        "kind",
        "category",
        "queue",
        "title",
        "status",
        "created_at",
        "changed_at",
        "ended_at",
        "is_unread",
        "version",
    )
)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def ticket_of(row: Row[*tuple[Any, ...]]) -> Ticket:
    values = row._mapping
    return Ticket(
        number=ticket_number(values["id"]),
        customer_id=values["customer_id"],
        kind=TicketKind(values["kind"]),
        category=values["category"],
        queue=values["queue"],
        title=values["title"],
        status=TicketStatus(values["status"]),
        created_at=moment(values["created_at"]),
        changed_at=moment(values["changed_at"]),
        ended_at=None if values["ended_at"] is None else moment(values["ended_at"]),
        is_unread=bool(values["is_unread"]),
    )


def entry_of(row: Row[Any]) -> Post | StatusChange:
    at, side = moment(row.at), Side(row.side)
    if row.text is None:
        return StatusChange(at=at, by=side, status=TicketStatus(row.changed_to))
    return Post(at=at, by=side, author=row.author, text=row.text)


def write_post(connection: Connection, place: int, *, by: Side, author: str, text: str, at: int) -> None:
    row = {"ticket_id": place, "at": at, "side": by, "author": author[:255], "text": text}
    connection.execute(insert(entries).values(row))


def write_change(connection: Connection, place: int, status: TicketStatus, *, by: Side, at: int) -> None:
    row = {"ticket_id": place, "at": at, "side": by, "author": "", "status": status}
    connection.execute(insert(entries).values(row))


def status_columns(status: TicketStatus, *, is_unread: bool | ColumnElement[bool], at: int) -> dict[str, Any]:
    """What changes in the ticket's row together with its status. `is_unread` as a column: as it is then."""
    return {
        "status": status,
        "changed_at": at,
        "ended_at": at if status.has_ended else None,
        "is_unread": is_unread,
        "is_current": is_unread if status.has_ended else True,
        "version": tickets.c.version + 1,
    }
