"""How a tab hands out a file: to be kept, under a name that no browser misreads, bit by bit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import Response, stream_with_context

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)


def download(chunks: Iterable[bytes], *, name: str, mimetype: str) -> Response:
    """`name` becomes one of letters, digits, dots and dashes. The chunks are made while they are sent."""
    safe = UNSAFE.sub("-", name).strip(".-") or "file"
    response = Response(stream_with_context(iter(chunks)), mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    return response
