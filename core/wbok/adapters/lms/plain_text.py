"""What a message says that was written in HTML: its text, in paragraphs parted by an empty line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MAX_LETTERS = 50_000
"""What is longer is cut off before it is read."""
UNSAID = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>", re.DOTALL)
"""Comments and declarations."""
NO_TAG = re.compile(r"<(?![a-zA-Z/][^<>]*>)")
"""The parser looks for the end of each tag as far as the text goes, again and again where there is none."""
BLOCKS = frozenset(
    {"p", "div", "section", "article", "header", "footer", "blockquote", "pre", "hr", "center", "address"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "body"}
)
LINES = frozenset({"br", "li", "tr", "dt", "dd"})
CELLS = frozenset({"td", "th"})
DROPPED = frozenset({"script", "style", "title", "template", "noscript", "iframe", "object", "textarea"})
BLANKS = re.compile(r"[ \t\r\f\v\n\u00a0]+")
EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(html: str) -> str:
    reader = _Reader()
    reader.feed(NO_TAG.sub("&lt;", UNSAID.sub("", html[:MAX_LETTERS])))
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """What is dropped ends with its own end, or with the next block: nobody closes everything."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._dropped: str | None = None

    def text(self) -> str:
        lines = "\n".join(line.strip() for line in "".join(self._pieces).split("\n"))
        return EMPTY_LINES.sub("\n\n", lines).strip()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if self._dropped is not None and tag not in BLOCKS:
            return
        self._dropped = tag if tag in DROPPED else None
        self._part(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if self._dropped is None:
            self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._dropped:
            self._dropped = None
        elif self._dropped is None and tag in BLOCKS:
            self._part(tag)

    def handle_data(self, data: str) -> None:
        if self._dropped is None:
            self._pieces.append(BLANKS.sub(" ", data))

    def _part(self, tag: str) -> None:
        if tag in BLOCKS:
            self._pieces.append("\n\n")
        elif tag in LINES:
            self._pieces.append("\n")
        elif tag in CELLS:
            self._pieces.append(" ")
