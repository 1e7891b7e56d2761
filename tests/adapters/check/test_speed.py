"""How long a question takes is the question's time, and not that of a busy computer."""

from __future__ import annotations

import pytest
from support.clock import HandClock

from wbok.adapters.sql.check.speed import SLOW_MS, quickest


@pytest.mark.parametrize(
    ("takes", "said", "asked"),
    [([20], 20, 1), ([900, 20], 20, 2), ([900, 700, 20], 20, 3), ([900, 700, 800, 20], 700, 3)],
)
def test_a_question_is_slow_only_when_it_is_slow_each_time(takes: list[int], said: int, asked: int) -> None:
    clock, tries = HandClock(), iter(takes)

    def question() -> int:
        clock.advance(milliseconds=next(tries))
        return 7

    milliseconds, found = quickest(question, clock=lambda: clock().timestamp())
    assert (round(milliseconds), found) == (said, 7)
    assert len(takes) - len(list(tries)) == asked
    assert (milliseconds > SLOW_MS) == (min(takes[:asked]) > SLOW_MS)
