"""Who did what, when and from where. No PIN, cookie or token comes here; an unknown login only hashed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert, select

from wbok.store.database import Store
from wbok.store.tables import audit

CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    at: datetime
    actor: str
    action: str
    customer_id: str | None
    address: str | None
    details: str


class Audit:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def record(
        self,
        action: str,
        *,
        actor: str = CUSTOMER,
        customer_id: str | None = None,
        address: str | None = None,
        details: str = "",
    ) -> None:
        row = {
            "at": int(self._clock().timestamp()),
            "actor": actor[:100],
            "action": action,
            "customer_id": customer_id,
            "address": address,
            "details": details[:500],
        }
        with self._store.writing() as connection:
            connection.execute(insert(audit).values(row))

    def of(self, customer_id: str, *, limit: int = 20) -> tuple[AuditEntry, ...]:
        """The customer's latest entries, newest first."""
        statement = (
            select(audit).where(audit.c.customer_id == customer_id).order_by(audit.c.id.desc()).limit(limit)
        )
        with self._store.reading() as connection:
            rows = connection.execute(statement).all()
        return tuple(
            AuditEntry(
                at=datetime.fromtimestamp(row.at, UTC),
                actor=row.actor,
                action=row.action,
                customer_id=row.customer_id,
                address=row.address,
                details=row.details,
            )
            for row in rows
            if row.customer_id == customer_id
        )
