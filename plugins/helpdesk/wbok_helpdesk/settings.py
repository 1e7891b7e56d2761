"""`[tabs.helpdesk]`: what one can ask about, who answers, and how much one customer may ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Self

from pydantic import Field, model_validator

from wbok.api import (
    Complaint,
    DeskKind,
    DeskPlan,
    DeskRules,
    EmailAddress,
    Section,
    Solution,
    Ticket,
    TicketKind,
    Words,
    ticket_place,
)
from wbok_helpdesk import complaints
from wbok_helpdesk.fields import LAYOUTS, FormField, Layout

# What a message may have; the texts are the provider's, the title in them is the customer's.
LONGEST_TITLE, LONGEST_BODY = 200, 10_000

TOLD_IN = "pl"
"""As the texts about solutions and answers, which are the provider's."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Queue(Section):
    """Who works on tickets; `name` is what the office types, `billing_queue` what the billing calls them.

    `email`: who is told of what customers write.
    """

    name: Name
    words: Words
    email: EmailAddress | None = None
    billing_queue: str | None = Field(default=None, min_length=1, max_length=60)


class Category(Section):
    """What a customer chooses; its kind says what the form asks, and a fault is at once "to be done".

    `without`: fields that its form leaves out.
    """

    name: Name
    words: Words
    kind: TicketKind
    queue: Name
    without: tuple[Name, ...] = ()

    @property
    def layout(self) -> Layout:
        return LAYOUTS[self.kind]

    @property
    def fields(self) -> tuple[FormField, ...]:
        return self.layout.without(self.without)

    @model_validator(mode="after")
    def _left_out_is_there_and_not_needed(self) -> Self:
        optional = [one.name for one in self.layout.fields if not one.is_required]
        for name in self.without:
            if name not in optional:
                known = ", ".join(optional) or "none"
                raise ValueError(
                    f'category {self.name}: without: "{name}" is no field that can be left out. These can: {known}'
                )
        return self


QUEUES = (
    Queue(name="office", words=Words(pl="biuro", en="office")),
    Queue(name="technical", words=Words(pl="dział techniczny", en="technical department")),
)
CATEGORIES = (
    Category(
        name="internet",
        words=Words(
            pl="Usterka: internet nie działa lub działa wolno", en="Fault: no internet or a slow one"
        ),
        kind=TicketKind.FAULT,
        queue="technical",
    ),
    Category(
        name="phone",
        words=Words(pl="Usterka: telefon", en="Fault: telephone"),
        kind=TicketKind.FAULT,
        queue="technical",
        without=("connection",),
    ),
    Category(
        name="other_fault",
        words=Words(pl="Usterka: coś innego nie działa", en="Fault: something else does not work"),
        kind=TicketKind.FAULT,
        queue="technical",
    ),
    Category(
        name="payments",
        words=Words(pl="Pytanie o faktury i wpłaty", en="Question about invoices and payments"),
        kind=TicketKind.QUESTION,
        queue="office",
    ),
    Category(
        name="question",
        words=Words(pl="Inne pytanie", en="Another question"),
        kind=TicketKind.QUESTION,
        queue="office",
    ),
    Category(
        name="complaint",
        words=Words(pl="Reklamacja", en="Complaint (reklamacja)"),
        kind=TicketKind.COMPLAINT,
        queue="office",
    ),
    Category(
        name="data_change",
        words=Words(pl="Zmiana danych", en="Change of data"),
        kind=TicketKind.DATA_CHANGE,
        queue="office",
    ),
    Category(
        name="moving",
        words=Words(pl="Przeniesienie usług pod inny adres", en="Moving to another address"),
        kind=TicketKind.MOVING,
        queue="office",
    ),
    Category(
        name="resignation",
        words=Words(pl="Rezygnacja z usług", en="Resignation from services"),
        kind=TicketKind.RESIGNATION,
        queue="office",
    ),
)


class HelpdeskSettings(Section):
    """`solved_title` and `solved_body` are the message about a solution: {number} and {title} are filled in.

    `answered_title` and `answered_body`: about the answer to a complaint. `off`: categories that are not offered.
    """

    desk: DeskKind = DeskKind.PANEL
    queues: tuple[Queue, ...] = Field(default=QUEUES, min_length=1)
    categories: tuple[Category, ...] = Field(default=CATEGORIES, min_length=1)
    off: tuple[Name, ...] = ()
    reopen_days: int = Field(default=14, ge=0, le=365)
    max_open: int = Field(default=20, ge=1, le=1000)
    max_per_hour: int = Field(default=5, ge=1, le=100)
    max_replies: int = Field(default=20, ge=1, le=1000)
    intro: Words = Words(
        pl="Pytania, usterki, reklamacje i inne sprawy. Odpowiedzi pojawiają się na tej stronie.",
        en="Questions, faults, complaints and other matters. Answers appear on this page.",
    )
    after_sending: Words = Words(
        pl="Odpowiemy najpóźniej w następnym dniu roboczym.",
        en="We will answer on the next working day at the latest.",
    )
    solved_title: str = Field(default="Zgłoszenie {number} zostało rozwiązane", min_length=1, max_length=150)
    solved_body: str = Field(
        default="Zgłoszenie „{title}” zostało rozwiązane. "
        "Jeżeli coś nadal nie działa, prosimy otworzyć je ponownie.",
        max_length=5000,
    )
    answered_title: str = Field(default="Odpowiedź na reklamację {number}", min_length=1, max_length=150)
    answered_body: str = Field(
        default="Jest odpowiedź na reklamację „{title}”. Można ją pobrać jako PDF na stronie zgłoszenia.",
        max_length=5000,
    )

    def billing_queue(self, name: str) -> str | None:
        return next((one.billing_queue for one in self.queues if one.name == name), None)

    def staff_email(self, category: str) -> str | None:
        """Of the queue that works on it."""
        chosen = self.category(category)
        return next((one.email for one in self.queues if chosen and one.name == chosen.queue), None)

    def solution(self, ticket: Ticket) -> Solution:
        """What a customer is told when his ticket is solved."""
        return _told(self.solved_title, self.solved_body, number=ticket.number, title_of_ticket=ticket.title)

    def answered(self, complaint: Complaint) -> Solution:
        """What he is told when his complaint is answered.

        Of a ticket that another desk keeps, since the setting was changed, only the paper is left to be opened.
        """
        told = _told(
            self.answered_title,
            self.answered_body,
            number=complaint.number,
            title_of_ticket=complaint.filing.title,
        )
        is_of_this_desk = ticket_place(complaint.number, desk=self.desk) is not None
        return told if is_of_this_desk else replace(told, link=f"{_page(complaint.number)}/answer.pdf")

    @property
    def plan(self) -> DeskPlan:
        return DeskPlan(
            self.desk,
            "tabs.helpdesk.desk",
            self.solution,
            staff_email=self.staff_email,
            link=_page,
            receipt=_receipt,
        )

    @property
    def rules(self) -> DeskRules:
        return DeskRules(
            max_open=self.max_open,
            max_per_hour=self.max_per_hour,
            max_replies=self.max_replies,
            reopen_days=self.reopen_days,
        )

    def category(self, name: str) -> Category | None:
        return next((one for one in self.categories if one.name == name), None)

    @property
    def offered(self) -> tuple[Category, ...]:
        return tuple(one for one in self.categories if one.name not in self.off)

    def offered_category(self, name: str) -> Category | None:
        return next((one for one in self.offered if one.name == name), None)

    @model_validator(mode="after")
    def _what_is_off_is_there(self) -> Self:
        names = [category.name for category in self.categories]
        for name in self.off:
            if name not in names:
                raise ValueError(f'off: there is no category "{name}". There are: {", ".join(names)}')
        if not self.offered:
            raise ValueError("off: every category is off; leave one on, or leave the tab out of panel.tabs")
        return self

    @model_validator(mode="after")
    def _names_fit_together(self) -> Self:
        queues = [queue.name for queue in self.queues]
        _no_name_twice("queues", queues)
        _no_name_twice("categories", (category.name for category in self.categories))
        for category in self.categories:
            if category.queue not in queues:
                known = ", ".join(queues)
                raise ValueError(
                    f'category {category.name}: there is no queue "{category.queue}". There are: {known}'
                )
        return self


def _receipt(complaint: Complaint) -> Solution:
    title, body = complaints.receipt(complaint, language=TOLD_IN)
    return Solution(title[:LONGEST_TITLE], body, _page(complaint.number))


def _page(number: str) -> str:
    return f"/helpdesk/{number}"


def _told(title: str, body: str, *, number: str, title_of_ticket: str) -> Solution:
    values = {"{number}": number, "{title}": title_of_ticket}
    return Solution(
        title=_filled(title, values)[:LONGEST_TITLE],
        body=_filled(body, values)[:LONGEST_BODY],
        link=_page(number),
    )


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Not by str.format: a title is the customer's, and may have braces of its own."""
    return re.sub(r"\{number\}|\{title\}", lambda found: values[found[0]], text)


def _no_name_twice(where: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f'{where}: the name "{name}" stands there twice')
        seen.add(name)
