"""The example's section of Finanse is what is taken without it, and names the rest."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from wbok_finance.settings import FinanceSettings

CONFIG = (Path(__file__).parent.parent.parent / "config/wbok.toml").read_text()


def test_the_example_has_the_defaults() -> None:
    assert FinanceSettings.model_validate(tomllib.loads(CONFIG)["tabs"]["finance"]) == FinanceSettings()


@pytest.mark.parametrize("name", FinanceSettings.model_fields)
def test_every_setting_of_finance_stands_there_with_a_comment(name: str) -> None:
    part = CONFIG.split("\n[tabs.finance]")[1].split("\n[")[0]
    assert re.search(rf"^(# )?{name}(_file)? = \S.*# \w", part, re.MULTILINE)
