"""A part of a long list, newest first, and the mark where the next part begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

DEFAULT_LIMIT = 25


@dataclass(frozen=True, slots=True)
class PageRequest:
    """`after` is the `next` of the page before, opaque to everybody but the adapter that wrote it."""

    after: str | None = None
    limit: int = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    rows: tuple[T, ...]
    next: str | None = None
