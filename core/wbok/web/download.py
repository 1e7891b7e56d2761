"""How a tab hands out a file: to be kept, under a name that no browser misreads, bit by bit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from flask import Response, stream_with_context

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
CROSSED = str.maketrans("łŁ", "lL")
"""What Unicode does not take apart."""


def download(chunks: Iterable[bytes], *, name: str, mimetype: str, is_shown: bool = False) -> Response:
    """The chunks are made while they are sent. `is_shown`: the browser may show it instead of keeping it."""
    response = Response(stream_with_context(iter(chunks)), mimetype=mimetype)
    kind = "inline" if is_shown else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{safe_name(name)}"'
    return response


def safe_name(name: str) -> str:
    """Of letters, digits, dots and dashes alone; a Polish letter becomes the plain one."""
    plain = unicodedata.normalize("NFKD", name.translate(CROSSED)).encode("ascii", "ignore").decode()
    return UNSAFE.sub("-", plain).strip(".-") or "file"
