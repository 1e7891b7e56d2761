"""`wbok notifications send`, on the made-up provider."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result
from support.server import WBOK

from wbok.cli.demo import write_demo
from wbok.domain.customer import CustomerStatus
from wbok.panel import Panel

Send = Callable[..., Result]
TEXT = ("--kind", "service", "--title", "Przerwa", "--text", "W sobotę.")


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_demo(tmp_path_factory.mktemp("office"), port=8000)


@pytest.fixture
def send(command: Send) -> Send:
    return partial(command, "notifications", "send", *TEXT)


def titles(panel: Panel, customer_id: str) -> list[str]:
    since = panel.clock().replace(year=2020)
    return [message.title for message in panel.inbox.page(customer_id, since=since, limit=50)]


def test_named_customers_get_it_and_zeros_in_front_do_not_matter(send: Send, panel: Panel) -> None:
    before = len(titles(panel, "4213"))
    assert send("--to", "004213", "--to", "10427").output.startswith("Sent to 2 customers, as P-")
    assert len(titles(panel, "4213")) == before + 1
    assert panel.audit.of("4213") == ()


def test_a_list_in_a_file(send: Send, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("10427\n\n 4213 \n10427\n", encoding="utf-8-sig")
    assert send("--list", str(file), "--dry-run").output == "It would go to 2 customers; nothing was sent.\n"


def test_a_segment_by_service_and_status(send: Send, panel: Panel) -> None:
    assert panel.billing.directory is not None
    having = list(panel.billing.directory.customers(on=panel.today, service="Telefon „Domowy 120”"))
    answer = send("--service", "telefon „domowy 120”", "--dry-run")
    assert answer.output == f"It would go to {len(having)} customers; nothing was sent.\n"
    suspended = list(panel.billing.directory.customers(on=panel.today, status=CustomerStatus.SUSPENDED))
    alone = send("--status", "suspended", "--dry-run")
    assert alone.output.startswith(f"It would go to {len(suspended)} customer")
    both = send("--status", "suspended", "--service", "Telefon „Domowy 120”", "--dry-run")
    assert "nobody to whom" in both.output


def test_everybody_is_one_message(send: Send, panel: Panel) -> None:
    assert send("--all").output.startswith("Sent to everybody")
    assert "Przerwa" in titles(panel, "12001")


def test_the_same_key_twice_is_one_message(send: Send, panel: Panel) -> None:
    send("--to", "10863", "--key", "k")
    again = send("--to", "10863", "--key", "k")
    assert again.exit_code == 0
    assert again.output.startswith("It was sent already under this key")
    assert titles(panel, "10863").count("Przerwa") - titles(panel, "12001").count("Przerwa") == 1


def test_two_processes_that_send_the_same_at_once_send_it_once(config: Path, panel: Panel) -> None:
    command = [
        str(WBOK),
        "--config",
        str(config),
        "notifications",
        "send",
        *TEXT,
        "--to",
        "20031",
        "--key",
        "both",
    ]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert len({re.findall("P-[0-9a-f]+", line)[0] for line in said}) == 1
    assert titles(panel, "20031").count("Przerwa") - titles(panel, "12001").count("Przerwa") == 1


def test_a_dry_run_sends_nothing(send: Send, panel: Panel) -> None:
    before = titles(panel, "10427")
    assert send("--to", "10427", "--dry-run", "--key", "dry").output == (
        "It would go to 1 customer; nothing was sent.\n"
    )
    assert titles(panel, "10427") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "to whom?"),
        (("--all", "--to", "10427"), "to whom?"),
        (("--to", "555"), "the billing knows no customer 555. Nothing was sent."),
        (("--to", "Brzozowska"), "Did you mean 10427 (Halina Brzozowska)?"),
        (("--service", "Teleportacja"), "There is nobody to whom the message would go."),
        (("--all", "--valid-to", "2020-01-01"), "only in the past"),
        (("--all", "--valid-to", "jutro"), '"jutro" is no moment'),
        (("--all", "--title", " "), "no title"),
        (("--all", "--text-file", "/dev/null"), "not both"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_sent(
    send: Send, arguments: tuple[str, ...], said: str
) -> None:
    answer = send(*arguments)
    assert answer.exit_code == 1
    assert said in answer.output


def test_reading_across_customers_is_audited(
    send: Send, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_USER", "ala")
    send("--status", "active", "--dry-run")
    with panel.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT actor, action, details FROM audit ORDER BY id DESC").first()
    assert rows == ("office:ala", "directory read", "recipients of a message: active")
