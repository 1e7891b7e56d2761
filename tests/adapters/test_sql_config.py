"""Faults in `[billing]` of the adapter sql stop the start with a message that says what to do."""

from __future__ import annotations

from typing import Any

import pytest
from support.billing import CONTEXT

from wbok.adapters.sql import connect
from wbok.errors import ConfigError

CONFIGS: list[tuple[dict[str, Any], str]] = [
    ({}, "billing.url is missing"),
    ({"url": 5}, "billing.url is missing"),
    ({"url": "nonsense", "relations": {}}, "billing.url is not a database address"),
    (
        {"url": "oracle://x/y", "relations": {}},
        "billing.url: a oracle database cannot be read yet|not a database",
    ),
    ({"url": "sqlite:///x", "relation": {}}, "billing.relation: the adapter sql does not know this setting"),
    ({"url": "sqlite:///x"}, "billing.relations is missing"),
    ({"url": "sqlite:///x", "pin_format": "rot13", "relations": {}}, "billing.pin_format: rot13 is unknown"),
    (
        {"url": "sqlite:///x", "timeout_seconds": "abc", "relations": {}},
        "billing.timeout_seconds: abc is no time",
    ),
    ({"url": "sqlite:///x", "relations": {"customers": "c"}}, "billing.relations.credentials is missing"),
    (
        {
            "url": "sqlite:///x",
            "relations": {
                "customers": "c",
                "credentials": {"select": "SELECT pin FROM c WHERE id = :customer_id"},
            },
        },
        "billing.relations.credentials.select: it cannot use :customer_id, since credentials belong to nobody.",
    ),
    (
        {
            "url": "sqlite:///x",
            "relations": {
                "customers": "c",
                "credentials": "c",
                "services": {"select": "SELECT :since AS id"},
            },
        },
        "billing.relations.services.select: services has no order in time, so there is no :since and :until.",
    ),
    (
        {"url": "sqlite:///x", "relations": {"clients": "c"}},
        "billing.relations.clients: there is no such relation",
    ),
]
TABLES: list[tuple[Any, str]] = [
    ({"table": "l", "select": "SELECT"}, "billing.relations.ledger: write either table or select"),
    ({}, "billing.relations.ledger: write either table or select"),
    ({"table": "l", "typ": {}}, "billing.relations.ledger: write a table's name"),
    (
        {"select": "SELECT ':x' AS id"},
        "billing.relations.ledger.select: it uses :x, which we do not know. It may use :customer_id, :since, "
        ":until; write a colon that is none of these as",
    ),
    (
        {"select": "SELECT 1 AS id, ':opis' AS description"},
        "billing.relations.ledger.select: it uses :opis, which we do not know.",
    ),
    ({"table": 5}, "billing.relations.ledger: table and select are texts"),
    ({"table": "l", "types": {"id": 5}}, "billing.relations.ledger.types: write column"),
    ({"table": "l", "types": "x"}, "billing.relations.ledger.types: write column"),
    ({"table": "l", "values": {"id": "x"}}, "billing.relations.ledger.values: write column"),
    (7, "billing.relations.ledger: write a table's name"),
    ({"table": "l", "types": {"kwota": "int"}}, "ledger has no column kwota. It has: id, customer_id"),
    ({"table": "l", "types": {"amount": "float"}}, '"float" is not a column type'),
    (
        {"table": "l", "types": {"amount": "money:text"}},
        "it cannot be money:text. It can be: money:decimal, money:gr",
    ),
    (
        {"table": "l", "types": {"customer_id": "text"}},
        "it holds a key of customers and must have the same type",
    ),
    (
        {"table": "l", "types": {"customer_id": "int zero_is_none"}},
        "ledger.customer_id: a key is taken as it is; leave out values and zero_is_none",
    ),
    ({"table": "l", "values": {"document_id": {"0": "1"}}}, "ledger.document_id: a key is taken as it is"),
]


@pytest.mark.parametrize(("config", "message"), CONFIGS)
def test_a_wrong_configuration_stops_the_start(config: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        connect(config, CONTEXT)


@pytest.mark.parametrize(("table", "message"), TABLES)
def test_a_wrong_relation_stops_the_start(table: Any, message: str) -> None:
    relations = {"customers": "c", "credentials": "d", "ledger": table}
    with pytest.raises(ConfigError, match=message):
        connect({"url": "sqlite:///x", "relations": relations}, CONTEXT)
