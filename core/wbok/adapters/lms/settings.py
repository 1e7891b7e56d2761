"""What LMS itself is set to (table `uiconfig`), read at first use and again every five minutes.

A row for the customer's division stands in place of the one for all, also when it is empty: then what LMS takes by
itself counts, as for any empty value. `[billing.settings]` of wbok.toml counts before both.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from sqlalchemy import select

from wbok.adapters.lms.tables.settings import uiconfig
from wbok.adapters.sql.database import Database
from wbok.errors import ConfigError, Unavailable

log = logging.getLogger(__name__)

FRESH_SECONDS = 300
TRUE = frozenset({"1", "y", "on", "yes", "true", "tak", "t", "enabled"})
DEFAULTS: Mapping[str, str] = {
    "customers.pin_allowed_characters": "",
    "customers.unsecure_pin_validity": "",
    "finances.pay_title": "Abonament - ID:%CID% %LongCID%",
    "invoices.show_all_accounts": "false",
    "invoices.show_only_alternative_accounts": "false",
    "ksef.offline_support": "false",
    "finances.suspension_percentage": "0",
    "payments.suspension_percentage": "",
    "phpui.lastonline_limit": "600",
    "rt.subject_max_length": "50",
    "rt.new_ticket_notify": "true",
    "userpanel.allow_message_add_to_closed_tickets": "1",
    "userpanel.allow_reopen_tickets_newer_than": "0",
    "phpui.pin_allowed_characters": "0123456789",
    "phpui.unsecure_pin_validity": "0",
    "userpanel.allowed_customer_status": "",
    "userpanel.auth_type": "1",
    "userpanel.authentication_customer_extid_service_provider_id": "",
    "userpanel.default_categories": "1",
    "userpanel.queues": "1",
    "userpanel.tickets_from_selected_queues": "0",
    "userpanel.visible_ticket_sources": "0;1;2;3;4;5;6;7",
}
"""Every setting of LMS that the panel asks for, and what LMS takes when nothing is set."""


class LmsSettings:
    """`overrides`: of `[billing.settings]`. Raises ConfigError for a name that the panel does not ask for."""

    def __init__(
        self, database: Database, overrides: Mapping[str, Any], *, clock: Callable[[], int], where: str
    ) -> None:
        for name in overrides:
            if name not in DEFAULTS:
                raise ConfigError(
                    f'{where}: the panel does not ask LMS for "{name}". It asks for: {", ".join(DEFAULTS)}.'
                )
        self._database = database
        self._overrides = {name: str(value) for name, value in overrides.items()}
        self._clock = clock
        self._lock = Lock()
        self._read_at: int | None = None
        self._readings = 0
        self._failed: Unavailable | None = None
        self._values: Mapping[tuple[str, int | None], str] = {}

    def overridden(self, name: str) -> str | None:
        return self._overrides.get(name)

    def text(self, name: str, *, division: int | None = None) -> str:
        """Raises Unavailable as long as nothing could be read at all."""
        if name in self._overrides:
            return self._overrides[name]
        values = self._fresh()
        return values.get((name, division), values.get((name, None))) or DEFAULTS[name]

    def number(self, name: str, *, division: int | None = None) -> int:
        """What is no number counts as not set."""
        found = self.text(name, division=division).strip()
        return int(found) if found.isascii() and found.isdigit() else int(DEFAULTS[name] or 0)

    def is_on(self, name: str, *, division: int | None = None) -> bool:
        return self.text(name, division=division).strip().lower() in TRUE

    def differs_by_division(self, *names: str) -> bool:
        """Whether some division has one of these settings of its own."""
        return any(
            name in names and division is not None and name not in self._overrides
            for name, division in self._fresh()
        )

    def _fresh(self) -> Mapping[tuple[str, int | None], str]:
        now = self._clock()
        before = self._readings
        with self._lock:
            if self._read_at is not None and now - self._read_at < FRESH_SECONDS:
                return self._values
            if self._failed is not None and self._readings != before:
                # Who waited for one that got no answer would wait as long again, one after the other.
                raise Unavailable(str(self._failed)) from self._failed
            self._read(now)
            return self._values

    def _read(self, now: int) -> None:
        c = uiconfig.c
        statement = select(c.section, c.var, c.value, c.divisionid).where(c.disabled == 0, c.userid.is_(None))
        self._failed = None
        try:
            rows = self._database.rows(statement, {})
        except Unavailable as error:
            if self._read_at is None:
                self._failed = error
                raise
            log.warning("the settings of LMS cannot be read; those of before still count")
        else:
            self._values = {
                (f"{section}.{var}", division): str(value or "") for section, var, value, division in rows
            }
        finally:
            self._readings += 1
        self._read_at = now


def split_name(name: str) -> tuple[str, str]:
    """`"invoices.show_all_accounts"` → section and variable."""
    section, _, variable = name.partition(".")
    return section, variable
