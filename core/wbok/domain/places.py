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
from itertools import pairwise

from wbok.domain.customer import Address, AddressKind
from wbok.domain.search import folded

WORD = re.compile(r"[^\W_]+(?:[/-][^\W_]+)*\*?")
POSTCODE = re.compile(r"\d{2}-?\d{3}|\d{2}-\d{1,2}\*", re.ASCII)
NUMBER = re.compile(r"\d+[a-z]{0,3}(?:[/-]\d*[a-z]{0,3})*\*?")
"""Of a house, and not 1000-lecia."""
KINDS_OF_STREET = frozenset(("ul", "ulica", "al", "aleja", "aleje", "os", "osiedle", "pl", "plac"))
"""In front of a name they count for nothing: some write them and some do not."""
BEFORE_NUMBER = frozenset(("nr", "dom", "bl", "blok"))
FLAT = frozenset(("m", "mieszk", "mieszkanie", "lok", "lokal"))
INSIDE = FLAT | {"kl", "klatka", "wejscie", "p", "pietro", "parter", "pok", "pokoj"}
"""Behind the number of the house: where in it."""
_INSIDE = "|".join(sorted(INSIDE))
TIDIED = (
    (re.compile("[\u2010-\u2015]"), "-"),
    (re.compile(r"\s*([/-])\s*"), r"\1"),
    # 12m3, m3
    (re.compile(r"(?<![^\W\d_])(m|lok)(?=\d)", re.IGNORECASE), r" \1 "),
    # 12 A, 12-A, 12 bis
    (re.compile(r"(\d)[ -]+(?=(?:(?![mp]\b\W*\w)[^\W\d_]|bis)\b)", re.IGNORECASE), r"\1"),
)
IN_ONE_LINE = (
    # Lipowa 12, m. 3
    (re.compile(rf",\s*(?=(?:{_INSIDE})\b)", re.IGNORECASE), " "),
    # Nowa Wieś, 12
    (re.compile(rf",\s*(?=\d+[^\W\d_]?(?:/\w+)?\s*(?:,|$|(?:{_INSIDE})\b))", re.IGNORECASE), " "),
    # Dąbrówka ul. Leśna 5
    (re.compile(r"(?<=\w)\s+(?=(?:ul|ulica)\b)", re.IGNORECASE), ", "),
)


@dataclass(frozen=True, slots=True)
class StreetCount:
    """So many customers live or have a service in a street, written like "Lipowa, Jasnowice"."""

    street: str
    customers: int


@dataclass(frozen=True, slots=True)
class _Name:
    """Of a street or a town, and the numbers of the house and the flat. `text`, `at`: where and at which words."""

    words: tuple[str, ...] = ()
    house: tuple[str, ...] = ()
    text: str = field(default="", compare=False)
    at: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.house

    @property
    def written(self) -> str:
        """As the billing has it, without `ul.` and without a number."""
        found = list(WORD.finditer(self.text))[slice(*self.at)]
        return self.text[found[0].start() : found[-1].end()] if found else ""


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
    12A. Who only gets letters there does not live there. Case, accents, `ul.`, `os.` and the like do not matter.
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
        street = _Name(spot.street.words)
        names = (spot.street, town) if street.words != town.words else (town,)
        key = (street, _Name(town.words))
        written.setdefault(key, ", ".join(name.written for name in names if name.written))
        there.setdefault(key, set()).add(customer_id)
    counts = (StreetCount(written[key], len(customers)) for key, customers in there.items())
    return tuple(sorted(counts, key=lambda count: (-count.customers, folded(count.street))))


@lru_cache(maxsize=16)
def _typed(place: str) -> tuple[_Spot, ...]:
    """Each of what it can mean."""
    before, _, after = place.partition(",")
    if not WORD.search(after):
        meant: tuple[_Spot, ...] = (_Spot(_name(before)), _town(before))
    else:
        meant = (_street_in(before, _town(after)),)
    return tuple(spot for spot in meant if spot.names_something)


def _street_in(text: str, there: _Spot) -> _Spot:
    """Only what is left out may be anything: no town of which no name is left, and no street either."""
    street, code = _name(text), _town(text)
    if not WORD.search(text):
        return there
    if code.postcode and not code.towns:
        return replace(there, postcode=code.postcode)
    if street.is_empty or not (there.towns or there.postcode):
        return _Spot()
    if not street.words and there.towns:
        # The houses of a village without streets are written so.
        street = replace(there.towns[0], house=street.house)
    return replace(there, street=street)


def _of_address(address: Address) -> _Spot:
    line = address.street
    for pattern, instead in IN_ONE_LINE:
        line = pattern.sub(instead, line)
    parts = [part for part in map(_name, line.split(",")) if not part.is_empty]
    city = _town(address.city)
    if not parts:
        # Houses that are in no street are the village's.
        parts = list(city.towns) or [_Name()]
    at = max((at for at, part in enumerate(parts) if part.house), default=len(parts) - 1)
    # A village stands before its street where the post office is elsewhere.
    towns = tuple(parts[:at]) or (*city.towns, *parts[at + 1 :])
    street = parts[at]
    if not street.words and towns:
        street = replace(towns[0], house=street.house)
    return _Spot(street, towns, _postcode(address.postcode) or city.postcode)


def _is_in(spot: _Spot, wanted: _Spot) -> bool:
    return (
        _is_whole(wanted.street.words, spot.street.words)
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
    codes = [found[0] for found in WORD.finditer(text) if POSTCODE.fullmatch(found[0])]
    for code in codes:
        text = text.replace(code, " ")
    town = _name(text)
    return _Spot(towns=() if town.is_empty else (town,), postcode=_postcode(codes[0] if codes else None))


def _postcode(text: str | None) -> str:
    return re.sub(r"^(\d{2})\W?(\d{1,3}\*?)$", r"\1-\2", (text or "").strip())


def _name(text: str) -> _Name:
    text = unicodedata.normalize("NFKC", text)
    for pattern, instead in TIDIED:
        text = pattern.sub(instead, text)
    words = WORD.findall(folded(text))
    first = next((at for at, word in enumerate(words) if word not in KINDS_OF_STREET), len(words))
    house = next((at for at in range(first, len(words)) if _is_house(words[at:])), len(words))
    end = house
    while house < len(words) and end > first and words[end - 1] in BEFORE_NUMBER:
        end -= 1
    return _Name(tuple(_apart(words[first:end])), tuple(_numbers(words[house:])), text, (first, end))


def _apart(words: list[str]) -> Iterator[str]:
    """Bielsko-Biała is Bielsko Biała, too."""
    for word in words:
        yield from re.split("[/-]", word)


def _is_house(words: list[str]) -> bool:
    """Numbers alone up to the end, or to what is inside the house: in "3 Maja 5" the 3 is of the name."""
    numbers = next((at for at, word in enumerate(words) if word in INSIDE), len(words))
    return numbers > 0 and all(map(NUMBER.fullmatch, words[:numbers]))


def _numbers(words: list[str]) -> Iterator[str]:
    """12/3 and 12 m. 3 are alike."""
    inside = next((at for at, word in enumerate(words) if word in INSIDE), len(words))
    for word in words[:inside]:
        yield from word.split("/")
    for flat, number in pairwise(words):
        if flat in FLAT:
            yield number
