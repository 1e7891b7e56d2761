"""Files that stand with what somebody wrote: what a customer sends, and what can be taken from a page again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

MEGABYTE = 1_000_000


class UploadFault(StrEnum):
    """Why a file of a customer is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_KIND = "wrong_kind"
    HEIC = "heic"
    """What telephones of Apple make when nobody asks them for JPEG."""
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    MOVING = "moving"


class UploadRefused(Exception):
    """`name` is that of the file, as a page may show it."""

    def __init__(self, name: str, fault: UploadFault) -> None:
        super().__init__(f"{name}: {fault}")
        self.name = name
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Upload:
    """A customer's file that was checked: it is what `content_type` says, and a picture was made anew.

    `name` has no path and nothing unseen in it, and ends as files of its kind do; it may stand there twice.
    """

    name: str
    content_type: str
    content: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """64 hexadecimal digits, the same for the same content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Of one message: how many files, and how many bytes each."""

    most_files: int
    most_bytes: int

    @property
    def most_megabytes(self) -> int:
        return self.most_bytes // MEGABYTE


@dataclass(frozen=True, slots=True)
class Attachment:
    """`id`: among those of its ticket or notice. `size` in bytes; None: the file is not where it should be."""

    id: str
    name: str
    content_type: str
    size: int | None


@dataclass(frozen=True, slots=True)
class AttachmentContent:
    """`chunks` can be read once: the file was opened when it was asked for."""

    attachment: Attachment
    chunks: Iterable[bytes] = field(repr=False)
