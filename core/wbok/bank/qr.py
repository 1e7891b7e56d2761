"""QR codes: for a page as SVG, for paper as modules; both of the same symbol."""

from __future__ import annotations

from functools import lru_cache

import segno

QUIET_ZONE = 4
"""Modules of white that a symbol needs around it (ISO/IEC 18004)."""
REMEMBERED = 64


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of dark modules, without the quiet zone."""
    return tuple(tuple(bool(module) for module in row) for row in _symbol(text).matrix)


def qr_svg(text: str, *, title: str, description: str | None = None) -> str:
    """Of the size that its style sheet gives to the class `qr`; dark on white, with its quiet zone, no styles."""
    svg = _symbol(text).svg_inline(
        border=QUIET_ZONE,
        omitsize=True,
        dark="#000",
        light="#fff",
        svgclass="qr",
        lineclass=None,
        title=title,
        desc=description,
    )
    return svg.replace("<svg ", '<svg role="img" shape-rendering="crispEdges" ', 1)


@lru_cache(REMEMBERED)
def _symbol(text: str) -> segno.QRCode:
    """Error correction L, as ZBP recommends.

    UTF-8 is declared where it matters: without that, some apps read Latin 1, while others read no symbol that
    declares anything. Plain ASCII is the same in both.
    """
    return segno.make_qr(text, error="l", boost_error=False, encoding="utf-8", eci=not text.isascii())
