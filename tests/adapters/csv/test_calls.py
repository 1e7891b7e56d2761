"""Exported calls: moments as people and programs write them, and totals that are those of the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from support.exports import Exports

from wbok.adapters.csv.moments import moment, moment_in
from wbok.adapters.rules import Refused
from wbok.domain.phone import CallRequest
from wbok.errors import ConfigError, ImportFailed

WARSAW = ZoneInfo("Europe/Warsaw")
HEADER = "id;customer_id;started_at;direction;kind;own_number;number;seconds;price\n"
CALLS = HEADER + (
    "1;1;30.09.2026 23:59:59;outgoing;voice;32 010 00 01;600 100 200;61;0,29 zł\n"
    "2;1;2026-10-01 00:00;incoming;voice;32 010 00 01;;3600;0,00\n"
    "3;1;2026-10-31T23:59:59;outgoing;sms;32 010 00 01;+48 600 100 200;0;-0,10\n"
    "4;2;2026-10-15 12:00:00;outgoing;voice;32 010 00 02;=1+1;5;1,00\n"
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026-11-12 09:14:33", "2026-11-12 09:14:33"),
        ("2026-11-12T09:14", "2026-11-12 09:14:00"),
        ("2026-11-12 09:14:33.250", "2026-11-12 09:14:33"),
        ("12.11.2026 9:14", "2026-11-12 09:14:00"),
        ("12.11.2026, 09:14:33", "2026-11-12 09:14:33"),
        (" ", None),
        ("0000-00-00 00:00:00", None),
    ],
)
def test_a_moment_is_read_as_people_and_programs_write_it(text: str, kept: str | None) -> None:
    assert moment(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "12.11.2026",
        "2026-11-12 09:14:33Z",
        "2026-11-12 09:14:33+01:00",
        "2026-02-30 10:00",
        "2026-11-12 24:00",
        "1789-01-01 10:00",
        "wczoraj",
        "٢٠٢٦-١١-١٢ 09:14",
    ],
)
def test_what_is_no_moment_by_the_clock_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        moment(text)


def test_a_declared_format_is_followed() -> None:
    assert moment_in("%d/%m/%Y %H%M", "12/11/2026 0914") == "2026-11-12 09:14:00"
    for text in ("2026-11-12 09:14", "31/02/2026 0914"):
        with pytest.raises(Refused):
            moment_in("%d/%m/%Y %H%M", text)
    with pytest.raises(Refused):
        moment_in("%Y-%m-%d %H:%M%z", "2026-11-12 09:14+0100")


def test_imported_calls_are_those_of_the_file(tmp_path: Path) -> None:
    exports = Exports.written(tmp_path)
    exports.config["files"]["calls"] = "calls.csv"
    exports.write("calls.csv", CALLS)
    exports.take_in()
    phone = exports.billing().phone
    assert phone is not None
    request = CallRequest(date(2026, 10, 1), date(2026, 10, 31))
    calls = phone.calls("1", request).rows
    assert [call.started_at for call in calls] == [
        datetime(2026, 10, 31, 23, 59, 59, tzinfo=WARSAW),
        datetime(2026, 10, 1, 0, 0, tzinfo=WARSAW),
    ]
    totals = phone.usage("1", request).totals
    assert (totals.calls, totals.seconds, str(totals.price("PLN").amount)) == (2, 3600, "-0.10")
    assert [day.day for day in phone.days("1", request)] == [date(2026, 10, 1), date(2026, 10, 31)]


def test_a_customers_calls_lie_side_by_side_in_the_order_of_time(tmp_path: Path) -> None:
    exports = Exports.written(tmp_path)
    exports.config["files"]["calls"] = "calls.csv"
    head, *rows = CALLS.splitlines()
    more = [row.replace(row.split(";")[0], str(100 + i), 1) for i, row in enumerate(rows * 3)]
    exports.write("calls.csv", "\n".join([head, *rows, *more]) + "\n")
    exports.take_in()
    folder = exports.config["folder"]
    generation = Path(folder) / (Path(folder) / "current").read_text().strip()
    with closing(sqlite3.connect(generation)) as database:
        owners = database.execute("SELECT customer_id, started_at, id FROM calls ORDER BY rowid").fetchall()
        plan = database.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM calls WHERE customer_id = 1 AND started_at >= '2026-10-01' "
            "AND started_at < '2026-11-01' ORDER BY started_at DESC, id DESC LIMIT 26"
        ).fetchall()
    assert owners == sorted(owners)
    assert [step[-1].split("(")[0].strip() for step in plan] == ["SEARCH calls USING INDEX calls_page"]


def test_a_wrong_moment_stops_the_import_and_says_where(tmp_path: Path) -> None:
    exports = Exports.written(tmp_path)
    exports.config["files"]["calls"] = "calls.csv"
    exports.write("calls.csv", CALLS.replace("2026-10-01 00:00", "jutro"))
    with pytest.raises(ImportFailed, match=r'calls\.csv, row 3, column started_at: "jutro" is not a moment'):
        exports.take_in()


def test_columns_that_calls_need_are_asked_for(tmp_path: Path) -> None:
    exports = Exports.written(tmp_path)
    exports.config["files"]["calls"] = {"file": "calls.csv", "columns": {"id": "Nr"}}
    with pytest.raises(ConfigError, match="calls needs customer_id, started_at"):
        exports.billing()
