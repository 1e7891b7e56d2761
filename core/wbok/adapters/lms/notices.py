"""Powiadomienia over LMS: messages of its own panel, and what customers did with them.

A message may have two items for one customer; each is a notice of its own, so that its mark is too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    Update,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    update,
)

from wbok.adapters.lms.plain_text import plain_text
from wbok.adapters.lms.site import NO_LIMIT, THE_CUSTOMER, Element, Site, filled
from wbok.adapters.lms.tables.messages import filecontainers, files, messageitems, messages
from wbok.adapters.lms.writing import Writing
from wbok.adapters.sql.source import Source

PANEL, PANEL_URGENT = 5, 6
SHOWN = (PANEL, PANEL_URGENT)
DRAFT, DELIVERED, CANCELLED = 4, 5, 6
UNTITLED = "Wiadomość"


def notices(site: Site) -> Source:
    types = {"sent_at": "instant:epoch_s", "read_at": NO_LIMIT, "confirmed_at": NO_LIMIT}
    return site.source("notices", _query(site), types, {"body": body_text})


def _query(site: Site) -> Select[tuple[object, ...]]:
    i, m = messageitems.c, messages.c
    body = func.coalesce(filled(i.body), m.body)
    return (
        select(
            i.id,
            i.customerid.label("customer_id"),
            literal("service", String()).label("kind"),
            func.coalesce(filled(i.subject), filled(m.subject), UNTITLED).label("title"),
            func.concat(func.coalesce(m.contenttype, ""), "\n", func.coalesce(body, "")).label("body"),
            case((m.startdate > m.cdate, m.startdate), else_=m.cdate).label("sent_at"),
            case((m.type == PANEL_URGENT, 1), else_=0).label("urgent"),
            i.lastreaddate.label("read_at"),
            case((i.status == DELIVERED, _confirmed_at())).label("confirmed_at"),
        )
        .select_from(messageitems.join(messages, m.id == i.messageid))
        .where(*_shown_to_him(site))
    )


def _shown_to_him(site: Site) -> tuple[ColumnElement[bool], ...]:
    i, m = messageitems.c, messages.c
    return (
        # Inside too: an item without a customer is a member of the staff's, and would else be everybody's.
        i.customerid == THE_CUSTOMER,
        m.type.in_(SHOWN),
        m.startdate <= site.now,
        i.status.not_in((DRAFT, CANCELLED)),
    )


def files_of_notice(site: Site) -> Select[*tuple[Any, ...]]:
    """The customer, and his files of the notice `notice`, when he is shown it."""
    i, m, c, f = messageitems.c, messages.c, filecontainers.c, files.c
    return (
        select(i.customerid, f.id, f.filename, f.contenttype, f.md5sum)
        .select_from(
            messageitems.join(messages, m.id == i.messageid)
            .join(filecontainers, c.messageid == m.id)
            .join(files, f.containerid == c.id)
        )
        .where(i.id == bindparam("notice", type_=BigInteger()), *_shown_to_him(site))
        .order_by(f.id)
    )


def _confirmed_at() -> Element:
    """LMS may have forgotten when."""
    i, m = messageitems.c, messages.c
    return func.coalesce(func.nullif(i.lastdate, 0), func.nullif(i.lastreaddate, 0), m.cdate)


def body_text(composed: str) -> str:
    """Of its content type, a line's end, and what was written."""
    kind, _end, written = composed.partition("\n")
    return plain_text(written) if kind.strip().lower().startswith("text/html") else written


class LmsReadMarks:
    """Tells LMS what was read and confirmed here: its staff sees it, and its own panel asks no more."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def mark_read(self, customer_id: str, notice_ids: Sequence[str], at: datetime) -> None:
        self._run(customer_id, notice_ids, at, READ)

    def confirm(self, customer_id: str, notice_id: str, at: datetime) -> None:
        self._run(customer_id, [notice_id], at, READ, CONFIRMED)

    def _run(self, customer_id: str, notice_ids: Sequence[str], at: datetime, *statements: Update) -> None:
        ids = [int(notice_id) for notice_id in notice_ids if _is_key(notice_id)]
        if not ids or not _is_key(customer_id):
            return
        given = {"customer": int(customer_id), "ids": ids, "at": int(at.timestamp())}
        with self._writing.writing() as connection:
            for statement in statements:
                connection.execute(statement, given)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _of_customer(*conditions: ColumnElement[bool]) -> Update:
    """Only his own items, and only of the messages that he is shown."""
    i = messageitems.c
    shown = select(messages.c.id).where(messages.c.id == i.messageid, messages.c.type.in_(SHOWN)).exists()
    mine = i.customerid == bindparam("customer", type_=BigInteger())
    wanted = i.id.in_(bindparam("ids", expanding=True, type_=BigInteger()))
    return update(messageitems).where(and_(wanted, mine, shown, *conditions))


AT = bindparam("at", type_=BigInteger())
READ = _of_customer(messageitems.c.lastreaddate == 0).values(lastreaddate=AT)
CONFIRMED = _of_customer(messageitems.c.status != DELIVERED).values(status=DELIVERED, lastdate=AT)
