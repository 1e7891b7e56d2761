"""Original files of documents: from a directory that the configuration names, or from the database itself.

The path comes from a database, so it is trusted with nothing: it is followed name by name below the directory,
through no symbolic link, and what is opened must be an ordinary file, not too large, and a PDF by its first bytes.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wbok.attachments import OpenFile, file_below, opened_directory
from wbok.domain.documents import DocumentFile
from wbok.errors import ConfigError, FileUnusable

log = logging.getLogger(__name__)

SETTINGS = ("files_dir", "files_max_mb")
CHUNK = 64 * 1024
PDF = b"%PDF-"
MEGABYTE = 1024 * 1024
MAX_MEGABYTES = 1000
REASONS: Mapping[int, str] = {
    errno.ENOENT: "it is not there",
    errno.EACCES: "it may not be read by the account that the panel runs under",
    errno.ELOOP: "a symbolic link is on the way",
    errno.ENOTDIR: "a part of the path is no directory, or a symbolic link",
}


@dataclass(frozen=True, slots=True)
class Originals:
    """`directory`: where paths begin, None where none is set; `setting` is what the log calls it."""

    directory: Path | None = None
    max_bytes: int = 10 * MEGABYTE
    setting: str = "billing.files_dir"

    def open(self, name: str, *, path: str | None, content: bytes | None, document_id: str) -> DocumentFile:
        """As `look`; the log says of which document and why."""
        try:
            return self.look(name, path=path, content=content)
        except FileUnusable as reason:
            log.error("the original file of document %s is not given: %s", document_id, reason)
            raise

    def look(self, name: str, *, path: str | None, content: bytes | None) -> DocumentFile:
        """From `path`, or else from `content`. Raises FileUnusable."""
        if path:
            return self._in_directory(name, path)
        if content:
            return self._in_database(name, content)
        raise FileUnusable("document_files has neither path nor content for it")

    def _in_directory(self, name: str, path: str) -> DocumentFile:
        if self.directory is None:
            raise FileUnusable(f"{self.setting} does not say in which directory the paths begin; set it")
        file = _opened(self.directory, path, self.setting)
        self._check(file.size, file.beginning(len(PDF)))
        return DocumentFile(name, file.size, file)

    def _in_database(self, name: str, content: bytes) -> DocumentFile:
        self._check(len(content), content)
        return DocumentFile(
            name, len(content), (content[at : at + CHUNK] for at in range(0, len(content), CHUNK))
        )

    def _check(self, size: int, beginning: bytes | None) -> None:
        if size > self.max_bytes:
            allowed = self.max_bytes // MEGABYTE
            raise FileUnusable(
                f"it has {size} bytes, and files_max_mb allows {allowed} MB; raise it, or shrink it"
            )
        if not (beginning or b"").startswith(PDF):
            raise FileUnusable("it does not begin as a PDF does; put the right file there")


def read_originals(config: Mapping[str, Any], *, where: str, setting: str = "files_dir") -> Originals:
    """Of the section `where`; `setting` names the directory. Raises ConfigError."""
    directory = config.get(setting)
    if directory is not None and (not isinstance(directory, str) or not Path(directory).is_absolute()):
        raise ConfigError(f'{where}.{setting}: write the whole path, like "/srv/invoices".')
    megabytes = config.get("files_max_mb", 10)
    try:
        allowed = int(str(megabytes))
    except ValueError:
        allowed = 0
    if not 0 < allowed <= MAX_MEGABYTES:
        raise ConfigError(f"{where}.files_max_mb: {megabytes} is no size; write 1 to {MAX_MEGABYTES}.")
    path = Path(directory) if directory is not None else None
    return Originals(path, allowed * MEGABYTE, f"{where}.{setting}")


def _opened(directory: Path, path: str, setting: str) -> OpenFile:
    try:
        with opened_directory(directory) as descriptor:
            return _opened_below(descriptor, path, setting)
    except OSError as error:
        raise FileUnusable(f"the directory {directory} cannot be used: {_why(error)}") from error


def _opened_below(directory: int, path: str, setting: str) -> OpenFile:
    try:
        return file_below(directory, path.split("/"))
    except ValueError as error:
        raise FileUnusable(
            "its path in document_files leads out of the directory; write it from there on, like 2026/11/FV-17.pdf"
        ) from error
    except OSError as error:
        raise FileUnusable(f"{_why(error)}; see its path in document_files and {setting}") from error


def _why(error: OSError) -> str:
    return REASONS.get(error.errno or 0, error.strerror or "")
