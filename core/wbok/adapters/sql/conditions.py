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
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
)

from wbok.adapters.sql.expressions import EXACT, as_number, equal_text
from wbok.adapters.sql.native import Native
from wbok.domain.phone import BEGINNING_FRONTS, COUNTRY, HIDES_OWN, SEPARATORS, WITHOUT_COUNTRY, ZONE
from wbok.relations import NativeType

Operator = Literal["=", "<", ">=", ">", "<>", "among", "not among", "number", "begins", "begins none"]


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked, without the values: of equal parts the SQL is the same. `lengths`: of the beginnings."""

    column: str
    operator: Operator
    lengths: tuple[int, ...] = ()
    otherwise: Part | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """`column operator value`, the value already as the driver takes it; or `otherwise`, where that is given.

    "among" and "not among" take texts and compare the column as text; NULL is neither. "number" takes all
    writings of a telephone number, "begins" the digits with which one begins, "begins none" lists of such by
    their length: a number that is not known begins with none.
    """

    column: str
    operator: Operator
    value: Any
    otherwise: Condition | None = None

    @property
    def shape(self) -> Part:
        lengths = tuple(self.value) if self.operator == "begins none" else ()
        otherwise = self.otherwise.shape if self.otherwise else None
        return Part(self.column, self.operator, lengths, otherwise)

    def parameters(self, name: str) -> dict[str, Any]:
        """What `compared` binds under this name."""
        mine = {name: self.value}
        if self.operator == "begins none":
            mine = {f"{name}_{length}": begins for length, begins in self.value.items()}
        return mine | (self.otherwise.parameters(f"{name}_or") if self.otherwise else {})


WHOLE_NUMBERS = ("int", "instant:epoch_s", "instant:epoch_ms")
Shape = tuple[Part, ...]
Left: TypeAlias = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of the column that is compared: `native` in the database, `kind` as it was declared."""

    dialect: str
    native: Native
    kind: NativeType
    is_money: bool = False


def compared(left: Left, part: Part, parameter: str, asked: Asked) -> ColumnElement[bool]:
    """The condition on `left`, whose value is bound as `parameter`."""
    operator = part.operator
    if operator in ("among", "not among"):
        said = EXACT[asked.dialect](cast(left, Text))
        return said.in_(_texts(parameter)) if operator == "among" else said.not_in(_texts(parameter))
    if operator == "number":
        return EXACT[asked.dialect](_bare(left)).in_(_texts(parameter))
    if operator == "begins none":
        begun = func.coalesce(_with_zone(_bare(left)), "")
        beginnings = (func.substr(begun, 1, n).not_in(_texts(f"{parameter}_{n}")) for n in part.lengths)
        return and_(*beginnings)
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


def _texts(parameter: str) -> BindParameter[Any]:
    return bindparam(parameter, expanding=True, type_=String())


def _begins(left: Left, beginning: BindParameter[Any]) -> ColumnElement[bool]:
    """As `wbok.domain.phone.begins_with`: the value has digits alone, nothing that LIKE would understand."""
    number = _with_zone(_bare(left))
    return or_(
        *(
            number.like(literal(front, String()) + beginning + literal("%", String()))
            for front in BEGINNING_FRONTS
        )
    )


def _with_zone(bare: Left) -> Left:
    """As `wbok.domain.phone` has it. The length is that of what has nine digits, whatever it is of other texts."""
    has_zone = and_(func.length(bare) == WITHOUT_COUNTRY, bare.like(literal(f"{COUNTRY}%", String())))
    return case((has_zone, literal(ZONE, String()) + bare), else_=bare)


def _bare(left: Left) -> ColumnElement[Any]:
    """As `wbok.domain.phone.bare`."""
    bare: ColumnElement[Any] = cast(left, Text)
    for sign in (*HIDES_OWN, *SEPARATORS):
        bare = func.replace(bare, sign, "")
    return bare
