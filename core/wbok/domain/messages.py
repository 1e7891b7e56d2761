"""What the provider tells his customers: notices of the billing, and messages of the panel's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from wbok.domain.attachments import Attachment
from wbok.domain.page import DEFAULT_LIMIT

NEWEST = 100
UNREAD_FOR = timedelta(days=365)
BEGINNING = 300
"""Only so many, for so long, are counted as unread; so many characters of each are known to every page."""


class MessageKind(StrEnum):
    COMMERCIAL = "commercial"
    BILLING = "billing"
    SERVICE = "service"


class Origin(StrEnum):
    """Who keeps it; stands in front of every id: `P-17` is another one than `B-17`."""

    PANEL = "P"
    BILLING = "B"


@dataclass(frozen=True, slots=True)
class Mark:
    """When a customer first read a message, and when he confirmed an urgent one."""

    read_at: datetime
    confirmed_at: datetime | None = None


def earliest_mark(*marks: Mark | None) -> Mark | None:
    """What several know of one message: he may have read it here and elsewhere."""
    known = [mark for mark in marks if mark is not None]
    if not known:
        return None
    confirmed = [mark.confirmed_at for mark in known if mark.confirmed_at is not None]
    return Mark(min(mark.read_at for mark in known), min(confirmed, default=None))


@dataclass(frozen=True, slots=True)
class Notice:
    """One of the billing's own. Title and body are plain text; an empty line parts paragraphs.

    `mark`: what the billing itself knows, for example of its own panel; it counts like one of ours.
    """

    id: str
    kind: MessageKind
    title: str
    body: str
    sent_at: datetime
    urgent: bool = False
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class NoticeRequest:
    """`since` and `until`: the first and the last day, in the provider's zone. `after`: as in PageRequest.

    `words`: as `wbok.domain.search.search_words` makes them; each must stand in title or body (`holds`). With a
    `kind` or words a page may be short, even empty, though there is a next one: only so many rows are looked at.
    """

    kind: MessageKind | None = None
    since: date | None = None
    until: date | None = None
    after: str | None = None
    limit: int = DEFAULT_LIMIT
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageFile:
    """`digest`: SHA-256, 64 hexadecimal digits. `is_legal`: the document that the message hands over."""

    attachment: Attachment
    digest: str
    is_legal: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One of the panel's own, as one customer has it. `link` is a path of the panel shown below the text.

    `summary`: its beginning in one line, without marks. `files`: where the message is read alone; in a list
    `has_files` says that there are some.
    """

    id: str
    kind: MessageKind
    title: str
    body: str
    sent_at: datetime
    urgent: bool = False
    valid_to: datetime | None = None
    link: str | None = None
    mark: Mark | None = None
    summary: str = ""
    is_markdown: bool = False
    is_legal: bool = False
    has_files: bool = False
    files: tuple[MessageFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """What every page must know of a message or notice. `text` is its beginning, of a message without marks."""

    origin: Origin
    id: str
    kind: MessageKind
    title: str
    text: str
    sent_at: datetime
    urgent: bool = False
    mark: Mark | None = None

    @property
    def is_pressing(self) -> bool:
        """Urgent, and not yet confirmed."""
        return self.urgent and (self.mark is None or self.mark.confirmed_at is None)
