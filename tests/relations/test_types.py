"""The closed list of column types: what is read, what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from wbok.errors import ConfigError, NotFound
from wbok.relations import ConversionError, parse_type
from wbok.relations.types import READERS

WARSAW = ZoneInfo("Europe/Warsaw")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=WARSAW)
U = "6f9619ff-8b86-d011-b42d-00c04fc964ff"


@pytest.mark.parametrize(
    ("spec", "raw", "value"),
    [
        ("int", 7, 7),
        ("int", "7", 7),
        ("int", Decimal("7"), 7),
        ("text", " Halina ", "Halina"),
        ("text", b"Halina", "Halina"),
        ("text", 4711.0, "4711"),
        ("text", "", None),
        ("text", "a\x00b", "ab"),
        ("uuid", U.upper(), UUID(U)),
        ("bool", 1, True),
        ("bool", "f", False),
        ("date", "2026-11-23", date(2026, 11, 23)),
        ("date", "2026-11-23 10:00:00", date(2026, 11, 23)),
        ("date", date(2026, 11, 23), date(2026, 11, 23)),
        ("date", "0000-00-00", None),
        ("instant:epoch_s", int(NOON.timestamp()), NOON),
        ("instant:epoch_s zero_is_none", 0, None),
        ("instant:epoch_ms", str(int(NOON.timestamp() * 1000)), NOON),
        ("instant:utc", "2026-11-23 11:00:00", NOON),
        ("instant:utc", datetime(2026, 11, 23, 11), NOON),  # noqa: DTZ001
        ("instant:local", "2026-11-23T12:00:00", NOON),
        ("instant:aware", "2026-11-23T11:00:00+00:00", NOON),
        ("money:decimal", "12.50", Decimal("12.50")),
        ("money:decimal", 12.345000000001, Decimal("12.35")),
        ("money:decimal", 7, Decimal(7)),
        ("money:grosze", 1250, Decimal("12.5")),
        ("money:text", "1\u00a0234,56 zł", Decimal("1234.56")),
        ("money:text", "−5,00", Decimal("-5.00")),
        ("number", "0.5", Decimal("0.5")),
        ("seconds", 0, 0),
        ("bytes", "12", 12),
        ("count", 3, 3),
    ],
)
def test_read(spec: str, raw: object, value: object) -> None:
    assert parse_type(spec).read(raw, zone=WARSAW) == value


@pytest.mark.parametrize("spec", READERS)
def test_null_is_none(spec: str) -> None:
    assert parse_type(spec).read(None, zone=WARSAW) is None


@pytest.mark.parametrize(
    ("spec", "raw"),
    [
        ("int", "x"),
        ("int", "٧"),
        ("int", 7.5),
        ("bool", "perhaps"),
        ("date", "31.02.2026"),
        ("date", "2026-02-31"),
        ("instant:epoch_s", 10**30),
        ("instant:epoch_s", "now"),
        ("instant:aware", "2026-11-23T11:00:00"),
        ("money:decimal", "12,5o"),
        ("money:decimal", "NaN"),
        ("money:decimal", "1e99"),
        ("money:decimal", float("inf")),
        ("money:grosze", "1.5"),
        ("money:text", "١٢"),
        ("seconds", -1),
        ("uuid", "x"),
    ],
)
def test_refused(spec: str, raw: object) -> None:
    with pytest.raises(ConversionError, match=f"expected {spec.split()[0]}"):
        parse_type(spec).read(raw, zone=WARSAW)


def test_what_was_found_stays_out_of_the_message() -> None:
    with pytest.raises(ConversionError) as caught:
        parse_type("int").read("Halina", zone=WARSAW)
    assert "Halina" not in str(caught.value)


def test_translated_values_are_read_as_their_type() -> None:
    kind = parse_type("bool", values={"T": "true", "N": "false"})
    assert [kind.read(raw, zone=WARSAW) for raw in ("T", "N")] == [True, False]
    with pytest.raises(ConversionError):
        parse_type("bool", values={"T": "tak"}).read("T", zone=WARSAW)


def test_values_are_translated_and_unknown_ones_refused() -> None:
    kind = parse_type("int", values={"0": "private", "1": "company"})
    assert kind.read(1, zone=WARSAW) == "company"
    with pytest.raises(ConversionError):
        kind.read(2, zone=WARSAW)


@pytest.mark.parametrize(
    ("spec", "text", "key"),
    [("int", "7", 7), ("int", "-7", -7), ("text", "aB ", "aB "), ("uuid", U, UUID(U))],
)
def test_keys(spec: str, text: str, key: object) -> None:
    kind = parse_type(spec)
    assert kind.key(text) == key
    assert kind.key_text(key) == text


@pytest.mark.parametrize(
    ("spec", "text"),
    [("int", t) for t in ("", "07", "+7", "7 ", "٧", "x", str(2**63), "-0", "1" * 5000)]
    + [("text", t) for t in ("", "a\x00", "\ud800", "x" * 256)]
    + [("uuid", t) for t in ("", U.upper(), "{" + U + "}", U.replace("-", ""))],
)
def test_what_cannot_be_a_key_belongs_to_nobody(spec: str, text: str) -> None:
    with pytest.raises(NotFound):
        parse_type(spec).key(text)


def test_days_begin_in_the_providers_zone() -> None:
    day = date(2026, 7, 1)
    starts = {
        s: parse_type(s).day_starts(day, zone=WARSAW) for s in READERS if s == "date" or s.startswith("inst")
    }
    midnight = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
    assert starts["date"] == day
    assert starts["instant:epoch_s"] == int(midnight.timestamp())
    assert starts["instant:epoch_ms"] == int(midnight.timestamp() * 1000)
    assert starts["instant:utc"] == midnight.replace(tzinfo=None)
    assert starts["instant:local"] == datetime(2026, 7, 1)  # noqa: DTZ001
    assert starts["instant:aware"] == midnight


@pytest.mark.parametrize("spec", ["decimal", "money", "int zero", "instant:", "float"])
def test_an_unknown_type_lists_those_there_are(spec: str) -> None:
    with pytest.raises(ConfigError, match="money:grosze"):
        parse_type(spec)
