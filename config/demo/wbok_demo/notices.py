"""What the made-up billing itself tells its customers: invoices that are ready, and news for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count

from wbok.domain.finance import DocumentKind
from wbok.domain.messages import MessageKind
from wbok_demo.history import Draft
from wbok_demo.months import Calendar, month_name
from wbok_demo.schema import Row

INVOICES_SINCE = timedelta(days=120)
IN_DEBT_FOR = 11206
MORNING, EVENING = time(8, 30), time(17, 5)


def notice_rows(documents: Iterable[Draft], calendar: Calendar) -> Iterator[Row]:
    """Oldest first; the later has the greater number."""
    notices = [*_of_invoices(documents, calendar), *_of_everybody(calendar), _of_the_debtor(calendar)]
    for number, notice in zip(count(1), sorted(notices, key=lambda row: str(row["sent_at"])), strict=False):
        yield {"id": number, **notice}


def _of_invoices(documents: Iterable[Draft], calendar: Calendar) -> Iterator[Row]:
    for document in documents:
        is_told = document.kind is DocumentKind.INVOICE and document.due_on and not document.cancelled
        if not is_told or document.issued_on < calendar.today - INVOICES_SINCE:
            continue
        gross = f"{document.gross:.2f}".replace(".", ",")
        unit = "zł" if document.currency == "PLN" else document.currency
        yield _notice(
            document.issued_on,
            MessageKind.BILLING,
            f"Faktura za {month_name(document.issued_on)} jest gotowa",
            f"Numer {document.number}, kwota {gross} {unit}, termin wpłaty {document.due_on:%d.%m.%Y}.\n\n"
            "Rachunek do wpłaty jest w zakładce Finanse.",
            customer_id=document.customer_id,
        )


def _of_everybody(calendar: Calendar) -> Iterator[Row]:
    works = calendar.today + timedelta(days=3)
    yield _notice(
        calendar.today - timedelta(days=1),
        MessageKind.SERVICE,
        f"Przerwa w dostępie do internetu {works:%d.%m.%Y}",
        "Wymieniamy światłowód przy ul. Lipowej. Od godz. 8.00 do 11.00 mogą nie działać internet i telefon.\n\n"
        "Przepraszamy za utrudnienia.",
        at=EVENING,
    )
    yield _notice(
        calendar.today - timedelta(days=26),
        MessageKind.COMMERCIAL,
        "Szybszy internet: trzy miesiące bez dopłaty",
        "Internet do 1 Gb/s w cenie 600 Mb/s przez trzy miesiące. Szczegóły w biurze.",
    )
    yield _notice(
        calendar.today - timedelta(days=400),
        MessageKind.SERVICE,
        "Nowe godziny otwarcia biura",
        "Biuro jest czynne od poniedziałku do piątku w godz. 8.00–16.00.",
    )


def _of_the_debtor(calendar: Calendar) -> Row:
    return _notice(
        calendar.today - timedelta(days=2),
        MessageKind.BILLING,
        "Prosimy o wpłatę: usługi mogą zostać zawieszone",
        "Nie ma wpłat za kilka miesięcy. Prosimy o wpłatę w ciągu siedmiu dni albo o kontakt z biurem.",
        customer_id=IN_DEBT_FOR,
        urgent=True,
    )


def _notice(
    day: date,
    kind: MessageKind,
    title: str,
    body: str,
    *,
    customer_id: int | None = None,
    at: time = MORNING,
    urgent: bool = False,
) -> Row:
    return {
        "customer_id": customer_id,
        "kind": kind.value,
        "title": title,
        "body": body,
        "sent_at": datetime.combine(day, at).isoformat(sep=" "),
        "urgent": int(urgent),
    }
