"""Messages of the panel and notices of the billing as one kind of thing; ids say who keeps it: `P-…`, `B-…`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wbok.api import (
    Headline,
    Mark,
    Message,
    MessageKind,
    NotFound,
    Notice,
    Origin,
    Seen,
    earliest_mark,
    notice_key,
)


@dataclass(frozen=True, slots=True)
class Item:
    """`text` has its paragraphs parted by empty lines. `valid_to` and `link` are known of messages alone."""

    seen: Seen
    kind: MessageKind
    title: str
    text: str
    urgent: bool
    mark: Mark | None
    valid_to: datetime | None = None
    link: str | None = None

    @property
    def ref(self) -> str:
        return f"{self.seen.origin.value}-{self.seen.id}"

    @property
    def sent_at(self) -> datetime:
        return self.seen.sent_at

    @property
    def is_pressing(self) -> bool:
        """Urgent, and not yet confirmed."""
        return self.urgent and (self.mark is None or self.mark.confirmed_at is None)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        parts = self.text.replace("\r\n", "\n").split("\n\n")
        return tuple(part.strip() for part in parts if part.strip())


def of_headline(headline: Headline) -> Item:
    return Item(
        seen=Seen(headline.origin, headline.id, headline.sent_at),
        kind=headline.kind,
        title=headline.title,
        text=headline.text,
        urgent=headline.urgent,
        mark=headline.mark,
    )


def of_message(message: Message) -> Item:
    return Item(
        seen=Seen(Origin.PANEL, message.id, message.sent_at),
        kind=message.kind,
        title=message.title,
        text=message.body,
        urgent=message.urgent,
        mark=message.mark,
        valid_to=message.valid_to,
        link=message.link,
    )


def of_notice(notice: Notice, marks: Mapping[str, Mark]) -> Item:
    return Item(
        seen=Seen(Origin.BILLING, notice.id, notice.sent_at),
        kind=notice.kind,
        title=notice.title,
        text=notice.body,
        urgent=notice.urgent,
        mark=earliest_mark(marks.get(notice_key(notice.id)), notice.mark),
    )


def read_ref(ref: str) -> tuple[Origin, str]:
    """Raises NotFound."""
    origin, dash, item_id = ref.partition("-")
    if not dash or not item_id or origin not in tuple(Origin):
        raise NotFound("message")
    return Origin(origin), item_id
