"""Who came in, and who failed to, for those who look after customers in LMS (table `up_customers`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import insert, update

from wbok.adapters.lms.tables.people import up_customers
from wbok.adapters.lms.writing import Writing

CAME_IN, FAILED = 3, 2
"""As LMS marks it. 0, which would keep the customer out of LMS's own panel, is never written."""
MAX_ADDRESS = 40


class LmsLoginRecorder:
    def __init__(self, writing: Writing, *, clock: Callable[[], int]) -> None:
        self._writing = writing
        self._clock = clock

    def succeeded(self, customer_id: str, *, address: str) -> None:
        at = {"lastlogindate": self._clock(), "enabled": CAME_IN}
        self._write(customer_id, {**at, "lastloginip": address[:MAX_ADDRESS]})

    def failed(self, customer_id: str, *, address: str) -> None:
        at = {"failedlogindate": self._clock(), "enabled": FAILED}
        self._write(customer_id, {**at, "failedloginip": address[:MAX_ADDRESS]})

    def _write(self, customer_id: str, values: Mapping[str, int | str]) -> None:
        customer = int(customer_id)
        with self._writing.writing() as connection:
            known = update(up_customers).where(up_customers.c.customerid == customer).values(values)
            if not connection.execute(known).rowcount:
                connection.execute(insert(up_customers).values(customerid=customer, **values))
