"""Finanse over LMS keeps the contract, on PostgreSQL and on MariaDB."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bench.lms.odd import Odd
from bench.lms.odd_finance import LATES_ACCOUNT
from bench.lms.people import pin_of
from wbok.billing import Billing
from wbok.domain.money import Money
from wbok.testing import FinanceContract, Sample


class TestFinance(FinanceContract):
    @pytest.fixture
    def billing(self, lms: Billing) -> Billing:
        return lms

    @pytest.fixture(params=[Odd.COMPANY, Odd.IN_EURO, Odd.NO_DIVISION])
    def sample(self, request: pytest.FixtureRequest) -> Sample:
        return Sample(
            login=str(Odd.LATE.value),
            pin=pin_of(Odd.LATE),
            customer_id=str(Odd.LATE.value),
            other_customer_id=str(request.param.value),
            empty_customer_id=str(Odd.EMPTY.value),
            currencies=("PLN", "EUR"),
            balance=Money(Decimal("-119.00")),
            others_words=(LATES_ACCOUNT,),
        )
