"""Tickets of every state, and what must not be seen: the office's notes, deleted messages, queues that are not for
customers.
"""

from __future__ import annotations

from datetime import datetime

from bench.lms.odd import Odd
from bench.lms.tickets import (
    DAY,
    FORMER,
    INNER_QUEUE,
    MARTA,
    NOTE,
    OLD_QUEUE,
    STATE_CHANGE,
    write_attachment,
    write_message,
    write_ticket,
)
from bench.lms.writer import Writer

STATES = (
    "nowe",
    "otwarte",
    "rozwiązane",
    "martwe",
    "zaplanowane",
    "oczekujące",
    "przedawnione",
    "weryfikowane",
)
SHOWN_FILE, HIDDEN_FILE = "schemat.jpg", "tylko_dla_biura.jpg"
TOLD, NOT_TOLD = "Powiedziane klientowi.", "TYLKO DLA BIURA"
"""What stands in messages that he sees, and in all that he must not see."""


def write_odd_tickets(writer: Writer, *, now: datetime) -> None:
    today = int(now.timestamp())
    for state, word in enumerate(STATES):
        at = today - (20 + state) * DAY
        ended = at + DAY if state in (2, 3) else 0
        write_ticket(
            writer, Odd.WRITER, at=at, subject=f"Zgłoszenie {word}", state=state, resolvetime=ended, type=3
        )
    _talk(writer, today)
    _hidden(writer, today)


def _talk(writer: Writer, today: int) -> None:
    """One with every kind of message."""
    talk = write_ticket(
        writer, Odd.WRITER, at=today - 10 * DAY, subject="Rozmowa", state=1, body="Dzień dobry"
    )
    at = today - 9 * DAY
    answer = write_message(writer, talk, at=at, body=TOLD, userid=MARTA)
    write_attachment(writer, answer, SHOWN_FILE)
    note = write_message(writer, talk, at=at, body=NOT_TOLD, userid=MARTA, type=NOTE)
    write_attachment(writer, note, HIDDEN_FILE)
    write_message(writer, talk, at=at, body=NOT_TOLD, userid=MARTA, type=STATE_CHANGE)
    write_message(writer, talk, at=at, body=NOT_TOLD, userid=MARTA, type=NOTE | STATE_CHANGE)
    deleted = write_message(writer, talk, at=at, body=NOT_TOLD, userid=MARTA, deleted=1)
    write_attachment(writer, deleted, HIDDEN_FILE)
    others = write_message(writer, talk, at=at, body=NOT_TOLD, customerid=Odd.TALKER)
    write_attachment(writer, others, HIDDEN_FILE)
    page = "<html><head><style>p {}</style></head><body><p>Z <b>firmy</b>&nbsp;&lt;3</p><script>x()</script></body>"
    write_message(writer, talk, at=at, body=page, userid=FORMER, contenttype="text/html")
    write_message(writer, talk, at=at, body="Z telefonu", phonefrom="600000427")


def _hidden(writer: Writer, today: int) -> None:
    at = today - 2 * DAY
    for more in (
        {"queueid": INNER_QUEUE},
        {"queueid": OLD_QUEUE},
        {"source": 8},
        {"source": 9},
        {"deleted": 1},
        {"customerid": None},
    ):
        write_ticket(writer, Odd.WRITER, at=at, subject=NOT_TOLD, body=NOT_TOLD, **more)
    write_ticket(writer, Odd.TALKER, at=at, subject="Cudze", body=NOT_TOLD)
