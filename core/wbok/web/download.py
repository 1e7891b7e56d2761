"""How a tab hands out a file: to be kept, under a name that no browser misreads, bit by bit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, stream_with_context

from wbok.domain.attachments import AttachmentContent

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
CROSSED = str.maketrans("łŁ", "lL")
"""What Unicode does not take apart."""
HARMLESS = frozenset({"image/jpeg", "image/png", "application/pdf", "text/plain", "text/csv"})
"""As what a file of somebody else is called; everything else is bytes and no more."""
BYTES = "application/octet-stream"
SANDBOX = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def download(
    chunks: Iterable[bytes], *, name: str, mimetype: str, is_shown: bool = False, size: int | None = None
) -> Response:
    """The chunks are made while they are sent. `is_shown`: the browser may show it instead of keeping it.

    With a `size` in bytes the browser knows what is to come, and that a part is missing.
    """
    response = Response(stream_with_context(iter(chunks)), mimetype=mimetype)
    kind = "inline" if is_shown else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{safe_name(name)}"'
    if size is not None:
        response.content_length = size
    return response


def attachment_download(content: AttachmentContent) -> Response:
    """A file that somebody else made: a browser that opened it in spite of all would run nothing of it."""
    attachment = content.attachment
    kind = attachment.content_type.partition(";")[0].strip().lower()
    mimetype = kind if kind in HARMLESS else BYTES
    response = download(content.chunks, name=attachment.name, mimetype=mimetype, size=attachment.size)
    # RFC 6266: the second one counts where it is known, and has all letters.
    response.headers["Content-Disposition"] += f"; filename*=UTF-8''{quote(attachment.name, safe='')}"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def safe_name(name: str) -> str:
    """Of letters, digits, dots and dashes alone; a Polish letter becomes the plain one."""
    plain = unicodedata.normalize("NFKD", name.translate(CROSSED)).encode("ascii", "ignore").decode()
    return UNSAFE.sub("-", plain).strip(".-") or "file"
