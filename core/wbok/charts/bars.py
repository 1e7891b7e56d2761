"""A bar chart of one series, or of two side by side, in round steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

TOP, BOTTOM = 15.0, 180.0
LEFT, WIDTH = 13.0, 87.0
STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Line:
    y: float
    value: Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    text: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """`first` and `second` are the bars of the series; a value of zero has none, an empty label is not drawn."""

    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    first: tuple[Bar, ...]
    second: tuple[Bar, ...]


def bar_chart(labels: Sequence[str], first: Sequence[Decimal], second: Sequence[Decimal] = ()) -> BarChart:
    """Sequences of one length, none empty, but for a second series that is not there; values are not negative."""
    step = _step(max([*first, *second]))
    highest = step * 3
    slot = WIDTH / len(labels)
    middles = [LEFT + slot * (i + 0.5) for i in range(len(labels))]
    width = min(4.5, slot * (0.4 if second else 0.7))
    starts = [x - width - 0.5 if second else x - width / 2 for x in middles]
    return BarChart(
        lines=tuple(Line(round(_y(step * i, highest), 1), step * i) for i in range(4)),
        labels=tuple(Label(round(x, 2), text) for x, text in zip(middles, labels, strict=True) if text),
        first=_bars(first, starts, width=width, highest=highest),
        second=_bars(second, [x + 0.5 for x in middles[: len(second)]], width=width, highest=highest),
    )


def _bars(
    values: Sequence[Decimal], starts: Sequence[float], *, width: float, highest: Decimal
) -> tuple[Bar, ...]:
    bars = []
    for value, x in zip(values, starts, strict=True):
        if value > 0:
            y = _y(value, highest)
            bars.append(Bar(round(x, 2), round(y, 1), round(width, 2), round(BOTTOM - y, 1)))
    return tuple(bars)


def _y(value: Decimal, highest: Decimal) -> float:
    return BOTTOM - float(value / highest) * (BOTTOM - TOP)


def _step(largest: Decimal) -> Decimal:
    """A third of the axis: the smallest round number that lets everything fit."""
    scale = Decimal(1)
    while largest > scale * 3 * STEPS[-1]:
        scale *= 10
    return next(scale * step for step in STEPS if largest <= scale * step * 3)
