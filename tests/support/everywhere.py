"""The demo's one provider in every kind of billing: each made when a test first wants it, and kept for all others.

Nobody may write into them: they are shared by all tests of a process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from lms_demo.fill import fill

from support.clock import START
from support.exports import as_python, export_tables, quiet, typed_rows, with_files_apart, write_csv
from support.places import DIALECTS, SERVERS, Rows, closed_connections, new_urls, write_typed_tables
from support.scene import make_settings, sql_billing
from wbok.panel import build_panel
from wbok.relations import CANONICAL
from wbok_demo.odd_companies import ODD_COMPANIES
from wbok_demo.odd_persons import ODD_PERSONS

Billing = dict[str, Any]
Place = Callable[[Path, Path], AbstractContextManager[Billing]]
"""Takes the demo's file and an empty folder; gives `[billing]` of the configuration."""


def taken_in(folder: Path, **more: Any) -> Billing:
    """Imports `folder`/exports by the panel itself, since PINs are hashed with its key; gives its `[billing]`."""
    files = {path.stem: path.name for path in (folder / "exports").glob("*.csv")}
    billing = {"adapter": "csv", "files": files, "folder": str(folder / "generations"), **more}
    importer = build_panel(make_settings(folder, billing)).billing.importer
    assert importer is not None
    importer(folder / "exports", dry_run=False, allow_shrink=False, progress=quiet)
    return billing


TABLE_PLACES = ("csv", *DIALECTS)


@contextmanager
def written_tables(place: str, folder: Path, tables: Mapping[str, Rows]) -> Iterator[Billing]:
    """`[billing]` of a panel over rows of the relations. `place`: of TABLE_PLACES."""
    if place == "csv":
        (folder / "exports").mkdir()
        for name, rows in tables.items():
            if rows:
                write_csv(folder / f"exports/{name}.csv", with_files_apart(rows, folder / "exports"))
        yield taken_in(folder, files_dir=str(folder / "exports"))
        return
    with new_urls(place, folder) as new_url:
        url = new_url()
        write_typed_tables(url, {name: as_python(name, rows) for name, rows in tables.items()})
        yield {"adapter": "sql", "url": url, "relations": {name: name for name in tables}}


@contextmanager
def _demo(demo: Path, _folder: Path) -> Iterator[Billing]:
    yield sql_billing(demo, CANONICAL)


@contextmanager
def _exports(demo: Path, folder: Path) -> Iterator[Billing]:
    export_tables(demo, folder / "exports")
    yield taken_in(folder, files_dir=str(folder / "exports"))


@contextmanager
def _on_server(dialect: str, demo: Path, folder: Path) -> Iterator[Billing]:
    with new_urls(dialect, folder, watched=False) as new_url:
        url = new_url()
        write_typed_tables(url, {name: typed_rows(demo, name) for name in CANONICAL})
        yield sql_billing(demo, CANONICAL) | {"url": url}


@contextmanager
def _lms(dialect: str, demo: Path, folder: Path) -> Iterator[Billing]:
    with new_urls(dialect, folder, watched=False) as new_url:
        url = new_url()
        with closed_connections():
            fill(url, demo, customers={str(one.id) for one in (*ODD_PERSONS, *ODD_COMPANIES)}, now=START)
        yield {"adapter": "lms", "url": url}


USUAL = "demo"
LMS = tuple(f"lms-{dialect}" for dialect in SERVERS)
PLACES: Mapping[str, Place] = {
    USUAL: _demo,
    "csv": _exports,
    **{dialect: partial(_on_server, dialect) for dialect in SERVERS},
    **{f"lms-{dialect}": partial(_lms, dialect) for dialect in SERVERS},
}


class Everywhere:
    """`new_folder` makes an empty folder of that name."""

    def __init__(self, demo: Path, new_folder: Callable[[str], Path]) -> None:
        self._demo = demo
        self._new_folder = new_folder
        self._stack = ExitStack()
        self._known: dict[str, Billing] = {}

    def billing(self, place: str) -> Billing:
        """`[billing]` over one of PLACES."""
        if place not in self._known:
            made = PLACES[place](self._demo, self._new_folder(place))
            self._known[place] = self._stack.enter_context(made)
        return dict(self._known[place])

    def close(self) -> None:
        self._stack.close()
