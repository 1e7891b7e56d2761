"""Notices what the billing's office did to tickets of anybody: for a command, never for a page."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import exc, insert, select, update

from wbok.billing.helpdesk import TicketChanges
from wbok.errors import NotFound
from wbok.store.database import Store
from wbok.store.desk.billing import BillingDesk
from wbok.store.desk.mirror import Mirror
from wbok.store.desk.tables import bookmarks

BOOKMARK = "ticket changes"


class Watch:
    def __init__(self, changes: TicketChanges, desk: BillingDesk, mirror: Mirror, store: Store) -> None:
        self._changes = changes
        self._desk = desk
        self._mirror = mirror
        self._store = store

    def __call__(self) -> int:
        """How many tickets have something new for their customers since last time. Raises Unavailable."""
        self._mirror.began()
        mark, news = self._mark(), 0
        while True:
            found = self._changes(mark)
            for one in found.tickets:
                if not self._desk.knows(one.customer_id, one.number, version=one.version):
                    news += self._is_news(one.customer_id, one.number)
            if found.next != mark:
                self._keep(found.next)
            mark = found.next
            if found.is_last:
                return news

    def _is_news(self, customer_id: str, number: str) -> bool:
        try:
            return self._desk.look(customer_id, number)
        except NotFound:
            # One that its customer may not see, or that is gone by now.
            return False

    def _mark(self) -> str | None:
        with self._store.reading() as connection:
            found: str | None = connection.execute(
                select(bookmarks.c.place).where(bookmarks.c.name == BOOKMARK)
            ).scalar()
        return found

    def _keep(self, mark: str) -> None:
        kept = update(bookmarks).where(bookmarks.c.name == BOOKMARK).values(place=mark)
        # Two may watch at once: what one of them reads again does no harm.
        with suppress(exc.IntegrityError), self._store.writing() as connection:
            if connection.execute(kept).rowcount == 0:
                connection.execute(insert(bookmarks).values(name=BOOKMARK, place=mark))
