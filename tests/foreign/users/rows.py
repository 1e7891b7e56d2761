"""The story as rows of the wide table and its satellites."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from foreign.story import ACCOUNT, PRICES, TAX_ID, Move, Paper, Person

Row = dict[str, Any]
WARSAW = ZoneInfo("Europe/Warsaw")
TYPES = {"FV": 1, "KOR": 2, "PRO": 4}
CHARGE, TRANSFER = 1, 3
FIXED: tuple[tuple[str, Row], ...] = (
    (
        "operators",
        {
            "id": 1,
            "name": "Światłonet sp. z o.o.",
            "street": "ul. Świetlana 7",
            "zip": "43-999",
            "city": "Jasnowice",
            "taxno": TAX_ID,
            "iban": ACCOUNT,
        },
    ),
    *(
        (
            "tariffs",
            {
                "id": number,
                "name": f"Światło {number * 300}",
                "down_kbit": number * 300_000,
                "up_kbit": number * 30_000,
                "price": price,
                "months": 1,
            },
        )
        for number, price in enumerate(PRICES, start=1)
    ),
)


def customer_id(number: int) -> str:
    return str(number)


def login(number: int) -> str:
    return str(number)


def pin(number: int) -> str:
    return f"{1000 + number % 9000}"


def rows_of(thing: Person | Paper | Move) -> Iterator[tuple[str, Row]]:
    if isinstance(thing, Person):
        yield "users", _user(thing)
    elif isinstance(thing, Paper):
        yield "invoices", _invoice(thing)
        yield "invoice_items", _item(thing)
    else:
        yield "payments", _payment(thing)


def _user(p: Person) -> Row:
    return {
        "id": p.number,
        "passwd": hashlib.md5(pin(p.number).encode()).hexdigest(),
        "fullname": p.name,
        "is_company": int(p.is_company),
        "state": {"active": 1, "suspended": 2}[p.state],
        "joined": _midnight(p.since),
        "street": p.street,
        "zip": "43-999",
        "city": "Jasnowice",
        "phone1": p.phone,
        "phone2": "",
        "email": p.mail,
        "taxno": p.tax_id or "",
        "operator_id": 1,
        **_mailing(p),
        **_contract(p),
    }


def _mailing(p: Person) -> Row:
    filled = {
        "mail_name": p.name,
        "mail_street": "skr. poczt. 5",
        "mail_zip": "43-999",
        "mail_city": "Jasnowice",
    }
    return filled if p.mailing else dict.fromkeys(filled, "")


def _contract(p: Person) -> Row:
    number = p.number
    mac = f"02:00:00:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"
    has = p.has_services
    return {
        "contract_no": f"U/{number}/{p.since.year}" if has else "",
        "contract_since": _midnight(p.since) if has else 0,
        "contract_until": 0,
        "tariff_id": p.tariff if has else 0,
        "iban": p.account or "",
        "modem": "ONT G-010" if has else "",
        "modem_serial": f"SN{number:07}" if has else "",
        "modem_mac": mac if has else "",
        "modem_online": number % 2,
    }


def _invoice(paper: Paper) -> Row:
    return {
        "id": paper.number,
        "user_id": paper.owner,
        "fullnumber": paper.printed,
        "type": TYPES[paper.kind],
        "cdate": _seconds(paper.moment),
        "paytime": 0 if paper.kind == "KOR" else 14,
        "gross": paper.gross,
        "net": paper.net,
        "paid": paper.paid,
        "cancelled": int(paper.cancelled),
        "corrects": paper.corrects or 0,
    }


def _item(paper: Paper) -> Row:
    return {
        "invoice_id": paper.number,
        "pos": 1,
        "name": "Dostęp do internetu",
        "qty": Decimal(1),
        "unit": "mies.",
        "vat": 23,
        "net": paper.net,
        "gross": paper.gross,
    }


def _payment(move: Move) -> Row:
    is_charge = move.paper is not None
    return {
        "id": move.number,
        "user_id": move.owner,
        "stamp": _seconds(move.moment),
        "amount": -move.grosze if is_charge else move.grosze,
        "flag": CHARGE if is_charge else TRANSFER,
        "note": move.text,
        "invoice_id": move.paper or 0,
        "deleted": 0,
    }


def _midnight(day: date) -> int:
    return _seconds(datetime.combine(day, time()))


def _seconds(moment: datetime) -> int:
    return int(moment.replace(tzinfo=WARSAW).timestamp())
