"""What was said in a ticket of LMS, and the files that came with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, or_, select

from wbok.adapters.lms.desk_files import DeskFiles
from wbok.adapters.lms.desk_rules import SPOKEN
from wbok.adapters.lms.desk_texts import plain
from wbok.adapters.lms.site import plus
from wbok.adapters.lms.tables.tickets import rtattachments, rtmessages, rttickets, users
from wbok.domain.desk import PAGE_ENTRIES, Post, Side

Row = Mapping[str, Any]


def messages(customer: int, ticket: int, *, before: int | None, with_files: bool) -> Select[*tuple[Any, ...]]:
    """What the office and this customer wrote in a ticket of his, newest first: one more than a page.

    An e-mail of whom LMS does not know is nobody's word, and not shown. With files a message has a row for each.
    """
    m, t, u = rtmessages.c, rttickets.c, users.c
    name = func.trim(plus(u.firstname, " ", u.lastname)).label("user_name")
    statement = (
        select(m.id, t.customerid, m.userid, m.createtime, m.body, m.contenttype, name)
        .select_from(rtmessages.join(rttickets, t.id == m.ticketid).outerjoin(users, u.id == m.userid))
        .where(
            m.ticketid == ticket,
            t.customerid == customer,
            m.type == SPOKEN,
            m.deleted == 0,
            or_(m.userid.is_not(None), m.customerid == customer),
        )
        .order_by(m.id.desc())
        .limit(PAGE_ENTRIES + 1)
    )
    if before is not None:
        statement = statement.where(m.id < before)
    return _with_files(statement) if with_files else statement


def posts_of(
    rows: Iterable[Row], ticket: int, *, customer_name: str, files: DeskFiles
) -> Iterator[tuple[int, Post]]:
    """With their keys."""
    for key, group in groupby(rows, key=lambda row: row["id"]):
        yield key, _post(list(group), ticket, customer_name, files)


def moment_of(seconds: int | None) -> datetime:
    """What no calendar has is its beginning: a ticket with a wrong date is shown all the same."""
    try:
        return datetime.fromtimestamp(seconds or 0, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _with_files(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    part, a = statement.subquery("part"), rtattachments.c
    return (
        select(part, a.filename.label("file"), a.contenttype.label("file_type"))
        .select_from(part.outerjoin(rtattachments, a.messageid == part.c.id))
        .order_by(part.c.id.desc(), a.filename)
    )


def _post(rows: list[Row], ticket: int, customer_name: str, files: DeskFiles) -> Post:
    first = rows[0]
    by = Side.CUSTOMER if first["userid"] is None else Side.OFFICE
    attachments = (
        files.found(ticket, first["id"], name=row["file"], content_type=row["file_type"])
        for row in rows
        if row.get("file")
    )
    return Post(
        at=moment_of(first["createtime"]),
        by=by,
        author=customer_name if by is Side.CUSTOMER else first["user_name"] or "",
        text=plain(first["body"], first["contenttype"]),
        attachments=tuple(attachments),
    )
