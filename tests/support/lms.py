"""What the tests over LMS have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from bench.lms.build import Volume, build
from support.clock import START
from support.kept import Kept
from support.places import engine_of
from wbok.adapters.lms.tables import metadata
from wbok.billing import Billing

FEW = Volume(months=3, calls=6, messages=3)


class Change(Protocol):
    """Runs what LMS's own staff may write, and gives the billing after it."""

    def __call__(self, *statements: object, **values: object) -> Billing: ...


def write_odd_lms(url: str, *, customers: int = 0) -> None:
    """The odd customers, and so many others."""
    build(engine_of(url), customers=customers, now=START, volume=FEW)


@contextmanager
def odd_lms(kept: Kept, dialect: str) -> Iterator[str]:
    """An LMS with the odd customers alone, which the test may change and break."""
    with kept.lent(dialect, write_odd_lms, name="odd", metadata=metadata) as url:
        yield url
