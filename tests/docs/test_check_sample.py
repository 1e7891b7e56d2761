"""The sample of `wbok check` in the integrators' document is what it prints."""

from __future__ import annotations

import re
from pathlib import Path

import click.testing
from support.billing import entry, people, write_tables

from wbok.cli.commands import wbok
from wbok.cli.installation import write_installation

ROOT = Path(__file__).parent.parent.parent
RELATIONS = """
[billing.relations]
customers = "customers"
credentials = "credentials"
contacts = "kontakty"
ledger = { table = "ledger", types = { amount = "money:grosze" } }
"""


def test_the_sample_of_check_is_what_it_prints(tmp_path: Path) -> None:
    config = write_installation(tmp_path / "wbok")
    people_ = people(3)
    people_["credentials"][2]["login"] = "003"
    ledger = [entry(i, 1, "12,50" if i == 7 else 1250 * (-1) ** i) for i in range(1, 13)]
    write_tables(tmp_path / "wbok/billing.sqlite", **people_, ledger=ledger)
    head, _, rest = config.read_text().partition("[billing.relations]")
    config.write_text(head + RELATIONS + rest[rest.index("[tabs.info]") :])
    answer = click.testing.CliRunner().invoke(wbok, ["--config", str(config), "check"])
    assert answer.exit_code == 1
    text = (ROOT / "core/wbok/adapters/README.md").read_text()
    sample = text.split("## `wbok check`")[1].split("```text\n")[1].split("```")[0]
    assert _without_times(answer.output) == _without_times(sample)


def _without_times(text: str) -> str:
    return re.sub(r" +\d+\.\d ms", " 0.0 ms", text)
