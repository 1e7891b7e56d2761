"""How a telephone number is shown: in groups that people read, its last digits hidden where that is wished.

Display alone: what is compared or searched is the number as the billing writes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from wbok.domain.phone import COUNTRY, NOTHING_BETWEEN, SEPARATORS

HIDDEN_DIGITS = 3
SHORTEST_MASKED = 7
"""Shorter ones are of services, as 112 or 19115, and nobody's own."""
ROW_OF_DIGITS = re.compile(rf"[0-9][0-9{re.escape(SEPARATORS)}]*", re.ASCII)
POLISH, FIXED_LINE = 9, (2, 3, 2, 2)
SHORT = 5
"""So many digits stay together."""
# Poland's numbering plan: the 49 zones of fixed lines, and 47 of the public services.
ZONES = re.compile("1[2-8]|2[2-59]|3[2-4]|4[1-4678]|5[24-689]|6[1-3578]|7[14-7]|8[1-79]|9[145]")
# ITU-T E.164: countries of one digit, and of two; all others have three.
ONE_DIGIT = ("1", "7")
TWO_DIGITS = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")


def grouped_number(number: str) -> str:
    """`+48 600 003 131`, `32 012 34 56`, `+49 301 234 567`; what is no number stays as it is.

    So does one of another country that the billing wrote in groups: it knows better where they part.
    """
    plain = number.strip()
    digits, is_foreign = _digits(plain)
    if not digits:
        return plain
    if not is_foreign:
        return " ".join(_groups(digits))
    code = _country(digits)
    if code != COUNTRY and " " in plain:
        return plain
    return " ".join([f"+{code}", *_groups(digits[len(code) :], is_polish=code == COUNTRY)])


def masked_number(number: str) -> str:
    """Grouped, the last three digits as dots; names and short numbers of services stay.

    Of what has more than a number, as `sip:48600100200@10.0.0.1`, the longest row of digits is the number.
    """
    grouped = grouped_number(number)
    longest = max(ROW_OF_DIGITS.finditer(grouped), key=lambda row: _count(row[0]), default=None)
    if longest is None or _count(longest[0]) < SHORTEST_MASKED:
        return grouped
    return grouped[: longest.start()] + _end_hidden(longest[0]) + grouped[longest.end() :]


def _end_hidden(row: str) -> str:
    hidden, shown = HIDDEN_DIGITS, []
    for sign in reversed(row):
        hide = sign.isdigit() and hidden > 0
        hidden -= hide
        shown.append("•" if hide else sign)
    return "".join(reversed(shown))


def _count(row: str) -> int:
    return sum(sign.isdigit() for sign in row)


def _digits(number: str) -> tuple[str, bool]:
    """Its digits, the country first when it is there (True); no digits for what is no number."""
    digits = number.translate(NOTHING_BETWEEN)
    if not (digits.isascii() and digits.isdigit()):
        return "", False
    if number.lstrip(" (").startswith("+"):
        return digits, True
    if digits.startswith("00") and len(digits) > POLISH:
        return digits[2:], True
    return digits, len(digits) == POLISH + len(COUNTRY) and digits.startswith(COUNTRY)


def _country(digits: str) -> str:
    if digits.startswith(ONE_DIGIT):
        return digits[:1]
    return digits[:2] if TWO_DIGITS.match(digits) else digits[:3]


def _groups(digits: str, *, is_polish: bool = True) -> list[str]:
    """Of a fixed line two, three, two and two; else threes, and no digit alone at the end."""
    if len(digits) <= SHORT:
        return [digits] if digits else []
    if is_polish and len(digits) == POLISH and ZONES.match(digits):
        return _cut(digits, FIXED_LINE)
    threes, rest = divmod(len(digits), 3)
    sizes = [3] * threes + [rest] if rest != 1 else [3] * (threes - 1) + [2, 2]
    return _cut(digits, [size for size in sizes if size])


def _cut(digits: str, sizes: Sequence[int]) -> list[str]:
    return [digits[end - size : end] for size, end in zip(sizes, accumulate(sizes), strict=True)]
