"""WBOK_TRACE tells what a request asked of the tabs and of the databases."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import MakeScene
from sqlalchemy import event
from sqlalchemy.engine import Engine

from wbok.errors import ConfigError
from wbok.web import trace
from wbok.web.trace import VARIABLE, traced_kinds

HEAD = re.compile(r"^GET /finance/ 200 in [0-9.]+ ms: (.*)$", re.MULTILINE)
LINE = re.compile(r"^  (hook|store|billing) +[0-9]+\.[0-9] ms  (.*)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def unwatched() -> Iterator[None]:
    """Engines are watched all together."""
    yield
    if event.contains(Engine, "before_cursor_execute", trace._before_statement):
        event.remove(Engine, "before_cursor_execute", trace._before_statement)
        event.remove(Engine, "after_cursor_execute", trace._after_statement)
        event.remove(Engine, "handle_error", trace._after_fault)


def told(
    make_demo_scene: MakeScene,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kinds: str,
) -> str:
    monkeypatch.setenv(VARIABLE, kinds)
    customer = make_demo_scene().customer()
    capsys.readouterr()
    assert customer.get("/finance/").status_code == 200
    return capsys.readouterr().err


def test_hooks_and_statements_of_a_request_come_with_their_times(
    make_demo_scene: MakeScene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(make_demo_scene, monkeypatch, capsys, "hooks, sql")
    head = HEAD.search(said)
    assert head
    assert {"hook", "store", "billing"} <= set(re.findall(r"(\w+) \d+ in [0-9.]+ ms", head[1]))
    lines = LINE.findall(said)
    assert ("hook", "finance.wbok_menu") in lines
    assert not [what for kind, what in lines if what.startswith("info.wbok_cards")], "it has no such hook"
    assert [what for kind, what in lines if kind == "store" and "FROM" in what]
    assert [what for kind, what in lines if kind == "billing" and "ledger" in what]
    assert "10427" not in said, "values are personal data"


def test_only_what_is_named_is_told(
    make_demo_scene: MakeScene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {kind for kind, _what in LINE.findall(told(make_demo_scene, monkeypatch, capsys, "hooks"))} == {
        "hook"
    }


def test_without_the_variable_nothing_is_told(
    make_demo_scene: MakeScene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(make_demo_scene, monkeypatch, capsys, "") == ""


def test_an_unknown_word_stops_the_start() -> None:
    with pytest.raises(ConfigError, match="WBOK_TRACE: found hook, expected one or both of hooks, sql"):
        traced_kinds({VARIABLE: "hook,sql"})
