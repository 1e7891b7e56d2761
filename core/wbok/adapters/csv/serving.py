"""Reading generations: a request stays on the one that it began with, the next request takes the newest."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, Engine

from wbok.adapters.csv.generations import Generations, open_generation
from wbok.adapters.sql.sqlite_file import sqlite_engine
from wbok.errors import Unavailable

log = logging.getLogger(__name__)

MOST_OPENED = 3


@dataclass(slots=True)
class Pin:
    """Empty until the first question: what asks nothing need not know which generation is current."""

    generation: Path | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """`shape`: which tables with which columns the generation has."""

    engine: Engine
    shape: str


class Serving:
    """`timeout`: seconds for one statement."""

    def __init__(self, generations: Generations, *, timeout: float) -> None:
        self._generations = generations
        self._timeout = timeout
        self._pin: ContextVar[Pin | None] = ContextVar("generation", default=None)
        self._opened: dict[Path, Opened] = {}
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
        return self._now().engine

    def shape(self) -> str:
        """Of the same generation. Raises Unavailable."""
        return self._now().shape

    def _now(self) -> Opened:
        pin = self._pin.get()
        if pin is not None and pin.generation is not None:
            return self._open(pin.generation)
        try:
            generation = self._generations.current()
            opened = self._open(generation)
        except Unavailable as error:
            log.error("billing.folder: %s", error)
            raise
        if pin is not None:
            pin.generation = generation
        return opened

    def _open(self, generation: Path) -> Opened:
        with self._lock:
            opened = self._opened.pop(generation, None)
            if opened is None:
                shape = _shape(generation)
                url = URL.create("sqlite", database=str(generation))
                opened = Opened(sqlite_engine(url, timeout=self._timeout), shape)
                self._close_oldest()
            # Put last: it was used last.
            self._opened[generation] = opened
            return opened

    def _close_oldest(self) -> None:
        """An engine keeps its file open, and a removed generation's room is free only when nobody has it open."""
        while len(self._opened) >= MOST_OPENED:
            self._opened.pop(next(iter(self._opened))).engine.dispose()


def _shape(generation: Path) -> str:
    try:
        with open_generation(generation) as database:
            tables = database.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            return "\n".join(sql for (sql,) in tables)
    except sqlite3.Error as error:
        raise Unavailable(f"{generation} cannot be read: {error}") from error
