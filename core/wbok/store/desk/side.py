"""What the pages of Helpdesk ask, whoever keeps the tickets; and how the tab says who does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wbok.domain.attachments import AttachmentContent
from wbok.domain.complaints import Complaint
from wbok.domain.desk import DeskKind, DeskRules, NewReply, NewTicket, Thread, Ticket
from wbok.domain.page import Page, PageRequest


class CustomerSide(Protocol):
    """His own tickets. A ticket of somebody else is the same NotFound as one that is not there."""

    @property
    def can_close(self) -> bool:
        """Whether a customer may close his tickets himself."""

    @property
    def takes_attachments(self) -> bool:
        """Whether there is a place for files; else uploads may not come."""

    def tickets(self, customer_id: str, request: PageRequest) -> Page[Ticket]:
        """Newest first. Raises Rejected for a mark that is none."""

    def thread(self, customer_id: str, number: str, *, before: str | None = None) -> Thread:
        """The ticket with its newest entries, or those before the mark. Raises NotFound, Rejected."""

    def mark_read(self, customer_id: str, number: str, *, version: int) -> None:
        """Only of what the customer was shown: what was written since stays unread. Raises NotFound."""

    def open(self, customer_id: str, new: NewTicket, *, key: str, rules: DeskRules) -> str:
        """The number of the ticket, the same when the same form comes twice. Raises TicketRefused."""

    def reply(self, customer_id: str, number: str, new: NewReply, *, key: str, rules: DeskRules) -> None:
        """Once for one form. Raises NotFound, TicketRefused when it has ended or came with too many others."""

    def reopen(self, customer_id: str, number: str, new: NewReply, *, key: str, rules: DeskRules) -> None:
        """Begins anew with what the customer writes. Raises NotFound, TicketRefused."""

    def attachment(self, customer_id: str, number: str, attachment_id: str) -> AttachmentContent:
        """Raises NotFound for one of another ticket, too."""

    def complaint(self, customer_id: str, number: str) -> Complaint:
        """What was filed with that ticket, and what was answered. Raises NotFound."""

    def close(self, customer_id: str, number: str) -> None:
        """Raises NotFound, Rejected."""

    def of(self, customer_id: str, *, limit: int) -> tuple[Ticket, ...]:
        """The newest ones."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What the customer is told in his messages; `link` is the ticket's page."""

    title: str
    body: str
    link: str


def _nothing(_complaint: Complaint) -> Solution | None:
    return None


def _nobody(_category: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """`setting` is where `kind` stands, for messages; `solution` says what a customer is told of a solved one.

    `staff_email`: by category, to whom an e-mail goes when a customer has written. `link`: the path of a ticket's
    page by its number, for letters. `receipt`: what a customer is told by e-mail of a complaint that he filed.
    """

    kind: DeskKind
    setting: str
    solution: Callable[[Ticket], Solution]
    staff_email: Callable[[str], str | None] = _nobody
    link: Callable[[str], str | None] = _nobody
    receipt: Callable[[Complaint], Solution | None] = _nothing
