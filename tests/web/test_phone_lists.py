"""The list of calls: from one day to another, in another order, its sums, and what of it stays hidden."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from support.calls import Come, a_call, rows_of, table
from support.prints import checked, squeezed, text_of
from support.scene import Scene

from wbok.errors import ConfigError
from wbok.settings import check_tab_settings
from wbok_phone.settings import PhoneSettings

NBSP = "\u00a0"
ODD, COMPANY = ("10682", "6820"), ("20015", "200150")


def numbers_of(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", row.partition("</th>")[0]).strip() for row in rows_of(page)]


def days_of(page: str) -> list[str]:
    return re.findall(r'<time datetime="([0-9-]{10})T', page)


def test_a_period_goes_from_its_first_day_to_its_last(come: Come) -> None:
    days = ["10-31", "11-01", "11-09", "11-10", "11-11"]
    visitor = come(calls=[a_call(i, started_at=f"2026-{day} 23:59:59") for i, day in enumerate(days)])
    page = visitor.get("/phone/calls?from=2026-10-31&to=2026-11-10&month=2026-09").text
    assert days_of(page) == ["2026-11-10", "2026-11-09", "2026-11-01", "2026-10-31"]
    assert "31.10.2026" in page.partition('id="calls-h"')[2].partition("</h2>")[0]
    answer = visitor.get("/phone/calls.csv?from=2026-10-31&to=2026-11-10")
    assert 'filename="polaczenia-2026-10-31-2026-11-10.csv"' in answer.headers["Content-Disposition"]
    assert len(table(visitor, "from=2026-11-10")) == 2
    assert len(table(visitor, "to=2026-11-09")) == 2


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=2026-11-10&to=2026-11-09", "pierwszy dzień jest po ostatnim"),
        ("from=2026-11-25", "jeszcze nie nadszedł"),
        ("from=2026-08-24&to=2026-11-24", "dłuższy niż 92 dni"),
        ("from=2026-11-01&to=2199-12-31", "dłuższy niż 92 dni"),
        ("from=2025-11-30&to=2025-12-01", "tylko ostatnie 12 miesięcy"),
        ("from=0001-01-01", "to nie jest dzień"),
        ("to=9999-12-31", "to nie jest dzień"),
        ("from=2026-02-30", "to nie jest dzień"),
        ("from=%00&to=x", "to nie jest dzień"),
        ("from=２０２６-11-01", "to nie jest dzień"),
        ("order=colour", "kolejność: nie ma takiej"),
        ("order=%00", "kolejność: nie ma takiej"),
        ("answered=maybe", "odebrane: nie ma takiego wyboru"),
    ],
)
def test_a_period_or_order_that_makes_no_sense_is_said(scene: Scene, query: str, words: str) -> None:
    visitor = scene.customer(*COMPANY)
    page = visitor.get(f"/phone/calls?{query}")
    assert page.status_code == 200
    assert words in page.text
    assert rows_of(page.text)
    assert visitor.get(f"/phone/calls.csv?{query}").status_code == 303


def test_92_days_are_shown(scene: Scene) -> None:
    page = scene.customer(*COMPANY).get("/phone/calls?from=2026-08-25&to=2026-11-24").text
    assert "nie została użyta" not in page
    assert "25.08.2026" in page


def test_calls_are_chosen_by_how_they_were_paid_and_answered(scene: Scene) -> None:
    visitor = scene.customer(*ODD)
    everything = table(visitor)
    in_package = table(visitor, "cost=package")
    assert in_package == [row for row in everything if row["Pakiet"]]
    missed = table(visitor, "answered=no")
    assert missed == [row for row in everything if row["Odebrane"] == "nie"]
    assert 0 < len(in_package) < len(everything)
    assert 0 < len(missed) < len(everything)


def test_a_month_can_stand_in_the_order_of_prices_and_of_lengths(come: Come) -> None:
    prices = ["0.50", "-1.00", "10.00", "9.99", *["0.00"] * 26]
    rows = [a_call(i, price=p, seconds=i * 7 % 30) for i, p in enumerate(prices)]
    visitor = come(calls=rows)
    page = visitor.get("/phone/calls?order=price").text.replace(NBSP, " ")
    amounts = re.findall(r'class="num sum">([^<]+)<', page.partition("<tbody>")[2].partition("</tbody>")[0])
    assert amounts[:4] == ["10,00 zł", "9,99 zł", "0,50 zł", "0,00 zł"]
    second = re.search(r'href="([^"]+)">Dalej', page)
    assert second
    rest = visitor.get(second.group(1).replace("&amp;", "&")).text.replace(NBSP, " ")
    assert "−1,00 zł" in rows_of(rest)[-1]
    assert len(rows_of(page)) + len(rows_of(rest)) == 30
    assert "Na początek" in rest
    assert "Dalej" not in rest
    longest = visitor.get("/phone/calls?order=length").text
    assert 'data-label="Czas">29' in rows_of(longest)[0]
    for odd in ("0", "-1", "9" * 400, "x", "٢", "%00", "99"):
        assert visitor.get(f"/phone/calls?order=price&page={odd}").status_code == 200


def test_too_many_or_too_long_to_be_sorted_is_said_and_stands_by_time(come: Come) -> None:
    moments = (
        f"2026-11-{d:02d} {h:02d}:{m:02d}:00" for d in range(1, 24) for h in range(24) for m in range(38)
    )
    visitor = come(calls=[a_call(i, started_at=when, price=i % 5) for i, when in enumerate(moments)])
    page = visitor.get("/phone/calls?order=price")
    assert "najwyżej 5000 połączeń" in page.text
    assert days_of(page.text)[0] == "2026-11-23"
    assert "Starsze" in page.text
    assert "20 976 połączeń" in page.text.replace(NBSP, " ") or "20976 połączeń" in page.text
    assert len(gzip.compress(page.data, 6)) <= 10 * 1024
    long = visitor.get("/phone/calls?order=length&from=2026-10-01&to=2026-11-24").text
    assert "najwyżej 31 dni" in long
    narrow = visitor.get("/phone/calls?order=length&from=2026-11-01&to=2026-11-02").text
    assert "najwyżej" not in narrow.partition("<details")[0]


def test_sums_stand_by_kind_and_by_destination(come: Come) -> None:
    rows = [
        a_call(1, destination="Niemcy", price="1.50", seconds=60),
        a_call(2, destination="Niemcy", price="0.50", seconds=30),
        a_call(3, destination=None, seconds=10),
        a_call(4, kind="sms", destination="sieci komórkowe", seconds=0, price="0.20"),
        a_call(5, kind="data", destination="internet", bytes=5_000_000, seconds=0),
        a_call(6, direction="incoming", destination="Czechy", seconds=600),
        a_call(7, customer_id=2, destination="Francja", price="99.00"),
    ]
    rows = [{"bytes": None, **row} for row in rows]
    page = come(calls=rows).get("/phone/calls").text.replace(NBSP, " ")
    kinds, destinations = (part.partition("</table>")[0] for part in page.split("<caption>")[1:])
    lines = [re.sub(r"<[^>]+>", "|", row) for row in rows_of(kinds)]
    assert [re.sub(r"\|+", " ", line).strip() for line in lines] == [
        "Rozmowy 4 11 min 40 s 2,00 zł",
        "SMS 1 0,20 zł",
        "Internet 1 5 MB 0,00 zł",
    ]
    names = re.findall(r'scope="row">([^<]+)<', destinations)
    assert names == ["Niemcy", "sieci komórkowe", "internet", "pozostałe"]
    assert "Francja" not in page


def test_many_destinations_are_summed_up_as_others(come: Come) -> None:
    rows = [a_call(i, destination=f"<b>Kraj {i:03d}</b>", price=f"{i}.00") for i in range(1, 201)]
    page = come(calls=rows).get("/phone/calls").text
    destinations = page.split("<caption>")[2]
    assert len(rows_of(destinations)) == 13
    assert "&lt;b&gt;Kraj 200" in destinations
    assert "pozostałe" in destinations


NUMBERS = ["+48600003131", "320123456", "InfoSMS", "112", None, "1234567890123"]


def numbered() -> list[dict[str, Any]]:
    return [a_call(i, number=number) for i, number in enumerate(NUMBERS)]


def test_numbers_stand_in_groups(come: Come) -> None:
    shown = ["123 456 789 01 23", "numer ukryty", "112", "InfoSMS", "32 012 34 56", "+48 600 003 131"]
    assert numbers_of(come(calls=numbered()).get("/phone/calls").text) == shown


def test_the_last_digits_are_hidden_where_the_customer_wishes_it(come: Come) -> None:
    visitor = come(calls=[*numbered(), a_call(9, price="3.00", number="600 777 888")])
    page = visitor.get("/phone/calls?mask=yes").text
    assert numbers_of(page)[1:] == [
        *("123 456 789 0• ••", "numer ukryty", "112", "InfoSMS", "32 012 3• ••", "+48 600 003 •••")
    ]
    assert "Trzy ostatnie cyfry numerów są ukryte." in page
    assert "3131" not in page
    assert table(visitor, "mask=yes")[-1]["Numer"] == "'+48 600 003 •••"
    overview = visitor.get(re.findall(r'href="(/phone/\?[^"]+)"', page)[0].replace("&amp;", "&")).text
    assert "600 777 •••" in overview
    assert "888" not in overview
    links = re.findall(r'href="(/phone/calls[^"]*)"', page + overview)
    assert links
    assert all("mask=yes" in link for link in links)


def test_a_provider_may_hide_them_always(come: Come) -> None:
    visitor = come({"phone": {"mask_numbers": "always"}}, calls=numbered())
    page = visitor.get("/phone/calls").text
    assert "+48 600 003 •••" in page
    assert 'name="mask"' not in page
    assert table(visitor, "number=6000")
    for typed in ("60000", "6000031", "%2B48 600 003 131"):
        answer = visitor.get(f"/phone/calls?number={typed}").text
        assert "najwyżej 4 pierwsze cyfry" in answer
        assert len(rows_of(answer)) == len(NUMBERS)
        assert visitor.get(f"/phone/calls.csv?number={typed}").status_code == 303


def test_a_provider_may_hide_them_never(come: Come) -> None:
    page = come({"phone": {"mask_numbers": "never"}}, calls=numbered()).get("/phone/calls?mask=yes").text
    assert "+48 600 003 131" in page
    assert 'name="mask"' not in page


def test_free_calls_to_helplines_are_nowhere(come: Come) -> None:
    rows = [
        *numbered(),
        a_call(20, number="116 111", seconds=3000),
        a_call(21, number="+48116123", seconds=3000, destination="Telefony zaufania"),
        a_call(22, number="116111", price="0.30", destination="Płatne"),
        a_call(23, number="116 112"),
        a_call(24, number="#31#116111", seconds=3000),
        a_call(25, number="*31# +48 116 123", seconds=3000),
    ]
    visitor = come(calls=[{"destination": None, **row} for row in rows])
    page = visitor.get("/phone/calls").text
    assert numbers_of(page)[:3] == ["116 112", "116 111", "123 456 789 01 23"]
    assert "Wykaz bez połączeń z bezpłatnymi telefonami zaufania." in page
    assert "8 połączeń" in page.partition("<tfoot>")[2]
    assert "Telefony zaufania" not in page
    assert len(table(visitor)) == 8
    assert table(visitor, "number=116123") == []
    assert "50 min" not in visitor.get("/phone/").text.replace(NBSP, " ")
    assert "50 min" not in visitor.get("/info/").text.replace(NBSP, " ")


@pytest.mark.parametrize("helplines", [[], ["800"], ["#31#800"], ["+48 800"], ["0048 800 100 200"]])
def test_which_numbers_are_helplines_is_a_setting(come: Come, helplines: list[str]) -> None:
    rows = [a_call(1, number="116 111"), a_call(2, number="800 100 200")]
    page = come({"phone": {"helplines": helplines}}, calls=rows).get("/phone/calls").text
    assert numbers_of(page) == (["116 111"] if helplines else ["800 100 200", "116 111"])
    assert ("telefonami zaufania" in page) is bool(helplines)


@pytest.mark.parametrize(
    ("helpline", "words"),
    [
        ("11", "at least 3 digits"),
        ("#31#", "at least 3 digits"),
        ("*100#", "at least 3 digits"),
        ("0 800 100 100", "begins with 0"),
        ("48 116 111", "without the country"),
        ("1161111161111161", "longer than any number"),
    ],
)
def test_a_helpline_that_no_call_could_be_to_is_said_with_what_to_do(helpline: str, words: str) -> None:
    with pytest.raises(ConfigError, match=f"helplines.*{words}"):
        check_tab_settings(PhoneSettings, {"helplines": ["116 111", helpline]}, tab="phone")


def test_the_itemised_bill_says_what_the_page_says(come: Come) -> None:
    rows = [{"destination": None, **row} for row in numbered()]
    rows += [{"destination": "Niemcy", **a_call(8, number="+49301234567", price="2.61", seconds=540)}]
    visitor = come(calls=rows, phone_lines=[{"id": 1, "customer_id": 1, "number": "320100001"}])
    answer = visitor.get("/phone/calls.pdf?month=2026-11")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="wykaz-2026-11.pdf"'
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    text = text_of(answer.data)
    for words in (
        "Szczegółowy wykaz połączeń, 01.11.2026 – 30.11.2026",
        "Klient 1",
        "Numery własne: 32 010 00 01",
        "Wykaz bez połączeń z bezpłatnymi telefonami zaufania.",
        "+48 600 003 131",
        "numer ukryty",
        "rozmowa, Niemcy",
        "9 min",
        "Razem",
        "7 połączeń",
        "2,61 zł",
        "strona 1 z 1",
    ):
        assert squeezed(words) in text
    hidden = text_of(visitor.get("/phone/calls.pdf?mask=yes&cost=paid").data)
    assert squeezed("+49 301 234 •••") in hidden
    assert squeezed("Trzy ostatnie cyfry numerów są ukryte.") in hidden
    assert squeezed("Część połączeń z tego okresu") in hidden
    assert "567" not in hidden


def test_a_bill_of_nobody_elses_calls_and_of_none(come: Come) -> None:
    visitor = come(calls=[a_call(1, customer_id=2, number="600 999 999")])
    text = text_of(visitor.get("/phone/calls.pdf").data)
    assert "999" not in text
    assert squeezed("0 połączeń") in text


def test_a_bill_of_too_many_calls_is_refused_in_words(come: Come) -> None:
    visitor = come(calls=[a_call(i, seconds=1) for i in range(5001)])
    answer = visitor.get("/phone/calls.pdf?month=2026-11&line=32+010+00+01")
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/phone/calls")
    page = visitor.get("/phone/calls")
    assert "mieści najwyżej 5000 połączeń" in page.text
    assert "calls.pdf" not in page.text
    assert visitor.get("/phone/calls.pdf?from=2026-11-10&to=2026-11-09").status_code == 303


def test_a_bill_goes_on_over_pages(come: Come) -> None:
    visitor = come(calls=[a_call(i, seconds=1) for i in range(150)])
    found = checked(visitor.get("/phone/calls.pdf").data).pages
    assert len(found) > 2
    assert all("Data i godzina" in page.extract_text() for page in found)
