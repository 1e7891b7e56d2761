"""A place that the office types, and who is there: the rule, and how addresses are written."""

from __future__ import annotations

import unicodedata
from time import process_time

import pytest

from wbok.domain.customer import Address, AddressKind
from wbok.domain.places import StreetCount, customers_by_street, is_at, names_place


def address(street: str, city: str = "Jasnowice", postcode: str | None = "43-999") -> Address:
    return Address(AddressKind.SERVICE, street, city, postcode)


def hit(place: str, *addresses: Address) -> list[bool]:
    return [is_at(place, one) for one in addresses]


@pytest.mark.parametrize(
    ("place", "street"),
    [
        ("Lipowa", "ul. Lipowa 12/3"),
        ("lipowa, jasnowice", "ul. Lipowa 12/3"),
        ("LIPOWA , JASNOWICE", "Lipowa 12"),
        ("ulica Lipowa 12", "ul.Lipowa 12 m. 3"),
        ("Lipowa 12/3", "Lipowa 12 m. 3"),
        ("Lipowa 12 m. 3", "Lipowa 12/3"),
        ("Lipowa 12 m3", "ul. Lipowa 12 lok. 3"),
        ("Lipowa 12a", "Lipowa 12A/3"),
        ("Lipowa 12 A", "Lipowa 12a m. 3"),
        ("Lipowa 12", "Lipowa nr 12, m. 3"),
        ("Lipowa 12", "Lipowa 12 / 3"),
        ("Lipowa 12", "Lipowa 12 kl. B m. 3"),
        ("Lipowa, 43-999", "Lipowa 12"),
        ("Lipowa 12, 43-999 Jasnowice", "Lipowa 12"),
        ("Lipowa 12, Jasnowice, 43-999", "Lipowa 12"),
        ("Lipowa,", "Lipowa 12"),
        ("Jasnowice", "Lipowa 12"),
        ("43-999", "Lipowa 12"),
        ("43999", "Lipowa 12"),
        ("43-999 Jasnowice", "Lipowa 12"),
        ("43-999, Jasnowice", "Lipowa 12"),
        ("Lipowa", "Lipowa 12 bis"),
        ("Lipowa 12", "Lipowa 12 p. 3"),
        ("Lip*", "ul. Lipowa 12"),
        ("lip* 12, jas*", "ul. Lipowa 12/3"),
        ("43-9*", "Lipowa 12"),
        ("Lipowa 1*", "Lipowa 12"),
        ("3 Maja", "ul. 3 Maja 5"),
        ("3 Maja", "3 Maja"),
        ("3 Maja 5", "ul. 3 Maja 5 m. 2"),
        ("1 Maja 5", "1 Maja 5/2"),
        ("11 Listopada 3", "al. 11 Listopada 3"),
        ("1000-lecia 4", "pl. 1000-lecia 4"),
        ("al. Jana Pawła II 5", "Jana Pawla II 5/1"),
        ("os. Słoneczne", "Osiedle Słoneczne 5/12"),
        ("Sloneczne 5", "os. Słoneczne bl. 5 m. 12"),
        ("Skłodowskiej-Curie", "Sklodowskiej - Curie 2"),
        (unicodedata.normalize("NFD", "Żółkiewskiego"), "Żółkiewskiego 1"),
        ("zolkiewskiego", unicodedata.normalize("NFD", "Żółkiewskiego 1")),
    ],
)
def test_who_is_there_is_hit(place: str, street: str) -> None:
    assert names_place(place)
    assert is_at(place, address(street))


@pytest.mark.parametrize(
    ("place", "street", "city"),
    [
        ("Kraków", "Krakowska 1", "Nowy Sącz"),
        ("Nowa", "Nowakowskiego 2", "Jasnowice"),
        ("Nowa", "Nowa Wieś 2", "Nowa Wieś"),
        ("Nowa", "Polna 2", "Nowa Wieś"),
        ("Wieś", "Nowa Wieś 2", "Jasnowice"),
        ("Polna, Nowa", "Polna 2", "Nowa Wieś"),
        ("Polna, Nowa", "Nowa 2", "Polna"),
        ("Lipowa", "Lipowa Góra 3", "Jasnowice"),
        ("Lipowa 3", "Lipowa 12 m. 3", "Jasnowice"),
        ("Lipowa 3", "Lipowa 12/3", "Jasnowice"),
        ("Lipowa 12", "Lipowa 12A", "Jasnowice"),
        ("Lipowa 12", "Lipowa 12 A", "Jasnowice"),
        ("Lipowa 12", "Lipowa 12-A/3", "Jasnowice"),
        ("Lipowa 12", "Lipowa 120", "Jasnowice"),
        ("Lipowa 12", "Lipowa 12 bis", "Jasnowice"),
        ("Lipowa 12 M", "Lipowa 12/3", "Jasnowice"),
        ("Lipowa 12", "Lipowa 12 P", "Jasnowice"),
        ("Lipowa 3", "Lipowa 12 p. 3", "Jasnowice"),
        ("Lipowa 12A", "Lipowa 12", "Jasnowice"),
        ("Lipowa 12/3", "Lipowa 12", "Jasnowice"),
        ("Lipowa 12", "Lipowa", "Jasnowice"),
        ("Lipowa 1", "Lipowa 12", "Jasnowice"),
        ("3 Maja", "Maja 3", "Jasnowice"),
        ("Maja 3", "3 Maja 3", "Jasnowice"),
        ("3 Maja", "3 Maja Boczna 5", "Jasnowice"),
        ("Maja", "3 Maja 5", "Jasnowice"),
        ("Wieś Nowa", "Nowa Wieś 2", "Nowa Wieś"),
        ("Kościuszki", "ul. Tadeusza Kościuszki 5", "Jasnowice"),
        ("ul. Lip", "ul. Lipowa 5", "Jasnowice"),
        ("ipowa", "Lipowa 5", "Jasnowice"),
        ("Lipowa, Katowice", "Lipowa 5", "Jasnowice"),
        ("Lipowa, 43-998", "Lipowa 5", "Jasnowice"),
        ("Lipowa, Jasnowice 43-998", "Lipowa 5", "Jasnowice"),
        ("Lipowa Jasnowice", "Lipowa 5", "Jasnowice"),
        ("Jasnowice 12", "Lipowa 12", "Jasnowice"),
        ("Lipowa 12", "Polna 5", "Lipowa"),
        ("Nowe", "Nowe Osiedle 5", "Jasnowice"),
    ],
)
def test_who_is_elsewhere_is_not_hit(place: str, street: str, city: str) -> None:
    assert names_place(place)
    assert not is_at(place, address(street, city))


@pytest.mark.parametrize(
    "place",
    [
        "",
        " ",
        " ,. ",
        "*",
        "* , *",
        ", Jasnowice",
        "Lipowa dz. 5",
        "Lipowa działka 5",
        "Lipowa (12-14)",
        "Lipowa bn",
        "Lipowa 12 Jasnowice",
        "Lipowa 12; Jasnowice",
        "Lipowa 12 (Jasnowice)",
        "Lipowa 12/3 Jasnowice",
        "Lipowa 12 w Jasnowicach",
        "Lipowa (Jasnowice)",
        "Lipowa 12 pokój 3",
        "Lipowa 12 sklep ABC",
        "Lipowa 12 kl. 2",
        "Lipowa 12 bud. 3",
        "Lipowa 12 i 14",
        "Leśna dz. 5, Leśna",
        "Leśna (blok 5)",
        "Leśna gm. Wieprz",
        "Leśna, Leśna gm. Wieprz",
        "Lipowa 12½",
        "Lipowa 12²",
        "Lipowa 12-",
        "43-998, 43-999",
        "43-998 43-999",
        "Lipowa, 43-998, 43-999",
        "*, Jasnowice",
        "- , Jasnowice",
        "ul.",
        "os. ,",
        "12",
        "12/3",
        "12, 43-999",
        "ul. 12",
        "Lipowa, Leśna 5",
        "Lipowa, ul.",
        "Lipowa, 12",
        "ul., Leśna",
        "Plac, Leśna",
    ],
)
def test_what_names_no_place_is_said_and_hits_nobody(place: str) -> None:
    assert not names_place(place)
    assert (
        hit(place, address("Lipowa 12/3"), address("12"), address(""), address("ul. 12", "Leśna"))
        == [False] * 4
    )


def test_a_village_without_streets_has_its_houses() -> None:
    ways = (
        address("Nowa Wieś 12/3", "Nowa Wieś"),
        address("Nowa Wieś 12", "Jasnowice"),
        address("12", "Nowa Wieś"),
        address("nr 12", "Nowa Wieś"),
        address("", "Nowa Wieś 12"),
        address("Nowa Wieś, 12", "Jasnowice"),
    )
    assert all(hit("Nowa Wieś 12", *ways))
    assert all(hit("nowa wies", *ways))
    assert not any(hit("Nowa Wieś 1", *ways))
    assert not any(hit("Nowa", *ways))
    others = address("Lipowa 12", "Nowa Wieś"), address("12A", "Nowa Wieś"), address("", "Nowa Wieś")
    assert not any(hit("Nowa Wieś 12", *others))
    assert hit("12, Nowa Wieś", address("12", "Nowa Wieś"), *others) == [True, False, False, False]


@pytest.mark.parametrize(
    "street", ["Dąbrówka, ul. Leśna 5/2", "Dąbrówka ul. Leśna 5 m. 2", "Dąbrówka, Leśna 5, m. 2"]
)
def test_a_village_before_its_street_is_the_town_and_the_post_office_is_not(street: str) -> None:
    there = address(street, "Jasnowice")
    for place in ("Dąbrówka", "Leśna 5, Dąbrówka", "Leśna", "Leśna, 43-999"):
        assert is_at(place, there), place
    for place in ("Jasnowice", "Leśna, Jasnowice", "Leśna 2", "Dąbrówka 5"):
        assert not is_at(place, there), place


def test_what_a_billing_writes_in_a_wrong_column_is_read() -> None:
    assert is_at("Lipowa, Jasnowice", address("Lipowa 12", "43-999 Jasnowice", None))
    assert is_at("43-999", address("Lipowa 12", "43-999 Jasnowice", None))
    assert is_at("43-999", address("Lipowa 12", postcode=" 43999"))
    assert is_at("Lipowa 12, Jasnowice", address("Lipowa 12, Jasnowice", ""))
    assert is_at("Lipowa 12, Jasnowice", address("Lipowa, 12 m. 3"))
    assert is_at("43-999", address("Lipowa 12, 43-999 Jasnowice", "", None))
    assert is_at("Jasnowice", address("43-999 Jasnowice, Lipowa 12", "", None))
    for postcode in ("43- 999", "PL-43-999", "43 999", "43−999", "43999"):
        assert is_at("43-999", address("Lipowa 12", "Jasnowice", postcode)), postcode
    for city in ("43 999 Jasnowice", "43 - 999 Jasnowice", "PL-43-999 Jasnowice", "Jasnowice, woj. śląskie"):
        assert is_at("Jasnowice", address("Lipowa 12", city, None)), city
    assert is_at("Jasnowice", address("Lipowa 12", "Jasnowice gm. Wieprz"))
    assert is_at("Jasnowice", address("Lipowa 12", "Jasnowice (Górne)"))
    assert is_at("Nowa Wieś", address("Lipowa 12", "Nowa Wieś k. Jasnowic"))
    assert is_at("Warszawa", address("Lipowa 12", "m.st. Warszawa"))
    assert is_at("Lipowa 12, Koło", address("Lipowa 12", "Koło"))
    assert is_at("Lipowa 12A, Jasnowice", address("ul. Lipowa 12A 43-999 Jasnowice", ""))
    assert is_at("Lipowa 12, Ełk", address("Lipowa 12, Ełk", ""))
    assert is_at("Jasnowice", address("Lipowa 12 43-999 Jasnowice", ""))


def test_no_address_is_read_for_ever() -> None:
    began = process_time()
    for long in ("/ab" * 99, "1/" + "a/" * 99 + "dom12", "m " * 999, "(" * 9999, "a," * 999, "12 i " * 99):
        is_at(f"Lipowa 12{long}", address(f"Lipowa 12{long}", long, long))
    assert process_time() - began < 1


def test_who_only_gets_letters_there_does_not_live_there() -> None:
    assert not is_at("Lipowa", Address(AddressKind.MAILING, "ul. Lipowa 12", "Jasnowice", "43-999"))
    assert is_at("Lipowa", Address(AddressKind.HOME, "ul. Lipowa 12", "Jasnowice", "43-999"))


def test_what_a_terminal_would_obey_is_not_written() -> None:
    found = [("1", address("Lipowa\x1b Góra\x07 2")), ("2", address("", ""))]
    assert {count.street for count in customers_by_street(found)} == {"Lipowa Góra, Jasnowice", ""}


def test_customers_are_counted_by_street() -> None:
    found = [
        ("1", address("ul. Lipowa 12/3")),
        ("1", address("Lipowa 14")),
        ("2", address("LIPOWA 1", "JASNOWICE")),
        ("3", address("ul. św. Jana 1")),
        ("4", address("Nowa Wieś 12", "Nowa Wieś")),
        ("5", address("7", "Nowa Wieś")),
        ("6", address("Dąbrówka, Lipowa 2")),
        ("7", address("", "Wólka")),
        ("3", address("Nowa Wieś 9", "Nowa Wieś")),
        ("8", address("pl. Wolności 1")),
        ("8", address("os. Wolności 1")),
        ("9", address("ul. Wolności 1")),
    ]
    assert customers_by_street(found) == (
        StreetCount("Nowa Wieś", 3),
        StreetCount("Lipowa, Jasnowice", 2),
        StreetCount("Lipowa, Dąbrówka", 1),
        StreetCount("os. Wolności, Jasnowice", 1),
        StreetCount("pl. Wolności, Jasnowice", 1),
        StreetCount("św. Jana, Jasnowice", 1),
        StreetCount("Wólka", 1),
        StreetCount("Wolności, Jasnowice", 1),
    )
