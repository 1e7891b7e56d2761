"""One try to log in, from what was typed to its outcome."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from wbok.access.pins import PinCheck
from wbok.access.recording import Recording
from wbok.access.tries import Candidate, Decided, Tries, Try, Verdict
from wbok.billing import Credential, Customers, NamedLogin
from wbok.billing.login import named_login
from wbok.domain.customer import Customer
from wbok.errors import NotFound, Unavailable
from wbok.store.addresses import AddressRule
from wbok.store.audit import Audit
from wbok.store.guard import Busy, LoginGuard, Subject, customer_subject
from wbok.store.known_wrong import KnownWrong

log = logging.getLogger(__name__)

MAX_SHARING = 10
"""So many customers may have one login: one try asks all their PINs, and can lock them all."""


@dataclass(frozen=True, slots=True)
class Welcome:
    customer_id: str
    customer_name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The PIN is that of several customers, two at least: whoever typed it says as whom he comes in."""

    customers: tuple[Welcome, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """`left`: the tries that are left, at least one."""

    left: int


class Confirmed:
    """Whoever is logged in typed his PIN again."""


class UnknownLogin:
    """The billing no longer lets this customer in by what he logged in with; nothing was counted."""


class Malformed:
    """No login looks like what was typed; nothing was counted."""


class Blocked:
    """Locked until the office unlocks."""


class TooManyLogins:
    """This address failed on too many different logins; nothing was counted."""


Refusal = Wrong | Blocked | TooManyLogins | Busy
Outcome = Welcome | Choice | Malformed | Refusal


class Login:
    """`key` (at least 32 bytes) hashes unknown logins: people type PINs into the wrong field."""

    def __init__(
        self,
        customers: Customers,
        *,
        pins: PinCheck,
        guard: LoginGuard,
        known_wrong: KnownWrong,
        addresses: AddressRule,
        audit: Audit,
        recording: Recording,
        key: bytes,
    ) -> None:
        self._customers = customers
        self._guard = guard
        self._tries = Tries(guard, pins, known_wrong)
        self._addresses = addresses
        self._audit = audit
        self._recording = recording
        self._key = key

    @property
    def kind(self) -> NamedLogin:
        """What is typed beside the PIN. Raises Unavailable."""
        return named_login(self._customers.login_kind)

    def attempt(self, typed: str, pin: str, *, address: str) -> Outcome:
        """Of several customers behind one login the right PIN decides.

        Raises Unavailable; then nothing was counted on whom the PIN opens, and for a login of one on nobody.
        """
        kind = self.kind
        login = kind(typed)
        if login is None:
            return Malformed()
        candidates = self._candidates(login, kind)
        place = self._place(candidates, login, kind)
        decided = self._decided(candidates, place, pin, address)
        return self._outcome(decided, place, address) if isinstance(decided, tuple) else decided

    def confirm(
        self, customer_id: str, typed: str, pin: str, *, address: str
    ) -> Confirmed | UnknownLogin | Refusal:
        """Whether this is the PIN of who is logged in; `typed` is what he logged in with. Counted as at login.

        Of several customers behind one login his PIN alone is compared. Raises Unavailable; then nothing was
        counted.
        """
        kind = self.kind
        login = kind(typed)
        candidates = () if login is None else self._candidates(login, kind)
        mine = [one for one in candidates if one.subject.customer_id == customer_id]
        if login is None or not mine:
            return UnknownLogin()
        place = self._place(candidates, login, kind)
        decided = self._decided(mine, place, pin, address)
        if not isinstance(decided, tuple):
            return decided
        attempts = [one.attempt for one in decided]
        if decided[0].verdict is not Verdict.RIGHT:
            return self._turn_away(attempts, address)
        if not self._tries.right(attempts[0]):
            return Blocked()
        self._addresses.succeeded(address, place)
        self._record("pin_confirmed", attempts[0].subject, address)
        return Confirmed()

    def enter(self, customer_id: str, *, address: str) -> Welcome | Blocked:
        """For a customer of a Choice, whose PIN was right just now. Raises NotFound, Unavailable."""
        subject = customer_subject(customer_id)
        state = self._guard.state(subject)
        if state is not None and state.locked_at is not None:
            self._record("login_while_locked", subject, address)
            return Blocked()
        customer = self._customers.customer(customer_id)
        return self._welcome(customer, address)

    def resolve(self, typed: str) -> tuple[Subject, ...]:
        """On whom tries with this login are counted; empty when no login looks like that. Raises Unavailable."""
        kind = self.kind
        login = kind(typed)
        return () if login is None else tuple(one.subject for one in self._candidates(login, kind))

    def _candidates(self, login: str, kind: NamedLogin) -> tuple[Candidate, ...]:
        """Everybody behind the login, always in the same order; for one that nobody has that one nobody."""
        found: dict[str, Credential] = {}
        for credential in self._customers.credentials(login):
            found.setdefault(credential.customer_id, credential)
        if len(found) > MAX_SHARING:
            log.error("one login belongs to %d customers in the billing; nobody can use it", len(found))
            raise Unavailable("one login belongs to too many customers")
        if not found:
            return (Candidate(self._nobody(login, kind), None),)
        return tuple(Candidate(customer_subject(name), found[name]) for name in sorted(found))

    def _place(self, candidates: Sequence[Candidate], login: str, kind: NamedLogin) -> Subject:
        """A login of several takes one place among those that may fail from an address, not one for each."""
        return candidates[0].subject if len(candidates) == 1 else self._nobody(login, kind)

    def _decided(
        self, candidates: Sequence[Candidate], place: Subject, pin: str, address: str
    ) -> tuple[Decided, ...] | Refusal:
        """The PIN against each who is not locked: counted before it is compared. Raises Unavailable."""
        usual_format = self._customers.pin_format
        if not self._addresses.admit(address, place):
            self._record("login_refused_address", candidates[0].subject, address)
            return TooManyLogins()
        tries = self._tries.begin(candidates)
        if isinstance(tries, Busy):
            return tries
        if not tries:
            for candidate in candidates:
                self._record("login_while_locked", candidate.subject, address)
            return Blocked()
        try:
            return self._tries.compare(pin, tries, usual_format=usual_format)
        except Exception:
            self._addresses.give_back(address, place)
            raise

    def _nobody(self, login: str, kind: NamedLogin) -> Subject:
        same = f"login\0{kind.same(login)}".encode("utf-8", "surrogatepass")
        return Subject(hmac.new(self._key, same, hashlib.sha256).hexdigest())

    def _outcome(self, decided: Sequence[Decided], place: Subject, address: str) -> Outcome:
        try:
            opened = self._opened(decided)
        except Unavailable:
            self._tries.break_off(decided)
            self._addresses.give_back(address, place)
            raise
        if not opened:
            return self._turn_away([one.attempt for one in decided], address)
        lost = [
            one.attempt
            for one in decided
            if one.verdict is Verdict.RIGHT and one.attempt.subject.hash not in opened
        ]
        self._tries.count_wrong(lost)
        for subject, left in self._tries.settle_others(decided):
            self._record("wrong_pin" if left else "locked", subject, address, "opened somebody else with it")
        return self._let_in([one.attempt for one in decided], opened, place, address)

    def _opened(self, decided: Sequence[Decided]) -> dict[str, Customer]:
        """By the subject's hash, whom the PIN opens. Raises Unavailable."""
        opened: dict[str, Customer] = {}
        for one in decided:
            customer_id = one.attempt.subject.customer_id
            if one.verdict is not Verdict.RIGHT or customer_id is None:
                continue
            try:
                opened[one.attempt.subject.hash] = self._customers.customer(customer_id)
            except NotFound:
                log.error("credentials name a customer whom the billing does not have")
        return opened

    def _let_in(
        self, tries: Sequence[Try], opened: dict[str, Customer], place: Subject, address: str
    ) -> Outcome:
        mine = [one for one in tries if one.subject.hash in opened and self._tries.right(one)]
        if not mine:
            return Blocked()
        self._addresses.succeeded(address, place)
        if len(mine) == 1:
            return self._welcome(opened[mine[0].subject.hash], address)
        for one in mine:
            self._record("login_choice", one.subject, address)
        found = (opened[one.subject.hash] for one in mine)
        return Choice(tuple(Welcome(customer.id, customer.name) for customer in found))

    def _welcome(self, customer: Customer, address: str) -> Welcome:
        self._record("login", customer_subject(customer.id), address)
        self._recording.succeeded(customer.id, address=address)
        return Welcome(customer.id, customer.name)

    def _turn_away(self, tries: Sequence[Try], address: str) -> Wrong | Blocked:
        counted = self._tries.count_wrong(tries)
        for subject, left in counted:
            self._record("wrong_pin" if left else "locked", subject, address)
            if subject.customer_id is not None:
                self._recording.failed(subject.customer_id, address=address)
        left = max(left for _, left in counted)
        return Wrong(left) if left else Blocked()

    def _record(self, action: str, subject: Subject, address: str, details: str = "") -> None:
        if subject.customer_id is None:
            details = f"unknown login {subject.hash[:16]}"
        self._audit.record(action, customer_id=subject.customer_id, address=address, details=details)
