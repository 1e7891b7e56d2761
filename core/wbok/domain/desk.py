"""Tickets: what they are, which statuses they have, who may change which. Pure rules; nothing is stored here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from wbok.domain.attachments import Attachment, Upload

NUMBER = re.compile(r"([PB])-([1-9][0-9]{0,9})", re.ASCII)
LARGEST = 2**31 - 1
"""The largest number that every database keeps in a column of whole numbers."""


PAGE_ENTRIES = 20
PAGE_SIGNS = 12_000
"""Of a thread, on one page: so that a page of long texts stays light, too."""


class DeskKind(StrEnum):
    """Who keeps the tickets."""

    PANEL = "panel"
    BILLING = "billing"


LETTERS: Mapping[DeskKind, str] = {DeskKind.PANEL: "P", DeskKind.BILLING: "B"}


class TicketKind(StrEnum):
    QUESTION = "question"
    FAULT = "fault"
    COMPLAINT = "complaint"
    DATA_CHANGE = "data_change"
    MOVING = "moving"
    RESIGNATION = "resignation"


class TicketStatus(StrEnum):
    RECEIVED = "received"
    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    SOLVED = "solved"
    CLOSED = "closed"

    @property
    def has_ended(self) -> bool:
        return self in {TicketStatus.SOLVED, TicketStatus.CLOSED}


class Side(StrEnum):
    CUSTOMER = "customer"
    OFFICE = "office"


WORKED_ON = frozenset({TicketStatus.TO_DO, TicketStatus.IN_PROGRESS, TicketStatus.WAITING})
ENDS = frozenset({TicketStatus.SOLVED, TicketStatus.CLOSED})
CHANGES: Mapping[Side, Mapping[TicketStatus, frozenset[TicketStatus]]] = {
    Side.OFFICE: {
        TicketStatus.RECEIVED: WORKED_ON | ENDS,
        TicketStatus.TO_DO: WORKED_ON - {TicketStatus.TO_DO} | ENDS,
        TicketStatus.IN_PROGRESS: WORKED_ON - {TicketStatus.IN_PROGRESS} | ENDS,
        TicketStatus.WAITING: WORKED_ON - {TicketStatus.WAITING} | ENDS,
        TicketStatus.SOLVED: WORKED_ON | {TicketStatus.CLOSED},
        TicketStatus.CLOSED: WORKED_ON,
    },
    Side.CUSTOMER: {
        TicketStatus.RECEIVED: frozenset({TicketStatus.CLOSED}),
        TicketStatus.TO_DO: frozenset({TicketStatus.CLOSED}),
        TicketStatus.IN_PROGRESS: frozenset({TicketStatus.CLOSED}),
        TicketStatus.WAITING: frozenset({TicketStatus.IN_PROGRESS, TicketStatus.CLOSED}),
        TicketStatus.SOLVED: frozenset({TicketStatus.RECEIVED, TicketStatus.TO_DO, TicketStatus.CLOSED}),
        TicketStatus.CLOSED: frozenset({TicketStatus.RECEIVED, TicketStatus.TO_DO}),
    },
}
"""From which status which one can follow, and by whom. Nothing ever becomes what it is already."""


def may_change(before: TicketStatus, after: TicketStatus, *, by: Side) -> bool:
    return after in CHANGES[by][before]


def first_statuses(kind: TicketKind) -> tuple[TicketStatus, ...]:
    """Everything is received; a fault is handed to its queue at once."""
    if kind is TicketKind.FAULT:
        return (TicketStatus.RECEIVED, TicketStatus.TO_DO)
    return (TicketStatus.RECEIVED,)


def status_after_answer(before: TicketStatus) -> TicketStatus:
    """Who has got an answer sees that somebody is at it; other statuses stay."""
    return TicketStatus.IN_PROGRESS if before is TicketStatus.RECEIVED else before


def status_after_reply(before: TicketStatus) -> TicketStatus:
    """The customer has said what was asked of him; other statuses stay."""
    return TicketStatus.IN_PROGRESS if before is TicketStatus.WAITING else before


class Refusal(StrEnum):
    """Why a ticket stays as it is."""

    TOO_MANY_OPEN = "too_many_open"
    TOO_MANY_NEW = "too_many_new"
    TOO_MANY_REPLIES = "too_many_replies"
    HAS_ENDED = "has_ended"
    TOO_LATE = "too_late"
    NOT_FROM_HERE = "not_from_here"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NO_QUEUE = "no_queue"
    """Nobody at the office takes what was sent: only the office can mend it."""
    TOO_MUCH_ATTACHED = "too_much_attached"
    ANSWERED_ALREADY = "answered_already"
    """A complaint is answered once."""


class TicketRefused(Exception):
    """Nothing was written."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class DeskRules:
    """How much one customer may ask, and for how long what has ended can be opened again.

    In an hour: `max_per_hour` new tickets, and `max_replies` in each of them. `most_attached`: bytes of all the
    files that he ever sent and that are still kept.
    """

    max_open: int
    max_per_hour: int
    max_replies: int
    reopen_days: int
    most_attached: int = 50_000_000

    def may_reopen(self, ended_at: datetime, *, now: datetime) -> bool:
        return now <= ended_at + timedelta(days=self.reopen_days)


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of a form, filled in: `label` and `value` in the office's language.

    `choice`: the chosen one's name where the field offers some, so that a page can say it in its reader's language.
    """

    name: str
    label: str
    value: str
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What a customer sends. `author` is how he is called in the thread.

    `billing_queue`: what the billing calls the queue, where it has one of its own. `details`: what the form of this
    kind asked besides; with them `body` may be empty. `answer_due`: of a complaint, the last day for its answer.
    """

    kind: TicketKind
    category: str
    queue: str
    title: str
    body: str
    author: str
    phone: str | None = None
    billing_queue: str | None = None
    uploads: tuple[Upload, ...] = ()
    details: tuple[Detail, ...] = ()
    answer_due: date | None = None


@dataclass(frozen=True, slots=True)
class NewReply:
    """What a customer adds to a ticket of his. `author` is how he is called in the thread."""

    author: str
    text: str
    uploads: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticket:
    """What its customer may see. `is_unread`: the office wrote or solved it, and he has not opened it since.

    `has_thread` False: it stands in his list, and the rest of it is the office's alone. `expected_on`: the day by
    which the office expects to be done.
    """

    number: str
    customer_id: str
    kind: TicketKind
    category: str
    queue: str
    title: str
    status: TicketStatus
    created_at: datetime
    changed_at: datetime
    ended_at: datetime | None
    is_unread: bool
    has_thread: bool = True
    expected_on: date | None = None


@dataclass(frozen=True, slots=True)
class CurrentTicket:
    """One that is open or unread: as much of it as badge, banner and card say."""

    number: str
    title: str
    status: TicketStatus
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Post:
    """What the customer or the office wrote. `details`: what the form asked, in the post that opened the ticket."""

    at: datetime
    by: Side
    author: str
    text: str
    attachments: tuple[Attachment, ...] = ()
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusChange:
    at: datetime
    by: Side
    status: TicketStatus


@dataclass(frozen=True, slots=True)
class ExpectedChange:
    """From then on the office expects to be done by that day; None: it no longer says when."""

    at: datetime
    by: Side
    expected_on: date | None


Entry = Post | StatusChange | ExpectedChange


@dataclass(frozen=True, slots=True)
class ComplaintClock:
    """`due_on`: the last day for the answer; `answered_at`: when it was given."""

    due_on: date
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A ticket with what was written and changed, oldest first; `older` is the mark of what lies before.

    `version`: of which this is the picture; another one after each change. `may_reopen`: whether what has ended can
    be opened again; None where the panel's own rules say it. `complaint`: of complaints that were filed here.
    """

    ticket: Ticket
    version: int
    entries: tuple[Entry, ...]
    older: str | None
    may_reopen: bool | None = None
    complaint: ComplaintClock | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What the office writes for itself; it is no part of a Thread, so no customer can get it."""

    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class OfficeTicket:
    """`version` grows with each change, so that nobody overwrites what he has not seen."""

    ticket: Ticket
    phone: str | None
    assignee: str | None
    version: int


def with_details(text: str, details: Iterable[Detail]) -> str:
    """For whoever has no place for fields: a line for each, beneath the text."""
    lines = "\n".join(f"{one.label}: {one.value}" for one in details)
    return "\n\n".join(part for part in (text, lines) if part)


def ticket_number(place: int, *, desk: DeskKind = DeskKind.PANEL) -> str:
    """`P-17`: the panel's own desk, ticket 17; `B-17` is the billing's."""
    return f"{LETTERS[desk]}-{place}"


def ticket_place(number: str, *, desk: DeskKind = DeskKind.PANEL) -> int | None:
    """17 of `P-17`; None for what nobody would have written that way, and for the other desk's."""
    found = NUMBER.fullmatch(number)
    if found is None or found[1] != LETTERS[desk] or int(found[2]) > LARGEST:
        return None
    return int(found[2])


def on_one_page(signs: Iterable[int]) -> int:
    """How many entries of a thread one page shows, given how long each is; the first one in any case."""
    left, shown = PAGE_SIGNS, 0
    for length in signs:
        left -= length
        if shown == PAGE_ENTRIES or (shown and left < 0):
            break
        shown += 1
    return shown


def entry_mark(before: str) -> int | None:
    """The entry before which a part of the thread ends; None for a mark that is none."""
    if before.isascii() and before.isdigit() and len(before) <= 10 and int(before) <= LARGEST:
        return int(before)
    return None
