"""The contract over the billing in memory."""

from __future__ import annotations

import pytest
from support.people import EVERYBODYS, SAMPLE, people

from wbok.billing import Billing
from wbok.testing import (
    CustomersContract,
    DirectoryContract,
    FinanceContract,
    HelpdeskContract,
    NotificationsContract,
    PhoneContract,
    Sample,
    memory_billing,
)


class TestMemory(
    CustomersContract,
    DirectoryContract,
    FinanceContract,
    NotificationsContract,
    PhoneContract,
    HelpdeskContract,
):
    @pytest.fixture
    def billing(self) -> Billing:
        return memory_billing(*people(), notices=EVERYBODYS)

    @pytest.fixture
    def sample(self) -> Sample:
        return SAMPLE
