"""The example's section of Helpdesk is what is taken without it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from wbok_helpdesk.settings import HelpdeskSettings

CONFIG = (Path(__file__).parent.parent.parent / "config/wbok.toml").read_text()


def test_every_setting_of_helpdesk_stands_in_the_example_with_its_default() -> None:
    section = tomllib.loads(CONFIG)["tabs"]["helpdesk"]
    assert set(section) == set(HelpdeskSettings.model_fields)
    assert HelpdeskSettings.model_validate(section) == HelpdeskSettings()


def test_every_setting_of_helpdesk_has_a_comment() -> None:
    part = CONFIG.split("\n[tabs.helpdesk]")[1].split("\n[[")[0]
    for line in part.strip().splitlines()[1:]:
        assert re.search(r"[\"}\]0-9]\s+# \w", line), line
