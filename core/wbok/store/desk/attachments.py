"""Files of the panel's own desk: what is in them lies in a folder under a random name, the rest in the store.

A row comes first, which belongs to no ticket; then the file, whole and on the disk; then, in the transaction that
writes the ticket, the row becomes its. So no ticket lacks a file, and whatever is left over is known by its row.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from wbok.attachments import opened_directory, opened_file, remove_file, size_of, write_file
from wbok.domain.attachments import AttachmentContent, Upload
from wbok.domain.desk import DeskRules, Refusal, TicketRefused, entry_mark
from wbok.errors import KeptFileUnusable, NotFound, StoreUnavailable
from wbok.store.clearing import AT_ONCE
from wbok.store.database import Store
from wbok.store.desk.rows import ATTACHED, attachment_of, new_key
from wbok.store.desk.tables import attachments, tickets
from wbok.store.hashes import key_hash

log = logging.getLogger(__name__)

ABANDONED_SECONDS = 3600
"""A form takes seconds: what belongs to no ticket by then is left over from a process that died."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Files that are written and belong to no ticket yet: their rows, and their bytes together."""

    rows: tuple[int, ...] = ()
    size: int = 0


class DeskAttachments:
    """`folder` None: there is no place for files, and none may come. It is made when the first one comes."""

    def __init__(self, store: Store, folder: Path | None, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock

    @property
    def has_place(self) -> bool:
        return self._folder is not None

    def is_there(self, file: str) -> bool:
        """Whether it can be read now."""
        return self._folder is not None and size_of(self._folder, file) is not None

    @contextmanager
    def kept(self, customer_id: str, uploads: Sequence[Upload]) -> Iterator[Kept]:
        """For the block, in which they become a ticket's; what has not become one is away after it.

        Raises StoreUnavailable when they cannot be written.
        """
        self._clear_away(attachments.c.written_at < self._now() - ABANDONED_SECONDS)
        rows = list[int]()
        try:
            for upload in uploads:
                self._write(customer_id, upload, rows)
            yield Kept(tuple(rows), sum(len(upload.content) for upload in uploads))
        finally:
            self._clear_away(attachments.c.id.in_(rows))

    def attach(
        self,
        connection: Connection,
        kept: Kept,
        customer_id: str,
        *,
        ticket: int,
        entry: int,
        rules: DeskRules,
    ) -> None:
        """Whoever holds the customer's row counts exactly. Raises TicketRefused."""
        if not kept.rows:
            return
        a, mine = attachments.c, key_hash(customer_id)
        used = select(func.coalesce(func.sum(a.size), 0)).where(
            a.customer_hash == mine, a.ticket_id.is_not(None)
        )
        if int(connection.execute(used).scalar_one()) + kept.size > rules.most_attached:
            raise TicketRefused(Refusal.TOO_MUCH_ATTACHED)
        becomes = update(attachments).where(a.id.in_(kept.rows), a.ticket_id.is_(None))
        if connection.execute(becomes.values(ticket_id=ticket, entry_id=entry)).rowcount != len(kept.rows):
            raise StoreUnavailable("the files of a form were cleared away before it was sent")

    def of_customer(self, customer_id: str, ticket: int, attachment_id: str) -> AttachmentContent:
        """Raises NotFound; StoreUnavailable when no file can be read, KeptFileUnusable when this one cannot."""
        return self._found(ticket, attachment_id, customer_id)

    def of_office(self, ticket: int, attachment_id: str) -> AttachmentContent:
        """As of_customer, whoever the customer is."""
        return self._found(ticket, attachment_id, None)

    def _found(self, ticket: int, attachment_id: str, customer_id: str | None) -> AttachmentContent:
        key = entry_mark(attachment_id)
        wanted: Select[*tuple[Any, ...]] = (
            select(*ATTACHED)
            .join(tickets, tickets.c.id == attachments.c.ticket_id)
            .where(attachments.c.id == key, tickets.c.id == ticket)
        )
        if customer_id is not None:
            wanted = wanted.where(tickets.c.customer_hash == key_hash(customer_id))
        with self._store.reading() as connection:
            row = None if key is None else connection.execute(wanted).first()
        if row is None or self._folder is None:
            raise NotFound("attachment")
        try:
            file = opened_file(self._folder, row.file)
        except OSError as error:
            raise StoreUnavailable(f"attachments.dir: {error}") from error
        if file is None or file.size != row.size:
            fault = "is missing" if file is None else f"has {file.size} bytes, not the {row.size} that came"
            raise KeptFileUnusable(
                f"attachments.dir: {self._folder / row.file}, of attachment {attachment_id}, {fault}"
            )
        return AttachmentContent(attachment_of(row), file)

    def _write(self, customer_id: str, upload: Upload, rows: list[int]) -> None:
        if self._folder is None:
            raise StoreUnavailable("attachments.dir is not set, so there is no place for files")
        values = {
            "customer_hash": key_hash(customer_id),
            "file": secrets.token_hex(16),
            "name": upload.name,
            "content_type": upload.content_type,
            "size": len(upload.content),
            "written_at": self._now(),
        }
        with self._store.writing() as connection:
            rows.append(new_key(connection, insert(attachments).values(values)))
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with opened_directory(self._folder) as directory:
                write_file(directory, str(values["file"]), upload.content)
        except OSError as error:
            raise StoreUnavailable(f"attachments.dir: no file can be written there: {error}") from error

    def _clear_away(self, which: ColumnElement[bool]) -> None:
        """Of those that belong to no ticket. What cannot be cleared now is another time: no form waits for it."""
        a = attachments.c
        left = select(a.id, a.file).where(which, a.ticket_id.is_(None)).limit(AT_ONCE)
        try:
            with self._store.reading() as connection:
                found = connection.execute(left).all()
            for row in found:
                self._clear_one(row.id, row.file)
        except (OSError, StoreUnavailable) as error:
            log.warning("files of forms that were not sent are still there: %s", error)

    def _clear_one(self, key: int, file: str) -> None:
        """The file goes before its row, which alone knows it."""
        a = attachments.c
        with self._store.writing() as connection:
            gone = delete(attachments).where(a.id == key, a.ticket_id.is_(None))
            if connection.execute(gone).rowcount and self._folder is not None:
                with suppress(FileNotFoundError), opened_directory(self._folder) as directory:
                    remove_file(directory, file)

    def _now(self) -> int:
        return int(self._clock().timestamp())
