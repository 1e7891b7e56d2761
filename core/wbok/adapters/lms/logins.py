"""Who may come in over LMS: by which login, with which PIN, and in which status."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.lms.ways import WAYS, Way
from wbok.adapters.sql.customers import SqlCustomers
from wbok.adapters.sql.database import Database
from wbok.adapters.sql.reader import Reader
from wbok.billing import PIN_SHAPES, Credential, LoginKind, NamedLogin
from wbok.errors import NotFound, Unavailable

log = logging.getLogger(__name__)

STATUSES = {"interested": 1, "awaiting": 2, "connected": 3, "disconnected": 4, "debtcollection": 5}
VALIDITY = "customers.unsecure_pin_validity"
LEADING_NUMBER = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
BETWEEN = re.compile(r"[\s,;]+")
HASHED = re.compile(r"\$[0-9a-z]+\$", re.ASCII | re.IGNORECASE)
"""How everything begins that PHP's password_hash writes."""


class LmsCustomers(SqlCustomers):
    """What LMS is set to is asked at each login, since it may be set otherwise meanwhile."""

    def __init__(
        self, reader: Reader, database: Database, settings: LmsSettings, *, clock: Callable[[], int]
    ) -> None:
        super().__init__(reader, pin_format="plain")
        self._database = database
        self._settings = settings
        self._clock = clock
        self._complained_of = ""

    @property
    def login_kind(self) -> LoginKind:
        way = way_of(self._settings)
        numeric = way.has_pin and first_set(self._settings, "pin_allowed_characters").isdigit()
        return NamedLogin(way.read, way.field, way.same, numeric)

    @property
    def pin_format(self) -> str:
        """LMS hashes what it writes once unhashed PINs may expire."""
        return "bcrypt" if way_of(self._settings).has_pin and self._seconds_valid() else "plain"

    def credentials(self, login: str) -> tuple[Credential, ...]:
        way = way_of(self._settings)
        if way.read(login) is None:
            return ()
        try:
            rows = self._database.rows(way.query(self._settings), {"logins": list(way.writings(login))})
        except NotFound:
            return ()
        return tuple(dict.fromkeys(self._credentials(way, login, rows)))

    def _credentials(self, way: Way, login: str, rows: list[tuple[Any, ...]]) -> Iterator[Credential]:
        allowed = allowed_statuses(self._settings.text("userpanel.allowed_customer_status"))
        for stored, customer, status, secret, changed in rows:
            # Databases match more than they should.
            if way.same(str(stored)) != way.same(login) or not (allowed is None or status in allowed):
                continue
            kind = pin_format_of(secret or "") if way.has_pin else "plain"
            is_over = way.has_pin and kind == "plain" and self._is_over(changed)
            yield Credential(str(customer), None if is_over else secret, kind, exact=not way.has_pin)

    def _is_over(self, changed: int | None) -> bool:
        seconds = self._seconds_valid()
        return seconds > 0 and self._clock() - (changed or 0) >= seconds

    def _seconds_valid(self) -> int:
        validity = validity_of(self._settings)
        if not validity.is_number and validity.written != self._complained_of:
            log.warning(
                "LMS is set to %s = %r, which is no number of seconds; as in LMS, it counts as %d",
                VALIDITY,
                validity.written,
                validity.seconds,
            )
            self._complained_of = validity.written
        return validity.seconds


@dataclass(frozen=True, slots=True)
class Validity:
    """For how long an unhashed PIN opens something after it was set; 0 is for ever.

    LMS reads the digits that a text begins with, and so do we: a PIN is over in both panels, or in none. Else a
    slip of the pen would keep out everybody who has no hashed PIN, while LMS's own panel lets them in.
    """

    written: str

    @property
    def is_number(self) -> bool:
        return self.written.isascii() and self.written.isdigit()

    @property
    def seconds(self) -> int:
        found = LEADING_NUMBER.match(self.written)
        return max(int(found[0]), 0) if found else 0


def validity_of(settings: LmsSettings) -> Validity:
    return Validity(first_set(settings, "unsecure_pin_validity").strip())


def way_of(settings: LmsSettings) -> Way:
    """Raises Unavailable for one that the panel does not know."""
    number = settings.number("userpanel.auth_type")
    if number not in WAYS:
        log.error("LMS is set to userpanel.auth_type %d, which the panel does not know", number)
        raise Unavailable(f"userpanel.auth_type {number} is unknown")
    return WAYS[number]


def first_set(settings: LmsSettings, variable: str) -> str:
    """What stands in the section `customers`, else in `phpui`, where older versions have it."""
    return settings.text(f"customers.{variable}") or settings.text(f"phpui.{variable}")


def pin_format_of(stored: str) -> str:
    """The format of PIN_FORMATS that LMS would take it for."""
    stored = stored.strip()
    if HASHED.match(stored):
        return "argon2" if stored.lower().startswith("$argon2") else "bcrypt"
    return "md5" if PIN_SHAPES["md5"].fullmatch(stored) else "plain"


def allowed_statuses(text: str) -> Collection[int] | None:
    """`"connected, !disconnected"` → numbers; None when everybody may come in, whatever his status.

    `!` takes a status out; of names alone that are unknown nobody is let in.
    """
    named = [word.lower() for word in BETWEEN.split(text) if word]
    if not named:
        return None
    wanted = {STATUSES.get(word) for word in named if not word.startswith("!")}
    refused = {STATUSES.get(word[1:]) for word in named if word.startswith("!")}
    among = set(STATUSES.values()) & wanted if wanted else set(STATUSES.values())
    return frozenset(among - refused)
