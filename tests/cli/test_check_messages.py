"""Ten and more configurations as integrators break them, and what `wbok check` answers, word for word."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from support.places import SERVERS, new_urls

from wbok.cli import main
from wbok.cli.demo import write_demo

Check = Callable[..., str]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_demo(tmp_path_factory.mktemp("demo"), port=8000)


@pytest.fixture
def check(
    installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Check:
    """Gives what is printed after `old` became `new` in the configuration; the exit code is never 0."""
    shutil.copytree(installation.parent, tmp_path / "wbok")
    config = tmp_path / "wbok/wbok.toml"

    def run(old: str, new: str) -> str:
        text = config.read_text().replace(str(installation.parent), str(config.parent))
        assert old in text
        config.write_text(text.replace(old, new))
        monkeypatch.setattr(sys, "argv", ["wbok", "--config", str(config), "check"])
        with pytest.raises(SystemExit) as exit_:
            main()
        assert exit_.value.code not in (0, None)
        message = exit_.value.code if isinstance(exit_.value.code, str) else capsys.readouterr().out
        # Where a line is wrapped depends on how long the path of this test is.
        return message.replace("\n" + " " * 12, " ").replace(str(config.parent), "/srv")

    return run


LEDGER = 'ledger = "ledger"'
STOPS = [
    (
        'adapter = "sql"',
        'adapter = "sql"\npin_formt = "md5"',
        "wbok: billing.pin_formt: the adapter sql does not know this setting.",
    ),
    (
        'adapter = "sql"',
        'adapter = "sqll"',
        'wbok: billing.adapter: no installed package has an adapter "sqll". Installed: csv, lms, sql.',
    ),
    (
        'contacts = "contacts"',
        'kontakty = "contacts"',
        "wbok: billing.relations.kontakty: there is no such relation. There are: customers, credentials, "
        "addresses, contacts, consents, contracts, services, devices, accounts, sellers, ledger, documents, "
        "document_lines, document_payments, document_files, notices, phone_lines, calls, allowances.",
    ),
    (
        LEDGER,
        'ledger = { table = "ledger", types = { kwota = "money:grosze" } }',
        "wbok: billing.relations.ledger: ledger has no column kwota. It has: id, customer_id, booked_on, amount, "
        "currency, description, document_id, balance_after.",
    ),
    (
        LEDGER,
        'ledger = { table = "ledger", types = { amount = "float" } }',
        'wbok: billing.relations.ledger.types.amount: "float" is not a column type. There are: int, text, uuid, '
        "bool, date, instant:epoch_s, instant:epoch_ms, instant:utc, instant:local, instant:aware, money:decimal, "
        "money:grosze, money:text, number, seconds, bytes, count, binary; with zero_is_none",
    ),
    (
        LEDGER,
        'ledger = { table = "ledger", types = { booked_on = "money:grosze" } }',
        "wbok: billing.relations.ledger.types.booked_on: it cannot be money:grosze. It can be: date, "
        "instant:epoch_s, instant:epoch_ms, instant:utc, instant:local, instant:aware.",
    ),
    (
        LEDGER,
        'ledger = { table = "ledger", select = "SELECT * FROM ledger" }',
        "wbok: billing.relations.ledger: write either table or select.",
    ),
    (
        LEDGER,
        'ledger = { table = "ledger", types = { customer_id = "text" } }',
        "wbok: billing.relations.ledger.types.customer_id: it holds a key of customers and must have the same "
        "type. If the database has another one, cast it in a select.",
    ),
    (
        'credentials = "credentials"',
        "",
        "wbok: billing.relations.credentials is missing: without it nobody can log in.",
    ),
    (
        'adapter = "sql"',
        'adapter = "sql"\npin_format = "sha1"',
        "wbok: billing.pin_format: sha1 is unknown. There are: plain, md5, bcrypt, argon2, hmac.",
    ),
    (
        'url = "sqlite:////',
        'url = "oracle:////',
        "wbok: billing.url: oracle is not a database that we can use. Write "
        '"sqlite:////srv/wbok/file.sqlite", "postgresql://user:password@host/name", '
        '"mysql://user:password@host/name".',
    ),
]
FAULTS = [
    (
        LEDGER,
        'ledger = "ledgers"',
        """\
FAULT ledger
  found     the database has no table or view ledgers
  to do     Correct the name in billing.relations.ledger. There are: accounts, addresses, allowances, \
calls, consents, contacts, contracts, credentials, customers, devices, document_files, document_lines, \
document_payments, documents, ledger, notices, phone_lines, sellers, services.
""",
    ),
    (
        'contacts = "contacts"',
        'contacts = { select = "SELECT id, customer_id, value FROM contacts" }',
        """\
FAULT contacts.kind
  found     no such column; there are customer_id, id, value
  expected  what the value is (text)
  to do     Add it to the select: … AS kind.
""",
    ),
    (
        'contacts = "contacts"',
        """contacts = { select = "SELECT id, customer_id, 'tel' AS kind, value FROM contacts" }""",
        """\
FAULT contacts.kind, row id 1 and 99 rows more
  found     text
  expected  one of phone, email, other
  to do     Translate it: billing.relations.contacts.values.kind = { "in the database" = "one of these" }.
""",
    ),
    (
        'customers = "customers"',
        'customers = { table = "customers", types = { id = "uuid" } }',
        """\
FAULT customers.id, row id 4213 and 61 rows more
  found     a whole number
  expected  uuid
  to do     Correct the value, or declare what it is in billing.relations.customers.types.id: int, text, uuid.
""",
    ),
    (
        'adapter = "sql"',
        'adapter = "sql"\npin_format = "md5"',
        """\
FAULT credentials.pin
  found     62 of 62 PINs look like plain
  expected  md5, as billing.pin_format says
  to do     Set billing.pin_format = "plain", or give these customers new PINs.
""",
    ),
    (
        LEDGER,
        'ledger = { table = "ledger", types = { booked_on = "instant:utc" } }',
        """\
FAULT ledger.booked_on, row id 1 and 199 rows more
  found     a value of another shape
  expected  text as 2026-11-01 10:00:00
  to do     Write a select with datetime(column), or unixepoch(column) and the type instant:epoch_s.
""",
    ),
    (
        "/billing.sqlite",
        "/biling.sqlite",
        """\
FAULT billing
  found     the file /srv/biling.sqlite is not there or may not be read
  to do     Correct the path in billing.url (seen from where wbok starts; four slashes before one from the root), \
or let this user read it.

1 fault in 0 relations.
""",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), STOPS)
def test_a_configuration_that_cannot_be_used_is_said_word_for_word(
    check: Check, old: str, new: str, message: str
) -> None:
    assert check(old, new) == message


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_a_billing_that_does_not_fit_is_said_word_for_word(
    check: Check, old: str, new: str, message: str
) -> None:
    assert message in check(old, new)


def test_a_missing_address_is_said_word_for_word(check: Check, tmp_path: Path) -> None:
    line = f'url = "sqlite:///{tmp_path / "wbok/billing.sqlite"}"'
    message = 'wbok: billing.url is missing. Write it like "sqlite:////srv/billing.sqlite".'
    assert check(line, "") == message


@pytest.mark.parametrize(
    ("dialect", "user", "place"),
    [("mysql", "root:wrong", "127.0.0.1:3306"), ("postgresql", "nobody_here", "127.0.0.1:5432")],
)
def test_a_wrong_password_is_said_word_for_word(
    check: Check, tmp_path: Path, dialect: str, user: str, place: str
) -> None:
    with new_urls(dialect, tmp_path):
        name = make_url(SERVERS[dialect]).database
        old = f"sqlite:///{tmp_path / 'wbok/billing.sqlite'}"
        assert (
            check(old, f"{dialect}://{user}@{place}/{name}")
            == f"""
FAULT billing
  found     the server at {place} refuses the user "{user.partition(":")[0]}" or the password
  to do     Set the user and the password that the server knows in billing.url.

1 fault in 0 relations.
"""
        )
