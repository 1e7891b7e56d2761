"""What an earlier try of the same form has written into LMS: found by text and files, for LMS has no key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select

from wbok.adapters.lms.desk_files import DeskFiles
from wbok.adapters.lms.desk_rules import FROM_PANEL, SPOKEN
from wbok.adapters.lms.tables.tickets import rtmessages, rttickets
from wbok.billing import Attempt
from wbok.domain.attachments import Upload


class EarlierTries:
    """Databases compare texts loosely; here it must be the very same, with the very same files."""

    def __init__(self, files: DeskFiles) -> None:
        self._files = files

    def ticket(
        self,
        connection: Connection,
        customer: int,
        attempt: Attempt,
        subject: str,
        body: str,
        uploads: Sequence[Upload],
    ) -> int | None:
        t, m = rttickets.c, rtmessages.c
        written = (
            select(t.id, t.subject, m.body, m.id.label("message"))
            .select_from(rttickets.join(rtmessages, m.ticketid == t.id))
            .where(
                t.customerid == customer,
                t.source == FROM_PANEL,
                t.deleted == 0,
                t.createtime >= int(attempt.since.timestamp()),
                m.customerid == customer,
                m.type == SPOKEN,
            )
            .order_by(t.id)
        )
        for row in connection.execute(written).all():
            if (row.subject, row.body) == (subject, body) and self._has(
                connection, row.id, row.message, uploads
            ):
                return int(row.id)
        return None

    def post(
        self,
        connection: Connection,
        customer: int,
        ticket: int,
        attempt: Attempt,
        text: str,
        uploads: Sequence[Upload],
    ) -> int | None:
        m = rtmessages.c
        written = spoken(ticket, m.id, m.body).where(
            m.customerid == customer, m.userid.is_(None), m.createtime >= int(attempt.since.timestamp())
        )
        first = spoken(ticket, func.min(m.id)).scalar_subquery()
        rows = connection.execute(written.where(m.id != first).order_by(m.id)).all()
        same = (row.id for row in rows if row.body == text and self._has(connection, ticket, row.id, uploads))
        return next(same, None)

    def _has(self, connection: Connection, ticket: int, message: int, uploads: Sequence[Upload]) -> bool:
        # Where no file can be, none is looked for: the account need not have the right to.
        return not self._files.has_place or self._files.are_these(connection, ticket, message, uploads)


def spoken(ticket: int, *what: Any) -> Select[*tuple[Any, ...]]:
    """Of the ticket's messages that the customer sees."""
    m = rtmessages.c
    return (
        select(*what)
        .select_from(rtmessages)
        .where(m.ticketid == literal(ticket), m.type == SPOKEN, m.deleted == 0)
    )
