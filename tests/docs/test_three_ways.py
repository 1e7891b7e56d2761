"""The three ways to an adapter, as the document says them: each keeps the contract over the foreign billing."""

from __future__ import annotations

import configparser
import re
import shlex
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support.blocks import ADAPTERS, block
from support.scene import make_settings

from wbok.api import Billing, Money
from wbok.cli.commands import wbok
from wbok.connections import connect_billing
from wbok.testing import CustomersContract, FinanceContract, PhoneContract, Sample, adapter_context
from wbok.testing.sample import PINS

FOREIGN = Path(__file__).parent.parent / "thirdparty" / "foreign.sql"
SAMPLE = Sample(
    login="1",
    pin="4711",
    customer_id="1",
    other_customer_id="2",
    empty_customer_id="3",
    balance=Money(Decimal(-50)),
    others_words=("600 000 002", "ul. Krótka 2"),
    phone_since=date(2026, 9, 1),
)


def foreign(folder: Path) -> Path:
    path = folder / "billing.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FOREIGN.read_text(encoding="utf-8"))
    return path


def adapter_of(words: str) -> Callable[..., Billing]:
    names: dict[str, Any] = {}
    exec(compile(block(ADAPTERS, "python", words), words, "exec"), names)
    connect: Callable[..., Billing] = names["connect"]
    return connect


class OverForeign:
    @pytest.fixture
    def sample(self) -> Sample:
        return SAMPLE


class TestConfigurationAlone(OverForeign, CustomersContract, FinanceContract, PhoneContract):
    @pytest.fixture
    def billing(self, tmp_path: Path) -> Billing:
        section = tomllib.loads(block(ADAPTERS, "toml", "calls"))["billing"]
        section["url"] = f"sqlite:///{foreign(tmp_path)}"
        return connect_billing(make_settings(tmp_path, section), PINS)


class TestRelationsInPython(OverForeign, CustomersContract):
    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(login="1", pin="4711", customer_id="1", other_customer_id="2", empty_customer_id="3")

    @pytest.fixture
    def billing(self, tmp_path: Path) -> Billing:
        return adapter_of("RELATIONS")({"url": f"sqlite:///{foreign(tmp_path)}"}, adapter_context())


class TestProtocols(CustomersContract):
    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(login="1", pin="4711", customer_id="1", other_customer_id="2", empty_customer_id="3")

    @pytest.fixture
    def billing(self) -> Billing:
        return adapter_of("class Customers")({}, adapter_context())


def test_who_follows_the_document_word_by_word_sees_his_billing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "foreign.sql").write_bytes(FOREIGN.read_bytes())
    for line in block(ADAPTERS, "sh", "wbok init").splitlines():
        typed(line)
    config = tmp_path / "panel" / "wbok.toml"
    head, _, rest = config.read_text(encoding="utf-8").partition("[billing]\n")
    rest = rest[rest.index("[tabs.info]") :]
    config.write_text(head + block(ADAPTERS, "toml", "calls") + rest, encoding="utf-8")
    check, customer, run = block(ADAPTERS, "sh", "check --customer").splitlines()
    assert "No faults" in typed(check)
    assert "Anna Nowak" in typed(customer)
    assert shlex.split(run)[-1] == "run"
    assert "--config panel/wbok.toml" in run


def typed(line: str) -> str:
    """What a line of a shell prints; of ours without a process of its own."""
    program, *words = shlex.split(line)
    if program == "python3":
        subprocess.run([sys.executable, *words], check=True)
        return ""
    assert program == "wbok"
    ran = CliRunner().invoke(wbok, words)
    assert ran.exit_code == 0, ran.output
    return ran.output


@pytest.mark.parametrize("kind", ["adapter"])
def test_the_steps_of_a_new_adapter_are_those_that_the_command_says(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_steps(block(ADAPTERS, "sh", "wbok new adapter"), tmp_path, monkeypatch)


def assert_steps(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`tests/strangers/test_new.py` runs what the command says."""
    monkeypatch.chdir(folder)
    first, *steps = text.splitlines()
    said = typed(first)
    assert re.findall(r"^  [1-3]\. (.*)$", said, re.MULTILINE) == steps


def test_the_entry_point_names_the_function() -> None:
    parser = configparser.ConfigParser()
    parser.read_string(block(ADAPTERS, "ini", "wbok.adapters"))
    assert parser["options.entry_points"]["wbok.adapters"].strip() == "kablonet = kablonet:connect"
    assert callable(adapter_of("RELATIONS"))
