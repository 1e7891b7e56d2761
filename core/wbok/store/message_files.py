"""Files of the panel's own messages: written once with the delivery, never changed, and checked when they are read.

No statement of the panel changes one. What somebody changed in the database all the same is not handed out.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, insert, literal, select, union_all
from sqlalchemy.engine import Connection

from wbok.domain.attachments import Attachment, AttachmentContent, Upload
from wbok.domain.messages import MessageFile
from wbok.errors import KeptFileUnusable, NotFound
from wbok.store.audience import had_by
from wbok.store.database import Store
from wbok.store.hashes import key_hash, key_text
from wbok.store.tables import message_file_parts as parts
from wbok.store.tables import message_files as files
from wbok.store.tables import messages

PART = 60_000
"""Bytes: MariaDB's column takes 65,535."""


@dataclass(frozen=True, slots=True)
class FileToWrite:
    upload: Upload
    is_legal: bool = False


def write_file(connection: Connection, delivery: str, file: FileToWrite, *, place: int) -> None:
    """`place`: among those of the delivery."""
    key, content = secrets.token_hex(16), file.upload.content
    row = {
        "id": key,
        "delivery_id": delivery,
        "place": place,
        "name": file.upload.name,
        "content_type": file.upload.content_type,
        "size": len(content),
        "digest": file.upload.digest,
        "is_legal": file.is_legal,
    }
    connection.execute(insert(files), row)
    begins = range(0, len(content), PART)
    rows = [{"file_id": key, "place": n, "content": content[at : at + PART]} for n, at in enumerate(begins)]
    connection.execute(insert(parts), rows)


def drop_files(connection: Connection, delivery: str) -> None:
    """Of a delivery that became no message."""
    mine = select(files.c.id).where(files.c.delivery_id == delivery)
    connection.execute(delete(parts).where(parts.c.file_id.in_(mine)))
    connection.execute(delete(files).where(files.c.delivery_id == delivery))


def digests_of(store: Store, delivery: str) -> frozenset[str]:
    """Of all but the legal document."""
    found = select(files.c.digest).where(files.c.delivery_id == delivery, files.c.is_legal.is_(False))
    with store.reading() as connection:
        return frozenset(connection.execute(found).scalars())


def file_of(row: Row[*tuple[Any, ...]]) -> MessageFile:
    attachment = Attachment(row.file_id, row.file_name, row.content_type, row.size)
    return MessageFile(attachment, row.digest, bool(row.file_is_legal))


NAMED = (
    files.c.id.label("file_id"),
    files.c.name.label("file_name"),
    files.c.content_type,
    files.c.size,
    files.c.digest,
    files.c.is_legal.label("file_is_legal"),
)


class MessageFiles:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def of_customer(self, customer_id: str, message_id: str, file_id: str) -> AttachmentContent:
        """Raises NotFound, for another customer's too; KeptFileUnusable when it is not what was sent."""
        mine = had_by(
            literal(key_hash(customer_id)),
            [messages.c.delivery_id],
            messages.c.id == key_text(message_id, what="message"),
        )
        return self._content(union_all(*mine).subquery().select(), file_id)

    def of_office(self, message_id: str, file_id: str) -> AttachmentContent:
        """As of_customer, whoever the recipients are."""
        its = select(messages.c.delivery_id).where(messages.c.id == key_text(message_id, what="message"))
        return self._content(its, file_id)

    def of(self, message_id: str) -> tuple[MessageFile, ...]:
        """For the office, the legal document first."""
        named = select(*NAMED).join(messages, messages.c.delivery_id == files.c.delivery_id)
        with self._store.reading() as connection:
            rows = connection.execute(named.where(messages.c.id == message_id).order_by(files.c.place))
            return tuple(map(file_of, rows))

    def _content(self, deliveries: Select[Any], file_id: str) -> AttachmentContent:
        its = deliveries.subquery()
        wanted = (
            select(*NAMED, parts.c.content)
            .join(its, its.c.delivery_id == files.c.delivery_id)
            .outerjoin(parts, parts.c.file_id == files.c.id)
            .where(files.c.id == key_text(file_id, what="attachment"))
            .order_by(parts.c.place)
        )
        with self._store.reading() as connection:
            rows = connection.execute(wanted, {"now": int(self._clock().timestamp())}).all()
        if not rows:
            raise NotFound("attachment")
        file, content = file_of(rows[0]), b"".join(row.content or b"" for row in rows)
        if hashlib.sha256(content).hexdigest() != file.digest:
            raise KeptFileUnusable(
                f"the panel's store, message_file_parts: file {file_id} is not what was sent, "
                "its SHA-256 is another"
            )
        return AttachmentContent(file.attachment, (content,))
