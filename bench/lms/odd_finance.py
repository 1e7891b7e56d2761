"""The odd cases among documents and bookings of LMS; who has them is said in `bench.lms.odd`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import partial

from bench.lms.finance import (
    CORRECTION,
    DEBIT_NOTE,
    INVOICE,
    PRO_FORMA,
    RECEIPT,
    VAT_8,
    Line,
    epoch,
    write_account,
    write_booking,
    write_document,
)
from bench.lms.odd import Odd
from bench.lms.people import SECOND_DIVISION, VAT_EXEMPT
from bench.lms.writer import Writer
from wbok.adapters.lms.tables import finance, people

SPLIT_PAYMENT, NET_ACCOUNT = 8, 16
KSEF_SENT, KSEF_ACCEPTED, KSEF_REFUSED = 0, 200, 440
DISABLED = 16384
CONSENT_TO_KSEF = 34
LATES_ACCOUNT = "86109010141234000000012345"
COMPANYS_ACCOUNT = "61109010140000071219812874"


def write_odd_finance(writer: Writer, *, now: datetime) -> None:
    _late(writer, now)
    _company(writer, now)
    _in_euro(writer, now)
    _full(writer, now)
    _gaps(writer, now)
    _revised(writer, now)


def _late(writer: Writer, now: datetime) -> None:
    """In debt: corrections of corrections, a tax that was wrong, a note, pro-forma, receipt, a cancelled one."""
    document = partial(write_document, writer, Odd.LATE)
    book = partial(write_booking, writer, Odd.LATE)
    at = epoch(now, days=-90)
    phone = Line("29.99", "Telefon Domowy", item=2)
    invoice = document(INVOICE, [Line("79.00"), phone], at=at, fullnumber="FV/1/2026")
    book("-79.00", at=at, comment="Światłowód 600", docid=invoice, itemid=1)
    book("-29.99", at=at, comment="Telefon Domowy", docid=invoice, itemid=2)
    at = epoch(now, days=-80)
    first = document(CORRECTION, [Line("59.00"), phone], at=at, fullnumber="KOR/1/2026", reference=invoice)
    book("20.00", at=at, comment="Światłowód 600", docid=first, itemid=1)
    at = epoch(now, days=-70)
    second = document(CORRECTION, [Line("69.00")], at=at, fullnumber="KOR/2/2026", reference=first)
    book("-10.00", at=at, comment="Światłowód 600", docid=second, itemid=1)
    book("29.99", at=at, comment="Telefon Domowy", docid=second, itemid=2)
    at = epoch(now, days=-60)
    installation = document(
        INVOICE, [Line("100.00", "Montaż", count="2")], at=at, fullnumber="FV/2/2026", paytime=7
    )
    book("-200.00", at=at, comment="Montaż", docid=installation, itemid=1)
    at = epoch(now, days=-55)
    right_tax = [Line("100.00", "Montaż", tax=VAT_8)]
    document(CORRECTION, right_tax, at=at, fullnumber="KOR/3/2026", reference=installation)
    book("100.00", at=at, comment="Montaż", docid=installation + 1, itemid=1)
    at = epoch(now, days=-40)
    note = document(DEBIT_NOTE, [Line("50.00", "Nieoddany router")], at=at, fullnumber="NO/1/2026")
    book("-50.00", at=at, comment="Nieoddany router", docid=note, itemid=1)
    document(PRO_FORMA, [Line("120.00", "Telewizja")], at=epoch(now, days=-30), fullnumber="PRO/1/2026")
    at = epoch(now, days=-20)
    receipt = document(RECEIPT, [Line("100.00", "Wpłata w kasie")], at=at, fullnumber="KP/1/2026")
    book("100.00", at=at, comment="Wpłata w kasie", docid=receipt, itemid=1)
    document(INVOICE, [Line("500.00")], at=epoch(now, days=-10), fullnumber="FV/3/2026", cancelled=1)
    write_account(writer, Odd.LATE, LATES_ACCOUNT)
    write_account(writer, Odd.LATE, "61109010140000071219812874", more=DISABLED)


def _company(writer: Writer, now: datetime) -> None:
    """Net prices, three taxes, split payment, and every state that KSeF knows."""
    lines = [
        Line("33.335", "Łącze dla firm", count="3", item=1),
        Line("10.00", "Książka", tax=VAT_8, item=2),
        Line("20.00", "Szkolenie", tax=VAT_EXEMPT, item=3),
    ]
    flags = SPLIT_PAYMENT | NET_ACCOUNT
    days = {"before": -70, "accepted": -50, "refused": -40, "sent": -30, "not yet": -20}
    for number, (_, ago) in enumerate(days.items(), start=1):
        at = epoch(now, days=ago)
        document = write_document(
            writer,
            Odd.COMPANY,
            INVOICE,
            lines,
            at=at,
            flags=flags,
            divisionid=SECOND_DIVISION,
            fullnumber=f"FP/{number}/2026",
        )
        write_booking(writer, Odd.COMPANY, "-153.81", at=at, comment="Faktura", docid=document, itemid=1)
        for status, ksef_number in KSEF.get(number, ()):
            writer.add(finance.ksefdocuments, docid=document, ksefnumber=ksef_number, status=status)
    write_booking(writer, Odd.COMPANY, "153.81", at=epoch(now, days=-45), comment="Wpłata")
    write_account(writer, Odd.COMPANY, COMPANYS_ACCOUNT)


KSEF = {
    2: ((KSEF_REFUSED, None), (KSEF_ACCEPTED, "5260001246-20261004-010020A0B1C2-5D")),
    3: ((KSEF_REFUSED, None),),
    4: ((KSEF_SENT, None),),
}


def _in_euro(writer: Writer, now: datetime) -> None:
    """Owes euro while he has zloty left, and agreed to KSeF."""
    writer.add(people.customerconsents, customerid=Odd.IN_EURO, type=CONSENT_TO_KSEF, cdate=1)
    at = epoch(now, days=-35)
    euro = {"currency": "EUR", "currencyvalue": Decimal("4.2513")}
    division = {"divisionid": SECOND_DIVISION}
    document = write_document(
        writer, Odd.IN_EURO, INVOICE, [Line("19.99")], at=at, fullnumber="EU/1", **euro, **division
    )
    write_booking(
        writer, Odd.IN_EURO, "-19.99", at=at, comment="Światłowód 600", docid=document, itemid=1, **euro
    )
    write_booking(writer, Odd.IN_EURO, "15.00", at=at + 5, comment="Wpłata w euro", **euro)
    write_booking(writer, Odd.IN_EURO, "10.00", at=at + 9, comment="Wpłata w złotych")


def _full(writer: Writer, now: datetime) -> None:
    """A document of the division that uses KSeF, for a person who did not agree to it."""
    at = epoch(now, days=-25)
    more = {"divisionid": SECOND_DIVISION, "fullnumber": "FV/H/1"}
    document = write_document(writer, Odd.FULL, INVOICE, [Line("70.00")], at=at, **more)
    write_booking(writer, Odd.FULL, "-70.00", at=at, comment="Światłowód 600", docid=document, itemid=1)
    write_booking(writer, Odd.FULL, "70.00", at=at + 9, comment="Wpłata")


def _gaps(writer: Writer, now: datetime) -> None:
    """Documents without number, tax, lines, division or day, and corrections of what is not the customer's."""
    document = partial(write_document, writer, Odd.NO_DIVISION, divisionid=None, paytype=None)
    at = epoch(now, days=-15)
    document(INVOICE, [Line("10.00", "", tax=None)], at=at, number=17)
    document(INVOICE, [Line("10.00", tax=999)], at=at, fullnumber="")
    document(INVOICE, at=at, fullnumber="BEZ/POZYCJI")
    document(CORRECTION, [Line("5.00")], at=at, fullnumber="KOR/NIEZNANA", reference=None)
    document(CORRECTION, [Line("5.00")], at=at, fullnumber="KOR/CUDZA", reference=1)
    write_booking(writer, Odd.NO_DIVISION, "-20.00", at=at, comment="", docid=999_999, currency="")
    write_booking(writer, Odd.NO_DIVISION, "-1.00", at=at, comment="Z cudzym dokumentem", docid=1)
    write_booking(writer, Odd.NO_DIVISION, "5.00", at=0, comment="Bez daty")
    write_document(writer, Odd.NO_DIVISION, INVOICE, at=0, fullnumber="BEZ/DATY", divisionid=999, paytime=-1)


def _revised(writer: Writer, now: datetime) -> None:
    """What is cancelled has no bookings; what comes after it still counts from its lines."""
    document = partial(write_document, writer, Odd.REVISED)
    before = 0
    for days, kind, number, price, booked in (
        (-70, INVOICE, "FV/R/1", "50.00", "-50.00"),
        (-60, INVOICE, "FV/R/2", "100.00", "-100.00"),
        (-50, CORRECTION, "KOR/R/1", "80.00", None),
        (-45, CORRECTION, "KOR/R/2", "85.00", None),
        (-40, CORRECTION, "KOR/R/3", "95.00", "-10.00"),
        (-30, CORRECTION, "KOR/R/4", "65.00", "30.00"),
    ):
        at = epoch(now, days=days)
        more: dict[str, object] = {"reference": before} if kind == CORRECTION else {}
        before = document(kind, [Line(price)], at=at, fullnumber=number, cancelled=0 if booked else 1, **more)
        if booked:
            write_booking(writer, Odd.REVISED, booked, at=at, comment="Internet", docid=before, itemid=1)
