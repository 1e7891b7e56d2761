"""Long lists page by page: complete, in order, nothing twice, and marks that open nobody else's list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Generic, TypeVar

import pytest

from wbok.domain.page import Page
from wbok.errors import NotFound, Rejected
from wbok.testing.marks import HasId
from wbok.testing.said import differences, shown

Row = TypeVar("Row", bound=HasId)
LONG = 100
LIMITS = (1, 2, 3, 7)
NO_MARKS = ("no mark of anybody's", "x", "ó", "\x00", "e30", "a" * 5000)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """One list of one customer. `name` is for messages; `ask` takes the mark and the limit."""

    name: str
    ask: Callable[[str | None, int], Page[Row]]

    def whole(self, limit: int = LONG) -> tuple[Row, ...]:
        """All rows, newest first, and that the pages fit each other."""
        rows: list[Row] = []
        marks: set[str | None] = {None}
        mark = None
        while True:
            page = self.ask(mark, limit)
            where = f"{self.name}, pages of {limit}"
            assert len(page.rows) <= limit, (
                f"{where}: found {len(page.rows)} rows on a page, expected no more than the limit. Whoever asks "
                "for one row more, to see whether a page follows, must not give it."
            )
            assert page.rows or mark is None, (
                f"{where}: found an empty page behind a page with `next`, expected rows. Give `next` only "
                "when something follows: ask for one row more than the limit and see whether it comes."
            )
            rows += page.rows
            mark = page.next
            if mark is None:
                return self._without_twins(rows, where)
            assert mark not in marks, (
                f"{where}: found the same `next` on two pages, expected each page to go further. The mark "
                "says the place of the last row shown, and the page begins behind it."
            )
            marks.add(mark)

    def _without_twins(self, rows: list[Row], where: str) -> tuple[Row, ...]:
        twice = [row_id for row_id, count in Counter(row.id for row in rows).items() if count > 1]
        assert not twice, (
            f"{where}: found the ids {_some(twice)} more than once, expected each row once. Order by day "
            "and then by the id, and let the mark hold both."
        )
        return tuple(rows)


def check_pages(listing: Listing[Row]) -> None:
    """Whatever the length of the pages, together they are the same list."""
    expected = listing.whole()
    for limit in LIMITS:
        found = listing.whole(limit)
        check_same(f"{listing.name}, pages of {limit}", found, expected, against=f"pages of {LONG}")


def check_same(where: str, found: Sequence[Row], expected: Sequence[Row], *, against: str) -> None:
    ids, wanted = [row.id for row in found], [row.id for row in expected]
    missing, more = [i for i in wanted if i not in ids], [i for i in ids if i not in wanted]
    assert not missing, (
        f"{where}: the ids {_some(missing)} are missing, which {against} have. No row may be lost: give `next` "
        "whenever something follows, and begin the next page right behind the last row shown."
    )
    assert not more, (
        f"{where}: found the ids {_some(more)}, which {against} do not have. Choose before the page is cut, and "
        "only this customer's rows."
    )
    assert ids == wanted, (
        f"{where}: found the order {_some(ids)}, but {against} have {_some(wanted)}. Sort everywhere alike, by "
        "day and then by id."
    )
    for row, other in zip(found, expected, strict=True):
        assert row == other, (
            f"{where}, id {row.id}: compared with {against}, {differences(row, other)}. A row says the same "
            "everywhere."
        )


def check_newest_first(listing: Listing[Row], day: Callable[[Row], date | datetime]) -> None:
    rows = listing.whole()
    for newer, older in pairwise(rows):
        assert day(newer) >= day(older), (
            f"{listing.name}: found {day(newer)} (id {newer.id}) above {day(older)} (id {older.id}), "
            "expected the newest first. Sort by day descending, then by id descending."
        )


def check_foreign_mark(listing: Listing[Row], others: Listing[Row]) -> None:
    """A mark from somebody else's list opens nothing of his."""
    mark = others.ask(None, 1).next
    if mark is None:
        pytest.skip(f"{others.name} has a single page, so there is no mark to try")
    try:
        page = listing.ask(mark, LONG)
    except (NotFound, Rejected):
        return
    own = {row.id: row for row in listing.whole()}
    for row in page.rows:
        assert own.get(row.id) == row, (
            f"{listing.name}, continued with a mark of {others.name}: found {shown(row)}, expected only this "
            "customer's own rows, or Rejected. A mark says a place in a list; whose list it is, only "
            "customer_id says."
        )


def check_invented_marks(listing: Listing[Row]) -> None:
    for mark in NO_MARKS:
        try:
            page = listing.ask(mark, LONG)
        except Rejected:
            continue
        except NotFound:
            pytest.fail(f"{listing.name} after {mark!r:.40}: found NotFound, expected Rejected.")
        pytest.fail(
            f"{listing.name} after {mark!r:.40}: found a page of {len(page.rows)} rows, expected Rejected. "
            "A mark comes from the browser's address; refuse what you did not write."
        )


def check_apart(name: str, rows: Sequence[Any], others: Sequence[Any], *, whose: tuple[str, str]) -> None:
    """Two customers have no row in common."""
    shared = [row for row in rows if row in others]
    assert not shared, (
        f"{name}: customers {whose[0]!r} and {whose[1]!r} both get {shown(shared[0])}, expected each to see only "
        "his own. Compare the customer's id of every row with the one that was asked for, exactly: "
        "databases often match without case and trailing blanks."
    )


def check_distinct(name: str, keys: Sequence[str]) -> None:
    twice = [key for key, count in Counter(keys).items() if count > 1]
    assert not twice, f"{name}: found the ids {_some(twice)} more than once, expected each once."


def _some(ids: Sequence[str]) -> str:
    return ", ".join(map(repr, ids[:5])) + (" …" if len(ids) > 5 else "")
