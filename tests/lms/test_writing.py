"""Writing into LMS: whole or not at all, within its time, and without the customer's data in a log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update
from support.places import SERVERS, new_urls

from wbok.adapters.lms.tables.messages import messageitems
from wbok.adapters.lms.writing import Writing
from wbok.databases import database_url
from wbok.errors import Rejected, Unavailable

SECRET = "tajne słowa klienta"
ROW: dict[str, object] = {"messageid": 1, "destination": "", "subject": SECRET, "body": ""}


@pytest.fixture(params=SERVERS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with new_urls(request.param, tmp_path) as new_url:
        url = new_url()
        with Writing(database_url(url, where="url"), timeout=5).writing() as connection:
            messageitems.create(connection)
        yield url


@pytest.fixture
def writing(url: str) -> Writing:
    return Writing(database_url(url, where="url"), timeout=1)


def subjects(writing: Writing) -> list[str | None]:
    with writing.writing() as connection:
        return list(connection.execute(select(messageitems.c.subject)).scalars())


def write(writing: Writing, row: dict[str, object], *, then: str | None = None) -> None:
    with writing.writing() as connection:
        connection.execute(insert(messageitems), [row])
        if then is not None:
            connection.execute(text(then), {"subject": SECRET})


def test_what_was_written_is_kept(writing: Writing) -> None:
    write(writing, ROW)
    assert subjects(writing) == [SECRET]


def test_nothing_is_kept_of_what_failed_halfway(writing: Writing, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "wbok"), pytest.raises(Unavailable):
        write(writing, ROW, then="UPDATE nowhere SET subject = :subject")
    assert subjects(writing) == []
    assert "nowhere" in caplog.text
    assert SECRET not in caplog.text


def test_an_error_of_ours_takes_back_what_was_written(writing: Writing) -> None:
    def change_ones_mind() -> None:
        with writing.writing() as connection:
            connection.execute(insert(messageitems), [ROW])
            raise Rejected("on second thoughts")

    with pytest.raises(Rejected, match="second thoughts"):
        change_ones_mind()
    assert subjects(writing) == []


@pytest.mark.parametrize("value", ["x" * 300, "\ud800"])
def test_a_value_that_no_column_takes_is_rejected(writing: Writing, value: str) -> None:
    with pytest.raises(Rejected):
        write(writing, ROW | {"subject": value})
    assert subjects(writing) == []


def test_who_waits_for_a_lock_gives_up(writing: Writing) -> None:
    write(writing, ROW)
    with writing.writing() as first:
        first.execute(update(messageitems).values(subject="first"))
        with pytest.raises(Unavailable), writing.writing() as second:
            second.execute(update(messageitems).values(subject="second"))
    assert subjects(writing) == ["first"]


def test_a_database_that_is_gone_is_unavailable() -> None:
    gone = Writing(database_url("postgresql://postgres@127.0.0.1:1/lms", where="url"), timeout=1)
    with pytest.raises(Unavailable), gone.writing():
        pass


def test_each_connection_begins_with_its_settings(url: str) -> None:
    is_postgresql = url.startswith("postgresql")
    setting = "SET timezone = 'Asia/Tokyo'" if is_postgresql else "SET @asked = 7"
    writing = Writing(database_url(url, where="url"), timeout=1, settings=(setting,))
    with writing.writing() as connection:
        found = connection.scalar(text("SHOW timezone" if is_postgresql else "SELECT @asked"))
    assert str(found) == ("Asia/Tokyo" if is_postgresql else "7")
