"""Texts of LMS's helpdesk: what comes out of it becomes plain text, what goes in has no tags."""

from __future__ import annotations

import re
import unicodedata

from wbok.adapters.lms.plain_text import plain_text

TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
BEGINS_TAG = re.compile(r"<(?=[a-zA-Z/!?])")


def plain(text: str | None, content_type: str | None) -> str:
    """As a page may show it; of HTML its words and lines alone."""
    whole = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    if (content_type or "").strip().lower().startswith("text/html"):
        whole = plain_text(whole)
    return "".join(c for c in whole if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def without_tags(text: str) -> str:
    """LMS keeps customers' texts without tags. Where nothing would be left, none of them begins one any more."""
    bare = BEGINS_TAG.sub("< ", TAG.sub("", text)).strip()
    return bare or BEGINS_TAG.sub("< ", text).strip()


def subject_and_body(title: str, body: str, *, longest: int) -> tuple[str, str]:
    """A title that LMS takes for too long is cut behind a word, and stands whole above the text."""
    if len(title) <= longest:
        return title, body
    beginning = title[: longest - 1]
    words = beginning.rpartition(" ")[0].rstrip() if title[longest - 1] != " " else beginning
    return f"{words or beginning}…", f"{title}\n\n{body}"
