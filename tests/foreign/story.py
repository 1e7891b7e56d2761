"""What happened at a made-up provider: people, and month by month their documents and payments, oldest first.

The same number of ledger rows gives the same story. It streams, so that it may be a million rows long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from wbok_demo.numbers import bank_account, random_nip

MONTHS = 24
FIRST_YEAR = 2025
ROWS_OF_ONE = 2 * MONTHS
FEWEST = 36
PRICES = (4999, 6999, 9499, 12900)
"""In grosze, one for each tariff."""
ODD, COMPANY, EMPTY = 1, 2, 3
"""Debt, correction, cancelled document and pro-forma; a company that has paid all; a customer without anything."""

TAX_ID, ACCOUNT = random_nip(Random(0)), bank_account(0, 0)
"""The provider's own."""

SURNAMES = ("Nowak", "Wójcik", "Mazur", "Krawczyk", "Żak", "Zając", "Król", "Wróbel", "Dudek", "Sikora")
NAMES = ("Anna", "Piotr", "Łucja", "Jan", "Zofia", "Adam", "Ewa", "Paweł")
STREETS = ("Polna", "Leśna", "Źródlana", "Szkolna", "Świerkowa")


@dataclass(frozen=True, slots=True)
class Person:
    number: int
    name: str
    is_company: bool
    state: str
    street: str
    mailing: bool
    phone: str
    mail: str
    since: date
    tariff: int
    tax_id: str | None
    account: str | None
    has_services: bool = True

    @property
    def price(self) -> int:
        return PRICES[self.tariff - 1]


@dataclass(frozen=True, slots=True)
class Paper:
    """`kind`: FV, KOR, PRO. Amounts in grosze, `paid` of `gross`. `moment` is by the clock on the wall."""

    number: int
    owner: int
    kind: str
    moment: datetime
    gross: int
    paid: int = 0
    cancelled: bool = False
    corrects: int | None = None

    @property
    def net(self) -> int:
        return round(self.gross / 1.23)

    @property
    def due(self) -> date:
        return self.moment.date() + timedelta(days=14)

    @property
    def printed(self) -> str:
        return f"{self.kind}/{self.number}/{self.moment:%m/%Y}"


@dataclass(frozen=True, slots=True)
class Move:
    """A charge is negative and has a paper; a payment is positive. In grosze."""

    number: int
    owner: int
    moment: datetime
    grosze: int
    text: str
    paper: int | None = None


def persons(*, ledger_rows: int) -> Iterator[Person]:
    """As many as make so many rows in all, give or take a few."""
    for number in range(1, max(FEWEST, ledger_rows // ROWS_OF_ONE) + 1):
        yield _person(number)


def events(*, ledger_rows: int) -> Iterator[Paper | Move]:
    """Numbers grow with time; for each customer the days do too."""
    random, papers, moves = Random(7), iter(range(1, 10**9)), iter(range(1, 10**9))
    for month in range(MONTHS):
        for person in persons(ledger_rows=ledger_rows):
            if person.number != EMPTY:
                yield from _month(person, month, random, papers, moves)


def _person(number: int) -> Person:
    name = f"{NAMES[number % len(NAMES)]} {SURNAMES[number % len(SURNAMES)]}"
    is_company = number == COMPANY or number % 9 == 0
    return Person(
        number=number,
        name=f"PHU {name.split()[1]} {number}" if is_company else f"{name} {number}",
        is_company=is_company,
        state="suspended" if number % 17 == 0 else "active",
        street=f"ul. {STREETS[number % len(STREETS)]} {number}",
        mailing=number in (ODD, COMPANY) or number % 5 == 0,
        phone=f"6{number:08}",
        mail=f"klient{number}@example.pl",
        since=date(2020, 1, 1) + timedelta(days=number % 1000),
        tariff=1 + number % len(PRICES),
        tax_id=random_nip(Random(number)) if is_company else None,
        account=bank_account(1, number) if number != EMPTY else None,
        has_services=number != EMPTY,
    )


def _month(
    person: Person, month: int, random: Random, papers: Iterator[int], moves: Iterator[int]
) -> Iterator[Paper | Move]:
    who, price, issued = person.number, person.price, _issued(person, month)
    owes = month >= MONTHS - 2 and (who == ODD or (who != COMPANY and who % 7 == 0))
    invoice = Paper(next(papers), who, "FV", issued, price, paid=0 if owes else price)
    yield invoice
    yield Move(next(moves), who, issued, -price, f"Faktura {invoice.printed}", invoice.number)
    lowered = 0
    if who == ODD and month == 3:
        lowered = 3000
        correction = Paper(
            next(papers), who, "KOR", issued + timedelta(days=2), -lowered, corrects=invoice.number
        )
        yield correction
        text = f"Korekta {correction.printed}"
        yield Move(next(moves), who, correction.moment, lowered, text, correction.number)
    if who == ODD and month == 5:
        yield Paper(next(papers), who, "FV", issued + timedelta(days=2), price, cancelled=True)
        yield Paper(next(papers), who, "PRO", issued + timedelta(days=3), 50000)
    if not owes:
        paid_on = issued + timedelta(days=random.randint(4, 12), hours=random.randint(0, 9))
        yield Move(next(moves), who, paid_on, price - lowered, "Wpłata, przelew")


def _issued(person: Person, month: int) -> datetime:
    """Half an hour into the first day is still the last month in UTC."""
    year, month_of_year = FIRST_YEAR + month // 12, 1 + month % 12
    if person.number == ODD:
        return datetime.combine(date(year, month_of_year, 1), time(0, 30))
    return datetime.combine(date(year, month_of_year, 1 + person.number % 9), time(23, 45))
