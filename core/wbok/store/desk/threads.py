"""What was written and changed in a customer's ticket, with its files, page by page in one statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Subquery, and_, select

from wbok.domain.desk import (
    LARGEST,
    PAGE_ENTRIES,
    Entry,
    Post,
    Thread,
    entry_mark,
    on_one_page,
    ticket_number,
)
from wbok.errors import NotFound, Rejected
from wbok.store.database import Store
from wbok.store.desk.complaints import clock_of
from wbok.store.desk.rows import ATTACHED, CUSTOMERS_COLUMNS, IsThere, entries_of, ticket_of
from wbok.store.desk.tables import attachments, complaints, entries, tickets
from wbok.store.hashes import key_hash


def read_thread(
    store: Store, customer_id: str, place: int, *, before: str | None, is_there: IsThere
) -> Thread:
    """The ticket with its newest entries, or those before the mark. Raises NotFound, Rejected."""
    earlier = LARGEST if before is None else entry_mark(before)
    if earlier is None:
        raise Rejected("page mark")
    with store.reading() as connection:
        rows = connection.execute(_statement(customer_id, place, earlier)).all()
    if not rows:
        raise NotFound("ticket")
    found = list(entries_of((row for row in rows if row.entry_id is not None), is_there))
    shown = found[: on_one_page(_signs(entry) for _, entry in found)]
    return Thread(
        ticket=ticket_of(rows[0]),
        version=rows[0].version,
        entries=tuple(entry for _, entry in reversed(shown)),
        older=str(shown[-1][0]) if len(found) > len(shown) > 0 else None,
        complaint=clock_of(rows[0]._mapping),
    )


def _signs(entry: Entry) -> int:
    if not isinstance(entry, Post):
        return 0
    return len(entry.text) + sum(len(detail.label) + len(detail.value) for detail in entry.details)


def _statement(customer_id: str, place: int, earlier: int) -> Select[*tuple[Any, ...]]:
    part, a, c = _newest(place, earlier), attachments.c, complaints.c
    its_files = and_(a.ticket_id == part.c.ticket_id, a.entry_id == part.c.entry_id)
    its_complaint = and_(c.customer_hash == tickets.c.customer_hash, c.number == ticket_number(place))
    everything = (
        tickets.outerjoin(part, part.c.ticket_id == tickets.c.id)
        .outerjoin(attachments, its_files)
        .outerjoin(complaints, its_complaint)
    )
    return (
        select(*CUSTOMERS_COLUMNS, part, *ATTACHED, c.due_on, c.answered_at)
        .select_from(everything)
        .where(tickets.c.id == place, tickets.c.customer_hash == key_hash(customer_id))
        .order_by(part.c.entry_id.desc(), a.id)
    )


def _newest(place: int, earlier: int) -> Subquery:
    """One more than a page of them; whose ticket it is, the statement around it asks."""
    e = entries.c
    key, changed_to = e.id.label("entry_id"), e.status.label("changed_to")
    expected_then = e.expected_on.label("expected_then")
    newest = select(key, e.ticket_id, e.at, e.side, e.author, e.text, changed_to, e.details, expected_then)
    mine = newest.where(e.ticket_id == place, e.id < earlier)
    return mine.order_by(e.id.desc()).limit(PAGE_ENTRIES + 1).subquery("part")
