"""Whatever is wrong with the billing: the page lives, says so in words, and shows nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url
from support.accounts import reading_account
from support.billing import entry, people
from support.clock import HandClock
from support.findings import told
from support.places import DIALECTS, SERVERS, NewUrl, engine_of, new_urls, write_typed_tables
from support.scene import Scene, make_scene, make_settings

NAMES = {name: name for name in ("customers", "credentials", "ledger")}
STRANGER = "Cudzy Abonent"
GONE = "Dane są chwilowo niedostępne"
SLOW = {
    "sqlite": "SELECT l.* FROM ledger l, t WHERE t.on_ = 0 OR (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
    "SELECT i + 1 FROM n WHERE i < 1000000000) SELECT max(i) FROM n) > 0",
    "postgresql": "SELECT l.* FROM ledger l, t WHERE t.on_ = 0 OR pg_sleep(9) IS NULL",
    "mysql": "SELECT l.* FROM ledger l, t WHERE t.on_ = 0 OR SLEEP(9) = 1",
}


@pytest.fixture(params=DIALECTS)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewUrl]:
    with new_urls(request.param, tmp_path) as new_url:
        yield new_url


def filled(url: str) -> str:
    tables = people(2)
    tables["customers"][1]["name"] = STRANGER
    ledger = [entry(1, 1, -7), entry(2, 2, -9, description=STRANGER), entry(3, 1, 3)]
    write_typed_tables(url, {**tables, "ledger": ledger, "t": [{"on_": 0}]})
    return url


def scene_at(folder: Path, url: str, clock: HandClock, relations: dict[str, Any] | None = None) -> Scene:
    billing = {
        "adapter": "sql",
        "url": url,
        "relations": {**NAMES, **(relations or {})},
        "timeout_seconds": 0.5,
    }
    return make_scene(make_settings(folder, billing), clock=clock)


def run(url: str, *statements: str) -> None:
    with engine_of(url).begin() as connection:
        for sql in statements:
            connection.exec_driver_sql(sql)


def to_text(url: str, column: str) -> str:
    """Statement after which the column holds any text; SQLite needs none."""
    return {
        "sqlite": "SELECT 1",
        "postgresql": f"ALTER TABLE ledger ALTER COLUMN {column} TYPE text USING {column}::text",
        "mysql": f"ALTER TABLE ledger MODIFY {column} VARCHAR(50)",
    }[make_url(url).get_backend_name()]


FAULTS = {
    "table": ("DROP TABLE ledger", "the database has no table or view ledger"),
    "column": ("ALTER TABLE ledger RENAME COLUMN amount TO kwota", "ledger.amount no such column"),
    "type": ("UPDATE ledger SET amount = '12,5o' WHERE id = 1", "ledger.amount [id 1] text"),
    "null": ("UPDATE ledger SET booked_on = NULL WHERE id = 1", "ledger.booked_on [id 1] NULL"),
    "null key": ("UPDATE ledger SET id = NULL WHERE id = 1", "ledger.id NULL"),
    "slow": ("UPDATE t SET on_ = 1", "ledger no answer within billing.timeout_seconds"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_page_lives_and_the_check_says_why(
    new_url: NewUrl, tmp_path: Path, clock: HandClock, fault: str
) -> None:
    url = filled(new_url())
    relations = {"ledger": {"select": SLOW[make_url(url).get_backend_name()]}} if fault == "slow" else {}
    scene = scene_at(tmp_path, url, clock, relations)
    customer = scene.customer("1", "4711")
    assert customer.get("/finance/ledger").status_code == 200
    sql, words = FAULTS[fault]
    run(url, *([to_text(url, "amount")] if fault == "type" else []), sql)
    answer = customer.get("/finance/ledger")
    assert answer.status_code == 503
    assert GONE in answer.text
    assert STRANGER not in answer.text
    # Its first page does not need every entry.
    assert customer.get("/finance/").status_code == (200 if fault == "null" else 503)
    assert customer.get("/info/").status_code == 200
    assert any(words in line for line in told(scene.panel.billing)), told(scene.panel.billing)


@pytest.mark.parametrize("new_url", ["mysql"], indirect=True)
def test_a_zero_date_is_a_page_in_words(new_url: NewUrl, tmp_path: Path, clock: HandClock) -> None:
    url = filled(new_url())
    customer = scene_at(tmp_path, url, clock).customer("1", "4711")
    run(
        url,
        "SET SESSION sql_mode = ''",
        "ALTER TABLE ledger MODIFY booked_on DATE",
        "UPDATE ledger SET booked_on = '0000-00-00' WHERE id = 1",
    )
    answer = customer.get("/finance/ledger")
    assert answer.status_code == 503
    assert GONE in answer.text


def test_rows_of_nobody_and_of_unknown_customers_are_on_nobodys_page(
    new_url: NewUrl, tmp_path: Path, clock: HandClock
) -> None:
    url = filled(new_url())
    run(
        url,
        "UPDATE ledger SET customer_id = NULL WHERE id = 1",
        "UPDATE ledger SET customer_id = 99 WHERE id = 2",
    )
    page = scene_at(tmp_path, url, clock).customer("1", "4711").get("/finance/ledger")
    assert page.status_code == 200
    # With their tags: a token in the page may have any letters.
    assert ">n3<" in page.text
    assert ">n1<" not in page.text
    assert STRANGER not in page.text


def test_both_hours_of_the_night_in_october_are_on_the_page(
    new_url: NewUrl, tmp_path: Path, clock: HandClock
) -> None:
    url = new_url()
    rows = [entry(i, 1, -i, "2026-10-25 02:30:00") for i in (1, 2)]
    write_typed_tables(url, {**people(1), "ledger": rows})
    relations = {"ledger": {"table": "ledger", "types": {"booked_on": "instant:local"}}}
    page = scene_at(tmp_path, url, clock, relations).customer("1", "4711").get("/finance/ledger")
    assert page.status_code == 200
    assert page.text.count("25.10.2026") >= 2


def test_a_database_that_vanishes_is_a_page_in_words_and_a_login_that_does_not_count(
    new_url: NewUrl, tmp_path: Path, clock: HandClock
) -> None:
    url = filled(new_url())
    scene = scene_at(tmp_path, url, clock)
    customer = scene.customer("1", "4711")
    run(url, *(f"DROP TABLE {name}" for name in NAMES))
    for path in ("/info/", "/finance/"):
        answer = customer.get(path)
        assert answer.status_code == 503
        assert GONE in answer.text
    for _ in range(4):
        assert scene.visitor().log_in("1", "9999").status_code == 503


@pytest.mark.parametrize("new_url", ["postgresql", "mysql"], indirect=True)
@pytest.mark.parametrize("taken", ["password", "right"])
def test_a_changed_password_or_a_right_taken_away_is_a_page_in_words(
    new_url: NewUrl, tmp_path: Path, clock: HandClock, taken: str
) -> None:
    url = filled(new_url())
    is_postgresql = make_url(url).get_backend_name() == "postgresql"
    with reading_account(url) as account:
        scene = scene_at(tmp_path, account.url, clock)
        customer = scene.customer("1", "4711")
        assert customer.get("/finance/").status_code == 200
        if taken == "right":
            account.run(
                "REVOKE SELECT ON ALL TABLES IN SCHEMA {place} FROM {user}"
                if is_postgresql
                else "REVOKE SELECT ON {place}.* FROM {user}"
            )
        else:
            # A PostgreSQL that asks nobody for a password can still refuse a user.
            account.run(
                "ALTER USER {user} NOLOGIN" if is_postgresql else "ALTER USER {user} IDENTIFIED BY 'new'"
            )
        account.disconnect()
        answer = customer.get("/finance/")
        assert answer.status_code == 503
        assert GONE in answer.text
        assert told(scene.panel.billing)[0].startswith("fault ")


@pytest.mark.parametrize("dialect", sorted(SERVERS))
def test_a_server_that_does_not_answer_stops_neither_the_start_nor_the_pages(
    tmp_path: Path, clock: HandClock, dialect: str
) -> None:
    scene = scene_at(tmp_path, f"{dialect}://panel:secret@127.0.0.1:9/billing", clock)
    answer = scene.visitor().log_in("1", "4711")
    assert answer.status_code == 503
    assert "Logowanie jest chwilowo niemożliwe" in answer.text
    assert scene.visitor().get("/help").status_code == 200
    (fault,) = told(scene.panel.billing)
    assert fault == "fault  nothing answers at 127.0.0.1:9"
