"""The made-up provider keeps its promises, whatever day it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from stdnum import iban
from stdnum.pl import nip, pesel

from wbok.relations.canonical import CANONICAL
from wbok_demo import DemoLogin, build_billing
from wbok_demo.numbers import settlement_number
from wbok_demo.schema import LEFT_OUT, create_tables, insert

TODAY = date(2026, 11, 12)
AWKWARD_DAYS = (TODAY, date(2026, 3, 31), date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 9))
ABSENT = {(name, column) for name, columns in LEFT_OUT.items() for column in columns}

HALINA, FULLY_PAID, OVERPAID, IN_DEBT, SUSPENDED, PAUSED, NEW, LEFT = [
    "10427",
    "4213",
    "10588",
    "11206",
    "10931",
    "10745",
    "12001",
    "9318",
]
CORRECTED, DEBIT_NOTE, CANCELLED, SHARED_ACCOUNT = ["10863", "10174", "11477", "990000100234"]
LONG_NAME, PRO_FORMA, EURO = ["20015", "20031", "20044"]


@dataclass(frozen=True)
class Demo:
    logins: tuple[DemoLogin, ...]
    database: sqlite3.Connection
    today: date

    def rows(self, question: str, *values: object) -> list[Any]:
        return self.database.execute(question, values).fetchall()

    def one(self, question: str, *values: object) -> Any:
        """The only column of the only row."""
        ((value,),) = self.rows(question, *values)
        return value

    def balance(self, customer_id: str, currency: str = "PLN") -> float:
        question = (
            "SELECT round(coalesce(sum(amount), 0), 2) FROM ledger WHERE customer_id = ? AND currency = ?"
        )
        return float(self.one(question, customer_id, currency))


@pytest.fixture(scope="module", params=AWKWARD_DAYS, ids=str)
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    path = tmp_path_factory.mktemp("demo") / "billing.sqlite"
    logins = build_billing(path, today=request.param)
    with closing(sqlite3.connect(path)) as database:
        yield Demo(logins, database, request.param)


def _dump(path: Path, today: date) -> list[str]:
    build_billing(path, today=today)
    with closing(sqlite3.connect(path)) as database:
        return list(database.iterdump())


def test_the_same_day_gives_the_same_rows_and_another_day_shifts_them(tmp_path: Path) -> None:
    first = _dump(tmp_path / "first.sqlite", TODAY)
    assert _dump(tmp_path / "second.sqlite", TODAY) == first
    assert _dump(tmp_path / "third.sqlite", TODAY + timedelta(days=40)) != first


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "billing.sqlite"
    path.write_text("something else")
    with pytest.raises(FileExistsError, match=r"billing\.sqlite"):
        build_billing(path, today=TODAY)
    assert path.read_text() == "something else"


def test_a_row_with_other_columns_than_the_table_is_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        create_tables(database)
        with pytest.raises(ValueError, match="credentials has the columns"):
            insert(database, "credentials", [{"login": "1", "pin": "1"}])


def test_every_relation_is_a_table_with_the_canonical_columns(demo: Demo) -> None:
    for relation in CANONICAL.values():
        found = [name for (name,) in demo.rows("SELECT name FROM pragma_table_info(?)", relation.name)]
        assert found == [c.name for c in relation.columns if (relation.name, c.name) not in ABSENT]
        assert demo.one(f"SELECT count(*) FROM {relation.name}") > 0


def test_words_are_the_canonical_ones(demo: Demo) -> None:
    for relation in CANONICAL.values():
        for column in relation.columns:
            if column.words and (relation.name, column.name) not in ABSENT:
                found = {w for (w,) in demo.rows(f"SELECT DISTINCT {column.name} FROM {relation.name}")}
                assert found - ({None} if not column.required else set()) <= set(column.words)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM ledger WHERE customer_id = 1 ORDER BY booked_on DESC, id DESC",
        "SELECT * FROM documents WHERE customer_id = 1 ORDER BY issued_on DESC, id DESC",
        "SELECT * FROM contracts WHERE customer_id = 1 ORDER BY signed_on DESC, id DESC",
        "SELECT * FROM document_lines WHERE customer_id = 1 AND document_id = 1",
        "SELECT * FROM calls WHERE customer_id = 1 AND started_at > '2' ORDER BY started_at DESC, id DESC",
        "SELECT * FROM services WHERE customer_id = 1",
        "SELECT * FROM credentials WHERE login = '1'",
    ],
)
def test_what_the_panel_asks_is_answered_from_an_index(demo: Demo, question: str) -> None:
    plan = [row[3] for row in demo.rows(f"EXPLAIN QUERY PLAN {question}")]
    assert len(plan) == 1
    assert plan[0].startswith("SEARCH")


def test_there_are_about_sixty_customers_and_24_months(demo: Demo) -> None:
    assert 55 <= demo.one("SELECT count(*) FROM customers") <= 65
    months = demo.rows("SELECT DISTINCT substr(issued_on, 1, 7) FROM documents WHERE customer_id = ?", HALINA)
    assert len(months) == 24


def test_everybody_logs_in_with_the_number_and_pays_a_known_seller(demo: Demo) -> None:
    assert demo.rows("SELECT cast(id AS TEXT) FROM customers ORDER BY id") == demo.rows(
        "SELECT login FROM credentials ORDER BY customer_id"
    )
    assert all(pin.isdigit() and len(pin) in (4, 6) for (pin,) in demo.rows("SELECT pin FROM credentials"))
    assert demo.rows("SELECT id FROM customers WHERE seller_id NOT IN (SELECT id FROM sellers)") == []


def test_remarkable_logins_work_and_say_what_is_special(demo: Demo) -> None:
    known = set(demo.rows("SELECT login, pin FROM credentials"))
    assert {(login.customer_id, login.pin) for login in demo.logins} <= known
    notes = [login.note for login in demo.logins]
    assert len(set(notes)) == len(notes)
    assert all(note and "\t" not in note and "\n" not in note for note in notes)
    assert demo.logins[0].customer_id == HALINA


@pytest.mark.parametrize(
    ("question", "is_valid"),
    [
        (
            "SELECT tax_id FROM customers WHERE kind = 'company' UNION ALL SELECT tax_id FROM sellers",
            nip.is_valid,
        ),
        ("SELECT personal_id FROM customers WHERE kind = 'private'", pesel.is_valid),
        ("SELECT 'PL' || number FROM accounts UNION ALL SELECT 'PL' || account FROM sellers", iban.is_valid),
    ],
)
def test_check_digits_are_right_and_numbers_unique(
    demo: Demo, question: str, is_valid: Callable[[str], bool]
) -> None:
    numbers = [number for (number,) in demo.rows(question)]
    assert all(is_valid(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_pesel_tells_the_sex_that_the_name_tells(demo: Demo) -> None:
    for name, number in demo.rows("SELECT name, personal_id FROM customers WHERE kind = 'private'"):
        assert pesel.get_gender(number) == ("F" if name.split()[0].endswith("a") else "M")
    assert demo.rows("SELECT id FROM customers WHERE kind = 'company' AND personal_id IS NOT NULL") == []
    assert demo.rows("SELECT id FROM customers WHERE kind = 'private' AND tax_id IS NOT NULL") == []


@pytest.mark.parametrize("number", ["10901014", "10201026", "12402092"])
def test_settlement_numbers_are_checked_as_those_of_real_banks(number: str) -> None:
    assert settlement_number(number[:7]) == number


def test_the_bank_is_invented_and_its_settlement_number_right(demo: Demo) -> None:
    assert demo.rows("SELECT DISTINCT substr(number, 3, 8) FROM accounts") == [("99900012",)]


def test_every_document_is_the_sum_of_its_lines(demo: Demo) -> None:
    wrong = demo.rows(
        "SELECT d.id FROM documents d LEFT JOIN document_lines l ON l.document_id = d.id GROUP BY d.id"
        " HAVING round(d.gross - total(l.gross), 2) <> 0 OR round(d.net - total(l.net), 2) <> 0"
        " OR count(*) <> max(l.position) OR min(l.customer_id) <> d.customer_id"
        " OR min(l.currency) <> d.currency"
    )
    assert wrong == []


def test_vat_of_a_line_follows_from_its_rate(demo: Demo) -> None:
    percent = {"23%": 23, "8%": 8, "np.": 0}
    rows = demo.rows("SELECT DISTINCT vat_rate, net, vat, gross FROM document_lines")
    assert {row[0] for row in rows} == set(percent)
    for rate, net, vat, gross in rows:
        assert round(net + vat, 2) == gross
        assert abs(net * percent[rate] / 100 - vat) < 0.011


def test_what_the_ledger_charges_are_the_documents(demo: Demo) -> None:
    charged = demo.rows(
        "SELECT document_id, customer_id, booked_on, -amount, currency FROM ledger"
        " WHERE document_id IS NOT NULL ORDER BY document_id"
    )
    documents = demo.rows(
        "SELECT id, customer_id, issued_on, gross, currency FROM documents"
        " WHERE NOT cancelled AND kind <> 'pro_forma' ORDER BY id"
    )
    assert charged == documents
    assert demo.rows("SELECT id FROM ledger WHERE amount <= 0 AND document_id IS NULL") == []


@pytest.mark.parametrize(("table", "column"), [("documents", "issued_on"), ("ledger", "booked_on")])
def test_ids_grow_with_time(demo: Demo, table: str, column: str) -> None:
    days = demo.rows(f"SELECT {column} FROM {table} ORDER BY id")
    assert days == sorted(days)


def test_numbers_of_documents_are_unique_and_tell_the_month(demo: Demo) -> None:
    rows = demo.rows("SELECT number, kind, issued_on FROM documents")
    assert len({number for number, _, _ in rows}) == len(rows)
    for number, _, issued_on in rows:
        _, month, year, _ = number.split("/")
        assert issued_on.startswith(f"{year}-{month}")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("customers", "since"),
        ("contracts", "signed_on"),
        ("contracts", "valid_from"),
        ("services", "valid_from"),
        ("ledger", "booked_on"),
        ("documents", "issued_on"),
        ("calls", "started_at"),
    ],
)
def test_nothing_is_dated_in_the_future(demo: Demo, table: str, column: str) -> None:
    assert demo.one(f"SELECT max({column}) FROM {table}") <= demo.today.isoformat()


def test_a_contract_or_service_ends_after_it_begins(demo: Demo) -> None:
    for table in ("contracts", "services"):
        assert demo.rows(f"SELECT id FROM {table} WHERE valid_to <= valid_from") == []


def test_halina_owes_a_remainder_and_the_newest_invoice(demo: Demo) -> None:
    newest, before = demo.rows(
        "SELECT gross, due_on FROM documents WHERE customer_id = ? ORDER BY issued_on DESC LIMIT 2", HALINA
    )
    assert demo.balance(HALINA) == -163.52
    assert newest[0] == 118.52
    assert newest[1] >= demo.today.isoformat() > before[1]
    services = demo.rows("SELECT name, price FROM services WHERE customer_id = ? ORDER BY id", HALINA)
    assert services == [
        ("Internet światłowodowy 600", 79.9),
        ("Telefon „Domowy 120”", 24.9),
        ("Stały adres IP", 10),
    ]


def test_balances_of_the_odd_cases(demo: Demo) -> None:
    assert demo.balance(FULLY_PAID) == 0
    assert demo.balance(OVERPAID) == 240
    assert demo.balance(IN_DEBT) < -500
    assert demo.balance(SUSPENDED) < -200
    assert demo.balance(LEFT) == 0
    assert demo.balance(CORRECTED) == 0
    assert demo.balance(DEBIT_NOTE) == -150
    assert demo.balance(EURO, "EUR") == -369
    assert len(demo.rows("SELECT id FROM ledger WHERE customer_id = ? AND currency = 'PLN'", EURO)) > 24


def test_the_new_customer_has_nothing_yet(demo: Demo) -> None:
    for table in ("ledger", "documents", "document_lines", "services", "contracts", "devices", "accounts"):
        assert demo.one(f"SELECT count(*) FROM {table} WHERE customer_id = ?", NEW) == 0


def test_suspended_and_ended_services(demo: Demo) -> None:
    def states(customer_id: str) -> Sequence[tuple[str, bool]]:
        return demo.rows(
            "SELECT status, coalesce(valid_to, '9999') < ? FROM services WHERE customer_id = ? ORDER BY id",
            demo.today.isoformat(),
            customer_id,
        )

    assert states(PAUSED) == [("active", 0), ("suspended", 0), ("active", 1)]
    assert states(SUSPENDED) == [("suspended", 0)] * 2
    assert states(LEFT) == [("active", 1)] * 2
    assert demo.one("SELECT valid_to FROM contracts WHERE customer_id = ?", LEFT) < demo.today.isoformat()
    assert demo.rows("SELECT status FROM customers WHERE id IN (?, ?) ORDER BY id", LEFT, SUSPENDED) == [
        ("ended",),
        ("suspended",),
    ]


def test_a_correction_lowers_its_invoice_and_the_debt(demo: Demo) -> None:
    ((document_id, gross, original),) = demo.rows(
        "SELECT id, gross, corrects_id FROM documents WHERE kind = 'correction' AND customer_id = ?",
        CORRECTED,
    )
    assert gross == -20
    assert demo.one("SELECT amount FROM ledger WHERE document_id = ?", document_id) == 20
    assert demo.rows("SELECT kind, customer_id FROM documents WHERE id = ?", original) == [
        ("invoice", int(CORRECTED))
    ]


def test_documents_that_are_no_invoices_or_no_debt(demo: Demo) -> None:
    def count(customer_id: str, condition: str) -> Any:
        return demo.one(f"SELECT count(*) FROM documents WHERE customer_id = ? AND {condition}", customer_id)

    assert count(DEBIT_NOTE, "kind = 'debit_note'") == 1
    assert count(PRO_FORMA, "kind = 'pro_forma'") == 1
    assert count(CANCELLED, "cancelled") == 1
    assert count(EURO, "currency = 'EUR'") > 1


def test_odd_names_logins_and_accounts(demo: Demo) -> None:
    name, street = demo.rows(
        "SELECT name, street FROM customers c JOIN addresses a ON a.customer_id = c.id AND a.kind = 'home'"
        " WHERE c.id = ?",
        LONG_NAME,
    )[0]
    assert len(name) > 120
    assert len(street) > 60
    assert demo.rows("SELECT number FROM accounts WHERE customer_id = ?", SHARED_ACCOUNT) == []
    currencies = demo.rows("SELECT currency FROM accounts WHERE customer_id = ? ORDER BY currency", EURO)
    assert currencies == [("EUR",), ("PLN",)]
    assert demo.one("SELECT pin FROM credentials WHERE login = ?", OVERPAID) == "0042"


def test_addresses_of_the_network_and_of_mail_are_reserved_ones(demo: Demo) -> None:
    macs = demo.rows("SELECT mac FROM devices")
    assert all(mac.startswith("02:00:5E:") for (both,) in macs for mac in both.split(","))
    ips = [ip for (ip,) in demo.rows("SELECT ip FROM devices WHERE ip IS NOT NULL")]
    assert len(set(ips)) == len(ips)
    assert all(ip.startswith(("192.0.2.", "198.51.100.", "203.0.113.")) for ip in ips)
    mails = demo.rows("SELECT value FROM contacts WHERE kind = 'email'")
    assert all(mail.isascii() and mail.endswith(".example") for (mail,) in mails)
    assert len(set(mails)) == len(mails)
