"""`python -m support.outbox_process SETTINGS SEED`: senders, two at a time, killed at random until nothing is left.

They are killed a moment after they have asked the store so many questions: however slow the computer is, each pair
gets somewhere. Each begins a quarter of an hour after the last one, so that claims of the dead end. Prints how many
were killed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from support.clock import START
from wbok.cli.outbox import open_sending
from wbok.domain.letters import Delivery
from wbok.panel import build_panel
from wbok.settings import Settings

BUSY = {Delivery.WAITING, Delivery.CLAIMED, Delivery.SENDING}
ROUNDS = 1000
MOST_QUESTIONS = 250


def main() -> None:
    settings, moments = json.loads(sys.argv[1]), random.Random(sys.argv[2])
    killed = 0
    for number in range(ROUNDS):
        if not is_busy(settings):
            break
        asked, asks = os.pipe()
        children = [start(settings, START + timedelta(minutes=16 * number), asks) for _ in range(2)]
        os.close(asks)
        for _ in range(moments.randint(1, MOST_QUESTIONS)):
            if not os.read(asked, 1):
                break
        time.sleep(moments.uniform(0, 0.005))
        os.close(asked)
        for child in children:
            os.kill(child, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    print(killed, flush=True)


def start(settings: dict[str, Any], now: datetime, asks: int) -> int:
    """A sender that writes a byte to `asks` with each question to the store."""
    child = os.fork()
    if child != 0:
        return child
    try:
        event.listen(Engine, "before_cursor_execute", lambda *_: os.write(asks, b"."))
        open_sending(build_panel(Settings.model_validate(settings), clock=lambda: now))()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def is_busy(settings: dict[str, Any]) -> bool:
    """In a connection of its own, which no child inherits."""
    panel = build_panel(Settings.model_validate(settings))
    counts = panel.outbox.counts()
    panel.store.engine.dispose()
    return bool(BUSY & set(counts))


if __name__ == "__main__":
    main()
