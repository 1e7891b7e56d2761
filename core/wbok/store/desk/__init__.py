"""The panel's own desk: tickets with their threads. Customers and the office have a side of their own each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from wbok.store.database import Store
from wbok.store.desk.customer import CustomerDesk
from wbok.store.desk.office import OfficeDesk
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.messages import Messages

__all__ = ["CustomerDesk", "Desk", "OfficeDesk"]


@dataclass(frozen=True, slots=True)
class Desk:
    """`customer` knows nothing of notes and assignments; `office` sees everything."""

    customer: CustomerDesk
    office: OfficeDesk


def open_desk(
    store: Store, *, keys: IdempotencyKeys, messages: Messages, clock: Callable[[], datetime]
) -> Desk:
    return Desk(
        CustomerDesk(store, keys=keys, clock=clock), OfficeDesk(store, messages=messages, clock=clock)
    )
