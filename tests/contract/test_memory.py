"""The contract over the billing in memory."""

from __future__ import annotations

import pytest
from support.people import SAMPLE, people

from wbok.billing import Billing
from wbok.testing import CustomersContract, FinanceContract, PhoneContract, Sample, memory_billing


class TestMemory(CustomersContract, FinanceContract, PhoneContract):
    @pytest.fixture
    def billing(self) -> Billing:
        return memory_billing(*people())

    @pytest.fixture
    def sample(self) -> Sample:
        return SAMPLE
