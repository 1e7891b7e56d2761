"""Columns of a provider's export become ours: other headers, Polish numbers, words, differences, joined keys."""

from __future__ import annotations

from typing import Any

import pytest
from support.billing import CONTEXT, finance, whole_ledger
from support.exports import Exports, export_tables

from wbok.adapters import sql
from wbok.adapters.csv.values import grosze, number
from wbok.domain.documents import DocumentRequest
from wbok.errors import ImportFailed
from wbok.testing.sample import PINS

KLIENCI = """Nr klienta;Nazwa;Typ;Od;NIP;PIN
007;Łucja Żak;O;1.02.2020;;0815
8;Śnieżka sp. z o.o.;F;12.11.2026 08:15;123-456-32-18;4711
"""
KASA = (
    "Seria;Numer;Klient;Data;Uznanie;Obciążenie;Opis\n"
    "A;1;7;12.11.2026;;1 234,56 zł;Faktura\n"
    "A;1;7;13.11.2026;1\u00a0000,00 zł;;Wpłata\n"
    "B;1;8;2026-11-13;0,50;0,25;Różnica\n"
)


@pytest.fixture
def klienci(exports: Exports) -> Exports:
    """A Polish export in CP1250 with headers of its own; PINs stand beside the customers."""
    exports.write("klienci.csv", KLIENCI.encode("cp1250"))
    exports.write("kasa.csv", KASA.encode("cp1250"))
    file = {"file": "klienci.csv", "encoding": "cp1250"}
    exports.config["files"] = {
        "customers": {
            **file,
            "columns": {
                "id": "Nr klienta",
                "name": "Nazwa",
                "kind": {"column": "Typ", "values": {"O": "private", "F": "company"}},
                "since": "Od",
                "tax_id": "NIP",
            },
        },
        "credentials": {
            **file,
            "columns": {"login": "Nr klienta", "customer_id": "Nr klienta", "pin": "PIN"},
        },
        "ledger": {
            "file": "kasa.csv",
            "encoding": "windows-1250",
            "delimiter": ";",
            "types": {"id": "text"},
            "columns": {
                "id": {"key": ["Seria", "Numer"]},
                "customer_id": "Klient",
                "booked_on": "Data",
                "amount": {"difference": ["Uznanie", "Obciążenie"]},
                "currency": {"constant": "PLN"},
                "description": "Opis",
            },
        },
    }
    return exports


def test_a_polish_export_is_read(klienci: Exports) -> None:
    klienci.take_in()
    assert klienci.rows("SELECT * FROM customers") == [
        (7, "Łucja Żak", "private", None, "2020-02-01"),
        (8, "Śnieżka sp. z o.o.", "company", "1234563218", "2026-11-12"),
    ]
    assert klienci.rows("SELECT * FROM ledger ORDER BY rowid") == [
        ("A|1", 7, "2026-11-12", -123456, "PLN", "Faktura", -123456),
        ("A|1#002", 7, "2026-11-13", 100000, "PLN", "Wpłata", -23456),
        ("B|1", 8, "2026-11-13", 25, "PLN", "Różnica", 25),
    ]
    (entry, _) = whole_ledger(klienci.billing(), "7")
    assert entry.id == "A|1#002"


def test_keys_of_several_columns_stay_the_same_from_import_to_import(klienci: Exports) -> None:
    klienci.take_in()
    before = klienci.rows("SELECT id FROM ledger ORDER BY id")
    klienci.write("kasa.csv", (KASA + "B;2;8;14.11.2026;1,00;;Nowa\n").encode("cp1250"))
    klienci.take_in()
    assert klienci.rows("SELECT id FROM ledger ORDER BY id") == [*before, ("B|2",)]


def test_keys_of_several_columns_cannot_be_taken_for_each_other(klienci: Exports) -> None:
    klienci.write(
        "kasa.csv",
        (
            KASA + "A|1;2;7;14.11.2026;1,00;;x\nA;1|2;7;14.11.2026;1,00;;y\nA;1#2;7;14.11.2026;1,00;;z\n"
        ).encode("cp1250"),
    )
    klienci.take_in()
    assert klienci.rows("SELECT count(DISTINCT id) FROM ledger") == [(6,)]


def test_a_document_with_a_key_of_several_columns_is_found_from_the_ledger_and_must_be_unique(
    klienci: Exports,
) -> None:
    klienci.write("faktury.csv", "Seria;Nr;Klient;Data;Brutto\nA;1;7;1.11.2026;50,00\n")
    klienci.config["files"]["documents"] = {
        "file": "faktury.csv",
        "types": {"id": "text"},
        "columns": {
            "id": {"key": ["Seria", "Nr"]},
            "customer_id": "Klient",
            "number": "Nr",
            "kind": {"constant": "invoice"},
            "issued_on": "Data",
            "gross": "Brutto",
        },
    }
    ledger = klienci.config["files"]["ledger"]["columns"]
    ledger["document_id"] = {"key": ["Seria", "Numer"]}
    with pytest.raises(
        ImportFailed, match=r'kasa\.csv, row 4, column Seria \+ Numer: "B|1" is not among the'
    ):
        klienci.take_in()
    klienci.write("kasa.csv", "\n".join(KASA.split("\n")[:3]).encode("cp1250"))
    klienci.take_in()
    page = finance(klienci.billing()).documents("7", DocumentRequest())
    assert [document.id for document in page.rows] == ["A|1"]
    klienci.write(
        "faktury.csv", "Seria;Nr;Klient;Data;Brutto\nA;1;7;1.11.2026;50,00\nA;1;7;2.11.2026;50,00\n"
    )
    with pytest.raises(ImportFailed, match=r'column Seria \+ Nr: "A\|1" stands already in row 2'):
        klienci.take_in()


def test_pins_are_kept_as_keyed_hashes_alone(klienci: Exports) -> None:
    klienci.take_in()
    billing = klienci.billing()
    (credential,) = billing.customers.credentials("7")
    assert (credential.customer_id, credential.pin_format) == ("7", "hmac")
    assert billing.customers.pin_format == "hmac"
    assert credential.pin == PINS.hash_pin("815", customer_id="7")
    for typed, fits in (("0815", True), ("815", True), ("4711", False)):
        assert PINS.matches(typed, credential, usual_format="hmac") is fits
    for path in klienci.generations.iterdir():
        assert b"0815" not in path.read_bytes()
    assert b"4711" not in klienci.current().read_bytes()


def test_a_customer_without_a_pin_is_imported_and_cannot_log_in(exports: Exports) -> None:
    exports.write("credentials.csv", "login,customer_id,pin\n1,1,\n2,2,0000\n")
    exports.take_in()
    for login in ("1", "2"):
        (credential,) = exports.billing().customers.credentials(login)
        for typed in ("", "0", "0000"):
            assert not PINS.matches(typed, credential, usual_format="hmac")


def test_several_files_make_one_relation_and_faults_name_the_right_one(exports: Exports) -> None:
    header = "id,customer_id,booked_on,amount,description\n"
    exports.config["files"]["ledger"] = ["ledger-*.csv", "rest.csv"]
    for name in ("ledger-1.csv", "ledger-2.csv", "rest.csv"):
        exports.write(name, header)
    exports.config["files"]["ledger"] = {"file": ["ledger-*.csv", "rest.csv"]}
    with pytest.raises(ImportFailed, match=r"^ledger-1\.csv has a header but no rows"):
        exports.take_in()
    exports.write("ledger-1.csv", header + "1,1,2026-11-01,1,a\n2,1,2026-11-01,1,a\n")
    exports.write("rest.csv", "description,id,customer_id,booked_on,amount\nb,3,2,2026-11-01,1\n")
    exports.take_in()
    assert exports.rows("SELECT id, description FROM ledger ORDER BY id") == [(1, "a"), (2, "a"), (3, "b")]
    exports.write("rest.csv", header + "3,2,2026-11-01,1,b\n2,2,2026-11-01,1,b\n4,9,2026-11-01,1,b\n")
    with pytest.raises(ImportFailed) as failed:
        exports.take_in()
    assert [str(fault) for fault in failed.value.faults] == [
        'rest.csv, row 3, column id: "2" stands already in ledger-1.csv, row 3.',
        'rest.csv, row 4, column customer_id: "9" is not among the customers.',
    ]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("\ufeffid,name,ignored\n1,a,x\n2,b,y\n", ["a", "b"]),
        ("id|name\r\n1|a\r\n2|b", ["a", "b"]),
        ("id\tname\r1\ta\r2\tb\r", ["a", "b"]),
        ('id,name\n1,"Anna\nŻak"\n2,"Jan ""Łoś"" L."\n', ["Anna\nŻak", 'Jan "Łoś" L.']),
        ("id;na,me;name\n1;x;a\n2;;b\n", ["a", "b"]),
        ("id;name\n1;a\n\n2;b\n;\n\n", ["a", "b"]),
        (" id ; name \n 1 ; a \n2;b\n", ["a", "b"]),
    ],
)
def test_what_programs_write_is_read(exports: Exports, content: str, names: list[str]) -> None:
    exports.write("customers.csv", content)
    exports.take_in()
    assert [name for (name,) in exports.rows("SELECT name FROM customers ORDER BY id")] == names


def test_utf_16_is_read_when_it_is_declared(exports: Exports) -> None:
    exports.config["files"]["customers"] = {"file": "customers.csv", "encoding": "utf-16"}
    exports.write("customers.csv", "id,name\n1,Żak\n2,Łoś\n".encode("utf-16"))
    exports.take_in()
    assert exports.rows("SELECT name FROM customers") == [("Żak",), ("Łoś",)]
    exports.write("customers.csv", "id,name\n1,Żak\n2,Łoś\n")
    with pytest.raises(ImportFailed, match=r"^customers\.csv is not utf-16"):
        exports.take_in()


@pytest.mark.parametrize(
    ("encoding", "content", "message"),
    [
        (
            "cp1250",
            b"id,name\n1,a\n2,\x81\n",
            "customers.csv, line 3 has letters of another encoding, and [bi",
        ),
        ("cp1250", "\ufeffid,name\n1,a\n2,b\n".encode(), "customers.csv begins with the mark of UTF-8, but"),
        (
            "cp1250",
            "id,name\n1,a\n2,Żak\n".encode(),
            "customers.csv, line 3 has letters in UTF-8, and [bill",
        ),
        ("iso-8859-2", b"id,name\n1,\xb1\n2,\xc5\x82\n", "customers.csv, line 3 has letters in UTF-8, and"),
        ("utf-8", b"id,name\n1,\xb1\n2,b\n", "customers.csv, line 2 has letters of another encoding, and"),
    ],
)
def test_a_declared_encoding_must_be_right(
    exports: Exports, encoding: str, content: bytes, message: str
) -> None:
    exports.config["files"]["customers"] = {"file": "customers.csv", "encoding": encoding}
    exports.write("customers.csv", content)
    with pytest.raises(ImportFailed) as failed:
        exports.take_in()
    assert str(failed.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 234,56 zł", 123456),
        ("1\u00a0234,56\u202fzł", 123456),
        ("-0,50", -50),
        ("−0.5", -50),
        ("+7", 700),
        ("7,1000", 710),
        ("999999999999,99", 99999999999999),
        ("", None),
        ("  ", None),
        (" 5 PLN ", 500),
    ],
)
def test_amounts_become_grosze(text: str, expected: int | None) -> None:
    assert grosze(text) == expected
    assert grosze(text, negate=True) == (None if expected is None else -expected)


def test_quantities_keep_their_places() -> None:
    assert (number("1,50"), number("1 000"), number("2", negate=True), number("")) == (
        "1.50",
        "1000",
        "-2",
        None,
    )


def test_words_of_yes_and_no_are_known(exports: Exports) -> None:
    exports.config["files"]["devices"] = "devices.csv"
    exports.write(
        "devices.csv", "id,customer_id,name,online\n1,1,a,tak\n2,1,b,NIE\n3,1,c,1\n4,1,d,\n5,2,e,f\n"
    )
    exports.take_in()
    assert exports.rows("SELECT online FROM devices ORDER BY id") == [(1,), (0,), (1,), (None,), (0,)]


def test_negated_amounts_and_a_format_of_days(exports: Exports) -> None:
    columns: dict[str, Any] = {
        "id": "id",
        "customer_id": "customer_id",
        "booked_on": {"column": "booked_on", "format": "%m/%d/%y"},
        "amount": {"column": "amount", "negate": True},
        "description": "description",
    }
    exports.config["files"]["ledger"] = {"file": "ledger.csv", "columns": columns}
    exports.write("ledger.csv", "id,customer_id,booked_on,amount,description\n1,1,11/12/26,5,x\n")
    exports.take_in()
    assert exports.rows("SELECT booked_on, amount FROM ledger") == [("2026-11-12", -500)]
    exports.write("ledger.csv", "id,customer_id,booked_on,amount,description\n1,1,12.11.2026,5,x\n")
    with pytest.raises(ImportFailed, match=r'"12\.11\.2026" is not a date in the format "%m/%d/%y"\.'):
        exports.take_in()


def test_the_made_up_provider_reads_the_same_from_csv_as_from_its_database(
    exports: Exports, demo: tuple[Any, Any]
) -> None:
    export_tables(demo[0], exports.folder)
    names = [path.stem for path in exports.folder.glob("*.csv")]
    exports.config["files"] = {name: f"{name}.csv" for name in names}
    exports.take_in()
    mine = exports.billing()
    theirs = sql.connect(
        {"url": f"sqlite:///{demo[0]}", "relations": {name: name for name in names}}, CONTEXT
    )
    for login in demo[1]:
        customer_id = login.customer_id
        assert mine.customers.profile(customer_id) == theirs.customers.profile(customer_id)
        assert finance(mine).settlement(customer_id) == finance(theirs).settlement(customer_id)
        assert whole_ledger(mine, customer_id, limit=30) == whole_ledger(theirs, customer_id, limit=30)
        for document in finance(theirs).documents(customer_id, DocumentRequest(limit=100)).rows:
            lines = [finance(one).document_lines(customer_id, document.id) for one in (mine, theirs)]
            assert lines[0] == lines[1]
