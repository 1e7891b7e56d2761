"""LMS keeps the contract of Helpdesk, on PostgreSQL and on MariaDB."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.billing import CONTEXT
from support.clock import HandClock

from bench.lms.odd import Odd
from bench.lms.odd_tickets import NOT_TOLD
from bench.lms.people import pin_of
from wbok.adapters.lms import connect
from wbok.billing import Billing
from wbok.testing import HelpdeskContract, Sample


class TestLms(HelpdeskContract):
    @pytest.fixture
    def billing(self, own_url: str) -> Billing:
        return connect({"url": own_url, "write_url": own_url}, replace(CONTEXT, clock=HandClock()))

    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            login=str(Odd.WRITER.value),
            pin=pin_of(Odd.WRITER),
            customer_id=str(Odd.WRITER.value),
            other_customer_id=str(Odd.NEIGHBOUR.value),
            empty_customer_id=str(Odd.EMPTY.value),
            office_words=(NOT_TOLD,),
        )
