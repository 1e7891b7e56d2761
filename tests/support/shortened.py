"""Which tests a shortened run takes, see `support.rounds`; always the same ones of the same tests."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from zlib import crc32

import pytest

from support.everywhere import TABLE_PLACES
from support.places import SERVERS

BY_TURNS = ("access", "contract", "lms", "mail", "recovery", "store", "web")
"""Folders in which each variant runs over one of its places."""
IN_PART = (*BY_TURNS, "adapters", "adapters/check", "adapters/csv", "attachments", "cli", "testing")
"""Folders in which of more than WHOLE variants of a test each third one runs."""
WHOLE, PART = 3, 3


def shortened(items: list[pytest.Item], *, tests: Path) -> list[pytest.Item]:
    """`tests`: the folder in which the folders above stand."""
    by_turns, in_part = ({tests / name for name in names} for names in (BY_TURNS, IN_PART))
    places = _places(items)
    kept = [item for item in items if item.path.parent not in by_turns or _is_its_turn(item, places)]
    variants, seen, chosen = Counter(map(_function, kept)), Counter[str](), list[pytest.Item]()
    for item in kept:
        function = _function(item)
        is_part = item.path.parent in in_part and variants[function] > WHOLE
        if not is_part or seen[function] % PART == _turn(function, PART):
            chosen.append(item)
        seen[function] += 1
    return chosen


def _function(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _place(item: pytest.Item) -> str | None:
    call = getattr(item, "callspec", None)
    return None if call is None else next((v for v in call.params.values() if v in TABLE_PLACES), None)


def _places(items: list[pytest.Item]) -> dict[str, list[str]]:
    """Where each variant of a test runs."""
    found: dict[str, list[str]] = {}
    for item in items:
        if place := _place(item):
            found.setdefault(item.nodeid.replace(place, ""), []).append(place)
    return found


def _is_its_turn(item: pytest.Item, places: dict[str, list[str]]) -> bool:
    place = _place(item)
    if place is None:
        return not _is_the_other_server(item.name)
    variant = item.nodeid.replace(place, "")
    return place == places[variant][_turn(variant, len(places[variant]))]


def _is_the_other_server(name: str) -> bool:
    found = next((server for server in SERVERS if server in name), None)
    if found is None:
        return False
    return found != tuple(SERVERS)[_turn(name.replace(found, ""), len(SERVERS))]


def _turn(name: str, among: int) -> int:
    return crc32(name.encode()) % among
