"""Reading generations: a request stays on the one that it began with, the next request takes the newest."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, Engine

from wbok.adapters.csv.generations import Generations
from wbok.adapters.sql.sqlite_file import sqlite_engine
from wbok.errors import Unavailable

log = logging.getLogger(__name__)

MOST_ENGINES = 3


@dataclass(slots=True)
class Pin:
    """Empty until the first question: what asks nothing need not know which generation is current."""

    generation: Path | None = None


class Serving:
    """`timeout`: seconds for one statement."""

    def __init__(self, generations: Generations, *, timeout: float) -> None:
        self._generations = generations
        self._timeout = timeout
        self._pin: ContextVar[Pin | None] = ContextVar("generation", default=None)
        self._engines: dict[Path, Engine] = {}
        self._lock = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All questions within are answered from one generation."""
        before = self._pin.get()
        self._pin.set(before or Pin())
        try:
            yield
        finally:
            self._pin.set(before)

    def engine(self) -> Engine:
        """Of the pinned generation, else of the current one. Raises Unavailable before the first import."""
        pin = self._pin.get()
        if pin is not None and pin.generation is not None:
            return self._engine_of(pin.generation)
        try:
            generation = self._generations.current()
        except Unavailable as error:
            log.error("billing.folder: %s", error)
            raise
        if pin is not None:
            pin.generation = generation
        return self._engine_of(generation)

    def _engine_of(self, generation: Path) -> Engine:
        with self._lock:
            engine = self._engines.pop(generation, None)
            if engine is None:
                engine = sqlite_engine(URL.create("sqlite", database=str(generation)), timeout=self._timeout)
                self._forget_oldest()
            # Put last: it was used last.
            self._engines[generation] = engine
            return engine

    def _forget_oldest(self) -> None:
        """An engine keeps its file open, and a removed generation's room is free only when nobody has it open."""
        while len(self._engines) >= MOST_ENGINES:
            self._engines.pop(next(iter(self._engines))).dispose()
