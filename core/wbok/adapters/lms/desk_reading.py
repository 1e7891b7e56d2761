"""Tickets of LMS as their customers may see them. Each statement names the customer, and each row is compared with
him once more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from wbok.adapters.lms.desk_files import DeskFiles, attachment_key, spoken_file
from wbok.adapters.lms.desk_rules import (
    ABOUT_DESK,
    NEW,
    SPOKEN,
    STATUSES,
    DeskSettings,
    desk_settings,
    kind_of,
    status_of,
)
from wbok.adapters.lms.desk_texts import plain
from wbok.adapters.lms.desk_threads import messages, moment_of, posts_of
from wbok.adapters.lms.people import name_of_customer
from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.lms.site import Element
from wbok.adapters.lms.tables.people import customers
from wbok.adapters.lms.tables.tickets import rtmessages, rtqueues, rttickets
from wbok.adapters.sql.cursor import Mark, Marks
from wbok.adapters.sql.database import Database
from wbok.billing import BillingTicket, ChangedTicket, Changes
from wbok.domain.attachments import AttachmentContent
from wbok.domain.desk import (
    LARGEST,
    DeskKind,
    Thread,
    Ticket,
    entry_mark,
    on_one_page,
    ticket_number,
    ticket_place,
)
from wbok.domain.page import Page, PageRequest
from wbok.errors import NotFound, Rejected, Unavailable
from wbok.relations.types import parse_type

KEY = parse_type("int")
said = rtmessages.alias("said")
MANY_CHANGES = 500
READ_AGAIN = 200
"""Messages before the mark: one that got its number earlier may be written later."""
WITHOUT_SUBJECT = "(bez tematu)"


@dataclass(frozen=True, slots=True)
class Found:
    """`spoken_at`: seconds since 1970, when a message that the customer sees was last written; 0 for none."""

    reported: BillingTicket
    customer_name: str
    spoken_at: int


def customer_key(customer_id: str) -> int:
    """Raises NotFound."""
    key: int = KEY.key(customer_id)
    if not 0 < key <= LARGEST:
        raise NotFound("customer")
    return key


def ticket_key(number: str) -> int:
    """Raises NotFound."""
    place = ticket_place(number, desk=DeskKind.BILLING)
    if place is None:
        raise NotFound("ticket")
    return place


class LmsTickets:
    def __init__(
        self,
        database: Database,
        settings: LmsSettings,
        *,
        files: DeskFiles,
        marks: Marks,
        clock: Callable[[], int],
    ) -> None:
        self._database = database
        self._settings = settings
        self._files = files
        self._marks = marks
        self._clock = clock

    def settings_for(self, customer: int) -> DeskSettings:
        """Those of his division. Raises Unavailable."""
        division = None
        if self._settings.differs_by_division(*ABOUT_DESK):
            statement = select(customers.c.divisionid).where(customers.c.id == customer)
            rows = self._database.rows(statement, {})
            division = rows[0][0] if rows else None
        return desk_settings(self._settings, division=division)

    def page(self, customer_id: str, request: PageRequest) -> Page[BillingTicket]:
        customer = customer_key(customer_id)
        settings = self.settings_for(customer)
        t = rttickets.c
        statement = _tickets(customer).where(settings.is_listed())
        if request.after is not None:
            mark = self._marks.read("tickets", request.after)
            earlier = and_(t.createtime == mark.sort, t.id < mark.key)
            statement = statement.where(or_(t.createtime < mark.sort, earlier))
        rows = self._rows(
            statement.order_by(t.createtime.desc(), t.id.desc()).limit(request.limit + 1), customer
        )
        shown = rows[: request.limit]
        place = (
            self._marks.write("tickets", Mark(shown[-1]["createtime"], shown[-1]["id"]))
            if len(rows) > request.limit
            else None
        )
        return Page(tuple(_found(row, settings).reported for row in shown), place)

    def one(self, customer_id: str, number: str) -> Found:
        """Raises NotFound."""
        customer = customer_key(customer_id)
        return self._one(customer, ticket_key(number), self.settings_for(customer))

    def thread(self, customer_id: str, number: str, *, before: str | None) -> Thread:
        customer, place = customer_key(customer_id), ticket_key(number)
        earlier = None if before is None else entry_mark(before)
        if before is not None and earlier is None:
            raise Rejected("page mark")
        statement = messages(customer, place, before=earlier, with_files=self._files.has_place)
        settings = self.settings_for(customer)
        found = self._one(customer, place, settings)
        rows = self._rows(statement, customer)
        posts = list(posts_of(rows, place, customer_name=found.customer_name, files=self._files))
        shown = on_one_page(len(post.text) for _, post in posts)
        return Thread(
            ticket=found.reported.ticket,
            version=found.reported.version,
            entries=tuple(post for _, post in reversed(posts[:shown])),
            older=str(posts[shown - 1][0]) if len(posts) > shown > 0 else None,
            may_reopen=settings.may_reopen_after(self._clock() - found.spoken_at),
        )

    def attachment(self, customer_id: str, number: str, attachment_id: str) -> AttachmentContent:
        customer, place = customer_key(customer_id), ticket_key(number)
        message, name = attachment_key(attachment_id)
        if not self._files.has_place:
            raise NotFound("attachment")
        self._one(customer, place, self.settings_for(customer))
        rows = self._database.rows(spoken_file(place, customer, message, name), {})
        for found, content_type in rows:
            # Databases compare texts loosely.
            if found == name:
                return self._files.content(place, message, name=found, content_type=content_type)
        raise NotFound("attachment")

    def changes(self, after: str | None) -> Changes:
        """By the messages, since LMS writes one for whatever it changes, and finds them by their numbers."""
        m, t = rtmessages.c, rttickets.c
        if after is None:
            newest = self._database.rows(select(func.coalesce(func.max(m.id), 0)), {})
            after = str(max(0, newest[0][0] - MANY_CHANGES))
        mark = entry_mark(after)
        if mark is None:
            raise Unavailable("the mark of the changes cannot be read")
        statement = (
            select(m.id, t.id, t.customerid, func.coalesce(t.state, NEW), _newest())
            .select_from(rtmessages.join(rttickets, t.id == m.ticketid))
            .where(m.id > mark - READ_AGAIN)
            .order_by(m.id)
            .limit(MANY_CHANGES)
        )
        rows = self._database.rows(statement, {})
        changed = {
            row[1]: ChangedTicket(
                customer_id=str(row[2]),
                number=ticket_number(row[1], desk=DeskKind.BILLING),
                version=_version(newest=row[4], state=row[3]),
            )
            for row in rows
            if row[2] is not None
        }
        last = max([mark, *(row[0] for row in rows)])
        return Changes(tuple(changed.values()), str(last), is_last=len(rows) < MANY_CHANGES)

    def _one(self, customer: int, place: int, settings: DeskSettings) -> Found:
        statement = _tickets(customer).where(rttickets.c.id == place, settings.is_shown())
        rows = self._rows(statement, customer)
        if not rows:
            raise NotFound("ticket")
        return _found(rows[0], settings)

    def _rows(self, statement: Select[Any], customer: int) -> list[dict[str, Any]]:
        names = [column.name for column in statement.selected_columns]
        rows = [dict(zip(names, row, strict=True)) for row in self._database.rows(statement, {})]
        if any(row["customerid"] != customer for row in rows):
            raise Unavailable("the billing gave a ticket of another customer")
        return rows


def _of_ticket(what: Element, *conditions: Element) -> Element:
    """Of all that was written in the ticket of the row."""
    his = select(what).select_from(said).where(said.c.ticketid == rttickets.c.id, *conditions)
    return his.correlate(rttickets).scalar_subquery()


def _newest() -> Element:
    """The number of the newest message of any kind: another one whenever something was changed."""
    return _of_ticket(func.max(said.c.id)).label("newest")


def _version(*, newest: int | None, state: int) -> int:
    return (newest or 0) * len(STATUSES) + state


def _tickets(customer: int) -> Select[Any]:
    t, m, c = rttickets.c, said.c, customers.c
    seen = (m.type == SPOKEN, m.deleted == 0)
    answer = (*seen, m.userid.is_not(None))
    return (
        select(
            t.id,
            t.customerid,
            t.queueid,
            t.subject,
            func.coalesce(t.state, NEW).label("state"),
            t.type,
            t.createtime,
            t.modtime,
            t.resolvetime,
            rtqueues.c.name.label("queue"),
            name_of_customer().label("customer_name"),
            _newest(),
            _of_ticket(func.count(), *answer).label("answers"),
            _of_ticket(func.max(m.createtime), *answer).label("answered_at"),
            _of_ticket(func.max(m.createtime), *seen).label("spoken_at"),
        )
        .select_from(
            rttickets.join(customers, c.id == t.customerid).outerjoin(rtqueues, rtqueues.c.id == t.queueid)
        )
        .where(t.customerid == customer, c.deleted == 0)
    )


def _found(row: dict[str, Any], settings: DeskSettings) -> Found:
    status = status_of(row["state"])
    ended_at = moment_of(row["resolvetime"] or row["modtime"]) if status.has_ended else None
    ticket = Ticket(
        number=ticket_number(row["id"], desk=DeskKind.BILLING),
        customer_id=str(row["customerid"]),
        kind=kind_of(row["type"]),
        category="",
        queue=row["queue"] or "",
        title=plain(row["subject"], "") or WITHOUT_SUBJECT,
        status=status,
        created_at=moment_of(row["createtime"]),
        changed_at=moment_of(row["modtime"] or row["createtime"]),
        ended_at=ended_at,
        is_unread=False,
        has_thread=row["queueid"] in settings.queues,
    )
    reported = BillingTicket(
        ticket=ticket,
        version=_version(newest=row["newest"], state=row["state"]),
        answers=row["answers"],
        answered_at=moment_of(row["answered_at"]) if row["answered_at"] else None,
    )
    return Found(reported, row["customer_name"] or "", row["spoken_at"] or 0)
