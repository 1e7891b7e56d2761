"""The story as rows of the Polish tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from foreign.story import ACCOUNT, ODD, PRICES, TAX_ID, Move, Paper, Person

Row = dict[str, Any]
FIXED: tuple[tuple[str, Row], ...] = (
    (
        "firmy",
        {
            "kod": "SN",
            "nazwa": "Światłonet sp. z o.o.",
            "ulica": "ul. Świetlana 7",
            "kod_pocztowy": "43-999",
            "miasto": "Jasnowice",
            "nip": TAX_ID,
            "konto": ACCOUNT,
        },
    ),
)


def customer_id(number: int) -> str:
    return f"JN-{number:06}"


def login(number: int) -> str:
    return str(100_000 + number)


def pin(number: int) -> str:
    return f"{1000 + number % 9000}"


def rows_of(thing: Person | Paper | Move) -> Iterator[tuple[str, Row]]:
    if isinstance(thing, Person):
        yield from _person(thing)
    elif isinstance(thing, Paper):
        yield from _paper(thing)
    else:
        yield _move(thing)


def _person(p: Person) -> Iterator[tuple[str, Row]]:
    who = {"abonent": customer_id(p.number)}
    yield (
        "abonenci",
        {
            "kod": customer_id(p.number),
            "nr_klienta": login(p.number),
            "haslo": pin(p.number),
            "nazwa": p.name,
            "rodzaj": "P" if p.is_company else "F",
            "stan": {"active": "aktywny", "suspended": "zawieszony"}[p.state],
            "nip": p.tax_id,
            "klient_od": p.since,
            "firma": "SN",
        },
    )
    place = {"kod_pocztowy": "43-999", "miejscowosc": "Jasnowice"}
    home = {"id": p.number * 10, "typ": "zamieszkania", "ulica": p.street, "odbiorca": None}
    yield "adresy", who | place | home
    if p.mailing:
        mailing = {
            "id": p.number * 10 + 1,
            "typ": "korespondencji",
            "ulica": "skr. poczt. 5",
            "odbiorca": p.name,
        }
        yield "adresy", who | place | mailing
    yield "kontakty", who | {"id": p.number * 10, "typ": "tel", "wartosc": p.phone}
    yield "kontakty", who | {"id": p.number * 10 + 1, "typ": "mail", "wartosc": p.mail}
    if p.has_services:
        yield from _contract(p, who)


def _contract(p: Person, who: Row) -> Iterator[tuple[str, Row]]:
    number = f"U/{p.number}/{p.since.year}"
    signed = datetime.combine(p.since, time(0, 15))
    yield "umowy", who | {"nr": number, "zawarta": signed, "od_dnia": p.since, "do_dnia": None}
    yield (
        "uslugi",
        {
            "id": p.number,
            "umowa": number,
            "nazwa": "Internet",
            "taryfa": f"Światło {p.tariff * 300}",
            "kbit_do": p.tariff * 300_000,
            "kbit_od": p.tariff * 30_000,
            "brutto": _zloty(PRICES[p.tariff - 1]),
            "okres": "M",
            "stan": "zawieszona" if p.state == "suspended" else "aktywna",
        },
    )
    mac = f"02:00:00:{p.number >> 16 & 255:02x}:{p.number >> 8 & 255:02x}:{p.number & 255:02x}"
    device = {"id": p.number, "model": "ONT G-010", "nr_seryjny": f"SN{p.number:07}", "mac": mac, "ip": None}
    yield "urzadzenia", who | device
    yield "rachunki", who | {"nrb": p.account}


def _paper(paper: Paper) -> Iterator[tuple[str, Row]]:
    yield (
        "faktury",
        {
            "id": _paper_id(paper.number),
            "abonent": customer_id(paper.owner),
            "nr": paper.printed,
            "rodzaj": paper.kind,
            "wystawiono": paper.moment,
            "termin": paper.due if paper.kind != "KOR" else None,
            "brutto": _zloty(paper.gross),
            "netto": _zloty(paper.net),
            "waluta": "PLN" if paper.owner == ODD else None,
            "anulowana": "T" if paper.cancelled else "N",
            "koryguje": _paper_id(paper.corrects) if paper.corrects else None,
        },
    )
    yield (
        "pozycje",
        {
            "faktura": _paper_id(paper.number),
            "lp": 1,
            "nazwa": "Dostęp do internetu",
            "ilosc": Decimal(1),
            "jm": "mies.",
            "stawka": "23%",
            "netto": _zloty(paper.net),
            "vat": _zloty(paper.gross - paper.net),
            "brutto": _zloty(paper.gross),
        },
    )


def _move(move: Move) -> tuple[str, Row]:
    row = {"abonent": customer_id(move.owner), "data_ksieg": move.moment, "tytul": move.text}
    if move.paper is None:
        return "wplaty", row | {"nr": f"W{move.number:010}", "ma": _zloty(move.grosze)}
    charge = {"winien": _zloty(max(-move.grosze, 0)), "ma": _zloty(max(move.grosze, 0))}
    return "naleznosci", row | charge | {"nr": f"N{move.number:010}", "dokument": _paper_id(move.paper)}


def _paper_id(number: int) -> str:
    return f"D{number:010}"


def _zloty(grosze: int) -> Decimal:
    return Decimal(grosze) / 100
