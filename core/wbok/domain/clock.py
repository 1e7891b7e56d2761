"""What time it is: handed to whoever asks, so that tests can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives aware moments."""


def system_clock() -> datetime:
    return datetime.now(UTC)
