"""Billings with one fault each, made of the one in memory, and what the contract kit says of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from support.people import EVERYBODYS, SAMPLE, people
from wbok.billing import Billing, Customers, Directory, Finance, Helpdesk, Notifications, Phone
from wbok.errors import BillingError
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
from wbok.testing.asked import asked
from wbok.testing.phone import everything

CONTRACTS: dict[str, Any] = {
    "notifications": NotificationsContract(),
    "customers": CustomersContract(),
    "finance": FinanceContract(),
    "phone": PhoneContract(),
    "helpdesk": HelpdeskContract(),
    "directory": DirectoryContract(),
}
"""By the capability that each is for."""
Fault = Callable[..., Any]


class With:
    """A capability of which one method is another: a function that gets the right method and its arguments."""

    def __init__(self, capability: object, name: str, fault: Fault) -> None:
        self._capability, self._name, self._fault = capability, name, fault

    def __getattr__(self, name: str) -> Any:
        right = getattr(self._capability, name)
        if name != self._name:
            return right
        if isinstance(getattr(type(self._capability), name), property):
            return self._fault(right)
        return lambda *arguments, **named: self._fault(right, *arguments, **named)


def planted(name: str, fault: Fault) -> Billing:
    """The sample's billing, in which the method `name` has a fault."""
    billing = memory_billing(*people(), notices=EVERYBODYS)
    capability = capability_with(name, billing)
    faulty: Any = With(getattr(billing, capability), name, fault)
    return replace(billing, **{capability: faulty})


def capability_with(name: str, billing: Billing) -> str:
    """The first that has this method."""
    return next(one for one in CONTRACTS if hasattr(getattr(billing, one), name))


def said_of(name: str, fault: Fault) -> str:
    """What the contract of the method `name` says of a billing in which it has a fault."""
    billing = planted(name, fault)
    return complaints(billing, only=type(CONTRACTS[capability_with(name, billing)]))


def complaints(billing: Billing, sample: Sample = SAMPLE, *, only: type = object) -> str:
    """What the kit says, or one contract of it, a paragraph for each test that fails."""
    assert billing.finance is not None
    assert billing.phone is not None
    assert billing.helpdesk is not None
    assert billing.directory is not None
    right = memory_billing(*people()).phone
    assert right is not None
    assert billing.notifications is not None
    given = {
        "billing": billing,
        "sample": sample,
        "customers": asked(billing.customers, Customers),
        "directory": asked(billing.directory, Directory),
        "finance": asked(billing.finance, Finance),
        "helpdesk": asked(billing.helpdesk, Helpdesk),
        "notifications": asked(billing.notifications, Notifications),
        "phone": asked(billing.phone, Phone),
        "calls": right.calls(SAMPLE.customer_id, replace(everything(SAMPLE), limit=1000)).rows,
    }
    said = []
    for contract in (one for one in CONTRACTS.values() if isinstance(one, only)):
        for name, test in inspect.getmembers(contract, inspect.ismethod):
            if name.startswith("test_"):
                said.append(_complaint(test, {n: given[n] for n in inspect.signature(test).parameters}))
    return "\n\n".join(filter(None, said))


def _complaint(test: Callable[..., None], given: dict[str, Any]) -> str:
    try:
        test(**given)
    except pytest.skip.Exception:
        return ""
    except (AssertionError, pytest.fail.Exception) as failure:
        return str(failure)
    except BillingError as error:
        return "\n".join([repr(error), *error.__notes__])
    return ""
