"""The capability `helpdesk` over LMS: tickets in the queues and from the sources that customers may see.

LMS sends no e-mail to its staff for what is written here: the panel does (see `staff`), where it has a mail server.
"""

from __future__ import annotations

from wbok.adapters.lms.desk_files import DeskFiles
from wbok.adapters.lms.desk_reading import LmsTickets
from wbok.adapters.lms.desk_writing import LmsDeskWriting, Reply
from wbok.billing import Attempt, BillingTicket
from wbok.domain.attachments import AttachmentContent
from wbok.domain.desk import DeskRules, NewReply, NewTicket, Thread
from wbok.domain.page import Page, PageRequest
from wbok.errors import Rejected


class LmsHelpdesk:
    """Customers of LMS close no tickets: that is the office's."""

    can_close = False

    def __init__(self, tickets: LmsTickets, writing: LmsDeskWriting, files: DeskFiles) -> None:
        self._tickets = tickets
        self._writing = writing
        self._files = files

    @property
    def takes_attachments(self) -> bool:
        return self._files.has_place

    def tickets(self, customer_id: str, request: PageRequest) -> Page[BillingTicket]:
        return self._tickets.page(customer_id, request)

    def ticket(self, customer_id: str, number: str) -> BillingTicket:
        return self._tickets.one(customer_id, number).reported

    def thread(self, customer_id: str, number: str, *, before: str | None = None) -> Thread:
        return self._tickets.thread(customer_id, number, before=before)

    def open(self, customer_id: str, new: NewTicket, *, attempt: Attempt, rules: DeskRules) -> str:
        return self._writing.open(customer_id, new, attempt=attempt, rules=rules)

    def reply(
        self, customer_id: str, number: str, new: NewReply, *, attempt: Attempt, rules: DeskRules
    ) -> None:
        """The author is not written: LMS knows who he is."""
        reply = Reply(customer_id, number, new, reopens=False)
        self._writing.reply(reply, attempt=attempt, rules=rules)

    def reopen(
        self, customer_id: str, number: str, new: NewReply, *, attempt: Attempt, rules: DeskRules
    ) -> None:
        reply = Reply(customer_id, number, new, reopens=True)
        self._writing.reply(reply, attempt=attempt, rules=rules)

    def close(self, customer_id: str, number: str) -> None:
        self._tickets.one(customer_id, number)
        raise Rejected("LMS lets no customer close a ticket")

    def attachment(self, customer_id: str, number: str, attachment_id: str) -> AttachmentContent:
        return self._tickets.attachment(customer_id, number, attachment_id)
