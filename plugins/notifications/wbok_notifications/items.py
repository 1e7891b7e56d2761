"""Messages of the panel and notices of the billing as one kind of thing; ids say who keeps it: `P-…`, `B-…`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wbok.api import (
    Headline,
    Mark,
    Message,
    MessageFile,
    MessageKind,
    NotFound,
    Notice,
    Origin,
    Seen,
    earliest_mark,
    notice_key,
    to_html,
    to_plain,
)

SUMMED_UP = 600
"""So much of a notice is looked at for its summary; a page shows no more than half of it."""


@dataclass(frozen=True, slots=True)
class Item:
    """`text`: all of it, or its beginning. `summary`: the beginning in one line; None: it is made of the text.

    `valid_to`, `link` and files are known of messages alone.
    """

    seen: Seen
    kind: MessageKind
    title: str
    text: str
    urgent: bool
    mark: Mark | None
    is_markdown: bool = False
    summary: str | None = None
    valid_to: datetime | None = None
    link: str | None = None
    is_legal: bool = False
    has_files: bool = False
    files: tuple[MessageFile, ...] = ()

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
    def excerpt(self) -> str:
        """The beginning in one line, without marks."""
        if self.summary is not None:
            return self.summary
        begins = self.text[:SUMMED_UP]
        return " ".join((to_plain(begins) if self.is_markdown else begins).split())

    @property
    def lines(self) -> str:
        """Of a text without marks, wherever it was typed."""
        return self.text.replace("\r\n", "\n")

    @property
    def html(self) -> str:
        """Of a text in Markdown."""
        return to_html(self.text)

    @property
    def legal(self) -> MessageFile | None:
        """The document that the message hands over."""
        return next((file for file in self.files if file.is_legal), None)


def of_headline(headline: Headline, *, billing_markdown: bool) -> Item:
    is_ours = headline.origin is Origin.PANEL
    return Item(
        seen=Seen(headline.origin, headline.id, headline.sent_at),
        kind=headline.kind,
        title=headline.title,
        text=headline.text,
        urgent=headline.urgent,
        mark=headline.mark,
        is_markdown=billing_markdown and not is_ours,
        summary=headline.text if is_ours else None,
    )


def of_message(message: Message) -> Item:
    return Item(
        seen=Seen(Origin.PANEL, message.id, message.sent_at),
        kind=message.kind,
        title=message.title,
        text=message.body,
        urgent=message.urgent,
        mark=message.mark,
        is_markdown=message.is_markdown,
        summary=message.summary,
        valid_to=message.valid_to,
        link=message.link,
        is_legal=message.is_legal,
        has_files=message.has_files,
        files=message.files,
    )


def of_notice(notice: Notice, marks: Mapping[str, Mark], *, is_markdown: bool) -> Item:
    return Item(
        seen=Seen(Origin.BILLING, notice.id, notice.sent_at),
        kind=notice.kind,
        title=notice.title,
        text=notice.body,
        urgent=notice.urgent,
        mark=earliest_mark(marks.get(notice_key(notice.id)), notice.mark),
        is_markdown=is_markdown,
    )


def read_ref(ref: str) -> tuple[Origin, str]:
    """Raises NotFound."""
    origin, dash, item_id = ref.partition("-")
    if not dash or not item_id or origin not in tuple(Origin):
        raise NotFound("message")
    return Origin(origin), item_id
