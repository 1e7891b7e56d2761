"""What was written and changed in a customer's ticket, with its files, page by page in one statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Subquery, and_, select

from wbok.domain.desk import LARGEST, PAGE_ENTRIES, Post, Thread, entry_mark, on_one_page
from wbok.errors import NotFound, Rejected
from wbok.store.database import Store
from wbok.store.desk.rows import ATTACHED, CUSTOMERS_COLUMNS, IsThere, entries_of, ticket_of
from wbok.store.desk.tables import attachments, entries, tickets
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
    texts = (entry.text if isinstance(entry, Post) else "" for _, entry in found)
    shown = found[: on_one_page(map(len, texts))]
    return Thread(
        ticket=ticket_of(rows[0]),
        version=rows[0].version,
        entries=tuple(entry for _, entry in reversed(shown)),
        older=str(shown[-1][0]) if len(found) > len(shown) > 0 else None,
    )


def _statement(customer_id: str, place: int, earlier: int) -> Select[*tuple[Any, ...]]:
    part, a = _newest(place, earlier), attachments.c
    its_files = and_(a.ticket_id == part.c.ticket_id, a.entry_id == part.c.entry_id)
    everything = tickets.outerjoin(part, part.c.ticket_id == tickets.c.id).outerjoin(attachments, its_files)
    return (
        select(*CUSTOMERS_COLUMNS, part, *ATTACHED)
        .select_from(everything)
        .where(tickets.c.id == place, tickets.c.customer_hash == key_hash(customer_id))
        .order_by(part.c.entry_id.desc(), a.id)
    )


def _newest(place: int, earlier: int) -> Subquery:
    """One more than a page of them; whose ticket it is, the statement around it asks."""
    e = entries.c
    key, changed_to = e.id.label("entry_id"), e.status.label("changed_to")
    newest = select(key, e.ticket_id, e.at, e.side, e.author, e.text, changed_to)
    mine = newest.where(e.ticket_id == place, e.id < earlier)
    return mine.order_by(e.id.desc()).limit(PAGE_ENTRIES + 1).subquery("part")
