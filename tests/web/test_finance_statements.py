"""The statement of a period: page, table and paper say the same."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from support.billing import whole_ledger
from support.prints import squeezed, text_of
from support.scene import Scene

PERIOD = "from=2026-08-01&to=2026-11-30"
NBSP = "\u00a0"


@pytest.mark.everywhere("csv")
def test_page_table_paper_and_ledger_agree_to_the_grosz(scene: Scene) -> None:
    visitor = scene.customer()
    entries = whole_ledger(scene.panel.billing, "10427", limit=50)
    closing = sum(entry.amount.amount for entry in entries)
    within = [e for e in entries if "2026-08-01" <= e.booked_on.isoformat() <= "2026-11-30"]
    table = visitor.get(f"/finance/statement.csv?{PERIOD}").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))[1:]
    opening = closing - sum(entry.amount.amount for entry in within)
    assert [Decimal(row[4].replace(",", ".")) for row in (rows[0], rows[-1])] == [opening, closing]
    assert len(rows) == len(within) + 2
    page, paper = visitor.get(f"/finance/statement?{PERIOD}").text, None
    paper = text_of(visitor.get(f"/finance/statement.pdf?{PERIOD}").data)
    for row in rows[1:-1]:
        assert row[1] in page
        assert squeezed(row[1]) in paper
        amount = row[2] or row[3]
        assert f"{amount}{NBSP}zł" in page
        assert amount in paper
    assert f"−163,52{NBSP}zł" in page
    assert "163,52" in paper


@pytest.mark.everywhere("csv")
def test_every_year_has_its_sums_and_leads_to_its_statement(scene: Scene) -> None:
    page = scene.customer().get("/finance/statement").text
    years = re.findall(r'href="(/finance/statement\?[^"]+)">(20\d\d)', page)
    assert [year for _link, year in years][:2] == ["2026", "2025"]
    whole = scene.customer().get(years[1][0].replace("&amp;", "&")).text
    assert "01.01.2025" in whole
    assert "31.12.2025" in whole


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=2026-01-01", "oba dni"),
        ("from=2026-02-30&to=2026-03-01", "pierwszy dzień"),
        ("from=2026-03-01&to=2026-01-01", "okres:"),
        ("from=2026-01-01&to=2026-03-01&currency=z%01", "waluta"),
    ],
)
def test_a_period_that_makes_no_sense_is_named(scene: Scene, query: str, words: str) -> None:
    visitor = scene.customer()
    page = visitor.get(f"/finance/statement?{query}").text
    assert words in page
    assert 'id="statement"' not in page
    for ending in ("csv", "pdf"):
        answer = visitor.get(f"/finance/statement.{ending}?{query}")
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/finance/statement?")


@pytest.mark.everywhere("csv")
def test_a_currency_of_its_own_has_a_statement_of_its_own(scene: Scene) -> None:
    visitor = scene.customer("20044", "440044")
    assert ">EUR<" in visitor.get("/finance/statement").text
    page = visitor.get("/finance/statement?from=2025-01-01&to=2026-12-31&currency=EUR").text
    assert f"−369,00{NBSP}€" in page


@pytest.mark.everywhere("csv")
def test_an_empty_period_is_said(scene: Scene) -> None:
    page = scene.customer().get("/finance/statement?from=1990-01-01&to=1990-12-31").text
    assert "nie było opłat ani wpłat" in page
