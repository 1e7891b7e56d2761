"""How a ticket looks on the office's terminal. No control character was kept, so no text can steer it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from wbok.api import Complaint, Entry, ExpectedChange, Note, OfficeTicket, StatusChange, with_details

MOMENT = "%Y-%m-%d %H:%M"


def line(one: OfficeTicket, *, zone: ZoneInfo) -> str:
    """Number, received, status, queue, clerk, customer, title; tabs between."""
    ticket = one.ticket
    return "\t".join(
        (
            ticket.number,
            f"{ticket.created_at.astimezone(zone):{MOMENT}}",
            ticket.status,
            ticket.queue,
            one.assignee or "-",
            ticket.customer_id,
            ticket.title,
        )
    )


def due_line(one: Complaint, status: str, *, today: date) -> str:
    """Number, last day, days left, status, customer, title; tabs between."""
    left = (one.due_on - today).days
    days = f"{left} days left" if left >= 0 else f"{-left} days late"
    return "\t".join((one.number, f"{one.due_on}", days, status, one.customer_id, one.filing.title))


def lines(
    one: OfficeTicket,
    thread: Iterable[Entry],
    notes: Iterable[Note],
    *,
    zone: ZoneInfo,
) -> Iterator[str]:
    ticket = one.ticket
    yield f"{ticket.number}\t{ticket.title}"
    yield f"ID Klienta\t{ticket.customer_id}"
    yield f"Phone\t{one.phone or '-'}"
    yield f"Matter\t{ticket.kind}, {ticket.category}"
    yield f"Queue\t{ticket.queue}, {one.assignee or 'nobody'}"
    yield f"Status\t{ticket.status}{', not yet read by the customer' if ticket.is_unread else ''}"
    if ticket.expected_on:
        yield f"Expected\t{ticket.expected_on}"
    for entry in thread:
        at = f"{entry.at.astimezone(zone):{MOMENT}}"
        if isinstance(entry, StatusChange):
            yield f"\n{at}\t{entry.by}: {entry.status}"
        elif isinstance(entry, ExpectedChange):
            yield f"\n{at}\t{entry.by}: expected {entry.expected_on or 'on no day'}"
        else:
            yield f"\n{at}\t{entry.by}: {entry.author}"
            yield from _indented(with_details(entry.text, entry.details))
            for file in entry.attachments:
                size = "not there" if file.size is None else f"{file.size} bytes"
                yield f"    attachment {file.id}\t{file.name}\t{file.content_type}, {size}"
    for note in notes:
        yield f"\n{note.at.astimezone(zone):{MOMENT}}\tnote: {note.author}"
        yield from _indented(note.text)


def _indented(text: str) -> Iterator[str]:
    for row in text.split("\n"):
        yield f"    {row}"
