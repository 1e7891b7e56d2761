"""How a tab hands out a file: to be kept, under a name that no browser misreads, bit by bit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, stream_with_context

from wbok.domain.attachments import AttachmentContent

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
HARMLESS = frozenset({"image/jpeg", "image/png", "application/pdf", "text/plain", "text/csv"})
"""As what a file of somebody else is called; everything else is bytes and no more."""
BYTES = "application/octet-stream"
SANDBOX = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def download(chunks: Iterable[bytes], *, name: str, mimetype: str) -> Response:
    """`name` becomes one of letters, digits, dots and dashes. The chunks are made while they are sent."""
    response = Response(stream_with_context(iter(chunks)), mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{_safe(name)}"'
    return response


def attachment_download(content: AttachmentContent) -> Response:
    """A file that somebody else made: a browser that opened it in spite of all would run nothing of it."""
    attachment = content.attachment
    kind = attachment.content_type.partition(";")[0].strip().lower()
    response = download(content.chunks, name=attachment.name, mimetype=kind if kind in HARMLESS else BYTES)
    # RFC 6266: the second one counts where it is known, and has all letters.
    response.headers["Content-Disposition"] += f"; filename*=UTF-8''{quote(attachment.name, safe='')}"
    response.headers["Content-Security-Policy"] = SANDBOX
    if attachment.size is not None:
        response.content_length = attachment.size
    return response


def _safe(name: str) -> str:
    return UNSAFE.sub("-", name).strip(".-") or "file"
