"""Messages to customers, of all types; only those of LMS's own panel are for us."""

from __future__ import annotations

from datetime import datetime, timedelta

from bench.lms.odd import Odd
from bench.lms.writer import Writer
from wbok.adapters.lms.tables import messages as tables

MAIL, SMS, PANEL, URGENT = 1, 2, 5, 6
NEW, SENT, DRAFT, DELIVERED, CANCELLED = 1, 2, 4, 5, 6
FILE_MD5 = "0cc175b9c0f1b6a831c399e269772661"
HTML = (
    "<html><head><title>Nie do czytania</title><style>p { color: red }</style></head><body>"
    "<p>Dzień&nbsp;dobry,<br>w nocy <b>wymienimy</b> sprzęt.</p><ul><li>od 23.00</li><li>do 2.00</li></ul>"
    "<script>alert('<p>nie</p>')</script><!-- <p>też nie</p> -->2 &lt; 3</body></html>"
)


class Messages:
    def __init__(self, writer: Writer, *, now: datetime) -> None:
        self._writer = writer
        self._now = now

    def message(
        self,
        *customers: int | None,
        days_ago: float = 1,
        type: int = PANEL,
        item: object = None,
        **more: object,
    ) -> int:
        """With an item for each; `item` holds more columns of those."""
        sent = int((self._now - timedelta(days=days_ago)).timestamp())
        values = {"subject": "Wiadomość testowa", "body": "Treść.", "contenttype": "text/plain"}
        number = self._writer.add(tables.messages, **values | {"type": type, "cdate": sent} | more)
        for customer in customers:
            self.item(number, customer, **(item if isinstance(item, dict) else {}))
        return number

    def item(self, message: int, customer: int | None, **more: object) -> int:
        values = {"status": SENT, "lastreaddate": 0, "lastdate": 0, "subject": None, "body": None}
        return self._writer.add(tables.messageitems, messageid=message, customerid=customer, **values | more)

    def file(self, message: int, name: str, content_type: str, md5: str) -> int:
        """What the database knows of it; the file itself would lie in LMS's folder, under its md5."""
        container = self._writer.add(tables.filecontainers, messageid=message)
        return self._writer.add(
            tables.files, containerid=container, filename=name, contenttype=content_type, md5sum=md5
        )


def write_mass_messages(messages: Messages, *, number: int) -> list[int]:
    """Each goes to all of the many customers."""
    return [
        messages.message(
            subject=f"Ogłoszenie {place + 1}",
            body="Dzień dobry,\n\n" + "dbamy o sieć i przypominamy o terminie. " * 20,
            days_ago=10 + place * 15,
            type=PANEL if place % 5 else MAIL,
        )
        for place in range(number)
    ]


def write_odd_messages(messages: Messages, *, now: datetime) -> None:
    seconds = int(now.timestamp())
    talker, neighbour = Odd.TALKER, Odd.NEIGHBOUR
    messages.message(
        talker, subject="Z układem", body=HTML, contenttype="text/html; charset=UTF-8", days_ago=2
    )
    general = messages.message(
        talker,
        subject="Ogólna",
        body="Ogólna treść",
        days_ago=3,
        item={"subject": "Do Pani", "body": "Treść dla Pani"},
    )
    messages.file(general, "Regulamin 2026.pdf", "application/pdf", FILE_MD5)
    messages.message(talker, subject="Na jutro", startdate=seconds + 86_400, days_ago=4)
    messages.message(talker, subject="Wczoraj o czasie", startdate=seconds - 86_400, days_ago=30)
    for kind in (MAIL, SMS, 3, 4):
        messages.message(talker, subject="Nie z panelu", type=kind)
    messages.message(talker, subject="Pilne", type=URGENT, days_ago=5)
    confirmed = {"status": DELIVERED, "lastreaddate": seconds - 600, "lastdate": seconds - 500}
    messages.message(talker, subject="Pilne potwierdzone", type=URGENT, days_ago=6, item=confirmed)
    messages.message(talker, subject="Przeczytane", days_ago=7, item={"lastreaddate": seconds - 700})
    messages.message(
        talker, subject="Bez daty potwierdzenia", type=URGENT, days_ago=8, item={"status": DELIVERED}
    )
    for status in (DRAFT, CANCELLED):
        messages.message(talker, subject="Nie wysłana", item={"status": status})
    messages.message(talker, subject="", days_ago=9)
    twice = messages.message(talker, neighbour, subject="Dwa razy", days_ago=11)
    messages.item(twice, talker, body="Po raz drugi")
    messages.message(None, subject="Do pracownika")
    messages.message(neighbour, subject="Do sąsiada", days_ago=12)
