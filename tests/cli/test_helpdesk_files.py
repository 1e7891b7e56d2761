"""`wbok helpdesk show` and `attachment`: files of customers, as the office takes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click.testing
import pytest
from support.desk import QUESTION, RULES
from support.files import upload

from wbok.panel import Panel

Run = Callable[..., click.testing.Result]
PHOTO = upload("zdjęcie licznika.jpg")


@pytest.fixture
def ticket(panel: Panel) -> str:
    question = replace(QUESTION, uploads=(PHOTO,))
    return panel.desk.customer.open("10427", question, key="k", rules=RULES)


def listed(command: Run, ticket: str) -> str:
    """The attachment's id, as `show` names it."""
    shown = command("helpdesk", "show", ticket).stdout
    (line,) = [line for line in shown.splitlines() if "attachment" in line]
    named, name, kind = line.strip().split("\t")
    assert (name, kind) == (PHOTO.name, f"image/jpeg, {len(PHOTO.content)} bytes")
    return named.removeprefix("attachment ")


def test_an_attachment_is_listed_and_written_into_a_folder_or_file(
    command: Run, panel: Panel, ticket: str, tmp_path: Path
) -> None:
    key, folder = listed(command, ticket), tmp_path / "taken"
    folder.mkdir()
    for output, path in ((folder, folder / PHOTO.name), (tmp_path / "one.jpg", tmp_path / "one.jpg")):
        done = command("helpdesk", "attachment", ticket, key, "--output", str(output))
        assert (done.exit_code, done.stdout) == (0, f"{ticket} attachment {key} is in {path}.\n")
        assert path.read_bytes() == PHOTO.content
        again = command("helpdesk", "attachment", ticket, key, "--output", str(output))
        assert again.exit_code == 1
        assert "already there; nothing was written" in again.stderr
    entry = panel.audit.of("10427")[0]
    assert (entry.action, entry.details) == ("ticket_attachment", f"{ticket} attachment {key}")


@pytest.mark.parametrize(("key", "output"), [("99", "x"), ("x", "x"), (None, "no/where"), (None, "x/y")])
def test_what_cannot_be_taken_is_said(
    command: Run, ticket: str, tmp_path: Path, key: str | None, output: str
) -> None:
    found = key or listed(command, ticket)
    done = command("helpdesk", "attachment", ticket, found, "--output", str(tmp_path / output))
    assert done.exit_code == 1
    assert ("has no attachment" if key else "cannot be written") in done.stderr
    assert command("helpdesk", "attachment", "P-1", listed(command, ticket), "--output", "x").exit_code == 1
