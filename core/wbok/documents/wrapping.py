"""Where a text breaks into lines: between words, and in a word that is wider alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby

from wbok.documents.fonts import MM_IN_POINT, typefaces
from wbok.markdown import Run

Fits = Callable[[int, int], bool]


def wrapped(runs: Sequence[Run], width: float, size: float) -> tuple[tuple[Run, ...], ...]:
    """Lines no wider than `width` millimetres, of what can be printed."""
    faces = typefaces()
    signs = [(sign, run.is_bold) for run in runs for sign in faces[run.is_bold].printable(run.text)]
    sums = list(accumulate((faces[bold].advance(sign) for sign, bold in signs), initial=0))

    def fits(first: int, end: int) -> bool:
        return (sums[end] - sums[first]) * size * MM_IN_POINT / 1000 <= width

    text = "".join(sign for sign, _ in signs)
    return tuple(_joined(signs[first:end]) for first, end in _lines(text, fits))


def _joined(signs: Sequence[tuple[str, bool]]) -> tuple[Run, ...]:
    return tuple(
        Run("".join(sign for sign, _ in alike), is_bold)
        for is_bold, alike in groupby(signs, key=lambda sign: sign[1])
    )


def _lines(text: str, fits: Fits) -> Iterator[tuple[int, int]]:
    """The first sign of each line, and the one behind its last."""
    begin = end = at = 0
    for word in text.split(" "):
        first, stop = (begin if end > begin else at), at + len(word)
        if fits(first, stop):
            begin, end = first, stop
        else:
            if end > begin:
                yield begin, end
            *whole, (begin, end) = _broken(at, stop, fits)
            yield from whole
        at = stop + 1
    if end > begin:
        yield begin, end


def _broken(at: int, stop: int, fits: Fits) -> Iterator[tuple[int, int]]:
    begin = at
    for end in range(at + 1, stop):
        if not fits(begin, end + 1):
            yield begin, end
            begin = end
    yield begin, stop
