"""A message before it is sent: whether it may be, and the row that it becomes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wbok.domain.attachments import Upload
from wbok.domain.blank import is_blank, is_storable
from wbok.domain.messages import BEGINNING, UNREAD_FOR, MessageKind
from wbok.domain.search import folded
from wbok.errors import MessageRefused
from wbok.markdown import to_plain
from wbok.store.hashes import key_hash

MAX_TITLE = 200
MAX_BODY = 10_000
MAX_LINK = 255
MAX_FOLDED = 16_000
"""Some signs become several when they are folded, and every database must take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`recipients` None: everybody, also who becomes a customer later. The same `key` twice is one message.

    Title and body are plain text, the body with `markdown` what `wbok.markdown` knows; an empty line parts
    paragraphs. `link` is a path of the panel. `legal`: the document that this message hands over, a PDF whose bytes
    stay for ever; it goes to named customers alone. `attachments`: other files, which were checked.
    """

    kind: MessageKind
    title: str
    body: str
    recipients: Sequence[str] | None
    urgent: bool = False
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    key: str | None = None
    link: str | None = None
    markdown: bool = False
    attachments: tuple[Upload, ...] = ()
    legal: Upload | None = None

    @property
    def plain(self) -> str:
        """The body as it reads without marks."""
        return to_plain(self.body) if self.markdown else self.body.strip()

    @property
    def files(self) -> tuple[Upload, ...]:
        """The legal document first."""
        return (() if self.legal is None else (self.legal,)) + self.attachments

    def message_id(self) -> str:
        """Of a key always the same; without one, a new one at each call."""
        return secrets.token_hex(16) if self.key is None else key_hash("message", self.key)[:32]

    def says(self, sent: Mapping[str, object], *, attached: frozenset[str]) -> bool:
        """Whether a message that was sent, as a row, is this one; `attached`: the digests of its other files.

        A legal document is drawn anew with each try, and so never the same.
        """
        then = datetime.fromtimestamp(int(str(sent["sent_at"])), UTC)
        mine = self._cells(then)
        return all(sent[name] == cell for name, cell in mine.items()) and attached == {
            one.digest for one in self.attachments
        }

    def row(self, message_id: str, *, delivery_id: str, now: datetime) -> dict[str, object]:
        """Raises MessageRefused."""
        self.check(now)
        return {
            "id": message_id,
            "delivery_id": delivery_id,
            **self._cells(now),
            "sent_at": int(now.timestamp()),
            "summary": " ".join(self.plain.split())[:BEGINNING],
            "folded": folded(f"{self.title} {self.plain}")[:MAX_FOLDED],
        }

    def _cells(self, now: datetime) -> dict[str, object]:
        """What makes it this message and no other."""
        return {
            "kind": self.kind.value,
            "title": self.title.strip(),
            "body": self.body.strip(),
            "urgent": self.urgent,
            "to_all": self.recipients is None,
            "link": self.link,
            "valid_from": self.begins(now),
            "valid_to": None if self.valid_to is None else int(self.valid_to.timestamp()),
            "is_markdown": self.markdown,
            "is_legal": self.legal is not None,
            "files": len(self.files),
        }

    def begins(self, now: datetime) -> int:
        """Seconds since 1970."""
        return int((self.valid_from or now).timestamp())

    def check(self, now: datetime) -> None:
        """Raises MessageRefused for what cannot be sent."""
        for name, text in (("title", self.title), ("text", self.body)):
            if not is_storable(text):
                raise MessageRefused(f"The {name} has signs that cannot be shown. Please type it anew.")
        if is_blank(self.title):
            raise MessageRefused("The message has no title.")
        if len(self.title.strip().splitlines()) > 1:
            raise MessageRefused("The title has several lines. Write one, and the rest in the text.")
        if self.key is not None and is_blank(self.key):
            raise MessageRefused("The key is empty. Give it a name, or leave it out.")
        if len(self.title) > MAX_TITLE:
            raise MessageRefused(
                f"The title has {len(self.title)} characters; {MAX_TITLE} are the most. Say the rest in the text."
            )
        if len(self.body) > MAX_BODY:
            raise MessageRefused(
                f"The text has {len(self.body)} characters; {MAX_BODY} are the most. Please shorten it."
            )
        if self.recipients is not None and not self.recipients:
            raise MessageRefused("There is nobody to whom the message would go.")
        if self.legal is not None and is_blank(self.body):
            raise MessageRefused("The legal message has no text, of which its document is made.")
        if self.legal is not None and self.recipients is None:
            raise MessageRefused(
                "A legal message goes to named customers, so that it is known who received it."
            )
        if self.link is not None and not _is_path(self.link):
            raise MessageRefused('The link is no path of the panel. Write it like "/helpdesk/".')
        self._check_period(now)

    def _check_period(self, now: datetime) -> None:
        if self.valid_from is not None and self.valid_from < now - UNREAD_FOR:
            raise MessageRefused("The message would begin more than a year ago. Give a later start, or none.")
        if self.valid_to is None:
            return
        if self.valid_to <= now:
            raise MessageRefused("The message was valid only in the past, so nobody would see it.")
        if self.valid_from is not None and self.valid_to <= self.valid_from:
            raise MessageRefused("The message would end before it begins. Please check both moments.")


def _is_path(link: str) -> bool:
    return link.startswith("/") and not link.startswith("//") and "\\" not in link and len(link) <= MAX_LINK
