"""A real mail server on loopback, and a panel that sends there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import MakeScene
from support.mailbox import Mailbox, mail_server
from support.scene import Scene


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    with mail_server(tmp_path_factory.mktemp("mail")) as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(server: Mailbox) -> Mailbox:
    server.clear()
    return server


@pytest.fixture
def mailing(make_demo_scene: MakeScene, mailbox: Mailbox) -> Scene:
    """The made-up provider, who sends e-mail."""
    return make_demo_scene(mail=mailbox.settings)
