"""What rows are chosen by: conditions on columns, and how each database says them.

Databases compare text without case and trailing blanks when the column says so; where it matters we do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    String,
    Text,
    bindparam,
    cast,
    func,
    literal,
    or_,
)

from wbok.adapters.sql.expressions import EXACT, as_number, equal_text
from wbok.adapters.sql.native import Native
from wbok.domain.phone import FRONTS, SEPARATORS
from wbok.relations import NativeType

Operator = Literal["=", "<", ">=", ">", "<>", "among", "number", "begins"]


@dataclass(frozen=True, slots=True)
class Condition:
    """`column operator value`, the value already as the driver takes it.

    "among" takes texts and compares the column as text. "number" takes all writings of a telephone number,
    "begins" the digits with which one begins.
    """

    column: str
    operator: Operator
    value: Any

    @property
    def shape(self) -> tuple[str, Operator]:
        return self.column, self.operator


WHOLE_NUMBERS = ("int", "instant:epoch_s", "instant:epoch_ms")
Shape = tuple[tuple[str, Operator], ...]
Left: TypeAlias = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of the column that is compared: `native` in the database, `kind` as it was declared."""

    dialect: str
    native: Native
    kind: NativeType
    is_money: bool = False


def compared(left: Left, operator: Operator, parameter: str, asked: Asked) -> ColumnElement[bool]:
    """The condition on `left`, whose value is bound as `parameter`."""
    if operator == "among":
        wanted = bindparam(parameter, expanding=True, type_=String())
        return EXACT[asked.dialect](cast(left, Text)).in_(wanted)
    if operator == "number":
        writings = bindparam(parameter, expanding=True, type_=String())
        return EXACT[asked.dialect](_bare(left)).in_(writings)
    if operator == "begins":
        return _begins(left, bindparam(parameter, type_=String()))
    # A number of ours may be greater than the column can hold: then it is nobody's, and no error.
    is_whole = asked.kind.spec in WHOLE_NUMBERS
    right: BindParameter[Any] = bindparam(parameter, type_=BigInteger()) if is_whole else bindparam(parameter)
    if operator == "=":
        return (
            equal_text(asked.dialect, asked.native, left, right)
            if asked.kind.spec == "text"
            else left == right
        )
    number = as_number(asked.dialect, asked.native, left) if asked.is_money else left
    return number.op(operator, is_comparison=True)(right)


def _begins(left: Left, beginning: BindParameter[Any]) -> ColumnElement[bool]:
    """As `wbok.domain.phone.begins_with`: the value has digits alone, nothing that LIKE would understand."""
    bare = _bare(left)
    return or_(
        *(bare.like(literal(front, String()) + beginning + literal("%", String())) for front in FRONTS)
    )


def _bare(left: Left) -> ColumnElement[Any]:
    """As `wbok.domain.phone.bare`."""
    bare: ColumnElement[Any] = cast(left, Text)
    for sign in SEPARATORS:
        bare = func.replace(bare, sign, "")
    return bare
