"""What several know of one message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wbok.domain.messages import Mark, earliest_mark

FIRST = datetime(2026, 11, 1, 10, tzinfo=UTC)
SECOND, THIRD = FIRST + timedelta(days=1), FIRST + timedelta(days=2)


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        (None, None, None),
        (Mark(FIRST), None, Mark(FIRST)),
        (Mark(SECOND), Mark(FIRST), Mark(FIRST)),
        (Mark(FIRST), Mark(SECOND, THIRD), Mark(FIRST, THIRD)),
        (Mark(SECOND, THIRD), Mark(FIRST, SECOND), Mark(FIRST, SECOND)),
    ],
)
def test_the_earliest_counts(ours: Mark | None, theirs: Mark | None, together: Mark | None) -> None:
    assert earliest_mark(ours, theirs) == together
    assert earliest_mark(theirs, ours) == together
