"""How the desk's rows become tickets and entries, and how a change is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Insert, Row, insert
from sqlalchemy.engine import Connection

from wbok.domain.attachments import Attachment
from wbok.domain.desk import (
    Detail,
    Entry,
    ExpectedChange,
    Post,
    Side,
    StatusChange,
    Ticket,
    TicketKind,
    TicketStatus,
    ticket_number,
)
from wbok.store.desk.tables import attachments, entries, tickets

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
        "expected_on",
    )
)

ATTACHED = (
    attachments.c.id.label("attachment_id"),
    attachments.c.name.label("attachment_name"),
    attachments.c.content_type,
    attachments.c.size,
    attachments.c.file,
)

IsThere = Callable[[str], bool]
"""Of the name of a file in the desk's folder."""


DETAILS = TypeAdapter(tuple[Detail, ...])


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
        expected_on=values["expected_on"],
    )


def entries_of(rows: Iterable[Row[*tuple[Any, ...]]], is_there: IsThere) -> Iterator[tuple[int, Entry]]:
    """With its key. The rows of an entry, one for each of its attachments, come one after the other.

    A file that is not there has no size, so that no page leads to it.
    """
    for key, group in groupby(rows, key=lambda row: row.entry_id):
        yield key, _entry(tuple(group), is_there)


def _entry(rows: tuple[Row[*tuple[Any, ...]], ...], is_there: IsThere) -> Entry:
    first = rows[0]
    at, side = moment(first.at), Side(first.side)
    if first.changed_to is not None:
        return StatusChange(at=at, by=side, status=TicketStatus(first.changed_to))
    if first.text is None:
        return ExpectedChange(at=at, by=side, expected_on=first.expected_then)
    written = (row for row in rows if row.attachment_id is not None)
    files = tuple(
        attachment_of(row) if is_there(row.file) else replace(attachment_of(row), size=None)
        for row in written
    )
    details = DETAILS.validate_json(first.details) if first.details else ()
    return Post(at=at, by=side, author=first.author, text=first.text, attachments=files, details=details)


def attachment_of(row: Row[*tuple[Any, ...]]) -> Attachment:
    return Attachment(str(row.attachment_id), row.attachment_name, row.content_type, row.size)


def write_post(
    connection: Connection,
    place: int,
    *,
    by: Side,
    author: str,
    text: str,
    at: int,
    details: tuple[Detail, ...] = (),
) -> int:
    """The entry's key."""
    row = {
        "ticket_id": place,
        "at": at,
        "side": by,
        "author": author[:255],
        "text": text,
        "details": DETAILS.dump_json(details).decode() if details else None,
    }
    return new_key(connection, insert(entries).values(row))


def new_key(connection: Connection, statement: Insert) -> int:
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])


def write_change(connection: Connection, place: int, status: TicketStatus, *, by: Side, at: int) -> None:
    row = {"ticket_id": place, "at": at, "side": by, "author": "", "status": status}
    connection.execute(insert(entries).values(row))


def write_expected(
    connection: Connection, place: int, expected_on: date | None, *, by: Side, at: int
) -> None:
    row = {"ticket_id": place, "at": at, "side": by, "author": "", "expected_on": expected_on}
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
