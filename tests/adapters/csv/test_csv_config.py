"""Faults in `[billing]` of the adapter csv stop the start with a message that says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.billing import CONTEXT
from support.exports import csv_billing

from wbok.adapters.csv import connect
from wbok.errors import ConfigError

FILES: dict[str, Any] = {"customers": "k.csv", "credentials": "p.csv"}
CONFIGS: list[tuple[dict[str, Any], str]] = [
    ({}, "billing.folder is missing: where imported data are kept"),
    ({"folder": "csv", "files": FILES}, "billing.folder is missing"),
    ({"folder": "/x", "url": "y"}, "billing.url: the adapter csv does not know this setting."),
    ({"folder": "/x"}, "billing.files is missing: it names the file of each relation"),
    ({"folder": "/x", "files": FILES, "timeout_seconds": 0}, "billing.timeout_seconds: 0 is no time"),
    ({"folder": "/x", "files": {"customers": "k.csv"}}, "billing.files.credentials is missing: without it"),
    (
        {"folder": "/x", "files": {**FILES, "clients": "c.csv"}},
        "billing.files.clients: there is no such relation",
    ),
]
LEDGERS: list[tuple[Any, str]] = [
    (5, "billing.files.ledger: write a file's name, or a table with file, encoding"),
    ({"path": "l.csv"}, "billing.files.ledger: there is no setting path. There are: file, encoding"),
    ({}, "billing.files.ledger.file: write the file's name"),
    ({"file": []}, "billing.files.ledger.file: write the file's name"),
    ({"file": "/etc/passwd"}, "billing.files.ledger.file: /etc/passwd leads out of the folder"),
    ({"file": "../l.csv"}, r"billing.files.ledger.file: \.\./l.csv leads out of the folder"),
    ({"file": "l.csv", "encoding": "polish"}, "billing.files.ledger.encoding: polish is no encoding"),
    ({"file": "l.csv", "encoding": "hex"}, "billing.files.ledger.encoding: hex is no encoding"),
    ({"file": "l.csv", "delimiter": ";;"}, "billing.files.ledger.delimiter: write one character"),
    ({"file": "l.csv", "delimiter": '"'}, "billing.files.ledger.delimiter: write one character"),
    ({"file": "l.csv", "types": 5}, "billing.files.ledger.types: write column ="),
    ({"file": "l.csv", "types": {"kwota": "int"}}, "billing.files.ledger.types: ledger has no column kwota"),
    ({"file": "l.csv", "types": {"amount": "money:text"}}, "types.amount: only keys have a type here"),
    (
        {"file": "l.csv", "types": {"id": "float"}},
        'billing.files.ledger.types.id: "float" is not a column type',
    ),
    (
        {"file": "l.csv", "types": {"customer_id": "text"}},
        "it holds a key of customers and must have the same",
    ),
    ({"file": "l.csv", "columns": "x"}, "billing.files.ledger.columns: write column = "),
    (
        {"file": "l.csv", "columns": {"id": "Nr"}},
        "columns: ledger needs customer_id, booked_on, amount, descr",
    ),
    (
        {"file": "l.csv", "columns": {"kwota": "x"}},
        "billing.files.ledger.columns: ledger has no column kwota",
    ),
    ({"file": "l.csv", "columns": {"balance_after": "x"}}, "columns.balance_after: the import computes it"),
]
COLUMNS: list[tuple[str, Any, str]] = [
    ("amount", 5, "ledger.columns.amount: write a header, or a table with one of column, constant"),
    ("amount", {"kolumna": "x"}, "ledger.columns.amount: write a header, or a table"),
    ("amount", {"negate": True}, "ledger.columns.amount: write one of column, constant, difference, key"),
    ("amount", {"column": "a", "constant": "1"}, "ledger.columns.amount: write one of column"),
    ("amount", {"column": ""}, "ledger.columns.amount.column: write a header"),
    ("amount", {"difference": ["a"]}, "ledger.columns.amount.difference: write two headers"),
    ("amount", {"difference": "a"}, "ledger.columns.amount.difference: write headers in a list"),
    ("amount", {"column": "a", "negate": "yes"}, "ledger.columns.amount.negate: write true, and only for"),
    (
        "amount",
        {"column": "a", "values": {"a": "1"}},
        "columns.amount.values: values translates words; amount",
    ),
    (
        "amount",
        {"column": "a", "format": "%d"},
        "ledger.columns.amount.format: only days and moments have a format",
    ),
    ("amount", {"constant": "12,5o"}, 'ledger.columns.amount.constant: "12,5o" is not an amount'),
    ("amount", {"constant": [1]}, "ledger.columns.amount.constant: write a text"),
    ("amount", {"key": ["a", "b"]}, "ledger.columns.amount: key joins columns to a key, and amount is none"),
    ("booked_on", {"column": "a", "format": "%d.%m"}, "columns.booked_on.format: write how a day stands"),
    ("booked_on", {"column": "a", "format": "rok"}, "columns.booked_on.format: write how a day stands"),
    ("description", {"difference": ["a", "b"]}, "columns.description: only of amounts there is a difference"),
    ("description", {"column": "a", "values": 5}, "ledger.columns.description.values: write"),
    ("id", {"constant": 5}, "ledger.columns.id: it is different in every row and cannot be a constant"),
    ("customer_id", {"constant": 5}, "ledger.columns.customer_id: it is different in every row"),
    (
        "id",
        {"key": ["a", "b"]},
        'ledger.columns.id: a key made of .* write types = { id = "text" } at ledger',
    ),
    ("document_id", {"key": ["a", "b"]}, 'a text; write types = { id = "text" } at documents'),
    ("id", {"key": []}, "ledger.columns.id: a key made of several columns is a text"),
]


@pytest.mark.parametrize(("config", "message"), CONFIGS)
def test_a_wrong_configuration_stops_the_start(config: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        connect(config, CONTEXT)


@pytest.mark.parametrize(("ledger", "message"), LEDGERS)
def test_a_wrong_file_stops_the_start(tmp_path: Path, ledger: Any, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        connect(csv_billing(tmp_path, ledger=ledger), CONTEXT)


@pytest.mark.parametrize(("column", "mapping", "message"), COLUMNS)
def test_a_wrong_column_stops_the_start(tmp_path: Path, column: str, mapping: Any, message: str) -> None:
    names = ("id", "customer_id", "booked_on", "amount", "description")
    columns = {name: name for name in names} | {column: mapping}
    with pytest.raises(ConfigError, match=message):
        connect(csv_billing(tmp_path, ledger={"file": "l.csv", "columns": columns}), CONTEXT)


def test_words_are_translated_to_words_that_there_are(tmp_path: Path) -> None:
    kind = {"column": "Typ", "values": {"F": "firma"}}
    customers = {"file": "k.csv", "columns": {"id": "id", "name": "name", "kind": kind}}
    with pytest.raises(ConfigError, match=r'columns\.kind\.values: "firma" is none of: private, company'):
        connect(csv_billing(tmp_path, customers=customers), CONTEXT)


def test_a_pin_is_no_constant_and_is_not_translated(tmp_path: Path) -> None:
    for pin in ({"constant": "4711"}, {"column": "PIN", "values": {"a": "b"}}):
        credentials = {"file": "p.csv", "columns": {"login": "a", "customer_id": "a", "pin": pin}}
        with pytest.raises(ConfigError, match=r"credentials\.columns\.pin"):
            connect(csv_billing(tmp_path, credentials=credentials), CONTEXT)
