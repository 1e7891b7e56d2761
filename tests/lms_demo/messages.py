"""Messages of LMS's own panel: one to each of its readers."""

from __future__ import annotations

from lms_demo.provider import Provider, Row, epoch_of
from wbok.adapters.lms.tables import messages

PANEL, URGENT = 5, 6
SENT = 2


def write(provider: Provider) -> None:
    for notice in provider.rows["notices"]:
        sent = epoch_of(notice["sent_at"])
        message = provider.add(
            messages.messages,
            subject=notice["title"],
            body=notice["body"],
            cdate=sent,
            type=URGENT if notice["urgent"] else PANEL,
            contenttype="text/plain",
        )
        for customer in _readers(provider, notice):
            provider.add(
                messages.messageitems,
                messageid=message,
                customerid=customer,
                status=SENT,
                lastdate=sent,
                lastreaddate=0,
            )


def _readers(provider: Provider, notice: Row) -> list[int]:
    """What everybody is told is sent to each."""
    if notice["customer_id"] is not None:
        return [notice["customer_id"]]
    return [customer["id"] for customer in provider.rows["customers"]]
