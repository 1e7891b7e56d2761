"""What Telefon says: packages, what calls cost, the list with its search, the file."""

from __future__ import annotations

import gzip
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from support.billing import people, write_tables
from support.calls import Come, a_call, rows_of, table
from support.clock import HandClock
from support.scene import Scene, make_scene, make_settings, sql_billing
from support.statements import counted

NBSP = "\u00a0"
HALINA, ODD, COMPANY = ("10427", "4271"), ("10682", "6820"), ("20015", "200150")


@pytest.mark.everywhere
def test_the_overview_says_what_is_left_and_what_calls_cost(scene: Scene) -> None:
    page = scene.customer(*HALINA).get("/phone/").text
    for words in scene.told(
        "Telefon 32 010 42 70",
        "Pakiety, listopad 2026",
        f"zostało 0{NBSP}min z 30{NBSP}min",
        "ważny do",
        "Ponad pakiety",
        f"2,61{NBSP}zł",
        "Niemcy",
        "<svg",
        "Pokaż te liczby w tabeli",
    ):
        assert words in page.replace("&nbsp;", NBSP)


@pytest.mark.everywhere
def test_the_first_page_has_a_card_of_the_telephone_only_for_who_has_one(scene: Scene) -> None:
    assert "Ponad pakiety w tym miesiącu" in scene.customer(*HALINA).get("/info/").text
    for login, pin in (("4213", "8150"), ("12001", "1")):
        assert "Pakiety i połączenia" not in scene.customer(login, pin).get("/info/").text


@pytest.mark.everywhere
def test_who_has_no_telephone_is_told_where_to_ask(scene: Scene) -> None:
    page = scene.customer("4213", "8150").get("/phone/").text
    assert "Nie ma jeszcze telefonu" in page
    assert "32 012 34 56" in page


@pytest.mark.everywhere
def test_a_package_that_is_overdrawn_says_by_how_much(scene: Scene) -> None:
    page = scene.customer(*ODD).get("/phone/").text.replace("&nbsp;", NBSP)
    assert f"o 10{NBSP}min więcej niż w pakiecie" in page
    assert '<progress class="over" value="1" max="1"' in page


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ({"unit": "count", "total": 10, "used": 3}, "zostało 7 z 10"),
        ({"unit": "count", "total": 0, "used": 0}, "zostało 0 z 0"),
        ({"unit": "bytes", "total": 5_000_000_000, "used": 3_800_000_000}, "zostało 1,2 GB z 5 GB"),
        ({"unit": "seconds", "total": 7200, "used": 7199}, "zostało 1 s z 120 min"),
        ({"unit": "seconds", "total": 60, "used": 10**12}, "więcej niż w pakiecie"),
        ({"unit": "count", "total": 1, "used": 0, "name": "<b>x</b>"}, "&lt;b&gt;x"),
    ],
)
def test_packages_of_every_unit_are_said_in_it(come: Come, package: dict[str, Any], words: str) -> None:
    row = {"id": 1, "customer_id": 1, "name": "Pakiet", "valid_from": None, "valid_to": None} | package
    page = come(allowances=[row]).get("/phone/").text.replace("&nbsp;", " ").replace(NBSP, " ")
    assert words in page


def test_only_packages_of_the_month_are_shown(come: Come) -> None:
    rows = [
        {"id": i, "customer_id": 1, "name": f"Pakiet {i}", "unit": "count", "total": 1, "used": 0}
        | {"valid_from": f"2026-{i:02d}-01", "valid_to": f"2026-{i:02d}-28"}
        for i in (9, 10, 11)
    ]
    visitor = come(allowances=rows)
    assert re.findall(r"Pakiet \d+", visitor.get("/phone/").text)[0] == "Pakiet 11"
    october = visitor.get("/phone/?month=2026-10").text
    assert "Pakiet 10" in october
    assert "Pakiet 11" not in october
    assert "Pakiet 9" not in october


@pytest.mark.everywhere
def test_the_totals_are_those_of_the_search(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    for query in ("", "kind=sms", "number=%2B49", "direction=incoming", "cost=paid", "month=2026-10"):
        found = table(visitor, query)
        page = visitor.get(f"/phone/calls?{query}").text
        foot = page.partition("<tfoot>")[2].replace(NBSP, " ")
        assert f"razem: {len(found)} połącze" in foot
        charged = sum(round(float(row["Opłata"].replace(",", ".")) * 100) for row in found)
        assert f"{charged // 100},{charged % 100:02d} zł" in foot
        assert len(rows_of(page)) == min(len(found), 25)


@pytest.mark.everywhere
def test_the_list_goes_on_where_the_page_ended(scene: Scene) -> None:
    visitor, moments = scene.customer(*COMPANY), []
    path: str | None = "/phone/calls?month=2026-10&direction=outgoing"
    pages = 0
    while path:
        page = visitor.get(path).text
        pages += 1
        moments += re.findall(r'<time datetime="(2026-[^"]+)', page)
        older = re.search(r'href="([^"]+)">Starsze', page)
        path = older.group(1).replace("&amp;", "&") if older else None
    assert pages > 2
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == len(table(visitor, "month=2026-10&direction=outgoing"))


@pytest.mark.everywhere
def test_nobody_sees_anothers_calls(scene: Scene) -> None:
    mine, other = scene.customer(*HALINA), scene.customer(*COMPANY)
    theirs = {row["Data i godzina"] + row["Numer"] for row in table(other)}
    assert theirs
    assert not theirs & {row["Data i godzina"] + row["Numer"] for row in table(mine)}
    mark = re.search(r"after=([^&\"]+)", other.get("/phone/calls").text)
    assert mark
    page = mine.get(f"/phone/calls?after={mark.group(1)}").text
    assert all(number not in page.replace(NBSP, " ") for number in scene.told("32 200 15"))
    assert table(mine, "line=32+200+15+0") == []


@pytest.mark.everywhere
def test_two_lines_can_be_told_apart(scene: Scene) -> None:
    visitor = scene.customer(*COMPANY)
    assert "Własne numery" in visitor.get("/phone/").text
    line = table(visitor)[0]["Własny numer"]
    found = table(visitor, f"line={line.replace(' ', '+')}")
    assert {row["Własny numer"] for row in found} == {line}
    assert 0 < len(found) < len(table(visitor))


@pytest.mark.everywhere
def test_odd_calls_are_shown(scene: Scene) -> None:
    page = scene.customer(*ODD).get("/phone/calls").text.replace(NBSP, " ")
    for words in scene.told(
        "numer ukryty",
        "nieodebrana",
        "−0,60 zł",
        "72 godz.",
        "7,5 GB",
        "InfoSMS",
        "rozmowa wideo",
    ):
        assert words in page


def test_a_file_has_no_formulas_and_a_safe_name(come: Come) -> None:
    evil = ["=HYPERLINK(1)", "+48 600 100 200", "@x", "\t=1", "-5"]
    visitor = come(calls=[a_call(i, number=number, price="-0.50") for i, number in enumerate(evil)])
    answer = visitor.get("/phone/calls.csv?month=2026-11")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="polaczenia-2026-11.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    found = table(visitor)
    assert [row["Opłata"] for row in found] == ["-0,50"] * 5
    assert all(row["Numer"].startswith("'") for row in found if row["Numer"] != "1")


def test_a_file_has_all_calls_of_the_search_however_many(come: Come) -> None:
    visitor = come(calls=[a_call(i, started_at="2026-11-10 12:00:00") for i in range(4500)])
    assert len(table(visitor)) == 4500


def test_three_thousand_calls_cost_no_more_statements_than_ten(tmp_path: Path, clock: HandClock) -> None:
    rows = {**people(1), "calls": [a_call(i) for i in range(3000)]}
    billing = sql_billing(write_tables(tmp_path / "billing.sqlite", **rows), rows)
    scene = make_scene(make_settings(tmp_path, billing), clock=clock)
    visitor = scene.customer("1", "4711")
    for path in ("/phone/", "/phone/calls"):
        visitor.get(path)
        with counted(scene.panel) as statements:
            page = visitor.get(path)
        assert len(statements.billing) <= 3
        assert len(gzip.compress(page.data, 6)) <= 10 * 1024
    assert "3000 połączeń" in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("month=0000-00", "tylko ostatnie 12 miesięcy"),
        ("month=2026-13", "tylko ostatnie 12 miesięcy"),
        ("month=9999-12", "tylko ostatnie 12 miesięcy"),
        ("month=2025-11", "tylko ostatnie 12 miesięcy"),
        ("month=2026-12", "tylko ostatnie 12 miesięcy"),
        ("month=٢٠٢٦-١١", "tylko ostatnie 12 miesięcy"),
        ("number=abc", "same cyfry, na przykład 600 100 200"),
        ("number=%25", "same cyfry, na przykład 600 100 200"),
        ("number=00", "same cyfry"),
        ("number=%00", "same cyfry, na przykład 600 100 200"),
        ("kind=telegram", "nie ma takiego rodzaju"),
        ("direction=up", "nie ma takiego kierunku"),
        ("cost=free", "nie ma takiego wyboru"),
        ("line=a%00b", "nie ma takiego numeru"),
    ],
)
def test_a_senseless_choice_is_said_and_the_rest_is_shown(scene: Scene, query: str, words: str) -> None:
    visitor = scene.customer(*HALINA)
    page = visitor.get(f"/phone/calls?{query}")
    assert page.status_code == 200
    assert words in page.text
    assert rows_of(page.text)
    answer = visitor.get(f"/phone/calls.csv?{query}")
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/phone/calls")


def test_what_was_typed_stays(scene: Scene) -> None:
    page = scene.customer(*HALINA).get('/phone/calls?number=a"<b>&kind=sms&cost=paid&line=600').text
    assert 'value="a&#34;&lt;b&gt;"' in page
    assert '<option value="sms" selected>' in page
    assert '<option value="paid" selected>' in page
    assert "<option selected>600</option>" in page


@pytest.mark.parametrize("mark", ["x", "garbage.garbage", "%00", "ą", "a" * 5000])
def test_a_mark_that_nobody_wrote_is_a_page_in_words(scene: Scene, mark: str) -> None:
    visitor = scene.customer(*HALINA)
    answer = visitor.get(f"/phone/calls?after={mark}")
    assert answer.status_code == 400
    assert "adres" in answer.text
    assert visitor.get(f"/phone/calls.csv?after={mark}").status_code == 200


def test_a_senseless_month_of_the_overview_is_said(scene: Scene) -> None:
    page = scene.customer(*HALINA).get("/phone/?month=0000-00").text
    assert "tylko ostatnie 12 miesięcy" in page
    assert "Pakiety, listopad 2026" in page


def test_twelve_months_are_offered_across_the_year(scene: Scene) -> None:
    page = scene.customer(*HALINA).get("/phone/").text
    months = re.findall(r'<option value="(\d{4}-\d\d)"', page)
    assert (months[0], months[-1], len(months)) == ("2026-11", "2025-12", 12)


def test_amounts_of_several_currencies_are_not_added(come: Come) -> None:
    rows = [a_call(1, price="1.00", currency="PLN"), a_call(2, price="2.00", currency="EUR")]
    page = come(calls=rows).get("/phone/").text.replace(NBSP, " ")
    assert "1,00 zł, 2,00 €" in page


def test_a_billing_that_knows_little_of_calls_leaves_the_rest_out(come: Come) -> None:
    little = {name: a_call(1)[name] for name in ("id", "customer_id", "started_at", "direction", "kind")}
    visitor = come(calls=[little | {"seconds": 0, "price": 0}])
    page = visitor.get("/phone/calls").text
    assert "None" not in page
    assert 'name="number"' not in page
    assert visitor.get("/phone/calls?number=600").status_code == 400
    assert datetime.fromisoformat(table(visitor)[0]["Data i godzina"])
