"""Books of made-up customers with all that makes sums go wrong, and what must agree in them to the grosz."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any

from support.billing import people
from support.everywhere import written_tables
from support.prints import squeezed, text_of
from support.scene import Visitor
from wbok.api import (
    DocumentRequest,
    Finance,
    LedgerRequest,
    StateFilter,
    statement,
    vat_summary,
)

GROSZ = Decimal("0.01")
PIN = "4711"
RATES = {"23%": Decimal(23), "8%": Decimal(8), "5%": Decimal(5), "0%": Decimal(0), "zw.": Decimal(0)}
CURRENCIES = ("PLN", "PLN", "EUR")
FIRST_DAY = date(2024, 11, 20)
TODAY = date(2026, 11, 23)


class Books:
    """Rows of the relations; ids grow with time for each customer. The same seed gives the same rows."""

    def __init__(self, seed: int, *, customers: int) -> None:
        self._random = Random(seed)
        self.rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for customer in range(1, customers + 1):
            self._write(customer)

    def _write(self, customer: int) -> None:
        random, day = self._random, FIRST_DAY
        for _ in range(random.randint(3, 14)):
            day += timedelta(days=random.randint(0, 70))
            if day.month == 12:
                # The last day of a year belongs to it, and the first one of the next does not.
                day = date(day.year, 12, 31) + timedelta(days=random.randint(0, 1))
            if day > TODAY:
                return
            currency = random.choice(CURRENCIES)
            if random.random() < 0.2:
                # Before anything was charged for it.
                self._book(customer, day, self._amount(), currency, "Zaliczka")
            document = self._document(customer, day, currency)
            if random.random() < 0.3:
                self._correct(customer, day + timedelta(days=random.randint(0, 5)), document)
            if random.random() < 0.7:
                paid = document["gross"] if random.random() < 0.7 else self._amount()
                self._book(customer, day + timedelta(days=random.randint(0, 20)), paid, currency, "Wpłata")

    def _document(self, customer: int, day: date, currency: str) -> dict[str, Any]:
        is_net = self._random.random() < 0.5
        lines = [self._line(is_net=is_net) for _ in range(self._random.randint(1, 5))]
        return self._issue(customer, day, currency, lines, kind="invoice", corrects=None)

    def _correct(self, customer: int, day: date, document: dict[str, Any]) -> None:
        """Some lines fall away, in part or whole: the difference may be less than the document or all of it."""
        lines = [line for line in self.rows["document_lines"] if line["document_id"] == document["id"]]
        less = []
        for line in lines:
            net = (line["net"] * self._random.choice((0, 1, -1)) / self._random.choice((1, 3))).quantize(
                GROSZ
            )
            vat = (net * RATES[line["vat_rate"]] / 100).quantize(GROSZ, ROUND_HALF_UP)
            less.append({**line, "net": net, "vat": vat, "gross": net + vat})
        self._issue(customer, day, document["currency"], less, kind="correction", corrects=document["id"])

    def _line(self, *, is_net: bool) -> dict[str, Any]:
        rate = self._random.choice(list(RATES))
        quantity = Decimal(self._random.randint(1, 4000)) / 1000
        whole = (self._amount() * quantity).quantize(GROSZ, ROUND_HALF_UP)
        per_cent = RATES[rate]
        divisor = 100 if is_net else 100 + per_cent
        vat = (whole * per_cent / divisor).quantize(GROSZ, ROUND_HALF_UP)
        net = whole if is_net else whole - vat
        return {"quantity": quantity, "vat_rate": rate, "net": net, "vat": vat, "gross": net + vat}

    def _issue(
        self,
        customer: int,
        day: date,
        currency: str,
        lines: list[dict[str, Any]],
        *,
        kind: str,
        corrects: int | None,
    ) -> dict[str, Any]:
        number = len(self.rows["documents"]) + 1
        document: dict[str, Any] = {
            "id": number,
            "customer_id": customer,
            "number": f"FV/{number}/{day.year}",
            "kind": kind,
            "issued_on": day,
            "due_on": day + timedelta(days=14),
            "gross": sum((line["gross"] for line in lines), Decimal(0)).quantize(GROSZ),
            "net": sum((line["net"] for line in lines), Decimal(0)).quantize(GROSZ),
            "currency": currency,
            "corrects_id": corrects,
        }
        self.rows["documents"].append(document)
        of = {"document_id": number, "customer_id": customer, "currency": currency, "description": "Usługa"}
        self.rows["document_lines"] += [
            {**line, **of, "position": i} for i, line in enumerate(lines, start=1)
        ]
        self._book(customer, day, -document["gross"], currency, str(document["number"]), document=number)
        return document

    def _book(
        self,
        customer: int,
        day: date,
        amount: Decimal,
        currency: str,
        words: str,
        *,
        document: int | None = None,
    ) -> None:
        number = len(self.rows["ledger"]) + 1
        self.rows["ledger"].append(
            {
                "id": number,
                "customer_id": customer,
                "booked_on": day,
                "amount": amount,
                "currency": currency,
                "description": words,
                "document_id": document,
            }
        )

    def _amount(self) -> Decimal:
        return Decimal(self._random.choice((1, 99, self._random.randint(1, 30_000)))) / 100


def check_books(finance: Finance, customer_id: str) -> None:
    """Whatever is asked, the sums are the same."""
    documents = finance.documents(customer_id, DocumentRequest(limit=500)).rows
    for document in documents:
        lines = finance.document_lines(customer_id, document.id)
        if not lines:
            continue
        rows = vat_summary(lines)
        assert sum(line.gross.amount for line in lines) == document.gross.amount, document
        assert sum(row.gross.amount for row in rows) == document.gross.amount, document
        assert all(row.net + row.vat == row.gross for row in rows), document
        assert document.net is None or sum(row.net.amount for row in rows) == document.net.amount, document
    settlement = finance.settlement(customer_id)
    for balance in settlement.balances:
        _check_currency(finance, customer_id, balance.currency, balance.amount)
    unpaid = DocumentRequest(state=StateFilter.UNPAID, today=TODAY, limit=500)
    assert finance.documents(customer_id, unpaid).rows == settlement.unpaid
    for balance in settlement.balances:
        owed = [
            d.remaining.amount
            for d in settlement.unpaid
            if d.gross.currency == balance.currency and d.remaining
        ]
        rest = [money.amount for money in settlement.unattributed if money.currency == balance.currency]
        assert sum(owed) + sum(rest) == max(-balance.amount, Decimal(0)), balance


def _check_currency(finance: Finance, customer_id: str, currency: str, balance: Decimal) -> None:
    whole = statement(finance, customer_id, since=date.min, until=date.max, currency=currency)
    assert whole.opening.amount == 0
    assert whole.closing.amount == whole.paid.amount - whole.charged.amount == balance
    rows = list(whole.rows)
    assert [row.balance_after for row in rows][-1:] == [whole.closing] * bool(rows)
    newest = finance.ledger(customer_id, LedgerRequest(limit=500)).rows
    shown = [(e.id, e.balance_after) for e in newest if e.amount.currency == currency][::-1]
    assert shown == [(row.id, row.balance_after) for row in rows]
    years = {
        t.year: (t.charged.amount, t.paid.amount)
        for t in finance.yearly_totals(customer_id, 2010, 2029)
        if t.charged.currency == currency
    }
    for year in range(2010, 2030):
        amounts = [row.amount.amount for row in rows if row.booked_on.year == year]
        charged, paid = (sum((max(sign * a, Decimal(0)) for a in amounts), Decimal(0)) for sign in (-1, 1))
        assert years.get(year, (0, 0)) == (charged, paid), (customer_id, year)
    for part in _parts():
        part_of_it = statement(finance, customer_id, **part, currency=currency)
        before = [row for row in rows if row.booked_on < part["since"]]
        within = [row for row in rows if part["since"] <= row.booked_on <= part["until"]]
        assert part_of_it.opening.amount == sum(row.amount.amount for row in before)
        assert list(part_of_it.rows) == within
        assert part_of_it.closing.amount == sum(row.amount.amount for row in (*before, *within))


def _parts() -> Iterator[Mapping[str, Any]]:
    for year in (2024, 2025, 2026):
        yield {"since": date(year, 1, 1), "until": date(year, 12, 31)}
    yield {"since": date(2025, 5, 7), "until": date(2026, 2, 28)}


@contextmanager
def written_books(place: str, folder: Path, books: Books, *, customers: int) -> Iterator[dict[str, Any]]:
    """The section `billing` of a panel over them. `place`: of TABLE_PLACES."""
    with written_tables(place, folder, people(customers, pin=PIN) | books.rows) as billing:
        yield billing


def check_statement_pages(visitor: Visitor, closings: Mapping[str, Decimal]) -> None:
    """Page, table and paper of the whole ledger end with what the database says of each currency."""
    for currency, closing in closings.items():
        query = f"from=1970-01-01&to=2100-12-31&currency={currency}"
        table = visitor.get(f"/finance/statement.csv?{query}").data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(table), delimiter=";"))[1:]
        assert _number(rows[-1][4]) == closing
        assert sum(_number(row[3]) - _number(row[2]) for row in rows[1:-1]) == closing
        for text in (
            squeezed(visitor.get(f"/finance/statement?{query}").text),
            text_of(visitor.get(f"/finance/statement.pdf?{query}").data),
        ):
            assert written(closing) in text


def check_document_pages(visitor: Visitor, document_id: str, *, number: str, gross: Decimal) -> int:
    """The page of a document, and the paper that is drawn of it, say the same as the database.

    Gives how many papers there are: none of what KSeF has not accepted yet.
    """
    address = f"/finance/documents/{document_id}"
    page = visitor.get(address).text
    papers = [text_of(visitor.get(f"{address}/file").data)] if f'href="{address}/file"' in page else []
    for said in (squeezed(page), *papers):
        assert squeezed(number) in said
        assert written(gross) in said
    return len(papers)


def written(amount: Decimal) -> str:
    """As pages and papers write it, without blanks."""
    return f"{amount:.2f}".replace(".", ",").replace("-", "\u2212")


def _number(cell: str) -> Decimal:
    return Decimal(cell.replace(",", ".") or 0)
