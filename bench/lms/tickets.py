"""The helpdesk: queues, categories, who works there, and the tickets of customers."""

from __future__ import annotations

from datetime import datetime

from bench.lms.writer import Writer
from wbok.adapters.lms.tables import settings, tickets

OFFICE_QUEUE, TECHNICAL_QUEUE, INNER_QUEUE, OLD_QUEUE = 1, 2, 3, 4
"""Customers may use the first two; the last one is deleted."""
FOR_PANEL, FOR_FAULTS = 1, 2
MARTA, PIOTR, FORMER = 11, 12, 13
HOUR, DAY = 3600, 86400
NOTE, STATE_CHANGE = 1, 8


def write_helpdesk(writer: Writer) -> None:
    """Everything but tickets."""
    for queue, name, deleted in (
        (OFFICE_QUEUE, "Biuro", 0),
        (TECHNICAL_QUEUE, "Dział techniczny", 0),
        (INNER_QUEUE, "Wewnętrzna", 0),
        (OLD_QUEUE, "Dawna", 1),
    ):
        writer.add(tickets.rtqueues, id=queue, name=name, deleted=deleted)
    for category, name in ((FOR_PANEL, "panel klienta"), (FOR_FAULTS, "usterki")):
        writer.add(tickets.rtcategories, id=category, name=name)
    for user, first, last, name in (
        (MARTA, "Marta", "Zielonka", "marta"),
        (PIOTR, "Piotr", "Kabel", "piotr"),
        (FORMER, "Dawid", "Były", "dawid"),
    ):
        email, deleted = f"{name}@swiatlonet.example", int(user == FORMER)
        writer.add(
            tickets.users, id=user, firstname=first, lastname=last, email=email, ntype=3, deleted=deleted
        )
        for queue in (OFFICE_QUEUE, TECHNICAL_QUEUE):
            # Whoever works in a queue reads and writes there; Piotr wants e-mail of faults alone.
            wants = 32 if user != PIOTR or queue == TECHNICAL_QUEUE else 0
            writer.add(tickets.rtrights, userid=user, queueid=queue, rights=3 | wants)
    for variable, value in (("queues", "1;2"), ("default_categories", "1,2")):
        writer.add(settings.uiconfig, section="userpanel", var=variable, value=value)


def write_ticket(writer: Writer, customer: int, *, at: int, subject: str, **more: object) -> int:
    """One that the customer has sent through a panel; its first message stands in `body`."""
    body = more.pop("body", f"{subject}. Proszę o pomoc.")
    values = {
        "queueid": OFFICE_QUEUE,
        "customerid": customer,
        "subject": subject,
        "createtime": at,
        "modtime": at,
        "source": 3,
        "service": -1,
        "type": 9,
    }
    ticket = writer.add(tickets.rttickets, **values | more)
    write_message(writer, ticket, at=at, body=str(body), customerid=customer, subject=subject)
    writer.add(tickets.rtticketcategories, ticketid=ticket, categoryid=FOR_PANEL)
    return ticket


def write_message(writer: Writer, ticket: int, *, at: int, body: str, **more: object) -> int:
    values = {"ticketid": ticket, "createtime": at, "body": body, "contenttype": "text/plain"}
    return writer.add(tickets.rtmessages, **values | more)


def write_attachment(writer: Writer, message: int, name: str, content_type: str = "image/jpeg") -> None:
    """What the database knows of a file; the file itself would lie in LMS's folder."""
    writer.add(tickets.rtattachments, messageid=message, filename=name, contenttype=content_type, cid=None)


def write_plain_tickets(writer: Writer, customer: int, *, now: datetime) -> None:
    """Three: solved, in progress, new."""
    today = int(now.timestamp())
    solved_at = today - 60 * DAY
    solved = write_ticket(
        writer,
        customer,
        at=solved_at - DAY,
        subject="Brak internetu",
        queueid=TECHNICAL_QUEUE,
        state=2,
        modtime=solved_at,
        resolvetime=solved_at,
    )
    write_message(writer, solved, at=solved_at, body="Wymieniliśmy zasilacz.", userid=PIOTR)
    asked = write_ticket(writer, customer, at=today - 5 * DAY, subject="Pytanie o fakturę", state=1)
    write_message(writer, asked, at=today - 4 * DAY, body="Sprawdzić wpłaty z maja.", userid=MARTA, type=NOTE)
    write_message(writer, asked, at=today - 4 * DAY, body="O którą fakturę chodzi?", userid=MARTA)
    write_message(writer, asked, at=today - 3 * DAY, body="O majową.", customerid=customer)
    write_ticket(writer, customer, at=today - HOUR, subject="Zmiana taryfy")
