"""A real mail server on loopback, and a panel that sends there."""

from __future__ import annotations

import pytest
from conftest import MakeScene
from support.mailbox import Mailbox
from support.scene import Scene


@pytest.fixture
def mailing(make_demo_scene: MakeScene, mailbox: Mailbox) -> Scene:
    """The made-up provider, who sends e-mail."""
    return make_demo_scene(mail=mailbox.settings)
