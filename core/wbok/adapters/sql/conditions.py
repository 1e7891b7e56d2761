"""What rows are chosen by: conditions on columns, and how each database says them.

Databases compare text without case and trailing blanks when the column says so; where it matters we do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    LargeBinary,
    String,
    Text,
    and_,
    bindparam,
    cast,
    collate,
    func,
    literal,
    literal_column,
    or_,
)

from wbok.domain.phone import FRONTS
from wbok.relations import NativeType

Operator = Literal["=", "<", ">=", ">", "<>", "among", "begins"]


@dataclass(frozen=True, slots=True)
class Condition:
    """`column operator value`, the value already as the driver takes it.

    "among" takes texts and compares the column as text. "begins" takes the digits with which a number begins.
    """

    column: str
    operator: Operator
    value: Any

    @property
    def shape(self) -> tuple[str, Operator]:
        return self.column, self.operator


Shape = tuple[tuple[str, Operator], ...]
Left: TypeAlias = ColumnElement[Any]
Right: TypeAlias = BindParameter[Any]

EXACTLY: Mapping[str, Callable[[Left, Right], ColumnElement[bool]]] = {
    "sqlite": lambda left, right: left == collate(right, "BINARY"),
    "postgresql": lambda left, right: cast(left, Text) == collate(cast(right, Text), "C"),
    "mysql": lambda left, right: cast(utf8(left), LargeBinary) == cast(right, LargeBinary),
}
AS_EXACT_TEXT: Mapping[str, Callable[[Left], ColumnElement[Any]]] = {
    "sqlite": lambda left: collate(cast(left, Text), "BINARY"),
    "postgresql": lambda left: collate(cast(left, Text), "C"),
    "mysql": lambda left: cast(utf8(cast(left, Text)), LargeBinary),
}


def equal(left: Left, right: Right, *, kind: NativeType, dialect: str) -> ColumnElement[bool]:
    if kind.spec != "text":
        return left == right
    # The first comparison finds an index, the second is exact whatever the column's collation.
    return and_(left == right, EXACTLY[dialect](left, right))


def compared(
    left: Left, operator: Operator, parameter: str, *, kind: NativeType, dialect: str
) -> ColumnElement[bool]:
    """The condition on `left`, whose value is bound as `parameter`."""
    if operator == "among":
        return AS_EXACT_TEXT[dialect](left).in_(bindparam(parameter, expanding=True, type_=String()))
    if operator == "begins":
        return _begins(left, bindparam(parameter, type_=String()))
    right: Right = bindparam(parameter)
    if operator == "=":
        return equal(left, right, kind=kind, dialect=dialect)
    if operator == "<>":
        # A sum of nothing makes a number of an amount that is kept as text.
        return (left + literal_column("0")).op("<>", is_comparison=True)(right)
    return left.op(operator, is_comparison=True)(right)


def utf8(text_column: ColumnElement[Any]) -> ColumnElement[Any]:
    """`CONVERT(… USING utf8mb4)`: what a column of any character set says in the connection's."""
    return func.convert(text_column.op("USING")(literal_column("utf8mb4")))


def _begins(left: Left, beginning: Right) -> ColumnElement[bool]:
    """As `wbok.domain.phone.begins_with`: the value has digits alone, nothing that LIKE would understand."""
    bare: ColumnElement[Any] = cast(left, Text)
    for sign in (" ", "-", "+"):
        bare = func.replace(bare, sign, "")
    return or_(
        *(bare.like(literal(front, String()) + beginning + literal("%", String())) for front in FRONTS)
    )
