"""The capability `helpdesk`: tickets that live in the billing. Their numbers are `B-17`.

Besides NotFound, Rejected and Unavailable, TicketRefused may be raised: nothing was written, and why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from wbok.domain.attachments import AttachmentContent
from wbok.domain.desk import DeskRules, NewReply, NewTicket, Thread, Ticket
from wbok.domain.page import Page, PageRequest

__all__ = [
    "Attempt",
    "BillingTicket",
    "ChangedTicket",
    "Changes",
    "Helpdesk",
    "TicketChanges",
    "TicketStaff",
]


def _untold(_mark: str) -> None:
    """Nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One form, however often it is sent.

    `key`: 64 hexadecimal digits, always the same. `since`: nothing of this form was written before. What the
    customer has written since, with exactly the same text and files, is this form's work: it is not written again.

    `written`: to be called last in the transaction that writes, so that the staff is told whatever happens after
    it; also when an earlier try is found to have done the work. It is given the number of the ticket that is
    opened, or what names the post for good in its ticket, for example its id. When it raises, nothing of the form
    may stay. A billing without transactions leaves it: then the staff is told when the call has returned.
    """

    key: str
    since: datetime
    written: Callable[[str], None] = field(default=_untold, compare=False)


@dataclass(frozen=True, slots=True)
class BillingTicket:
    """A ticket as its customer may see it; `ticket.is_unread` says nothing, since the panel keeps that.

    `version`: as that of its Thread. `answers`: how many of its posts are the office's, `answered_at` the newest's.
    """

    ticket: Ticket
    version: int
    answers: int
    answered_at: datetime | None


class Helpdesk(Protocol):
    @property
    def can_close(self) -> bool:
        """Whether a customer may close his tickets."""

    @property
    def takes_attachments(self) -> bool:
        """Whether there is a place for files; else no upload ever comes."""

    def tickets(self, customer_id: str, request: PageRequest) -> Page[BillingTicket]: ...

    def ticket(self, customer_id: str, number: str) -> BillingTicket:
        """Raises NotFound for what has no thread, too."""

    def thread(self, customer_id: str, number: str, *, before: str | None = None) -> Thread:
        """The newest entries, or those before the mark."""

    def open(self, customer_id: str, new: NewTicket, *, attempt: Attempt, rules: DeskRules) -> str:
        """The ticket's number. However many come at once, no more than the rules allow are open.

        Its uploads are kept with it, or nothing of it is.
        """

    def reply(
        self, customer_id: str, number: str, new: NewReply, *, attempt: Attempt, rules: DeskRules
    ) -> None:
        """TicketRefused when it has ended."""

    def reopen(
        self, customer_id: str, number: str, new: NewReply, *, attempt: Attempt, rules: DeskRules
    ) -> None:
        """Begins anew with what the customer writes; one that is open gets it as a reply."""

    def close(self, customer_id: str, number: str) -> None:
        """Raises Rejected where customers may not."""

    def attachment(self, customer_id: str, number: str, attachment_id: str) -> AttachmentContent:
        """One of those that stand in the thread. Raises NotFound for every other."""


@dataclass(frozen=True, slots=True)
class ChangedTicket:
    customer_id: str
    number: str
    version: int


@dataclass(frozen=True, slots=True)
class Changes:
    """`next` is the mark of what comes later; `is_last` False: there is more already."""

    tickets: tuple[ChangedTicket, ...]
    next: str
    is_last: bool


class TicketChanges(Protocol):
    """Reads across customers, as Directory does: no page ever sees it."""

    def __call__(self, after: str | None) -> Changes:
        """What changed after the mark, each ticket once; some of it may come again. None: the newest."""


class TicketStaff(Protocol):
    """Whom of its staff the billing would tell by e-mail, where it does not do so itself. For a command."""

    def __call__(self, number: str) -> tuple[str, ...]:
        """Addresses of those who want to hear of what a customer wrote there. Raises NotFound, Unavailable."""
