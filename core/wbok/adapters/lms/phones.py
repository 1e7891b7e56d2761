"""How the same telephone number may stand in LMS, so that the index of contacts finds it however it was typed."""

from __future__ import annotations

from wbok.domain.phone import beginning_of

NATIONAL = 9
GROUPS = ((9,), (3, 3, 3), (2, 3, 2, 2), (3, 2, 2, 2), (2, 7))
FRONTS = ("", "+48", "+48 ", "48", "0048")


def same_number(text: str) -> str:
    """One text for all writings of a number; what is no number stays as it is."""
    return beginning_of(text) or text.strip()


def usual_writings(typed: str) -> tuple[str, ...]:
    """As it was typed, and as clerks write a Polish number."""
    digits = same_number(typed)
    written = [typed, digits]
    if len(digits) == NATIONAL and digits.isascii() and digits.isdigit():
        written += [front + body for body in _grouped(digits) for front in FRONTS]
        written += [f"({digits[:2]}) {body}" for body in _grouped(digits[2:], groups=((7,), (3, 2, 2)))]
    return tuple(dict.fromkeys(written))


def _grouped(digits: str, *, groups: tuple[tuple[int, ...], ...] = GROUPS) -> tuple[str, ...]:
    found = []
    for lengths in groups:
        ends = [sum(lengths[: i + 1]) for i in range(len(lengths))]
        parts = [digits[end - length : end] for end, length in zip(ends, lengths, strict=True)]
        found += [between.join(parts) for between in (" ", "-")]
    return tuple(dict.fromkeys(found))
