"""Tickets in the store itself: what is opened, read, solved and refused."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from wbok.domain.desk import (
    DeskRules,
    NewTicket,
    Post,
    Refusal,
    StatusChange,
    TicketKind,
    TicketRefused,
    TicketStatus,
)
from wbok.store import Store
from wbok.store.desk import Desk
from wbok.store.desk.side import Solution
from wbok.store.tables import message_recipients, messages

RULES = DeskRules(max_open=20, max_per_hour=20, max_replies=100, reopen_days=14)
QUESTION = NewTicket(
    kind=TicketKind.QUESTION,
    category="question",
    queue="office",
    title="Zmiana adresu 🦊",
    body="Dzień dobry,\nproszę o zmianę.",
    author="Halina Brzozowska",
    phone="600 000 427",
)
FAULT = NewTicket(
    kind=TicketKind.FAULT,
    category="internet",
    queue="technical",
    title="Brak internetu",
    body="Od rana.",
    author="Halina Brzozowska",
)
SOLUTION = Solution("Rozwiązane", "Zgłoszenie zostało rozwiązane.", "/helpdesk/P-1")


def opened(desk: Desk, new: NewTicket = QUESTION, *, customer: str = "7", key: str = "k") -> str:
    return desk.customer.open(customer, new, key=key, rules=RULES)


def read(desk: Desk, number: str) -> None:
    """What the customer's page does when it has shown the thread."""
    desk.customer.mark_read("7", number, version=desk.customer.thread("7", number).version)


def solve(desk: Desk, number: str, text: str | None = None) -> None:
    desk.office.solve(desk.office.ticket(number), author="Marta", text=text, solution=SOLUTION)


def statuses(desk: Desk, number: str) -> list[TicketStatus]:
    return [e.status for e in desk.office.entries(number) if isinstance(e, StatusChange)]


def posts(desk: Desk, number: str, customer: str = "7") -> list[str]:
    return [e.text for e in desk.customer.thread(customer, number).entries if isinstance(e, Post)]


def refused(call: Callable[[], object]) -> Refusal:
    with pytest.raises(TicketRefused) as caught:
        call()
    return caught.value.reason


def sent(store: Store) -> tuple[int, int]:
    with store.reading() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (messages, message_recipients)
        ]
    return counts[0], counts[1]


def at_once(work: Callable[[int], str], *, number: int = 8) -> list[str]:
    barrier, heard = threading.Barrier(number), list[str]()

    def one(place: int) -> None:
        barrier.wait()
        heard.append(work(place))

    threads = [threading.Thread(target=one, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == number
    return heard
