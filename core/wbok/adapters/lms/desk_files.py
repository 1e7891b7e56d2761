"""Files of LMS's helpdesk: `<folder>/%06d(ticket)/%06d(message)/name`, and the same names in its table."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from wbok.adapters.lms.desk_rules import SPOKEN
from wbok.adapters.lms.folders import TICKETS, open_in
from wbok.adapters.lms.tables.tickets import rtattachments, rtmessages
from wbok.attachments import directory_below, opened_directory, size_of, write_file
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
        return Attachment(f"{message}.{name}", name, content_type, self._size(ticket, message, name))

    def content(self, ticket: int, message: int, *, name: str, content_type: str) -> AttachmentContent:
        """Raises NotFound for a file that LMS has not put there, Unavailable for an unreadable one."""
        file = open_in(TICKETS, self._folder, *_place(ticket, message), name)
        if file is None:
            log.error(
                "LMS names a file of message %s of ticket %s that is not in its folder", message, ticket
            )
            raise NotFound("attachment")
        return AttachmentContent(Attachment(f"{message}.{name}", name, content_type, file.size), file)

    def are_these(self, connection: Connection, ticket: int, message: int, uploads: Sequence[Upload]) -> bool:
        """Whether that message has exactly these files."""
        a = rtattachments.c
        names = connection.execute(select(a.filename).where(a.messageid == message)).scalars().all()
        if len(names) != len(uploads):
            return False
        files = [open_in(TICKETS, self._folder, *_place(ticket, message), name) for name in names]
        there = sorted(b"".join(file) for file in files if file is not None)
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
            with _made(self._folder, _place(ticket, message), made) as directory:
                for name, upload in zip(_names(uploads), uploads, strict=True):
                    made.append(self._folder.joinpath(*_place(ticket, message), name))
                    write_file(directory, name, upload.content, mode=_mode(self._folder, FILES))
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
            raise Unavailable(f"{TICKETS}: {error}") from error

    def _used(self, connection: Connection, customer: int) -> int:
        """Bytes of all that this customer has sent and that is still there."""
        m, a = rtmessages.c, rtattachments.c
        his = (
            select(m.ticketid, m.id, a.filename)
            .select_from(rtmessages.join(rtattachments, a.messageid == m.id))
            .where(m.customerid == customer, m.userid.is_(None))
        )
        return sum(self._size(*row) or 0 for row in connection.execute(his))

    def _size(self, ticket: int, message: int, name: str) -> int | None:
        return None if self._folder is None else size_of(self._folder, *_place(ticket, message), name)


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


def _place(ticket: int, message: int) -> tuple[str, str]:
    return f"{ticket:06d}", f"{message:06d}"


@contextmanager
def _made(root: Path, names: Sequence[str], made: list[Path]) -> Iterator[int]:
    """The descriptor of the folder. One that is a link is refused: what is behind it, LMS would show as its own.

    With the permissions of the folder that LMS keeps them in: its own program must read them too. Raises OSError.
    """
    with opened_directory(root) as top:
        for depth, name in enumerate(names):
            with directory_below(top, names[:depth]) as parent:
                if not _make(parent, name):
                    continue
                made.append(root.joinpath(*names[: depth + 1]))
                with directory_below(parent, (name,)) as folder:
                    os.fchmod(folder, _mode(root, ENTRIES))
        with directory_below(top, names) as folder:
            yield folder


def _make(parent: int, name: str) -> bool:
    """Whether it was not there before."""
    try:
        os.mkdir(name, dir_fd=parent)
    except FileExistsError:
        return False
    return True


def _mode(root: Path, mask: int) -> int:
    return root.stat().st_mode & mask


def _remove(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
