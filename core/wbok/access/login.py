"""One try to log in, from what was typed to its outcome."""

from __future__ import annotations

import hashlib
import hmac
import logging
from dataclasses import dataclass

from wbok.access.pins import PinCheck
from wbok.billing import Credential, Customers
from wbok.errors import NotFound, Unavailable
from wbok.store.addresses import AddressRule
from wbok.store.audit import Audit
from wbok.store.guard import Begun, Busy, LoginGuard, Subject, customer_subject

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Welcome:
    customer_id: str
    customer_name: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """`left`: the tries that are left, at least one."""

    left: int


class Malformed:
    """No login looks like what was typed; nothing was counted."""


class Blocked:
    """Locked until the office unlocks."""


class TooManyLogins:
    """This address failed on too many different logins; nothing was counted."""


Outcome = Welcome | Wrong | Malformed | Blocked | TooManyLogins | Busy


class Login:
    """`key` (at least 32 bytes) hashes unknown logins: people type PINs into the wrong field."""

    def __init__(
        self,
        customers: Customers,
        *,
        pins: PinCheck,
        guard: LoginGuard,
        addresses: AddressRule,
        audit: Audit,
        key: bytes,
    ) -> None:
        self._customers = customers
        self._pins = pins
        self._guard = guard
        self._addresses = addresses
        self._audit = audit
        self._key = key

    def attempt(self, typed: str, pin: str, *, address: str) -> Outcome:
        """Raises Unavailable; then nothing was counted."""
        login = self._customers.login_kind(typed)
        if login is None:
            return Malformed()
        credential = self._credential(login)
        subject = self.subject(login, credential)
        if not self._addresses.admit(address, subject):
            self._record("login_refused_address", subject, address)
            return TooManyLogins()
        begun = self._guard.begin(subject)
        if isinstance(begun, Busy):
            return begun
        if not isinstance(begun, Begun):
            self._record("login_while_locked", subject, address)
            return Blocked()
        try:
            matches = self._pins.matches(pin, credential, usual_format=self._customers.pin_format)
        except Exception:
            self._guard.give_back(begun)
            self._addresses.give_back(address, subject)
            raise
        if matches and credential is not None:
            return self._let_in(begun, credential, address)
        return self._turn_away(begun, address)

    def resolve(self, typed: str) -> Subject | None:
        """On whom tries with this login are counted; None when no login looks like that."""
        login = self._customers.login_kind(typed)
        return None if login is None else self.subject(login, self._credential(login))

    def subject(self, login: str, credential: Credential | None) -> Subject:
        if credential is not None:
            return customer_subject(credential.customer_id)
        return Subject(hmac.new(self._key, f"login\0{login}".encode(), hashlib.sha256).hexdigest())

    def _credential(self, login: str) -> Credential | None:
        found = self._customers.credentials(login)
        if len({credential.customer_id for credential in found}) > 1:
            log.error("one login belongs to several customers in the billing; nobody can use it")
            raise Unavailable("one login belongs to several customers")
        return found[0] if found else None

    def _let_in(self, begun: Begun, credential: Credential, address: str) -> Outcome:
        try:
            customer = self._customers.customer(credential.customer_id)
        except NotFound:
            log.error("credentials name a customer whom the billing does not have")
            return self._turn_away(begun, address)
        except Unavailable:
            self._guard.give_back(begun)
            self._addresses.give_back(address, begun.subject)
            raise
        if not self._guard.right(begun):
            return Blocked()
        self._addresses.succeeded(address, begun.subject)
        self._record("login", begun.subject, address)
        return Welcome(customer.id, customer.name)

    def _turn_away(self, begun: Begun, address: str) -> Outcome:
        left = self._guard.wrong(begun)
        self._record("wrong_pin" if left else "locked", begun.subject, address)
        return Wrong(left) if left else Blocked()

    def _record(self, action: str, subject: Subject, address: str) -> None:
        details = "" if subject.customer_id else f"unknown login {subject.hash[:16]}"
        self._audit.record(action, customer_id=subject.customer_id, address=address, details=details)
