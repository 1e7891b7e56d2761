"""What a mail server has taken, and panels that send there."""

from __future__ import annotations

import email
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from support.scene import Scene
from wbok.cli.outbox import open_sending
from wbok.domain.letters import EmailChoice
from wbok.mail.sending import Report

TESTS = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`port`: where the server listens."""

    file: Path
    port: int

    @property
    def settings(self) -> dict[str, Any]:
        """`[mail]` of a panel that sends here."""
        return {
            "host": "127.0.0.1",
            "port": self.port,
            "security": "none",
            "sender": "panel@swiatlonet.example",
            "reply_to": "biuro@swiatlonet.example",
            "panel_url": "https://panel.swiatlonet.example",
        }

    def taken(self) -> list[tuple[str, EmailMessage]]:
        """Recipient and letter, in the order in which they came."""
        lines = map(json.loads, self.file.read_text().splitlines())
        return [(one["to"], _parsed(one["text"])) for one in lines]

    def clear(self) -> None:
        self.file.write_text("")


def _parsed(text: str) -> EmailMessage:
    message = email.message_from_bytes(text.replace("\r\n", "\n").encode(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


@contextmanager
def mail_server(folder: Path) -> Iterator[Mailbox]:
    file = folder / "taken"
    file.write_text("")
    command = [sys.executable, "-W", "ignore", "-m", "support.mail_server", str(file)]
    with subprocess.Popen(command, cwd=TESTS, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Mailbox(file, int(process.stdout.readline()))
        finally:
            process.kill()


def sent(scene: Scene) -> Report:
    """What `wbok outbox send` does."""
    return open_sending(scene.panel)()


def wants(scene: Scene, customer: str, **choice: Any) -> None:
    scene.panel.email_choices.save(customer, EmailChoice(**choice))
