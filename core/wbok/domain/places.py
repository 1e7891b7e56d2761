"""Where an outage is: `Lipowa 12, Jasnowice`, as the office types it, and which addresses are there.

Billings write addresses in many ways: "ul. Lipowa 12 m. 3", "Nowa Wieś 7", "Dąbrówka, ul. Leśna 5". In doubt an
address is elsewhere: whom a list lacks is seen in it, and who gets a message that is not for him is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, pairwise, takewhile

from wbok.domain.customer import Address, AddressKind
from wbok.domain.search import folded

WORD = re.compile(r"[^\W_]+(?:[/-][^\W_]+)*\*?")
POSTCODE = re.compile(r"\d{2}-?\d{3}|\d{2}-\d{1,2}\*", re.ASCII)
LONGEST = 300
"""Signs of a street, a town or a place; nobody writes more."""
DASHES = re.compile("[\u2010-\u2015]")
HALVES = re.compile("[½¼¾]")
NUMBER = re.compile(r"\d+[a-z]{0,3}(?:[/-][a-z]?\d*[a-z]{0,3})*\*?")
"""Of a house, and not 1000-lecia."""
KINDS_OF_STREET = {
    **dict.fromkeys(("ul", "ulica"), ""),
    **dict.fromkeys(("al", "aleja", "aleje"), "al."),
    **dict.fromkeys(("os", "osiedle"), "os."),
    **dict.fromkeys(("pl", "plac"), "pl."),
}
"""In front of a name some write them and some do not. That it is a street is said of none."""
BEFORE_NUMBER = frozenset(("nr", "dom", "bl", "blok", "bud", "budynek"))
FLAT = frozenset(("m", "mieszk", "mieszkanie", "lok", "lokal", "ap", "apartament"))
PLOT = frozenset(("dz", "dzialka"))
"""Where no house has a number yet: the one of the plot is none."""
INSIDE = (
    FLAT
    | PLOT
    | BEFORE_NUMBER - {"nr"}
    | {"kl", "klatka", "wejscie", "p", "pietro", "parter", "pok", "pokoj", "sklep", "garaz", "i"}
)
"""Behind the number of the house: where in it."""
ESTATE = re.compile(r"(?:os|osiedle|bud|budynek|bl|blok)\b", re.IGNORECASE)
"""What is written so before a street lies in the town, and is none."""
_INSIDE = "|".join(sorted(INSIDE - {"m", "p", "i"}))
TIDIED = (
    (DASHES, "-"),
    (re.compile(r"\(.*?\)"), " "),
    (re.compile(r"\s+"), " "),
    (re.compile(r" ?([/-]) ?"), r"\1"),
    # without a number
    (re.compile(r"\b(?:b/?n|bez numeru)\W*$", re.IGNORECASE), ""),
    # 12m3, m3
    (re.compile(r"(?<![^\W\d_])(m|lok)(?=\d)", re.IGNORECASE), r" \1 "),
    # Lipowa12
    (re.compile(r"(?<=[^\W\d_]{4})(?=\d)"), " "),
    # 12 A, 12-A, 12 bis
    (re.compile(r"(\d)[ -](?=(?:(?![impwzu]\b\W*\w)[^\W\d_]|bis)\b)", re.IGNORECASE), r"\1"),
)
IN_ONE_LINE = (
    # Lipowa 12, m. 3
    (re.compile(rf",\s*(?=(?:{_INSIDE}|[mp](?=\W*\d))\b)", re.IGNORECASE), " "),
    # Nowa Wieś, 12
    (re.compile(rf",\s*(?=\d+[^\W\d_]?(?:/\w+)?\s*(?:,|$|(?:{_INSIDE}|[mp])\b))", re.IGNORECASE), " "),
    # Dąbrówka ul. Leśna 5
    (re.compile(r"(?<=\w)\s+(?=(?:ul|ulica)\b)", re.IGNORECASE), ", "),
)


@dataclass(frozen=True, slots=True)
class StreetCount:
    """So many customers live or have a service in a street, like "Lipowa, Jasnowice"; empty: none is written."""

    street: str
    customers: int


@dataclass(frozen=True, slots=True)
class _Name:
    """Of a street or a town, and the numbers of the house and the flat. `text`, `at`: where and at which words.

    `kind`: of street, empty for a street as such and where none is written.
    """

    words: tuple[str, ...] = ()
    house: tuple[str, ...] = ()
    kind: str = ""
    text: str = field(default="", compare=False)
    at: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.house

    @property
    def is_estate(self) -> bool:
        return bool(ESTATE.match(self.text.lstrip()))

    @property
    def written(self) -> str:
        """As the billing has it, without `ul.` and without a number."""
        found = list(WORD.finditer(self.text))[slice(*self.at)]
        return f"{self.kind} {self.text[found[0].start() : found[-1].end()]}".strip() if found else ""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Of an address, where all of it is; or of what was typed, where what is empty may be anything."""

    street: _Name = _Name()
    towns: tuple[_Name, ...] = ()
    postcode: str = ""

    @property
    def names_something(self) -> bool:
        """A house alone, or in a town, names no place."""
        if any(town.house for town in self.towns):
            return False
        return bool(self.street.words) or (not self.street.house and bool(self.towns or self.postcode))


def is_at(place: str, address: Address) -> bool:
    """Whether the address is at the place: `STREET [NUMBER][, TOWN or POSTCODE]`, or a town or postcode alone.

    Names count as a whole; a word that ends in `*` is the beginning of one. `12` is also each flat of 12, and not
    12A. Who only gets letters there does not live there. Case, accents and `ul.` do not matter; `os.`, `al.` or
    `pl.` may be left out on either side.
    """
    if address.kind is AddressKind.MAILING:
        return False
    spot = _of_address(address)
    return any(_is_in(spot, wanted) for wanted in _typed(place))


def names_place(text: str) -> bool:
    """Whether it names a street, a town or a postcode."""
    return bool(_typed(text))


def customers_by_street(found: Iterable[tuple[str, Address]]) -> tuple[StreetCount, ...]:
    """How many customers, each named with an address of his, are in each street; the most first."""
    written: dict[tuple[_Name, _Name], str] = {}
    there: dict[tuple[_Name, _Name], set[str]] = {}
    for customer_id, address in found:
        spot = _of_address(address)
        town = spot.towns[0] if spot.towns else _Name()
        street = _Name(spot.street.words, kind=spot.street.kind)
        names = (spot.street, town) if street.words != town.words else (town,)
        key = (street, _Name(town.words))
        label = ", ".join(name.written for name in names if name.written)
        written.setdefault(key, "".join(filter(str.isprintable, label)))
        there.setdefault(key, set()).add(customer_id)
    counts = (StreetCount(written[key], len(customers)) for key, customers in there.items())
    return tuple(sorted(counts, key=lambda count: (-count.customers, folded(count.street))))


@lru_cache(maxsize=16)
def _typed(place: str) -> tuple[_Spot, ...]:
    """Each of what it can mean."""
    before, _, after = place[:LONGEST].partition(",")
    if not WORD.search(after):
        meant: tuple[_Spot, ...] = (_Spot(_name(before)), _town(before))
    else:
        meant = (_street_in(before, _town(after)),)
    return tuple(spot for spot in meant if spot.names_something)


def _street_in(text: str, there: _Spot) -> _Spot:
    """Only what is left out may be anything: no town of which no name is left, and no street either."""
    street, code = _name(text), _town(text)
    if code.postcode and not code.towns:
        return replace(there, postcode=code.postcode)
    if street.is_empty or not (there.towns or there.postcode):
        return _Spot()
    if not street.words and there.towns:
        # The houses of a village without streets are written so.
        street = replace(there.towns[0], house=street.house)
    return replace(there, street=street)


def _of_address(address: Address) -> _Spot:
    line = address.street[:LONGEST]
    for pattern, instead in IN_ONE_LINE:
        line = pattern.sub(instead, line)
    parts = [part for part in map(_name, line.split(",")) if not part.is_empty]
    city = _town(address.city[:LONGEST])
    if not parts:
        # Houses that are in no street are the village's.
        parts = list(city.towns) or [_Name()]
    at = _street_among(parts)
    before, behind = parts[:at], parts[at + 1 :]
    is_village = any(not part.house and not part.is_estate for part in before)
    # A village stands before its street where the post office is elsewhere.
    towns = tuple(before) if is_village else (*city.towns, *before, *behind)
    street = parts[at]
    if not street.words and towns:
        street = replace(towns[0], house=street.house)
    return _Spot(street, towns, _postcode(address.postcode) or city.postcode)


def _street_among(parts: list[_Name]) -> int:
    """Which part of an address is the street: the first with a house that is no estate."""
    housed = [at for at, part in enumerate(parts) if part.house]
    streets = [at for at in housed if not parts[at].is_estate]
    return next(iter(streets or housed), len(parts) - 1)


def _is_in(spot: _Spot, wanted: _Spot) -> bool:
    return (
        _is_whole(wanted.street.words, spot.street.words)
        and (wanted.street.kind == spot.street.kind or not wanted.street.kind or not spot.street.kind)
        and _begins(wanted.street.house, spot.street.house)
        and all(any(_is_whole(town.words, one.words) for one in spot.towns) for town in wanted.towns)
        and (not wanted.postcode or _is_word(wanted.postcode, spot.postcode))
    )


def _is_whole(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return not wanted or (len(wanted) == len(words) and _begins(wanted, words))


def _begins(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(wanted) <= len(words) and all(map(_is_word, wanted, words))


def _is_word(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


@lru_cache(maxsize=4096)
def _town(text: str) -> _Spot:
    """With the postcode, where one stands beside it."""
    text = DASHES.sub("-", text)
    codes = [found[0] for found in WORD.finditer(text) if POSTCODE.fullmatch(found[0])]
    for code in codes:
        text = text.replace(code, " ")
    town = _name(text)
    return _Spot(towns=() if town.is_empty else (town,), postcode=_postcode(codes[0] if codes else None))


def _postcode(text: str | None) -> str:
    return re.sub(r"^(\d{2})\W?(\d{1,3}\*?)$", r"\1-\2", (text or "").strip())


def _name(text: str) -> _Name:
    text = unicodedata.normalize("NFKC", HALVES.sub(" ", text))
    for pattern, instead in TIDIED:
        text = pattern.sub(instead, text)
    words = WORD.findall(folded(text))
    first = next((at for at, word in enumerate(words) if word not in KINDS_OF_STREET), len(words))
    house = _house_in(words, first)
    if first and first == house < len(words) and KINDS_OF_STREET[words[first - 1]]:
        # "Osiedle 3": it has no other name.
        first -= 1
    end = house
    while house < len(words) and end > first and words[end - 1] in BEFORE_NUMBER:
        end -= 1
    kind = KINDS_OF_STREET.get(words[first - 1], "") if first else ""
    return _Name(tuple(_apart(words[first:end])), tuple(_numbers(words[house:])), kind, text, (first, end))


def _house_in(words: list[str], first: int) -> int:
    """Where the number of the house is; the number of words when there is none."""
    ends = (at for at in range(first, len(words)) if words[at] in PLOT or _is_house(words[at:]))
    inner = (at for at in range(first + 1, len(words)) if NUMBER.fullmatch(words[at]))
    # "Lipowa 12 w podwórzu": behind the number stands what nobody can know.
    return next(chain(ends, inner), len(words))


def _apart(words: list[str]) -> Iterator[str]:
    """Bielsko-Biała is Bielsko Biała, too."""
    for word in words:
        yield from re.split("[/-]", word)


def _is_house(words: list[str]) -> bool:
    """Numbers alone up to the end, or to what is inside the house: in "3 Maja 5" the 3 is of the name."""
    numbers = _inside_at(words)
    return numbers > 0 and all(map(NUMBER.fullmatch, words[:numbers]))


def _numbers(words: list[str]) -> Iterator[str]:
    """12/3 and 12 m. 3 are alike; what is no number is nothing that anybody would look for."""
    inside = _inside_at(words)
    for word in takewhile(NUMBER.fullmatch, words[:inside]):
        yield from word.split("/")
    for flat, number in pairwise(words[inside:]):
        if flat in FLAT:
            yield number


def _inside_at(words: list[str]) -> int:
    """In "1 P. Ułanów" the P. is no floor."""
    return next(
        (
            at
            for at, word in enumerate(words)
            if word in INSIDE and (len(word) > 1 or all(map(NUMBER.fullmatch, words[at + 1 : at + 2])))
        ),
        len(words),
    )
