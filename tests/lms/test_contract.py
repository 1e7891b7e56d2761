"""LMS keeps the contract of Telefon and Powiadomienia, and of lists of customers."""

from __future__ import annotations

import pytest

from bench.lms.odd import Odd
from bench.lms.people import pin_of
from wbok.billing import Billing
from wbok.testing import DirectoryContract, NotificationsContract, PhoneContract, Sample


class TestLms(DirectoryContract, PhoneContract, NotificationsContract):
    @pytest.fixture
    def billing(self, lms: Billing) -> Billing:
        return lms

    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            login=str(Odd.TALKER.value),
            pin=pin_of(Odd.TALKER),
            customer_id=str(Odd.TALKER.value),
            other_customer_id=str(Odd.NEIGHBOUR.value),
            empty_customer_id=str(Odd.EMPTY.value),
        )
