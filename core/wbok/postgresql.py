"""Connections to PostgreSQL that give up: the server keeps its time limit itself, and may be gone.

Needs the driver: only imported for an address of PostgreSQL.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg

T = TypeVar("T")

# So that a cut cable is noticed by the system too; in seconds.
KEEPALIVE: dict[str, Any] = {"keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}


class PatientConnection(psycopg.Connection[Any]):
    """Waits `seconds` for an answer, then closes itself and raises OperationalError."""

    seconds: float = 60

    def wait(self, gen: Any, *arguments: Any, **more: Any) -> Any:
        return super().wait(self._limited(gen), *arguments, **more)

    def _limited(self, gen: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        """What the driver waits for, which it asks again several times a second."""
        deadline = time.monotonic() + self.seconds
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() > deadline:
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server did not answer in time")
                wanted = gen.send(ready)
        except StopIteration as end:
            found: T = end.value
            return found


def connect_patiently(seconds: float, arguments: tuple[Any, ...], more: dict[str, Any]) -> PatientConnection:
    connection: PatientConnection = PatientConnection.connect(*arguments, **{**KEEPALIVE, **more})
    connection.seconds = seconds
    return connection
