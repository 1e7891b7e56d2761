"""One provider's LMS, as the selects over it need to know it: which database, what time it is, what is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Integer,
    Numeric,
    SelectBase,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
)

from wbok.adapters.lms.settings import DEFAULTS, TRUE, LmsSettings, split_name
from wbok.adapters.lms.tables.settings import uiconfig
from wbok.adapters.sql.source import Source, built_source

Element = ColumnElement[Any]
Types = Mapping[str, str | tuple[str, Mapping[str, str]]]
THE_CUSTOMER: BindParameter[int] = bindparam("customer_id", type_=BigInteger)
"""Whose rows are asked for, where a select must say it inside. Ids that no INTEGER can hold are asked for too."""
NO_LIMIT = "instant:epoch_s zero_is_none"
"""A moment of LMS where 0 means that there is none."""

PERCENTAGE = "^[0-9]{1,3}([.,][0-9]{1,4})?$"


@dataclass(frozen=True, slots=True)
class Site:
    """`section`: where the configuration of the adapter stands, for messages."""

    dialect: str
    section: str
    settings: LmsSettings
    clock: Callable[[], int]
    zone: ZoneInfo

    @property
    def now(self) -> BindParameter[int]:
        """Seconds since 1970 at the moment when the statement runs."""
        return bindparam("now", callable_=self.clock, type_=Integer)

    def value(self, name: str) -> BindParameter[int]:
        """A setting that is a number, the same for all divisions, as it is when the statement runs."""
        return bindparam(name.replace(".", "_"), callable_=lambda: self.settings.number(name), type_=Integer)

    def source(
        self,
        name: str,
        query: SelectBase,
        types: Types | None = None,
        readers: Mapping[str, Callable[[Any], Any]] | None = None,
    ) -> Source:
        return built_source(name, query, types=types or {}, readers=readers, where=self.section)

    def setting(self, name: str, *, division: Element) -> Element:
        """What is set for a customer of that division; see LmsSettings for what counts."""
        overridden = self.settings.overridden(name)
        if overridden is not None:
            return literal(overridden)
        section, variable = split_name(name)
        mine = (
            select(cast(uiconfig.c.value, String(1000)))
            .where(
                uiconfig.c.section == section,
                uiconfig.c.var == variable,
                uiconfig.c.disabled == 0,
                uiconfig.c.userid.is_(None),
            )
            .limit(1)
        )
        own = mine.where(uiconfig.c.divisionid == division).scalar_subquery()
        everybodys = mine.where(uiconfig.c.divisionid.is_(None)).scalar_subquery()
        return func.coalesce(func.nullif(func.coalesce(own, everybodys), ""), DEFAULTS[name])

    def is_on(self, name: str, *, division: Element) -> ColumnElement[bool]:
        """Whether that is switched on for a customer of that division."""
        return func.lower(func.trim(self.setting(name, division=division))).in_(sorted(TRUE))

    def percentage(self, *names: str, division: Element) -> Element:
        """The first of these that is set; LMS takes what is no number for 0."""
        said = func.coalesce(*(filled(self.setting(name, division=division)) for name in names), "0")
        amount = cast(func.replace(said, ",", "."), Numeric(7, 4))
        return case((said.regexp_match(PERCENTAGE), amount), else_=0)

    def joined(self, values: Element, *, among: SelectBase | None = None) -> Element:
        """The values of several rows in one text, parted by commas."""
        if self.dialect == "mysql":
            return func.group_concat(values)
        return func.string_agg(cast(values, String), ",")


def plus(*parts: Element | str) -> Element:
    """One text after the other; what is NULL counts as nothing."""
    texts = [
        literal(p, String()) if isinstance(p, str) else func.coalesce(cast(p, String(255)), "") for p in parts
    ]
    whole: Element = texts[0]
    for text in texts[1:]:
        whole = whole + text
    return whole


def filled(text: Element) -> Element:
    """NULL for a text in which nothing stands."""
    return func.nullif(func.trim(text), "")


def has_bits(column: Element, mask: int) -> ColumnElement[bool]:
    """Whether one of these bits at least is set."""
    return column.bitwise_and(mask) != 0


def word_of(column: Element, words: Mapping[int, str]) -> Element:
    """Our word for a number of LMS; NULL for another number."""
    return case(dict(words), value=column)


def dotted(address: Element) -> Element:
    """An IP address that LMS keeps as a number; NULL for 0."""
    parts = [
        cast(address.bitwise_rshift(literal_column(shift)).bitwise_and(255), String(3))
        for shift in ("24", "16", "8", "0")
    ]
    text = parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[3]
    return case((address != 0, text))
