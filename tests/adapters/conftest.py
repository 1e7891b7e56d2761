"""Billings over small made-up databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.billing import CONTEXT, Make, people, write_tables

from wbok.adapters.sql import connect
from wbok.billing import Billing
from wbok.relations import CANONICAL


@pytest.fixture
def make(tmp_path: Path) -> Make:
    files = iter(range(1000))

    def build(relations: dict[str, Any] | None = None, /, **tables: list[dict[str, Any]]) -> Billing:
        path = write_tables(tmp_path / f"billing{next(files)}.sqlite", **{**people(2), **tables})
        names = {name: name for name in ("customers", "credentials", *tables) if name in CANONICAL}
        config = {"url": f"sqlite:///{path}", "relations": {**names, **(relations or {})}}
        return connect(config, CONTEXT)

    return build
