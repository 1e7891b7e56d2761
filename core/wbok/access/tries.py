"""One typed PIN against everybody behind one login.

Every PIN that is compared and does not fit counts for the customer whose PIN it was compared with, also when it
opens somebody else with the same login: whoever knows one PIN, and can change it, could else try out the other's
for ever. So that a household with one telephone does not lock each other out by just logging in, such a PIN counts
once: it is remembered as known to be wrong for the other, as long as the billing keeps the same PIN for him, and
is not compared with his again. When nobody is opened it counts for him too, compared or not: else an answer that
costs nothing would tell that the PIN is somebody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from wbok.access.pins import PinCheck
from wbok.billing import Credential
from wbok.store.guard import Begun, Busy, LoginGuard, Subject
from wbok.store.known_wrong import KnownWrong


class Verdict(Enum):
    RIGHT = auto()
    WRONG = auto()
    KNOWN_WRONG = auto()
    """Not compared: it was before, and counted."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody behind the login. `credential` is None for a login that nobody has."""

    subject: Subject
    credential: Credential | None


@dataclass(frozen=True, slots=True)
class Try:
    """A try that is counted, and must be decided."""

    candidate: Candidate
    begun: Begun

    @property
    def subject(self) -> Subject:
        return self.candidate.subject


@dataclass(frozen=True, slots=True)
class Decided:
    attempt: Try
    verdict: Verdict
    mark: str | None = None


class Tries:
    def __init__(self, guard: LoginGuard, pins: PinCheck, known_wrong: KnownWrong) -> None:
        self._guard = guard
        self._pins = pins
        self._known_wrong = known_wrong

    def begin(self, candidates: Sequence[Candidate]) -> tuple[Try, ...] | Busy:
        """A try for each who is not locked; with one that is busy for none."""
        begun: list[Try] = []
        for candidate in candidates:
            one = self._guard.begin(candidate.subject)
            if isinstance(one, Busy):
                self.give_back(begun)
                return one
            if isinstance(one, Begun):
                begun.append(Try(candidate, one))
        return tuple(begun)

    def compare(self, pin: str, tries: Sequence[Try], *, usual_format: str) -> tuple[Decided, ...]:
        """When comparing fails, what was not compared is given back, and what was wrong counts."""
        marks = self._marks(pin, tries)
        known = self._known_wrong.among(marks.values()) if marks else frozenset()
        decided: list[Decided] = []
        try:
            for attempt in tries:
                mark = marks.get(attempt.subject.hash)
                verdict = Verdict.KNOWN_WRONG if mark in known else self._verdict(pin, attempt, usual_format)
                decided.append(Decided(attempt, verdict, mark))
        except Exception:
            self.break_off(decided)
            self.give_back(tries[len(decided) :])
            raise
        return tuple(decided)

    def count_wrong(self, tries: Sequence[Try]) -> list[tuple[Subject, int]]:
        """How many tries are left to each."""
        return [(one.subject, self._guard.wrong(one.begun)) for one in tries]

    def settle_others(self, decided: Sequence[Decided]) -> list[tuple[Subject, int]]:
        """Of those whom the PIN does not open while it opens somebody: as `count_wrong`, of who was compared."""
        compared = [one for one in decided if one.verdict is Verdict.WRONG]
        left = self.count_wrong([one.attempt for one in compared])
        for one in compared:
            if one.mark is not None:
                self._known_wrong.remember(one.mark)
        self.give_back([one.attempt for one in decided if one.verdict is Verdict.KNOWN_WRONG])
        return left

    def break_off(self, decided: Sequence[Decided]) -> None:
        """Nobody learns how it ended: only who was compared in vain pays for it."""
        self.settle_others(decided)
        self.give_back([one.attempt for one in decided if one.verdict is Verdict.RIGHT])

    def give_back(self, tries: Sequence[Try]) -> None:
        for one in tries:
            self._guard.give_back(one.begun)

    def right(self, attempt: Try) -> bool:
        return self._guard.right(attempt.begun)

    def _verdict(self, pin: str, attempt: Try, usual_format: str) -> Verdict:
        credential = attempt.candidate.credential
        matches = self._pins.matches(pin, credential, usual_format=usual_format)
        return Verdict.RIGHT if matches and credential is not None else Verdict.WRONG

    def _marks(self, pin: str, tries: Sequence[Try]) -> dict[str, str]:
        if len(tries) < 2:
            return {}
        return {
            one.subject.hash: self._pins.mark(pin, one.candidate.credential)
            for one in tries
            if one.candidate.credential is not None
        }
