"""Where an outage is: `Lipowa 12, Jasnowice`, as the office types it, and which addresses are there.

Billings write addresses in many ways: "ul. Lipowa 12 m. 3", "Nowa Wieś 7", "Dąbrówka, ul. Leśna 5". In doubt an
address is elsewhere, and what is typed names nothing: worse than whom a message misses is whom it is not for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from wbok.domain.customer import Address, AddressKind
from wbok.domain.search import folded
from wbok.domain.street_names import (
    ANOTHER,
    DASHES,
    FLAT,
    INSIDE,
    STREET,
    WORD,
    StreetName,
    begins,
    is_name,
    is_word,
    read_name,
)

LONGEST = 300
"""Signs of a street, a town or a place; nobody writes more."""
POSTCODE = re.compile(r"\d{2}-?\d{3}|\d{2}-\d{1,2}\*", re.ASCII)
WRITTEN_POSTCODE = re.compile(r"(?:\bPL[ -]?)?\b(\d{2}) ?[- ] ?(\d{3})\b", re.ASCII | re.IGNORECASE)
POSTCODE_BEHIND = re.compile(r"^(?:.*\d[^\W\d_]{0,2}\W+|\W*)(?<!\d)(\d{2}-\d{3})\b", re.ASCII)
"""At the beginning, or behind the number of a house; "Lipowa 12-101" has none."""
BEHIND_TOWN = re.compile(
    r",.*|(?<=\w)\W+(?:(?:gm|gmina|woj|pow|powiat|koło)\b|k\.).*", re.IGNORECASE | re.DOTALL
)
"""Which of the towns of this name it is."""
COMMUNE = re.compile(r"(?:^\W*|(?<=\d)\W+)(?:gm|gmina)\b.*", re.IGNORECASE)
"""In a street's line; there "Woj." and "K." are of names."""
OF_SOME = re.compile(r"\b(?:gm|gmina|powiat)\b", re.IGNORECASE)
_FLOOR = "|".join(sorted(INSIDE - FLAT))
CONTINUED = re.compile(
    rf"\W*(?!(?:[ivx]+|\d)\W+(?:{_FLOOR})\b)(?:lit|litera|[a-z]{{1,2}}\d{{0,3}}|\d+\w*)\b", re.ASCII
)
"""What stands behind a house and a comma, and may be of its number."""
CITY_RIGHTS = re.compile(r"^\s*m\. ?(?:st\. ?)?", re.IGNORECASE)
IN_TOWN = re.compile(
    r"\W*(?:os|osiedle|bud|budynek|bl|blok|klatka|sklep|pawilon|segment|lokal)\b", re.IGNORECASE
)
"""What is written so before a street lies in the town, and is none."""
_INSIDE = "|".join(sorted((INSIDE | {"sklep", "nr"}) - {"m", "p"}))
IN_ONE_LINE = (
    # Lipowa 12, m. 3; Lipowa, nr 12
    (re.compile(rf",\s*(?=(?:{_INSIDE}|[mp](?=\W*\d))\b)", re.IGNORECASE), " "),
    # Lipowa 12, A
    (re.compile(r"(?<=\d),\s*(?=(?:[^\W\d_]{1,2}|bis|ter)\s*(?:,|/|$))", re.IGNORECASE), " "),
    # Nowa Wieś, 12
    (
        re.compile(rf",\s*(?=\d+[^\W\d_]?(?:/\w+)?\s*(?:,|$|(?:{_INSIDE}|[mp](?=\W*\d))\b))", re.IGNORECASE),
        " ",
    ),
    # Dąbrówka ul. Leśna 5
    (re.compile(r"(?<=\w)\s+(?=(?:ul|ulica)\b)", re.IGNORECASE), ", "),
)


@dataclass(frozen=True, slots=True)
class StreetCount:
    """So many customers live or have a service in a street, like "Lipowa, Jasnowice"; empty: none is written."""

    street: str
    customers: int


@dataclass(frozen=True, slots=True)
class _Spot:
    """Of an address, where all of it is; or of what was typed, where what is empty may be anything."""

    street: StreetName = field(default_factory=StreetName)
    towns: tuple[StreetName, ...] = ()
    postcode: str = ""

    @property
    def names_something(self) -> bool:
        """A house alone, or in a town, names no place, and neither does what is not understood as a whole."""
        if not self.street.is_whole or any(town.house or not town.is_whole for town in self.towns):
            return False
        return bool(self.street.words) or (not self.street.house and bool(self.towns or self.postcode))


def is_at(place: str, address: Address) -> bool:
    """Whether the address is at the place: `STREET [NUMBER][, TOWN or POSTCODE]`, or a town or postcode alone.

    Names count as a whole; a word that ends in `*` is the beginning of one. `12` is also each flat of 12, and not
    12A. Who only gets letters there does not live there. Case and accents do not matter; `ul.`, `os.`, `al.` or
    `pl.` may be left out on either side.
    """
    if address.kind is AddressKind.MAILING:
        return False
    spot = _of_address(address)
    return any(_is_in(spot, wanted) for wanted in _typed(place))


def names_place(text: str) -> bool:
    """Whether it names a street, a town or a postcode, and nothing that would be passed over."""
    return bool(_typed(text))


def customers_by_street(found: Iterable[tuple[str, Address]]) -> tuple[StreetCount, ...]:
    """How many customers, each named with an address of his, are in each street; the most first."""
    written: dict[tuple[StreetName, StreetName], str] = {}
    there: dict[tuple[StreetName, StreetName], set[str]] = {}
    for customer_id, address in found:
        spot = _of_address(address)
        town = spot.towns[0] if spot.towns else StreetName()
        kind = "" if spot.street.kind == STREET else spot.street.kind
        names = (spot.street, town) if spot.street.words != town.words else (town,)
        key = (StreetName(spot.street.words, kind=kind), StreetName(town.words))
        label = ", ".join(name.written for name in names if name.written)
        written.setdefault(key, "".join(filter(str.isprintable, label)))
        there.setdefault(key, set()).add(customer_id)
    counts = (StreetCount(written[key], len(customers)) for key, customers in there.items())
    return tuple(sorted(counts, key=lambda count: (-count.customers, folded(count.street))))


@lru_cache(maxsize=16)
def _typed(place: str) -> tuple[_Spot, ...]:
    """Each of what it can mean."""
    before, _, after = place[:LONGEST].partition(",")
    if OF_SOME.search(place):
        # Only some of the towns of a name cannot be told from the others.
        return ()
    if not WORD.search(after):
        meant: tuple[_Spot, ...] = (_Spot(read_name(before)), _town(before))
    else:
        meant = (_street_in(before, _town(after)),)
    return tuple(spot for spot in meant if spot.names_something)


def _street_in(text: str, there: _Spot) -> _Spot:
    """Only what is left out may be anything: no town of which no name is left, and no street either."""
    street, code = read_name(text), _town(text)
    if code.postcode and not code.towns:
        return _Spot() if there.postcode else replace(there, postcode=code.postcode)
    if street.is_empty or not (there.towns or there.postcode):
        return _Spot()
    if not street.words and there.towns:
        # The houses of a village without streets are written so.
        street = replace(there.towns[0], house=street.house, is_whole=street.is_whole)
    return replace(there, street=street)


def _of_address(address: Address) -> _Spot:
    line, postcode = DASHES.sub("-", address.street[:LONGEST]), _written_postcode(address.postcode or "")
    for pattern, instead in IN_ONE_LINE:
        line = pattern.sub(instead, line)
    city = _city(address.city[:LONGEST])
    parts, estates = list[StreetName](), set[StreetName]()
    for text in line.split(","):
        behind = POSTCODE_BEHIND.search(text)
        if behind:
            city = city if city.towns else _city(text[behind.start(1) :])
            text = text[: behind.start(1)]
        part = read_name(COMMUNE.sub("", text))
        parts += () if part.is_empty else (part,)
        estates |= {part} if IN_TOWN.match(text) else set()
    if not parts:
        # Houses that are in no street are the village's.
        parts = list(city.towns) or [StreetName()]
    at = _street_among(parts, estates)
    before = parts[:at]
    is_village = any(not part.house and not part.kind and part not in estates for part in before)
    # A village stands before its street where the post office is elsewhere.
    towns = tuple(before) if is_village else (*(city.towns or parts[at + 1 :]), *before)
    street = parts[at]
    if street.house and any(CONTINUED.match(folded(part.text)) for part in parts[at + 1 : at + 2]):
        street = replace(street, house=(street.house[0] + ANOTHER,))
    if not street.words and towns:
        street = replace(towns[0], house=street.house)
    return _Spot(street, towns, postcode or city.postcode)


def _street_among(parts: list[StreetName], estates: set[StreetName]) -> int:
    """Which part of an address is the street: the first with a house that is no estate."""
    housed = [at for at, part in enumerate(parts) if part.house]
    streets = [at for at in housed if parts[at] not in estates]
    return next(iter(streets or housed), len(parts) - 1)


def _is_in(spot: _Spot, wanted: _Spot) -> bool:
    street = wanted.street
    return (
        is_name(street, spot.street)
        and (street.kind == spot.street.kind or not street.kind or not spot.street.kind)
        and begins(street.house, spot.street.house)
        and all(any(_is_town(town, one) for one in spot.towns) for town in wanted.towns)
        and (not wanted.postcode or is_word(wanted.postcode, spot.postcode))
    )


def _is_town(wanted: StreetName, town: StreetName) -> bool:
    """Whoever writes what kind of street it is means no town, and by os. an estate."""
    return is_name(wanted, town) and wanted.kind in ("", town.kind)


def _city(text: str) -> _Spot:
    """As an address has it."""
    text = DASHES.sub("-", text)
    town = _town(BEHIND_TOWN.sub("", CITY_RIGHTS.sub("", WRITTEN_POSTCODE.sub(" ", text))))
    return replace(town, postcode=_written_postcode(text))


@lru_cache(maxsize=4096)
def _town(text: str) -> _Spot:
    """With the postcode, where one stands beside it."""
    text = DASHES.sub("-", text).strip()
    text = WRITTEN_POSTCODE.sub(r"\1-\2", text) if WRITTEN_POSTCODE.match(text) else text
    codes = [found[0] for found in WORD.finditer(text) if POSTCODE.fullmatch(found[0])]
    if len(codes) > 1:
        return _Spot()
    for code in codes:
        text = text.replace(code, " ")
    town = read_name(text)
    postcode = re.sub(r"^(\d{2})-?(\d{1,3}\*?)$", r"\1-\2", codes[0]) if codes else ""
    return _Spot(towns=() if town.is_empty else (town,), postcode=postcode)


def _written_postcode(text: str) -> str:
    found = WRITTEN_POSTCODE.search(DASHES.sub("-", text)) or re.fullmatch(r"\s*(\d{2})(\d{3})\s*", text)
    return f"{found[1]}-{found[2]}" if found else ""
