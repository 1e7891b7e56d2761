"""CPU time of several things, measured in turns so that a slow moment of the computer meets all of them."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Pace:
    """How often: `rounds` of `calls` each, after `warm_up` calls that do not count."""

    rounds: int
    calls: int
    warm_up: int


FULL = Pace(rounds=15, calls=10, warm_up=30)
QUICK = Pace(rounds=2, calls=2, warm_up=2)


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of CPU for one call, one number a round."""

    rounds: tuple[float, ...]

    @property
    def typical(self) -> float:
        return median(self.rounds)

    def ratio(self, other: Times) -> float:
        """The median of the rounds' own ratios: both were measured in the same moments."""
        return median(mine / max(its, 1e-6) for mine, its in zip(self.rounds, other.rounds, strict=True))


def compare(contenders: Sequence[Callable[[], object]], pace: Pace) -> list[Times]:
    for call in contenders:
        for _ in range(pace.warm_up):
            call()
    found: list[list[float]] = [[] for _ in contenders]
    for _ in range(pace.rounds):
        for times, call in zip(found, contenders, strict=True):
            times.append(_once(call, pace.calls))
    return [Times(tuple(times)) for times in found]


def _once(call: Callable[[], object], calls: int) -> float:
    # Nobody pays for the garbage of the one before.
    gc.collect()
    begun = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - begun) / calls * 1000
