"""What relations and their columns are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wbok.relations.types import Family


class Rule(StrEnum):
    """What a text must be, where that can be told by itself."""

    ACCOUNT = "account number"
    TAX_ID = "tax id"
    CURRENCY = "currency"
    LOGIN = "login"
    PIN = "PIN"


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is what is taken when the configuration declares none; `words` the only values allowed.

    A required column must be there, and have a value in every row unless it `may_be_empty`.

    A column that `refers` to a relation holds that relation's key and takes its type. `rule` is checked where
    data are taken in; what is only read is shown as it is. `in_detail`: read for a single row, never for a list.
    """

    name: str
    family: Family
    type: str
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()
    refers: str | None = None
    rule: Rule | None = None
    may_be_empty: bool = False
    in_detail: bool = False

    @property
    def needs_value(self) -> bool:
        return self.required and not self.may_be_empty


@dataclass(frozen=True, slots=True)
class Relation:
    """`key` names one row of a customer; `sort` orders a list (newest first); an unscoped one is for all.

    `within`: the column within whose value alone the key is counted. `shared`: a row without owner is everybody's.
    """

    name: str
    key: str
    columns: tuple[Column, ...]
    sort: str | None = None
    owner: str | None = "customer_id"
    within: str | None = None
    shared: bool = False


def key(name: str, meaning: str, *, required: bool = True, refers: str | None = None) -> Column:
    return Column(name, Family.KEY, "int", meaning, required=required, refers=refers)


def text(name: str, meaning: str, *, required: bool = False, rule: Rule | None = None) -> Column:
    return Column(name, Family.TEXT, "text", meaning, required=required, rule=rule)


def word(name: str, words: tuple[str, ...], meaning: str, *, required: bool = False) -> Column:
    return Column(name, Family.TEXT, "text", meaning, required=required, words=words)


def day(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Family.WHEN, "date", meaning, required=required)


def count(name: str, kind: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Family.COUNT, kind, meaning, required=required)


def money(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Family.MONEY, "money:decimal", meaning, required=required)


OWNER = key("customer_id", "whose row this is", refers="customers")
CURRENCY = text("currency", "ISO 4217; absent or empty: the provider's currency", rule=Rule.CURRENCY)
