"""Calls in every kind of database: totals to the second and the grosz, months by the provider's clock, odd data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from support.billing import CONTEXT, Make, people
from support.places import DIALECTS, engine_of, new_urls, write_typed_tables
from support.rounds import part_of

from wbok.adapters.sql import connect
from wbok.billing import Billing
from wbok.billing.phone import Phone
from wbok.domain.money import Money
from wbok.domain.phone import (
    Call,
    CallKind,
    CallRequest,
    Direction,
    begins_with,
    call_totals,
    group_totals,
)
from wbok.errors import ConfigError, Rejected, Unavailable

WARSAW = ZoneInfo("Europe/Warsaw")
OCTOBER = CallRequest(date(2026, 10, 1), date(2026, 10, 31), limit=1000)
YEAR = CallRequest(date(2026, 1, 1), date(2026, 12, 31), limit=1000)


def phone_of(billing: Billing) -> Phone:
    assert billing.phone is not None
    return billing.phone


def a_call(key: int, customer_id: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "customer_id": customer_id,
        "started_at": datetime(2026, 10, 10, 12, 0, key % 60),  # noqa: DTZ001
        "direction": "outgoing",
        "kind": "voice",
        "number": "600 100 200",
        "seconds": 60,
        "price": Decimal("0.00"),
        **more,
    }


def test_months_begin_by_the_providers_clock_whatever_the_column_holds(make_anywhere: Make) -> None:
    moments = [
        datetime(2026, 9, 30, 23, 59, 59, tzinfo=WARSAW),
        datetime(2026, 10, 1, 0, 0, tzinfo=WARSAW),
        datetime(2026, 10, 31, 23, 59, 59, tzinfo=WARSAW),
        datetime(2026, 11, 1, 0, 0, tzinfo=WARSAW),
    ]
    kept: Mapping[str, Any] = {
        "instant:epoch_s": lambda when: int(when.timestamp()),
        "instant:epoch_ms": lambda when: int(when.timestamp() * 1000),
        "instant:utc": lambda when: when.astimezone(UTC).replace(tzinfo=None),
        "instant:local": lambda when: when.replace(tzinfo=None),
    }
    for kind, keep in kept.items():
        rows = [a_call(i, started_at=keep(when)) for i, when in enumerate(moments)]
        billing = make_anywhere({"calls": {"table": "calls", "types": {"started_at": kind}}}, calls=rows)
        calls = phone_of(billing).calls("1", OCTOBER).rows
        assert [call.started_at for call in calls] == [moments[2], moments[1]], kind
        days = phone_of(billing).days("1", OCTOBER)
        assert [day.day for day in days] == [date(2026, 10, 1), date(2026, 10, 31)], kind


def test_the_hour_that_comes_twice_lies_in_its_day(make_anywhere: Make) -> None:
    """On 25 October 2026 the clocks go back."""
    night = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    rows = [a_call(i, started_at=int((night + timedelta(hours=i)).timestamp())) for i in range(24)]
    relation = {"table": "calls", "types": {"started_at": "instant:epoch_s"}}
    phone = phone_of(make_anywhere({"calls": relation}, calls=rows))
    found = {day.day.day: day.totals.calls for day in phone.days("1", OCTOBER)}
    assert found == {25: 23, 26: 1}
    assert len(phone.calls("1", OCTOBER).rows) == 24


def test_foreign_words_are_chosen_by_as_they_are_read(make_anywhere: Make) -> None:
    relation = {
        "table": "calls",
        "values": {
            "direction": {"0": "incoming", "1": "outgoing"},
            "kind": {"V": "voice", "v": "video", "S": "sms", "s": "sms"},
        },
    }
    kinds = ["V", "v", "S", "s", "V"]
    rows = [a_call(i, kind=kind, direction=i % 2) for i, kind in enumerate(kinds)]
    phone = phone_of(make_anywhere({"calls": relation}, calls=rows))

    def chosen(**more: Any) -> list[str]:
        request = CallRequest(OCTOBER.since, OCTOBER.until, **more)
        calls = phone.calls("1", request).rows
        assert phone.usage("1", request).totals == call_totals(calls)
        return sorted(call.id for call in calls)

    assert chosen(kind=CallKind.VOICE) == ["0", "4"]
    assert chosen(kind=CallKind.VIDEO) == ["1"]
    assert chosen(kind=CallKind.SMS) == ["2", "3"]
    assert chosen(kind=CallKind.MMS) == []
    assert chosen(direction=Direction.OUTGOING) == ["1", "3"]


def test_a_number_is_found_by_its_beginning_however_it_is_written(make_anywhere: Make) -> None:
    numbers = ["600 100 200", "+48600100200", "0048-600-100-200", "32 600 10 00", "InfoSMS", None, "%600100"]
    phone = phone_of(make_anywhere(calls=[a_call(i, number=number) for i, number in enumerate(numbers)]))
    found = phone.calls("1", CallRequest(OCTOBER.since, OCTOBER.until, number="6001")).rows
    assert sorted(call.id for call in found) == ["0", "1", "2"]


def test_what_says_yes_or_no_is_chosen_however_it_is_written(make_anywhere: Make) -> None:
    for kind, (yes, no) in {
        "bool": (True, False),
        "text": ("t", "F"),
        "word": ("odebrane", "nie"),
    }.items():
        rows = [a_call(1, answered=yes), a_call(2, answered=no), a_call(3, answered=None)]
        entry: dict[str, Any] = {"table": "calls"}
        if kind == "word":
            entry["values"] = {"answered": {"odebrane": "true", "nie": "false"}}
        phone = phone_of(make_anywhere({"calls": entry}, calls=rows))
        for wanted, found in ((True, ["1"]), (False, ["2"])):
            calls = phone.calls("1", replace(OCTOBER, answered=wanted)).rows
            assert [call.id for call in calls] == found, kind


def test_what_was_taken_from_a_package_names_it(make_anywhere: Make) -> None:
    for spec, packages in (("text", ["A", "", None]), ("int zero_is_none", [7, 0, None])):
        rows = [a_call(i, allowance_id=package) for i, package in enumerate(packages)]
        calls = {"table": "calls", "types": {"allowance_id": spec}}
        phone = phone_of(make_anywhere({"calls": calls}, calls=rows))
        found = phone.calls("1", replace(OCTOBER, only_in_package=True)).rows
        assert [call.id for call in found] == ["0"], spec


def test_free_calls_to_some_numbers_are_left_out_and_not_added_up(make_anywhere: Make) -> None:
    numbers = ["116 111", "+48116111", "0048 116-111", "32 116 11 10", None, "", "116 1", "1161119", "116111"]
    rows = [a_call(i, number=number) for i, number in enumerate(numbers)]
    rows[-1]["price"] = Decimal("0.10")
    phone = phone_of(make_anywhere(calls=rows))
    request = replace(OCTOBER, without=("116111", "800", "3211611100"))
    found = phone.calls("1", request).rows
    assert sorted(call.id for call in found) == ["3", "4", "5", "6", "8"]
    assert phone.usage("1", request).totals == call_totals(found)
    assert phone.groups("1", request) == group_totals(found)


def test_the_zone_of_radom_is_not_the_country(make_anywhere: Make) -> None:
    numbers = ["48 800 12 34", "48 800 100 200", "+48 800 100 200", "48 48 800 12 34", "800 100 200"]
    phone = phone_of(make_anywhere(calls=[a_call(i, number=number) for i, number in enumerate(numbers)]))
    for beginning, found in (("800", {"1", "2", "4"}), ("48800", {"0", "1", "2", "3"})):
        listed = {call.id for call in phone.calls("1", replace(OCTOBER, number=beginning)).rows}
        assert listed == found == {str(i) for i, n in enumerate(numbers) if begins_with(n, beginning)}
    left = {call.id for call in phone.calls("1", replace(OCTOBER, without=("800",))).rows}
    assert left == {"0", "3"}


def test_groups_keep_apart_what_a_column_takes_to_be_the_same(make_anywhere: Make) -> None:
    words = ["Niemcy", "niemcy", "Niemcy ", "", None, "Łódź", "Lodz"]
    rows = [a_call(i, destination=word, price=Decimal(i)) for i, word in enumerate(words)]
    rows.append(a_call(9, customer_id=2, destination="Niemcy"))
    phone = phone_of(make_anywhere(calls=rows))
    groups = {group.destination: group.totals for group in phone.groups("1", OCTOBER)}
    assert {name: int(totals.prices[0].amount) for name, totals in groups.items()} == {
        "Niemcy": 2,
        "niemcy": 1,
        "Łódź": 5,
        "Lodz": 6,
        None: 7,
    }


def test_odd_calls_are_shown_and_counted(make_anywhere: Make) -> None:
    rows = [
        a_call(1, seconds=0, price=Decimal("0.00")),
        a_call(2, seconds=259_200, price=Decimal("-1.50")),
        a_call(3, seconds=1, price=Decimal("0.01")),
        a_call(4, customer_id=2, seconds=1000, price=Decimal("99.00")),
    ]
    phone = phone_of(make_anywhere(calls=rows))
    totals = phone.usage("1", OCTOBER).totals
    assert (totals.calls, totals.seconds, totals.prices) == (3, 259_201, (Money(Decimal("-1.49")),))
    priced = CallRequest(OCTOBER.since, OCTOBER.until, only_priced=True)
    assert [call.id for call in phone.calls("1", priced).rows] == ["3", "2"]


def test_what_cannot_be_added_up_is_said_and_not_guessed(make: Make) -> None:
    phone = phone_of(make(calls=[a_call(1, price="dużo")]))
    with pytest.raises(Unavailable, match="price"):
        phone.usage("1", OCTOBER)


def test_a_filter_by_what_the_billing_does_not_have_is_rejected(make_anywhere: Make) -> None:
    rows = [{name: cell for name, cell in a_call(1).items() if name != "number"}]
    phone = phone_of(make_anywhere(calls=rows))
    assert phone.parts == frozenset()
    for request in (replace(OCTOBER, number="600"), replace(OCTOBER, own_number="32 010 42 70")):
        with pytest.raises(Rejected):
            phone.calls("1", request)


def test_a_select_may_use_the_period_inside(make_anywhere: Make) -> None:
    select = (
        "SELECT * FROM all_calls WHERE customer_id = :customer_id "
        "AND started_at >= :since AND started_at < :until"
    )
    rows = [a_call(1), a_call(2, started_at=datetime(2026, 11, 1))]  # noqa: DTZ001
    phone = phone_of(make_anywhere({"calls": {"select": select}}, all_calls=rows))
    assert [call.id for call in phone.calls("1", OCTOBER).rows] == ["1"]
    assert phone.usage("1", OCTOBER).totals.calls == 1
    assert len(phone.days("1", OCTOBER)) == 1


def test_without_calls_there_is_no_telephone(make: Make) -> None:
    assert make().phone is None
    lines = [{"id": 1, "customer_id": 1, "number": "32 010 42 70"}]
    assert make(phone_lines=lines).phone is None


def test_a_day_is_no_moment() -> None:
    relations = {
        "customers": "c",
        "credentials": "p",
        "calls": {"table": "x", "types": {"started_at": "date"}},
    }
    with pytest.raises(ConfigError, match=r"calls\.types\.started_at: it cannot be date"):
        connect({"url": "sqlite:////x", "relations": relations}, CONTEXT)


CALLS = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.datetimes(datetime(2026, 9, 29), datetime(2026, 11, 2)),  # noqa: DTZ001
        st.sampled_from(list(CallKind)),
        st.sampled_from(list(Direction)),
        st.sampled_from(["600100200", "+48 600 200 300", "+49 30 1", None]),
        st.integers(0, 300_000),
        st.decimals(-50, 999, places=2),
        st.sampled_from(["PLN", "EUR", None, ""]),
        st.none() | st.integers(0, 10**12),
    ),
    min_size=1,
    max_size=40,
)


@pytest.fixture(scope="module", params=DIALECTS)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with an empty table of calls, which the generated data fill."""
    with new_urls(request.param, tmp_path_factory.mktemp("phone")) as new_url:
        url = new_url()
        typed = a_call(1, started_at=datetime(2026, 10, 1), currency="PLN", bytes=1)  # noqa: DTZ001
        write_typed_tables(url, {**people(2), "calls": [typed]})
        yield url


@given(
    drawn=CALLS,
    kind=st.none() | st.sampled_from(list(CallKind)),
    number=st.none() | st.sampled_from(["6", "600", "49"]),
    only_priced=st.booleans(),
)
@settings(
    max_examples=part_of(50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_totals_agree_with_the_database_to_the_second_and_the_grosz(
    place: str, drawn: list[tuple[Any, ...]], kind: CallKind | None, number: str | None, only_priced: bool
) -> None:
    names = (
        "customer_id started_at kind direction number seconds price currency bytes".split()  # noqa: SIM905
    )
    rows = [{"id": i, **dict(zip(names, row, strict=True))} for i, row in enumerate(drawn)]
    for row in rows:
        row["started_at"] = row["started_at"].replace(microsecond=0)
    engine = engine_of(place)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM calls"))
        marks = ", ".join(f":{name}" for name in rows[0])
        written = [
            {
                **row,
                "kind": row["kind"].value,
                "direction": row["direction"].value,
                "price": str(row["price"]),
            }
            if engine.dialect.name == "sqlite"
            else {**row, "kind": row["kind"].value, "direction": row["direction"].value}
            for row in rows
        ]
        connection.execute(text(f"INSERT INTO calls ({', '.join(rows[0])}) VALUES ({marks})"), written)
    engine.dispose()
    relations = {name: name for name in ("customers", "credentials", "calls")}
    phone = phone_of(connect({"url": place, "relations": relations}, CONTEXT))
    request = CallRequest(
        OCTOBER.since, OCTOBER.until, kind=kind, number=number, only_priced=only_priced, limit=100
    )
    for customer_id in ("1", "2"):
        calls = phone.calls(customer_id, request).rows
        expected = [row for row in rows if _is_chosen(row, customer_id, request)]
        assert sorted(call.id for call in calls) == sorted(str(row["id"]) for row in expected)
        totals = phone.usage(customer_id, request).totals
        assert totals == call_totals(calls)
        assert totals.seconds == sum(row["seconds"] for row in expected)
        assert sum(m.amount for m in totals.prices) == sum(row["price"] for row in expected)
        _days_add_up(phone, customer_id, request, calls)


def _days_add_up(phone: Phone, customer_id: str, request: CallRequest, calls: tuple[Call, ...]) -> None:
    for day in phone.days(customer_id, request):
        assert day.totals == call_totals(call for call in calls if call.started_at.date() == day.day)


def _is_chosen(row: dict[str, Any], customer_id: str, request: CallRequest) -> bool:
    found = (row["number"] or "").replace(" ", "").removeprefix("+48").removeprefix("+")
    return (
        str(row["customer_id"]) == customer_id
        and request.since <= row["started_at"].date() <= request.until
        and request.kind in (None, row["kind"])
        and found.startswith(request.number or "")
        and (bool(row["price"]) or not request.only_priced)
    )
