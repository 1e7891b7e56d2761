"""Billings over small made-up databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.billing import CONTEXT, Make, people, write_tables
from support.places import DIALECTS, new_urls, write_typed_tables

from wbok.adapters.sql import connect
from wbok.billing import Billing
from wbok.relations import CANONICAL

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """In SQLite, whose columns take any value."""
    files = iter(range(1000))

    def build(relations: dict[str, Any] | None = None, /, **tables: list[dict[str, Any]]) -> Billing:
        path = write_tables(tmp_path / f"billing{next(files)}.sqlite", **{**people(2), **tables})
        return _connect(f"sqlite:///{path}", relations, tables)

    return build


@pytest.fixture(params=DIALECTS)
def make_anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """On every kind of database, in columns of the values' types."""
    with new_urls(request.param, tmp_path) as new_url:

        def build(relations: dict[str, Any] | None = None, /, **tables: list[dict[str, Any]]) -> Billing:
            url = new_url()
            write_typed_tables(url, {**people(2), **tables})
            return _connect(url, relations, tables)

        yield build


def _connect(url: str, relations: dict[str, Any] | None, tables: Tables) -> Billing:
    names = {name: name for name in ("customers", "credentials", *tables) if name in CANONICAL}
    return connect({"url": url, "relations": {**names, **(relations or {})}}, CONTEXT)
