"""What LMS is set to about its helpdesk, and what its numbers mean to us."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_

from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.lms.tables.tickets import rttickets
from wbok.domain.desk import TicketKind, TicketStatus

NUMBERS = re.compile(r"[0-9]{1,9}", re.ASCII)

NEW, OPEN, RESOLVED, DEAD, SCHEDULED, WAITING, EXPIRED, VERIFIED = range(8)
STATUSES: Mapping[int, TicketStatus] = {
    NEW: TicketStatus.RECEIVED,
    OPEN: TicketStatus.IN_PROGRESS,
    RESOLVED: TicketStatus.SOLVED,
    DEAD: TicketStatus.CLOSED,
    SCHEDULED: TicketStatus.TO_DO,
    WAITING: TicketStatus.WAITING,
    # Its time has passed, and it is still not done.
    EXPIRED: TicketStatus.TO_DO,
    # Somebody looks whether it was done well.
    VERIFIED: TicketStatus.IN_PROGRESS,
}
"""LMS's states, each as customers know it. A state that a later LMS may have counts as "in progress"."""
ENDED = tuple(state for state, status in STATUSES.items() if status.has_ended)
AFTER_REPLY: Mapping[int, int] = {RESOLVED: OPEN, DEAD: OPEN}
"""What becomes of a state when the customer writes; the others stay."""

FROM_PANEL = 3
OTHER_TYPE = 9
KINDS: Mapping[int, TicketKind] = {
    3: TicketKind.FAULT,
    12: TicketKind.MOVING,
    13: TicketKind.FAULT,
}
"""LMS's types of tickets; all others are questions. Of what was sent here the store knows the kind."""
NO_SERVICE = -1
SPOKEN = 0
"""The type of messages that a customer may see; all others are the office's notes and records."""

SUBJECT_LENGTH = "rt.subject_max_length"
USUAL_SUBJECT, LONGEST_SUBJECT = 50, 255
"""What LMS's own panel takes, and what its column holds."""
ABOUT_DESK = (
    SUBJECT_LENGTH,
    *(
        f"userpanel.{name}"
        for name in (
            "allow_message_add_to_closed_tickets",
            "allow_reopen_tickets_newer_than",
            "default_categories",
            "queues",
            "tickets_from_selected_queues",
            "visible_ticket_sources",
        )
    ),
)


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """`queues`: the customers' own, in LMS's order. `reopen_seconds`: since the last message; 0 is no limit.

    `subject_length`: characters of the longest subject.
    """

    queues: tuple[int, ...]
    sources: tuple[int, ...]
    lists_other_queues: bool
    categories: tuple[int, ...]
    may_reopen: bool
    reopen_seconds: int
    subject_length: int

    def is_listed(self) -> ColumnElement[bool]:
        """Whether a ticket stands in its customer's list."""
        t = rttickets.c
        listed = and_(t.deleted == 0, t.source.in_(self.sources))
        return listed if self.lists_other_queues else and_(listed, t.queueid.in_(self.queues))

    def is_shown(self) -> ColumnElement[bool]:
        """Whether he may read it and write in it."""
        t = rttickets.c
        return and_(t.deleted == 0, t.source.in_(self.sources), t.queueid.in_(self.queues))

    def may_reopen_after(self, seconds: int) -> bool:
        """`seconds`: since the last message."""
        return self.may_reopen and (self.reopen_seconds == 0 or seconds <= self.reopen_seconds)


def desk_settings(settings: LmsSettings, *, division: int | None) -> DeskSettings:
    """Raises Unavailable as long as LMS's settings could not be read at all."""

    def numbers(name: str) -> tuple[int, ...]:
        found = NUMBERS.findall(settings.text(f"userpanel.{name}", division=division))
        return tuple(dict.fromkeys(map(int, found)))

    return DeskSettings(
        queues=numbers("queues"),
        sources=numbers("visible_ticket_sources"),
        lists_other_queues=not settings.is_on("userpanel.tickets_from_selected_queues", division=division),
        categories=numbers("default_categories"),
        may_reopen=settings.is_on("userpanel.allow_message_add_to_closed_tickets", division=division),
        reopen_seconds=settings.number("userpanel.allow_reopen_tickets_newer_than", division=division),
        subject_length=min(
            settings.number(SUBJECT_LENGTH, division=division) or USUAL_SUBJECT, LONGEST_SUBJECT
        ),
    )


def status_of(state: int) -> TicketStatus:
    return STATUSES.get(state, TicketStatus.IN_PROGRESS)


def kind_of(ticket_type: int | None) -> TicketKind:
    return KINDS.get(ticket_type or 0, TicketKind.QUESTION)
