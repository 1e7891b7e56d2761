"""What of a slip goes into boxes, and how. Rules alone, nothing is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from wbok.domain.money import to_grosze

FILLING = "-"


def in_boxes(texts: Sequence[str], *, rows: int, length: int) -> tuple[str, ...] | None:
    """At most `rows` rows of `length` signs; each text begins a row if that is possible, words stay whole likewise.

    None when the texts have more signs than there are boxes.
    """
    given = [" ".join(text.split()) for text in texts]
    given = [text for text in given if text]
    if len(given) <= rows and all(len(text) <= length for text in given):
        return tuple(given)
    whole = " ".join(given)
    wrapped = _wrapped(whole, length)
    if len(wrapped) <= rows:
        return wrapped
    if len(whole) > rows * length:
        return None
    return tuple(whole[at : at + length] for at in range(0, len(whole), length))


def amount_in_boxes(amount: Decimal, *, count: int) -> str | None:
    """At the right end, what is left before it filled so that nobody adds a digit; None when it is too long."""
    written = f"{to_grosze(amount):.2f}".replace(".", ",")
    return written.rjust(count, FILLING) if len(written) <= count else None


def _wrapped(text: str, length: int) -> tuple[str, ...]:
    """Rows of whole words; a word longer than a row goes on in the next one."""
    rows: list[str] = []
    for word in text.split():
        if rows and len(rows[-1]) + 1 + len(word) <= length:
            rows[-1] += f" {word}"
        else:
            rows.extend(word[at : at + length] for at in range(0, len(word), length))
    return tuple(rows)
