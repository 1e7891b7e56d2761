"""The adapter keeps the contract, and whatever the billing does becomes one of WBOK's errors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner
from rest_billing import TOKEN, RestBilling, body, cut_off, status

from kablonet import commands, connect
from wbok.api import Billing, ConfigError, Money, NotFound, Unavailable
from wbok.testing import CustomersContract, FinanceContract, Sample, adapter_context

DAY = date(2026, 11, 2)


class TestKablonet(CustomersContract, FinanceContract):
    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            login="1001",
            pin="4711",
            customer_id="K-1",
            other_customer_id="K-2",
            empty_customer_id="K-3",
            unknown_customer_id="K-999",
            currencies=("PLN", "EUR"),
            balance=Money(Decimal("-99.98")),
            others_words=("600001002", "ul. Kablowa 1002"),
        )


PASSING: list[Callable[[Any], None]] = [status(503), cut_off]
LASTING: list[tuple[Callable[[Any], None], str]] = [
    (status(500), "answers 500"),
    (status(403), "answers 403"),
    (body(b"<html>"), "not understood"),
    (body(b"[]"), "not understood"),
    (body(b'{"id": "K-1", "name": "Anna"}'), "not understood"),
    (body(b"\xff"), "not understood"),
]


@pytest.mark.parametrize("fault", PASSING)
def test_what_may_pass_is_asked_once_more(
    server: RestBilling, billing: Billing, fault: Callable[[Any], None]
) -> None:
    server.faults = [fault]
    assert billing.customers.customer("K-1").name == "Anna Nowak"
    assert len(server.asked) == 2


@pytest.mark.parametrize("fault", PASSING)
def test_what_does_not_pass_is_unavailable(
    server: RestBilling, billing: Billing, fault: Callable[[Any], None]
) -> None:
    server.faults = [fault] * 9
    with pytest.raises(Unavailable):
        billing.customers.customer("K-1")
    assert len(server.asked) == 2


@pytest.mark.parametrize(("fault", "said"), LASTING)
def test_what_cannot_be_understood_is_unavailable_at_once(
    server: RestBilling, billing: Billing, fault: Callable[[Any], None], said: str
) -> None:
    server.faults = [fault]
    with pytest.raises(Unavailable, match=said):
        billing.customers.customer("K-1")
    assert len(server.asked) == 1


def test_a_billing_that_hangs_is_unavailable_within_its_time(server: RestBilling, billing: Billing) -> None:
    server.faults = [server.hang, server.hang]
    with pytest.raises(Unavailable, match="does not answer: TimeoutError"):
        billing.customers.customer("K-1")


def test_a_billing_that_answers_drop_by_drop_is_unavailable_within_its_time(
    server: RestBilling, billing: Billing
) -> None:
    server.faults = [server.drip, server.drip]
    with pytest.raises(Unavailable, match="does not answer: TimeoutError"):
        billing.customers.customer("K-1")


def test_a_billing_that_is_away_is_unavailable() -> None:
    billing = connect({"url": "http://127.0.0.1:1", "token": TOKEN}, adapter_context())
    with pytest.raises(Unavailable):
        billing.customers.customer("K-1")


def test_another_customers_data_are_not_found(billing: Billing) -> None:
    traffic = billing.extras["data_usage"]
    for nobody in ("K-9", "k-1", "K-1/traffic", "..", "", "\ud800"):
        with pytest.raises(NotFound):
            traffic.days(nobody, since=DAY, until=DAY)
    assert [day.down for day in traffic.days("K-2", since=DAY, until=DAY)] == [1_000_000]


def test_the_command_asks_the_billing(server: RestBilling) -> None:
    group = commands({"url": server.address, "token": TOKEN}, adapter_context())
    assert CliRunner().invoke(group, ["ping"]).output == "Kablonet answers; its version is 7.2.\n"


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"url": "ftp://x", "token": TOKEN}, r"billing\.url: found 'ftp://x', expected an address"),
        ({"url": "http://x"}, r"billing\.token is missing\. Write it into a file"),
        ({"url": "http://x", "token": TOKEN, "timeout_seconds": 0}, "expected a number up to 60"),
        ({"url": "http://x", "token": TOKEN, "tokne": 1}, "there is no setting tokne"),
    ],
)
def test_a_wrong_configuration_is_said(config: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        connect(config, adapter_context())
