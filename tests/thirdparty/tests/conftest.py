"""A REST billing of its own for each test, and the adapter over it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rest_billing import TOKEN, RestBilling, rest_billing

from kablonet import connect
from wbok.api import Billing
from wbok.testing import adapter_context


@pytest.fixture
def server() -> Iterator[RestBilling]:
    with rest_billing() as running:
        yield running


@pytest.fixture
def billing(server: RestBilling) -> Billing:
    return connect({"url": server.address, "token": TOKEN, "timeout_seconds": 0.3}, adapter_context())
