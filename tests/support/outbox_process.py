"""`python -m support.outbox_process SETTINGS SEED`: senders, two at a time, killed at random until nothing is left to do.

Prints how many were killed. Each pair begins a quarter of an hour after the last one, so that claims of the dead end.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import datetime, timedelta
from typing import Any

from support.clock import START
from wbok.cli.outbox import open_sending
from wbok.domain.letters import Delivery
from wbok.panel import build_panel
from wbok.settings import Settings

BUSY = {Delivery.WAITING, Delivery.CLAIMED, Delivery.SENDING}
ROUNDS = 2000


def main() -> None:
    settings, moments = json.loads(sys.argv[1]), random.Random(sys.argv[2])
    killed = 0
    for number in range(ROUNDS):
        now = START + timedelta(minutes=16 * number)
        if not is_busy(settings):
            break
        children = [start(settings, now) for _ in range(2)]
        time.sleep(moments.uniform(0.02, 0.25))
        for child in children:
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            killed += os.WIFSIGNALED(status)
    print(killed, flush=True)


def start(settings: dict[str, Any], now: datetime) -> int:
    child = os.fork()
    if child == 0:
        open_sending(build_panel(Settings.model_validate(settings), clock=lambda: now))()
        os._exit(0)
    return child


def is_busy(settings: dict[str, Any]) -> bool:
    """In a connection of its own, which no child inherits."""
    panel = build_panel(Settings.model_validate(settings))
    counts = panel.outbox.counts()
    panel.store.engine.dispose()
    return bool(BUSY & set(counts))


if __name__ == "__main__":
    main()
