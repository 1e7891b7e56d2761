"""Texts of LMS's helpdesk: what comes out of it becomes plain text, what goes in has no tags."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
BEGINS_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
NEW_LINE = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"})
UNSEEN = frozenset({"script", "style", "head", "title"})
MANY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        if tag in NEW_LINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        if tag in NEW_LINE and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def plain(text: str | None, content_type: str | None) -> str:
    """As a page may show it; of HTML its words and lines alone."""
    whole = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    if (content_type or "").strip().lower().startswith("text/html"):
        reader = _Reader()
        reader.feed(whole)
        reader.close()
        whole = MANY_LINES.sub("\n\n", "".join(reader.parts))
    return "".join(c for c in whole if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def without_tags(text: str) -> str:
    """LMS keeps customers' texts without tags. Where nothing would be left, none of them begins one any more."""
    bare = BEGINS_TAG.sub("< ", TAG.sub("", text)).strip()
    return bare or BEGINS_TAG.sub("< ", text).strip()
