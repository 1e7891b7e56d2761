"""A message before it is sent: whether it may be, and the row that it becomes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wbok.domain.blank import is_blank
from wbok.domain.messages import UNREAD_FOR, MessageKind
from wbok.errors import MessageRefused
from wbok.store.deliveries import Told
from wbok.store.hashes import key_hash

MAX_TITLE = 200
MAX_BODY = 10_000
MAX_LINK = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`recipients` None: everybody, also who becomes a customer later. The same `key` twice is one message.

    Title and body are plain text; an empty line parts paragraphs. `link` is a path of the panel.
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

    def message_id(self) -> str:
        """Of a key always the same; without one, a new one at each call."""
        return secrets.token_hex(16) if self.key is None else key_hash("message", self.key)[:32]

    def says(self, *, kind: str, title: str, body: str) -> bool:
        """Whether a message that was sent is this one."""
        return (kind, title, body) == (self.kind.value, self.title.strip(), self.body.strip())

    def row(self, message_id: str, *, delivery_id: str, now: datetime) -> dict[str, object]:
        """Raises MessageRefused."""
        self.check(now)
        told = self.told(now)
        return {
            "id": message_id,
            "delivery_id": delivery_id,
            "kind": self.kind.value,
            "title": self.title.strip(),
            "body": self.body.strip(),
            "urgent": told.urgent,
            "to_all": self.recipients is None,
            "link": self.link,
            "sent_at": int(now.timestamp()),
            "valid_from": told.valid_from,
            "valid_to": None if self.valid_to is None else int(self.valid_to.timestamp()),
        }

    def told(self, now: datetime) -> Told:
        """What is written with its recipients."""
        return Told(int((self.valid_from or now).timestamp()), self.urgent)

    def check(self, now: datetime) -> None:
        """Raises MessageRefused for what cannot be sent."""
        for name, text in (("title", self.title), ("text", self.body)):
            if not _storable(text):
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


def _storable(text: str) -> bool:
    """Every database refuses NUL or halves of characters."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _is_path(link: str) -> bool:
    return link.startswith("/") and not link.startswith("//") and "\\" not in link and len(link) <= MAX_LINK
