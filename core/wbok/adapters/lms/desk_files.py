"""Files of LMS's helpdesk: `<folder>/%06d(ticket)/%06d(message)/name`, and the same names in its table."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from wbok.adapters.lms.desk_rules import SPOKEN
from wbok.adapters.lms.tables.tickets import rtattachments, rtmessages
from wbok.attachments import FileChunks, inner_file, size_of, write_file
from wbok.domain.attachments import Attachment, AttachmentContent, Upload
from wbok.domain.desk import DeskRules, Refusal, TicketRefused
from wbok.errors import NotFound, Unavailable

log = logging.getLogger(__name__)

NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.-]", re.ASCII)
LONGEST = 200
ENTRIES, FILES = 0o2777, 0o666


class DeskFiles:
    """`folder` None: not configured, so no file is shown and none is taken."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def has_place(self) -> bool:
        return self._folder is not None

    def found(self, ticket: int, message: int, *, name: str, content_type: str) -> Attachment:
        size = size_of(self._path(ticket, message, name))
        return Attachment(f"{message}.{name}", name, content_type, size)

    def content(self, ticket: int, message: int, *, name: str, content_type: str) -> AttachmentContent:
        """Raises NotFound for a file that is not where LMS should have put it."""
        path = self._path(ticket, message, name)
        if path is None:
            log.error(
                "LMS names a file of message %s of ticket %s that is not in its folder", message, ticket
            )
            raise NotFound("attachment")
        attachment = self.found(ticket, message, name=name, content_type=content_type)
        return AttachmentContent(attachment, FileChunks(path))

    def are_these(self, connection: Connection, ticket: int, message: int, uploads: Sequence[Upload]) -> bool:
        """Whether that message has exactly these files."""
        a = rtattachments.c
        names = connection.execute(select(a.filename).where(a.messageid == message)).scalars().all()
        if len(names) != len(uploads):
            return False
        paths = [self._path(ticket, message, name) for name in names]
        there = sorted(path.read_bytes() for path in paths if path is not None)
        return there == sorted(upload.content for upload in uploads)

    def check_room(
        self, connection: Connection, customer: int, uploads: Sequence[Upload], rules: DeskRules
    ) -> None:
        """Raises TicketRefused when he would have sent too much."""
        if not uploads:
            return
        used, new = self._used(connection, customer), sum(len(upload.content) for upload in uploads)
        if used + new > rules.most_attached:
            raise TicketRefused(Refusal.TOO_MUCH_ATTACHED)

    def write(
        self,
        connection: Connection,
        ticket: int,
        message: int,
        uploads: Sequence[Upload],
        *,
        then: Callable[[], None],
    ) -> None:
        """Files first, then their rows, then `then`; what fails here leaves neither. Nothing else may follow in the
        transaction.

        When its end fails, the files stay: nobody knows then whether the rows are kept, and a file without a row
        does no harm. Raises Unavailable.
        """
        if not uploads:
            then()
            return
        if self._folder is None:
            raise Unavailable("tickets_dir is not set: LMS has no place for files")
        made = list[Path]()
        try:
            folder = _made(self._folder, ticket, message, made)
            for name, upload in zip(_names(uploads), uploads, strict=True):
                made.append(folder / name)
                write_file(folder / name, upload.content, mode=_mode(self._folder, FILES))
                row = {
                    "messageid": message,
                    "filename": name,
                    "contenttype": upload.content_type,
                    "cid": None,
                }
                connection.execute(insert(rtattachments).values(row))
            then()
        except BaseException as error:
            _remove(made)
            if not isinstance(error, OSError):
                raise
            log.error("a file of a ticket cannot be written: %s", error)
            raise Unavailable(f"tickets_dir: {error}") from error

    def _used(self, connection: Connection, customer: int) -> int:
        """Bytes of all that this customer has sent and that is still there."""
        m, a = rtmessages.c, rtattachments.c
        his = (
            select(m.ticketid, m.id, a.filename)
            .select_from(rtmessages.join(rtattachments, a.messageid == m.id))
            .where(m.customerid == customer, m.userid.is_(None))
        )
        return sum(size_of(self._path(*row)) or 0 for row in connection.execute(his))

    def _path(self, ticket: int, message: int, name: str) -> Path | None:
        return self._folder and inner_file(self._folder, f"{ticket:06d}", f"{message:06d}", name)


def attachment_key(attachment_id: str) -> tuple[int, str]:
    """Message and name. Raises NotFound."""
    message, _dot, name = attachment_id.partition(".")
    if not (message.isascii() and message.isdigit() and len(message) < 10 and name):
        raise NotFound("attachment")
    return int(message), name


def spoken_file(ticket: int, customer: int, message: int, name: str) -> Any:
    """The row of a file of a message that the customer sees; whose ticket it is must be asked before."""
    m, a = rtmessages.c, rtattachments.c
    return (
        select(a.filename, a.contenttype)
        .select_from(rtattachments.join(rtmessages, m.id == a.messageid))
        .where(
            a.messageid == message,
            a.filename == name,
            m.ticketid == ticket,
            m.type == SPOKEN,
            m.deleted == 0,
            m.userid.is_not(None) | (m.customerid == customer),
        )
    )


def _names(uploads: Sequence[Upload]) -> Iterator[str]:
    """As LMS keeps them, each once in its message: telephones call everything `image.jpg`."""
    taken = set[str]()
    for upload in uploads:
        name = Path(NOT_IN_NAMES.sub("_", upload.name)[-LONGEST:].lstrip("."))
        number, chosen = 1, name.name
        while chosen.lower() in taken:
            number += 1
            chosen = f"{name.stem}-{number}{name.suffix}"
        taken.add(chosen.lower())
        yield chosen


def _made(root: Path, ticket: int, message: int, made: list[Path]) -> Path:
    """With the permissions of the folder that LMS keeps them in: its own program must read them too."""
    folder = root / f"{ticket:06d}" / f"{message:06d}"
    for one in (folder.parent, folder):
        if not one.is_dir():
            one.mkdir()
            made.append(one)
            one.chmod(_mode(root, ENTRIES))
    return folder


def _mode(root: Path, mask: int) -> int:
    return root.stat().st_mode & mask


def _remove(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
