"""What LMS knows of one document: buyer, seller, KSeF's address, the archived PDF, days of charging."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import md5
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, update
from support.billing import CONTEXT, finance
from support.books import check_books
from support.clock import HandClock
from support.lms import Change

from bench.lms.odd import Odd
from wbok.adapters.lms import connect
from wbok.adapters.lms.ksef import assigned_on, verification_url
from wbok.adapters.lms.services import day_of_charge
from wbok.adapters.lms.tables import finance as tables
from wbok.billing import Billing
from wbok.domain.documents import DocumentRequest, Party
from wbok.errors import FileUnusable

WARSAW = ZoneInfo("Europe/Warsaw")
SLASHES = "/../" * 11
HASH = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
PRINTED = b"%PDF-1.4 archived"
SUM = md5(PRINTED).hexdigest()


def test_a_document_tells_who_bought_and_where_ksef_shows_it(change: Change) -> None:
    d, sent, session = tables.documents, tables.ksefdocuments, tables.ksefbatchsessions
    number = select(d.c.id).where(d.c.fullnumber == "FP/2/2026").scalar_subquery()
    billing = change(
        update(d)
        .where(d.c.fullnumber == "FP/2/2026")
        .values(
            name="Firma sp. z o.o.",
            address="ul. Długa 1",
            zip="00-001",
            city="Warszawa",
            ten="123-456-32-18",
            div_name="Światłonet Plus",
            div_ten="5260001246",
            reason="  ",
        ),
        insert(session).values(id=7, environment=2),
        update(sent).where(sent.c.docid == number, sent.c.status == 200).values(hash=HASH, batchsessionid=7),
    )
    who = str(Odd.COMPANY.value)
    (document,) = finance(billing).documents(who, DocumentRequest(number="FP/2/2026")).rows
    details = finance(billing).document_details(who, document.id)
    assert details.buyer == Party("Firma sp. z o.o.", "ul. Długa 1", "00-001", "Warszawa", "123-456-32-18")
    assert details.seller == Party("Światłonet Plus", tax_id="5260001246")
    assert details.sold_on == document.issued_on
    assert (details.payment_method, details.reason) == ("przelew", None)
    code = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
    day = document.issued_on
    assert details.ksef_url == f"https://qr.ksef.mf.gov.pl/invoice/5260001246/{day:%d-%m-%Y}/{code}"
    assert details.ksef_assigned_on == date(2026, 10, 4)


def test_an_archived_document_is_given_as_it_was_printed(
    change: Change, own_url: str, tmp_path: Path
) -> None:
    d, attachments = tables.documents, tables.documentattachments
    of = {"contenttype": "application/pdf", "md5sum": SUM}
    first, second = (
        select(d.c.id).where(d.c.fullnumber == name).scalar_subquery() for name in ("FP/1/2026", "FP/2/2026")
    )
    change(
        insert(attachments).values(docid=first, filename="FP-1.pdf", type=1, **of),
        insert(attachments).values(docid=second, filename="scan.pdf", type=-1, **of),
    )
    (tmp_path / SUM[:2]).mkdir()
    (tmp_path / SUM[:2] / SUM).write_bytes(PRINTED)
    config = {"url": own_url, "documents_dir": str(tmp_path)}
    lms = finance(connect(config, replace(CONTEXT, clock=HandClock())))
    who = str(Odd.COMPANY.value)
    ids = {d.number: d.id for d in lms.documents(who, DocumentRequest(limit=100)).rows}
    file = lms.document_file(who, ids["FP/1/2026"])
    assert file is not None
    assert (file.name, b"".join(file.chunks)) == ("FP-1.pdf", PRINTED)
    assert lms.document_file(who, ids["FP/2/2026"]) is None
    assert lms.document_file(str(Odd.LATE.value), ids["FP/1/2026"]) is None
    (tmp_path / SUM[:2] / SUM).unlink()
    with pytest.raises(FileUnusable):
        lms.document_file(who, ids["FP/1/2026"])


def test_without_the_directory_there_is_no_such_part(lms: Billing) -> None:
    assert "document_files" not in finance(lms).parts
    assert "document_payments" not in finance(lms).parts


@pytest.mark.parametrize(
    "code",
    [
        None,
        "",
        "|||",
        f"9|5260001246|1767225600|{HASH}",
        f"2|526|1767225600|{HASH}",
        f"2|5260001246|x|{HASH}",
        "2|5260001246|1767225600|short",
        f"2|5260001246|1767225600|{SLASHES}",
    ],
)
def test_no_address_is_made_of_what_is_no_code(code: str | None) -> None:
    assert verification_url(code, WARSAW) is None


def test_the_day_stands_in_the_number() -> None:
    assert assigned_on("5265877635-20250826-0100001AF629-AF") == "2025-08-26"
    assert assigned_on("no number") is None
    assert assigned_on(None) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("3/15/0", date(2001, 1, 15)),
        ("3/0/0", date(2001, 1, 31)),
        ("4/210/0", date(2001, 3, 10)),
        ("7/501/0", date(2001, 6, 1)),
        ("5/32/0", date(2001, 2, 1)),
        ("2/7/0", date(2001, 1, 7)),
        ("0/1767225600/0", date(2026, 1, 1)),
        ("1/0/1767225600", date(2026, 1, 1)),
        ("3/99/0", None),
        ("7/1305/0", None),
        ("1/0/0", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_of_charging_is_one_of_the_calendar(cell: str | None, expected: date | None) -> None:
    assert day_of_charge(cell, WARSAW) == expected


def test_all_sums_agree_to_the_grosz(lms: Billing) -> None:
    """The customers of whom every document is booked as it is."""
    for customer in (Odd.IN_EURO, Odd.NO_DIVISION, Odd.EMPTY):
        check_books(finance(lms), str(customer.value))
