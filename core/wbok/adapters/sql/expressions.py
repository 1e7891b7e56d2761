"""The same question in the words of each kind of database: equal, in order, as a number, as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    LargeBinary,
    Numeric,
    Text,
    and_,
    case,
    cast,
    collate,
    func,
    literal,
    literal_column,
    or_,
)

from wbok.adapters.sql.native import Native

# What SQLite's pattern can say: a sign elsewhere than in front, two points, anything else than digits.
ODD_NUMBERS = ("*[^0-9.-]*", "*.*.*", "?*-*")
A_NUMBER = "^-?([0-9]+([.][0-9]*)?|[.][0-9]+)(e[+-]?[0-9]+)?$"
Element = ColumnElement[Any]


def utf8(text: Element) -> Element:
    """`CONVERT(… USING utf8mb4)`: what a column of any character set says in the connection's."""
    return func.convert(text.op("USING")(literal_column("utf8mb4")))


# Databases compare text without case and trailing blanks when the column says so.
EXACT: Mapping[str, Callable[[Element], Element]] = {
    "sqlite": lambda text: collate(text, "BINARY"),
    "postgresql": lambda text: collate(cast(text, Text), "C"),
    "mysql": lambda text: cast(utf8(text), LargeBinary),
}
EXACT_VALUE: Mapping[str, Callable[[BindParameter[Any]], Element]] = {
    "sqlite": lambda value: value,
    "postgresql": lambda value: cast(value, Text),
    "mysql": lambda value: cast(value, LargeBinary),
}


def equal_text(dialect: str, native: Native, left: Element, right: BindParameter[Any]) -> ColumnElement[bool]:
    """The first comparison finds an index, the second is exact whatever the column's collation.

    PostgreSQL does not compare a number with a text that may be none, so there the second stands alone.
    """
    exactly = EXACT[dialect](left) == EXACT_VALUE[dialect](right)
    if dialect == "postgresql" and native is not Native.TEXT:
        return exactly
    return and_(left == right, exactly)


def as_number(dialect: str, native: Native, amount: Element) -> Element:
    """Comparable with a number: SQLite takes any text to be greater than all numbers, PostgreSQL takes none."""
    if dialect == "sqlite":
        return amount.op("+")(literal_column("0"))
    return cast(amount, Numeric) if dialect == "postgresql" and native is Native.TEXT else amount


def to_add_up(dialect: str, native: Native, amount: Element, *, in_grosze: bool) -> Element:
    """Floating point is rounded as each single amount is, so that a balance is the sum of what is shown."""
    number = as_number(dialect, native, amount)
    if in_grosze or (dialect != "sqlite" and native is not Native.FLOAT):
        return number
    return func.round(cast(number, Numeric) if dialect == "postgresql" else number, 2)


def senseless(dialect: str, amount: Element) -> Element:
    """How many values the database would add up as something else than they say.

    PostgreSQL adds up numbers alone; SQLite and MariaDB take any text for the number it begins with.
    """
    if dialect == "postgresql":
        return literal(0)
    if dialect == "mysql":
        return func.sum(case((amount.op("NOT REGEXP")(A_NUMBER), 1), else_=0))
    kind = func.typeof(amount)
    odd_text = or_(*(amount.op("GLOB")(odd) for odd in ODD_NUMBERS), amount.op("NOT GLOB")("*[0-9]*"))
    is_senseless = or_(kind == "blob", and_(kind == "text", odd_text))
    return func.sum(case((is_senseless, 1), else_=0))


def as_text(native: Native, cell: Element, *, is_money: bool) -> Element:
    """For a union; a floating-point amount is no longer seen to be one, so it is rounded before."""
    rounded = func.round(cast(cell, Numeric(20, 6)), 2) if is_money and native is Native.FLOAT else cell
    return cast(rounded, Text)
