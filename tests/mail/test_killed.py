"""Senders that are killed at any moment: every letter was taken once, or is unknown; none twice, none lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from support.mailbox import TESTS, Mailbox
from support.rounds import part_of
from support.scene import make_settings, sql_billing

from wbok.domain.letters import Delivery, Letter, Recipient, To, Topic
from wbok.panel import build_panel

LETTER = Letter(key="1" * 64, topic=Topic.NEW_TICKET, title="Brak internetu", body="Od rana.\n.\n")


def test_kill_9_of_the_senders_sends_nothing_twice_and_loses_nothing(
    store_url: str, mailbox: Mailbox, tmp_path: Path
) -> None:
    """`-rP` shows how many were killed, and what became of the letters."""
    billing = sql_billing(tmp_path / "billing.sqlite", ["customers", "credentials"])
    settings = make_settings(tmp_path, billing, mail=mailbox.settings, store={"url": store_url})
    panel = build_panel(settings)
    panel.store.upgrade()
    everybody = [f"nr{number}@example.pl" for number in range(part_of(1000))]
    with panel.store.writing() as connection:
        panel.outbox.put_within(connection, LETTER, [Recipient(To.ADDRESS, one) for one in everybody])
    data = settings.model_dump(mode="json")
    # As it is written: secrets and all.
    command = [sys.executable, "-m", "support.outbox_process", json.dumps(data), store_url]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=True)
    assert int(done.stdout) >= part_of(20)

    taken = Counter(address for address, _letter in mailbox.taken())
    became = {
        one.recipient.name: one.status for one in panel.outbox.entries(statuses=tuple(Delivery), limit=2000)
    }
    assert set(became) == set(everybody)
    assert set(became.values()) <= {Delivery.SENT, Delivery.UNKNOWN}
    assert max(taken.values()) == 1
    sent = {address for address, status in became.items() if status is Delivery.SENT}
    assert sent <= set(taken)
    unknown = {address for address, status in became.items() if status is Delivery.UNKNOWN}
    assert set(everybody) - set(taken) <= unknown
    came = len(unknown & set(taken))
    print(
        f"{done.stdout.strip()} senders killed, {len(everybody)} letters: {len(sent)} sent, "
        f"{len(unknown)} unknown, of which {came} had come; {max(taken.values())} of each at the most"
    )
    panel.store.engine.dispose()
