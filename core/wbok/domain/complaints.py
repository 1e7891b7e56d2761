"""Complaints (reklamacje): what was filed and what was answered. How long an answer may take the tab says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wbok.domain.desk import ComplaintClock, Detail
from wbok.domain.money import Money


class Decision(StrEnum):
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Filing:
    """What the customer sent, as it was: nothing of it ever changes. `attachments` are names of files."""

    category: str
    title: str
    body: str
    author: str
    phone: str | None = None
    details: tuple[Detail, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplaintAnswer:
    """What the office answers, once. `author` is the clerk, `position` what he is there.

    `amount`: what is paid back or credited, `paid_by` until when.
    """

    decision: Decision
    text: str
    author: str
    position: str | None = None
    amount: Money | None = None
    paid_by: date | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """`number` is its ticket's. `due_on`: the last day for the answer."""

    number: str
    customer_id: str
    filed_at: datetime
    due_on: date
    filing: Filing
    answered_at: datetime | None = None
    answer: ComplaintAnswer | None = None

    @property
    def clock(self) -> ComplaintClock:
        return ComplaintClock(self.due_on, self.answered_at)
