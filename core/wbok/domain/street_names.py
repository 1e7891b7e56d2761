"""A street and a house as people write them: "ul. Lipowa 12 m. 3", "os. Słoneczne bl. 5", "3 Maja 5/7".

What stands behind the number of a house may be a part of it (12 A, 12 bis), a flat, or nothing that anybody could
know. In doubt it is another house: 12 A1 is not 12.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from wbok.domain.search import folded

WORD = re.compile(r"[^\W_]+(?:[/-][^\W_]+)*\*?")
NUMBER = re.compile(r"\d{1,4}[a-z]{0,2}(?:[/-](?:\d{1,4}[a-z]{0,2}|[a-z]{1,3}\d{0,3}))*\*?", re.ASCII)
"""Of a house, and not 1000-lecia."""
OF_A_HOUSE = re.compile(r"(?!u\d)[a-z]{1,3}\d{0,2}(?:/\w{1,4})?", re.ASCII)
OF_A_FLAT = re.compile(r"\w{1,4}")
ROMAN = re.compile(r"[ivx]+")
SLASHED_FLAT = re.compile(r"m/(\w{1,4})|(u\d{1,3})")
KINDS = {
    **dict.fromkeys(("ul", "ulica"), "ul."),
    **dict.fromkeys(("al", "aleja", "aleje"), "al."),
    **dict.fromkeys(("os", "osiedle"), "os."),
    **dict.fromkeys(("pl", "plac"), "pl."),
}
"""In front of a name; some write them and some do not."""
STREET = "ul."
BEFORE_NUMBER = frozenset(("nr", "dom", "bl", "blok", "bud", "budynek"))
FLAT = frozenset(
    ("m", "miesz", "mieszk", "mieszkanie", "lok", "lokal", "ap", "apt", "apartament", "lu", "nr")
)
INSIDE = (
    FLAT | BEFORE_NUMBER | {"kl", "klatka", "wejscie", "p", "pietro", "parter", "pok", "pokoj", "seg", "of"}
)
"""Behind the number of the house: where in it."""
PLOT = frozenset(("dz", "dzialka"))
"""Where no house has a number yet: the one of the plot is none."""
LETTER = frozenset(("lit", "litera"))
SEVERAL = frozenset(("i", "do", "oraz"))
PREPOSITIONS = SEVERAL | {"w", "z", "u", "na", "od", "za", "obok", "przy"}
MONTHS = [
    [month]
    for month in (
        *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
        *("lipca", "sierpnia", "wrzesnia", "pazdziernika", "listopada", "grudnia"),
    )
]
"""Of days that streets are called by."""
ANOTHER = "?"
"""Behind a number that is not this one alone."""
NOT_ALL = re.compile(r"\(|[-+/]\s*$")
UNNUMBERED = re.compile(r"\b(?:b/?n|bez numeru)\W*$", re.IGNORECASE)
DASHES = re.compile("[\u2010-\u2015\u2212]")
TIDIED = (
    (DASHES, "-"),
    (re.compile(r"\((?!\W*(?:lit|[^\W\d_]\b))[^()]{4,}\)", re.IGNORECASE), " "),
    (re.compile(r"\s+"), " "),
    (UNNUMBERED, ""),
    # 28 Czerwca 1956 r.
    (re.compile(r"(?<=\b\d{4}) ?r\b\.?", re.IGNORECASE), " "),
    # 12 - parter
    (re.compile(r"(?<=\d) ?[-/] ?(?=[^\W\d_]{4}|dom\b)"), " "),
    # Lipowa - 12
    (re.compile(r"(?<=[^\W\d_]{2}) - ?(?=\d)"), " "),
    # 12/m.3
    (re.compile(r"(?<=\d) ?/ ?(?=(?:m|lok|lokal|mieszk)\b)", re.IGNORECASE), " "),
    (re.compile(r" ?([/-]) ?"), r"\1"),
    # 12m3, m3, nr12
    (re.compile(r"(?<![^\W\d_])(m|lok|nr)\.?(?=\d)", re.IGNORECASE), r" \1 "),
    # Lipowa12
    (re.compile(r"(?<=[^\W\d_]{4})(?=\d)"), " "),
)
IN_NAMES = re.compile(r"303|1[5-9]\d\d|20\d\d")
"""Dywizjonu 303, and years."""
LETTERED = re.compile(r"[a-z]\d{0,3}(?:/\w{1,4})?", re.ASCII)
"""Of a block."""
DESCRIBED = frozenset(("biuro", "brama", "garaz", "pawilon", "poddasze", "segment", "sklep", "suterena"))
"""What has a number of its own in a house."""
ORDINAL = re.compile(r"(\d+)-?e?go")


@dataclass(frozen=True, slots=True)
class StreetName:
    """Of a street or a town, and the numbers of the house and the flat.

    `kind`: as `KINDS` has it, where one is written. `is_whole`: nothing was written that these do not say.
    `text`, `at`: where the name is written, at which words.
    """

    words: tuple[str, ...] = ()
    house: tuple[str, ...] = ()
    kind: str = ""
    is_whole: bool = field(default=True, compare=False)
    text: str = field(default="", compare=False)
    at: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.house

    @property
    def written(self) -> str:
        """As the billing has it, without `ul.` and without a number."""
        found = list(WORD.finditer(self.text))[slice(*self.at)]
        if not found:
            return ""
        name = self.text[found[0].start() : found[-1].end()]
        return name if self.kind in ("", STREET) else f"{self.kind} {name}"


def read_name(text: str) -> StreetName:
    # Halves and raised numbers are none of a house.
    plain = "".join(" " if unicodedata.category(sign) == "No" else sign for sign in text)
    is_whole = plain == text and not NOT_ALL.search(text) and not UNNUMBERED.search(text)
    tidy = unicodedata.normalize("NFKC", plain)
    for pattern, instead in TIDIED:
        tidy = pattern.sub(instead, tidy)
    words = WORD.findall(folded(tidy))
    first = next((at for at, word in enumerate(words) if word not in KINDS), len(words))
    house = _house_at(words, first)
    kind = KINDS[words[first - 1]] if first else ""
    end = house
    while house < len(words) and end > first and words[end - 1] in BEFORE_NUMBER:
        end -= 1
    numbers, is_read = _house(words[house:])
    name = tuple(_apart(words[first:end]))
    # No street is called by numbers alone.
    is_whole &= not name or not all(map(str.isdigit, name))
    if not name and numbers and kind not in ("", STREET):
        # "Osiedle 3": it has no other name.
        name, kind, first = (kind,), "", first - 1
    return StreetName(name, numbers, kind, is_whole and is_read, tidy, (first, end))


def is_name(wanted: StreetName, name: StreetName) -> bool:
    """Whether the words are the same, each a beginning where it ends in `*`; none are any."""
    return not wanted.words or (len(wanted.words) == len(name.words) and begins(wanted.words, name.words))


def begins(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(wanted) <= len(words) and all(map(is_word, wanted, words))


def is_word(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _apart(words: list[str]) -> Iterator[str]:
    """Bielsko-Biała is Bielsko Biała, too, and 1-go Maja is 1 Maja."""
    for word in words:
        ordinal = ORDINAL.fullmatch(word)
        yield from (ordinal[1],) if ordinal else re.split("[/-]", word)


def _house_at(words: list[str], first: int) -> int:
    """Where the number of the house is, or the number of words. In "3 Maja 5" the 3 is of the name."""
    found = [at for at in range(first, len(words)) if words[at] in PLOT or _is_number(words, at, first)]
    if found and found[0] == first and words[first] not in PLOT and not _house(words[first:])[1]:
        found = found[1:]
    return found[0] if found else len(words)


def _is_number(words: list[str], at: int, first: int) -> bool:
    if at > first and words[at - 1] in BEFORE_NUMBER and LETTERED.fullmatch(words[at]):
        return True
    return bool(NUMBER.fullmatch(words[at])) and words[at + 1 : at + 2] not in MONTHS


def _house(words: list[str]) -> tuple[tuple[str, ...], bool]:
    """The numbers of house and flat, and whether they say all of it."""
    if not words or words[0] in PLOT:
        return (), not words
    numbers, tail = _numbers(words[0]), words[1:]
    if tail and NUMBER.fullmatch(tail[0]) and tail[1:2] != ["pietro"]:
        return _two_numbers(numbers, tail)
    is_letter = bool(tail) and tail[0] in LETTER
    tail = tail[1:] if is_letter else tail
    is_of_it = bool(tail) and (is_letter or not _is_elsewhere(tail))
    if is_of_it and not OF_A_HOUSE.fullmatch(tail[0]) and (len(tail[0]) < 5 or not tail[0].isalpha()):
        return (numbers[0] + ANOTHER,), False
    if is_of_it and OF_A_HOUSE.fullmatch(tail[0]):
        letters, _, flat = tail[0].partition("/")
        numbers = [numbers[0] + letters, *filter(None, (flat,)), *numbers[1:]]
        tail = tail[1:]
    return _with_flat(numbers, tail)


def _two_numbers(numbers: list[str], tail: list[str]) -> tuple[tuple[str, ...], bool]:
    """In "Dywizjonu 303 12" the first is the name's; "12; 14" are two houses."""
    if not IN_NAMES.fullmatch(numbers[0]):
        return _several(numbers)
    house, is_read = _house(tail)
    return (*numbers, *house), is_read


def _several(numbers: list[str]) -> tuple[tuple[str, ...], bool]:
    """Several flats are in their house, several houses are not the first of them."""
    return (numbers[0] if len(numbers) > 1 else numbers[0] + ANOTHER,), False


def _numbers(word: str) -> list[str]:
    """12-A and 12/A are 12A, 12/3 is a flat of 12."""
    joined = re.sub(r"(?<=\d)[/-](?=[a-z]{1,3}(?:/|$))", "", word)
    return joined.split("/")


def _is_elsewhere(tail: list[str]) -> bool:
    """Whether the short word behind a number is not of the number."""
    word, following = tail[0], tail[1] if len(tail) > 1 else ""
    if SLASHED_FLAT.fullmatch(word) or NUMBER.fullmatch(word) or word in KINDS or word in PLOT:
        return True
    if word == "m" and (following == "nr" or LETTERED.fullmatch(following)):
        return True
    if word in INSIDE:
        is_numbered = any(one.fullmatch(following) for one in (NUMBER, ROMAN, SLASHED_FLAT))
        return len(word) > 1 or is_numbered
    if ROMAN.fullmatch(word) and following in INSIDE - {"m"}:
        return True
    return word in PREPOSITIONS and bool(following) and following not in INSIDE


def _with_flat(numbers: list[str], tail: list[str]) -> tuple[tuple[str, ...], bool]:
    """What is neither a house nor a flat is passed over, and so said not to be all."""
    is_whole, at = True, 0
    while at < len(tail):
        word, following = tail[at], tail[at + 1 :]
        if word in FLAT and following[:1] == ["nr"]:
            at, following = at + 1, following[1:]
        if word in KINDS:
            return tuple(numbers), False
        slashed = SLASHED_FLAT.fullmatch(word)
        if slashed:
            numbers = [*numbers, slashed[1] or slashed[2]]
        elif word in FLAT and following and OF_A_FLAT.fullmatch(following[0]):
            numbers, at = [*numbers, following[0]], at + 1
        elif word in SEVERAL and following and NUMBER.fullmatch(following[0]):
            return _several(numbers)
        elif (
            word not in INSIDE | DESCRIBED and len(word) > 3 and following and NUMBER.fullmatch(following[0])
        ):
            # "Bohaterów 2 Armii 5"
            return (numbers[0] + ANOTHER,), False
        else:
            is_whole = False
        at += 1
    return tuple(numbers), is_whole
