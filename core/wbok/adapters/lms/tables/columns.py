"""How LMS writes its columns: moments as seconds since 1970, 0 for "not set", texts that are never NULL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects import mysql

metadata = MetaData()

EPOCH = BigInteger().with_variant(mysql.INTEGER(), "mysql")
ADDRESS = BigInteger().with_variant(mysql.INTEGER(unsigned=True), "mysql")
BODY = Text().with_variant(mysql.MEDIUMTEXT(), "mysql")


def lms_table(name: str, *columns: Any) -> Table:
    return Table(name, metadata, *columns)


def own_id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def number(name: str, **more: Any) -> Column[int]:
    """NOT NULL with 0, as LMS has most of them."""
    return Column(
        name, more.pop("type", Integer), nullable=False, server_default=more.pop("default", "0"), **more
    )


def small(name: str) -> Column[int]:
    return number(name, type=SmallInteger)


def moment(name: str) -> Column[int]:
    return number(name, type=EPOCH)


def short_text(name: str, length: int = 255) -> Column[str]:
    return Column(name, String(length), nullable=False, server_default="")


def long_text(name: str) -> Column[str]:
    """A long text; MySQL gives those no default."""
    return Column(name, BODY, nullable=False)


def money(name: str, digits: int, places: int, **more: Any) -> Column[Any]:
    return Column(name, Numeric(digits, places), nullable=False, server_default="0", **more)


def currency() -> tuple[Column[Any], Column[Any]]:
    return Column("currency", String(3)), Column("currencyvalue", Numeric(17, 10), server_default="1.0")
