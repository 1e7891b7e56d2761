"""LMS's folders on the disk: files of tickets and of documents, which its database only names.

[billing]
tickets_dir = "/var/lib/lms/rt"              # rt.mail_dir of LMS, or rt in its storage
documents_dir = "/var/lib/lms/documents"     # its documents; files of messages lie there too
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wbok.attachments import OpenFile, opened_file
from wbok.errors import ConfigError, Unavailable

TICKETS, DOCUMENTS = "tickets_dir", "documents_dir"


@dataclass(frozen=True, slots=True)
class Folders:
    """None: not configured, so its files are not shown, and none is taken. `where` is the section, for messages."""

    tickets: Path | None
    documents: Path | None
    where: str

    def faults(self, *, writes: bool) -> tuple[tuple[str, str], ...]:
        """What is wrong with them now, and what to do."""
        wanted = [
            (TICKETS, self.tickets, os.R_OK | os.X_OK | (os.W_OK if writes else 0)),
            (DOCUMENTS, self.documents, os.R_OK | os.X_OK),
        ]
        return tuple(
            (f"{self.where}.{name}: {_fault(path, rights)}", ADVICE)
            for name, path, rights in wanted
            if path is not None and not os.access(path, rights)
        )


ADVICE = (
    "Let the user of the panel use that folder, for example through a group that LMS's web server has too."
)


def open_in(setting: str, folder: Path | None, *names: str) -> OpenFile | None:
    """The file at that place; None when there is none. Raises Unavailable, for example when it may not be read."""
    if folder is None:
        return None
    try:
        return opened_file(folder, *names)
    except OSError as error:
        raise Unavailable(f"{setting}: {error}") from error


def read_folders(config: Mapping[str, Any], *, where: str) -> Folders:
    """Raises ConfigError for a folder that is not there: a file must not get lost where nobody looks for it."""
    return Folders(_folder(config, TICKETS, where), _folder(config, DOCUMENTS, where), where)


def _folder(config: Mapping[str, Any], name: str, where: str) -> Path | None:
    value = config.get(name)
    if value is None:
        return None
    path = Path(str(value))
    if not path.is_absolute():
        raise ConfigError(f'{where}.{name}: "{value}" must begin with "/".')
    if not path.is_dir():
        raise ConfigError(f"{where}.{name}: there is no folder {path}. Mount it, or leave the setting out.")
    return path


def _fault(path: Path, rights: int) -> str:
    if not path.is_dir():
        return f"there is no folder {path}"
    return f"{path} may not be {'written into' if rights & os.W_OK else 'read'}"
