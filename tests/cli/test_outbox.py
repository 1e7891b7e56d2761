"""`wbok outbox …`, as the timer runs it and the office types it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click.testing
import pytest
from support.mailbox import Mailbox, mail_server

from wbok.domain.letters import EmailChoice, Letter, Recipient, To, Topic
from wbok.panel import Panel, build_panel
from wbok.settings import load_settings

Run = Callable[..., click.testing.Result]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    with mail_server(tmp_path_factory.mktemp("mail")) as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(server: Mailbox, config: Path) -> Mailbox:
    server.clear()
    section = "\n".join(f"{name} = {value!r}".replace("'", '"') for name, value in server.settings.items())
    config.write_text(f"{config.read_text()}\n[mail]\n{section}\n")
    return server


@pytest.fixture
def panel(mailbox: Mailbox, config: Path) -> Panel:
    return build_panel(load_settings(config))


@pytest.fixture
def run(command: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SUDO_USER", "marta")
    return partial(command, "outbox")


def put(panel: Panel, *addresses: str) -> None:
    letter = Letter(key="k", topic=Topic.NEW_TICKET, title="Brak internetu", body="Od rana.", number="P-1")
    with panel.store.writing() as connection:
        panel.outbox.put_within(connection, letter, [Recipient(To.ADDRESS, one) for one in addresses])


def test_what_is_due_is_sent_and_what_was_refused_is_listed_with_its_reason(
    run: Run, panel: Panel, mailbox: Mailbox
) -> None:
    assert run("send").stdout == "Nothing was due.\n"
    put(panel, "a@example.pl", "bounce@example.pl", "later@example.pl", "silent@example.pl")
    done = run("send")
    assert (done.exit_code, done.stdout) == (0, "1 waiting, 1 sent, 1 unknown, 1 given_up\n")
    assert [to for to, _ in mailbox.taken()] == ["a@example.pl"]
    listed = run("list").stdout
    assert "550 5.1.1 no such user here" in listed
    assert "waiting, again " in listed
    assert "address a@example.pl" not in listed
    assert listed.splitlines()[-1] == "1 waiting, 1 sent, 1 unknown, 1 given_up"
    assert "address a@example.pl" in run("list", "--status", "sent").stdout
    assert "Od rana" not in listed


def test_the_office_has_it_sent_once_more(run: Run, panel: Panel, mailbox: Mailbox) -> None:
    put(panel, "bounce@example.pl", "a@example.pl")
    run("send")
    entry = run("list", "--status", "given_up").stdout.split("\t")[0]
    assert run("retry", entry).stdout == f"{entry} was given_up and will be sent again.\n"
    again = run("retry", entry)
    assert again.exit_code == 1
    assert "is none that was given up" in again.stderr
    run("send")
    assert run("retry", "--given-up").stdout == f"{entry} was given_up and will be sent again.\n"
    assert run("retry").exit_code == 2
    assert run("retry", "999").exit_code == 1
    assert run("retry", "x").exit_code == 2


def test_a_server_that_is_away_is_said_and_nothing_is_lost(run: Run, panel: Panel, config: Path) -> None:
    put(panel, "a@example.pl")
    port = f"port = {panel.settings.mail.port}"
    config.write_text(config.read_text().replace(port, "port = 9"))
    failed = run("send")
    assert failed.exit_code == 1
    assert "the mail server does not answer" in failed.stderr
    assert "nothing is lost" in failed.stderr
    config.write_text(config.read_text().replace("port = 9", port))
    assert run("send").stdout == "1 sent\n"


def test_without_a_mail_server_the_setting_is_named(command: Run) -> None:
    refused = command("outbox", "send")
    assert refused.exit_code == 1
    assert "mail.host" in refused.stderr


def test_offers_are_refused_for_a_customer_who_asks_the_office(run: Run, panel: Panel) -> None:
    panel.email_choices.save("10427", EmailChoice(commercial=True, service=True))
    assert run("refuse-offers", "10427").exit_code == 2
    done = run("refuse-offers", "10427", "--reason", "called")
    assert done.stdout == "10427 gets no offers by e-mail any more.\n"
    assert panel.email_choices.of("10427") == EmailChoice(service=True)
    assert run("refuse-offers", "10427", "--reason", "called").exit_code == 1
    (entry,) = (one for one in panel.audit.of("10427") if one.action == "offers_refused")
    assert (entry.actor, entry.details) == ("office:marta", "called")


def test_who_sends_a_message_hears_how_many_copies_go_out(command: Run, panel: Panel) -> None:
    panel.email_choices.save("10427", EmailChoice(service=True))
    done = command("notifications", "send", "--all", "--kind", "service", "--title", "Przerwa")
    assert done.stdout.rstrip().endswith("Copies by e-mail: 1.")
