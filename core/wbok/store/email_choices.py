"""What each customer wants by e-mail, and to which of his addresses. The addresses themselves are the billing's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, exc, insert, select, update

from wbok.domain.letters import EmailChoice
from wbok.store.database import Store
from wbok.store.hashes import key_hash
from wbok.store.outbox_tables import email_choices

CHOSEN = tuple(email_choices.c[field.name] for field in fields(EmailChoice))
"""The columns that are a choice."""


class EmailChoices:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def of(self, customer_id: str) -> EmailChoice:
        mine = select(*CHOSEN).where(email_choices.c.customer_hash == key_hash(customer_id))
        with self._store.reading() as connection:
            row = connection.execute(mine).mappings().first()
        return EmailChoice() if row is None else choice_of(row)

    def save(self, customer_id: str, choice: EmailChoice) -> None:
        values = {**asdict(choice), "changed_at": int(self._clock().timestamp())}
        hashed = key_hash(customer_id)
        mine = update(email_choices).where(email_choices.c.customer_hash == hashed).values(values)
        row = {**values, "customer_hash": hashed, "customer_id": customer_id}
        with self._store.writing() as connection:
            if self._is_known(connection, hashed):
                connection.execute(mine)
                return
            try:
                with connection.begin_nested():
                    connection.execute(insert(email_choices), row)
            except exc.IntegrityError:
                # The same form, sent twice at once.
                connection.execute(mine)

    def refuse_offers(self, customer_id: str) -> bool:
        """Nothing commercial from now on, also of what waits already. Whether something was wanted before."""
        c = email_choices.c
        mine = (c.customer_hash == key_hash(customer_id), c.commercial)
        refused = {"commercial": False, "changed_at": int(self._clock().timestamp())}
        with self._store.writing() as connection:
            return connection.execute(update(email_choices).where(*mine).values(refused)).rowcount == 1

    def _is_known(self, connection: Any, hashed: str) -> bool:
        return (
            connection.execute(
                select(email_choices.c.customer_hash).where(email_choices.c.customer_hash == hashed)
            ).first()
            is not None
        )


def choice_of(row: RowMapping) -> EmailChoice:
    """Of a row with the columns CHOSEN; one whose cells are empty is that of nobody."""
    if row["answers"] is None:
        return EmailChoice()
    return EmailChoice(
        commercial=bool(row["commercial"]),
        billing=bool(row["billing"]),
        service=bool(row["service"]),
        answers=bool(row["answers"]),
        address_key=row["address_key"],
        language=row["language"],
    )


def address_key(customer_id: str, address: str) -> str:
    """How the store calls one of a customer's addresses."""
    return key_hash("email", customer_id, address)


def chosen_address(customer_id: str, addresses: Sequence[str], choice: EmailChoice) -> str | None:
    """The one that he chose, or his first where he chose none; None when it is not there, or not any more."""
    if choice.address_key is None:
        return addresses[0] if addresses else None
    by_key = {address_key(customer_id, address): address for address in addresses}
    return by_key.get(choice.address_key)
