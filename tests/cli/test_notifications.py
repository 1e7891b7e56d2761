"""`wbok notifications send`, on the made-up provider."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import Result
from support.files import photo
from support.server import WBOK

from wbok.cli.demo import write_demo
from wbok.domain.customer import CustomerStatus
from wbok.domain.messages import Origin
from wbok.panel import Panel
from wbok.store.inbox import Seen

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
        (("--all", "--legal", "--plain"), "leave --plain out"),
        (("--place", "Nigdzie"), "nobody to whom"),
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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--service", ""), "'--service': it is empty"),
        (("--service", " \t"), "'--service': it is empty"),
        (("--status", ""), "is not one of 'active'"),
        (("--place", ""), 'can be read as a whole. Write it like "Lipowa 12, Jasnowice"'),
        (("--place", " ,. *"), "is no street"),
        (("--place", "12"), "is no street"),
        (("--place", "Lipowa 12 Jasnowice"), "is no street"),
        (("--to", ""), "'--customer': it is empty"),
        (("--to", "10427", "--to", " "), "'--customer': it is empty"),
    ],
)
def test_what_names_nobody_is_refused_in_words(
    send: Send, command: Send, panel: Panel, arguments: tuple[str, ...], said: str
) -> None:
    until = str(panel.today + timedelta(days=1))
    for answer in (send(*arguments), command("notifications", "outage", "x", *arguments, "--until", until)):
        assert answer.exit_code == 2
        assert said in answer.stderr
    assert command("notifications", "outage").stdout == "No outage is reported.\n"


def test_a_dry_run_says_in_which_streets(send: Send, command: Send, panel: Panel) -> None:
    until = str(panel.today + timedelta(days=1))
    told = command("notifications", "outage", "x", "--until", until, "--dry-run", "--place", "lipowa").stdout
    said = send("--dry-run", "--place", "lipowa").stdout
    assert said.splitlines()[1:] == told.splitlines()[1:]
    number = re.findall(r"to (\d+ customers)", said)[0]
    assert said.splitlines()[1:] == [f"Lipowa, Jasnowice\t{number}"]
    assert len(send("--dry-run", "--all").stdout.splitlines()) == 1
    assert len(send("--dry-run", "--to", "10427").stdout.splitlines()) == 1


def test_a_dry_run_counts_only_whom_all_choices_name(send: Send) -> None:
    everybody, ended = (
        send("--dry-run", "--place", "Jasnowice", *more).stdout.splitlines()
        for more in ((), ("--status", "ended"))
    )
    assert len(everybody) == 22
    assert re.fullmatch(r"and \d+ more streets", everybody[-1])
    counts = [int(line.split("\t")[1].split()[0]) for line in everybody[1:-1]]
    assert counts == sorted(counts, reverse=True)
    assert sum(int(line.split("\t")[1].split()[0]) for line in ended[1:]) == int(
        re.findall(r"to (\d+) customer", ended[0])[0]
    )


def message(said: str) -> str:
    return str(re.findall("P-[0-9a-f]{32}", said)[0])


def test_attachments_are_checked_and_go_with_it(send: Send, command: Send, tmp_path: Path) -> None:
    plan, text = tmp_path / "plan.jpg", tmp_path / "plan.txt"
    plan.write_bytes(photo())
    text.write_text("nie obraz", encoding="utf-8")
    ref = message(send("--to", "10427", "--attach", str(plan)).stdout)
    status = command("notifications", "status", ref).stdout
    key, name, size, digest, state = re.findall("attachment (.*)", status)[0].split("\t")
    assert (name, state) == ("plan.jpg", "unchanged")
    done = command("notifications", "attachment", ref, key, "--output", str(tmp_path / "out.jpg"))
    assert done.exit_code == 0
    content = (tmp_path / "out.jpg").read_bytes()
    assert (size, digest) == (f"{len(content)} bytes", f"SHA-256 {sha256(content).hexdigest()}")
    again = command("notifications", "attachment", ref, key, "--output", str(tmp_path / "out.jpg"))
    assert "already there" in again.stderr
    for arguments, said in (
        (("--attach", str(text)), "is neither a picture"),
        (("--attach", str(plan)) * 4, "4 files are more than a message takes: 3"),
    ):
        answer = send("--to", "10427", *arguments)
        assert (answer.exit_code, said in answer.stderr) == (1, True), answer.output


def test_a_legal_message_is_a_document_with_its_digest_and_its_readers(
    send: Send, command: Send, panel: Panel, tmp_path: Path
) -> None:
    sent = send("--all", "--legal", "--urgent", "--key", "cennik").stdout
    assert re.match("Sent to [0-9]+ customers, as P-", sent)
    ref, digest = message(sent), re.findall("SHA-256 of its document: ([0-9a-f]{64})", sent)[0]
    assert send("--all", "--legal", "--urgent", "--key", "cennik").output.startswith("It was sent already")
    seen = Seen(Origin.PANEL, ref.removeprefix("P-"), panel.clock())
    panel.inbox.read("10427", [seen])
    panel.inbox.confirm("4213", seen)
    status = command("notifications", "status", ref, "--customers").stdout
    assert f"SHA-256 {digest}\tunchanged" in status
    lines = {line.split("\t")[0]: line.split("\t")[1:] for line in status.splitlines()}
    assert [cell.split()[0] for cell in lines["10427"]] == ["read"]
    assert [cell.split()[0] for cell in lines["4213"]] == ["read", "confirmed"]
    assert lines["11206"] == ["not read"]
    key = re.findall("document ([0-9a-f]+)", status)[0]
    command("notifications", "attachment", ref, key, "--output", str(tmp_path))
    (written,) = tmp_path.glob("*.pdf")
    assert sha256(written.read_bytes()).hexdigest() == digest
    with panel.store.writing() as connection:
        connection.exec_driver_sql("UPDATE message_file_parts SET content = X'00'")
    changed = command("notifications", "status", ref)
    assert (changed.exit_code, "not what was sent" in changed.stderr) == (1, True)
    assert command("notifications", "attachment", ref, key, "--output", str(tmp_path / "x")).exit_code == 1
    with panel.store.reading() as connection:
        audited = connection.exec_driver_sql(
            "SELECT details FROM audit WHERE action = 'message sent'"
        ).scalars()
        assert any(digest in details for details in audited)


def test_an_unknown_message_is_said(command: Send) -> None:
    for arguments in (("status", "P-1"), ("attachment", "P-x", "1", "--output", "x")):
        answer = command("notifications", *arguments)
        assert (answer.exit_code, "there is no message" in answer.stderr) == (1, True)
    assert "Nowe routery" in command("notifications", "status").stdout


def test_an_outage_is_reported_prolonged_and_ended(command: Send, panel: Panel) -> None:
    outage = partial(command, "notifications", "outage")
    until = f"{panel.today + timedelta(days=1)} 18:00"
    assert outage().stdout == "No outage is reported.\n"
    counted = outage("Brak internetu", "--place", "lipowa", "--until", until, "--dry-run").stdout
    number_told = int(re.findall(r"told to (\d+)", counted)[0])
    assert number_told >= 1
    said = outage("Brak internetu", "--place", "lipowa", "--until", until).stdout
    assert said.startswith(f"Reported outage 1 for {number_told} customer")
    assert outage().stdout.endswith("\tBrak internetu\n")
    later = str(panel.today + timedelta(days=2))
    assert outage("--prolong", "1", "--until", later).stdout.startswith("Prolonged outage 1 until")
    assert outage("--end", "1").exit_code == 0
    assert outage().stdout == "No outage is reported.\n"
    for arguments, words in (
        (("--end", "1"), "there is no outage 1 now"),
        (("x", "--all"), "until when?"),
        (("x", "--until", until), "to whom?"),
        (("--all",), "what has failed?"),
        (("x", "--end", "1"), "one at a time"),
        (("x", "--customer", "555", "--until", until), "knows no customer 555"),
        (("x", "--place", "Nigdzie", "--until", until), "nobody whom"),
        (("x", "--all", "--until", "2020-01-01"), "over already"),
    ):
        answer = outage(*arguments)
        assert (answer.exit_code, words in answer.output) == (1, True), answer.output


@pytest.mark.parametrize("option", ["--end", "--prolong"])
@pytest.mark.parametrize("number", ["0", "-1", str(2**31), str(10**30)])
def test_what_is_no_number_of_an_outage_is_said(command: Send, option: str, number: str) -> None:
    answer = command("notifications", "outage", option, number, "--until", "2999-01-01")
    assert (answer.exit_code, "is not in the range" in answer.stderr) == (2, True), answer.output
