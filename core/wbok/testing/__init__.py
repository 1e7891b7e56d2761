"""The contract kit: tests that every adapter must pass, to be inherited. Needs pytest: `pip install wbok[testing]`.

    import pytest
    from my_adapter import connect
    from wbok.testing import CustomersContract, FinanceContract, Sample, adapter_context


    class TestMyBilling(CustomersContract, FinanceContract):
        @pytest.fixture
        def billing(self):
            return connect({"url": "http://127.0.0.1:8080/"}, adapter_context())

        @pytest.fixture
        def sample(self):
            return Sample(login="1", pin="4711", customer_id="1", other_customer_id="2", empty_customer_id="3")

One class for each capability. `Sample` names three customers; everything else the kit finds out by asking. It
looks at isolation, pages, types, signs, balances and totals against the full sum, empty and unknown customers, and
errors. It measures no time, so a slow computer fails nothing. HelpdeskContract alone writes: it opens tickets.
`memory_billing` is a billing made of the domain's objects, for tests of tabs; `open_panel` a panel over it.
"""

from wbok.testing.customers import CustomersContract
from wbok.testing.directory import DirectoryContract
from wbok.testing.finance import FinanceContract
from wbok.testing.helpdesk import HelpdeskContract
from wbok.testing.memory import memory_billing
from wbok.testing.memory_customer import MemoryCustomer
from wbok.testing.notifications import NotificationsContract
from wbok.testing.opened import OpenPanel, Visitor, open_panel
from wbok.testing.phone import PhoneContract
from wbok.testing.sample import Sample, adapter_context

__all__ = [
    "CustomersContract",
    "DirectoryContract",
    "FinanceContract",
    "HelpdeskContract",
    "MemoryCustomer",
    "NotificationsContract",
    "OpenPanel",
    "PhoneContract",
    "Sample",
    "Visitor",
    "adapter_context",
    "memory_billing",
    "open_panel",
]
