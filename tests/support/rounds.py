"""How often what is slow is tried: in full, or a part of it where WBOK_TEST_ROUNDS says so."""

from __future__ import annotations

import os

FULL = 30
ROUNDS = int(os.environ.get("WBOK_TEST_ROUNDS", str(FULL)))


def part_of(number: int) -> int:
    """So many in a full run; in a shortened one the same share of it, but one at least."""
    return max(number * min(ROUNDS, FULL) // FULL, 1)
