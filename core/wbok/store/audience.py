"""Which messages a customer has: those to everybody, and those that name him; with his marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select, true

from wbok.store.tables import message_marks as marks
from wbok.store.tables import message_recipients as recipients
from wbok.store.tables import messages

NOW = bindparam("now", type_=messages.c.valid_from.type)
IN_FORCE = or_(messages.c.valid_to.is_(None), messages.c.valid_to > NOW)


def had_by(
    customer: ColumnElement[Any], columns: Sequence[ColumnElement[Any]], *conditions: ColumnElement[bool]
) -> tuple[Select[Any], Select[Any]]:
    """Two statements that share no row, to be read as one. `customer` is the hash; parameter: `now`.

    Two and not one with OR, so that each finds an index.
    """
    mark, begun = _mark_of(customer), messages.c.valid_from <= NOW
    his = recipients.join(messages, messages.c.delivery_id == recipients.c.delivery_id).outerjoin(marks, mark)
    named = (
        select(*columns).select_from(his).where(recipients.c.customer_hash == customer, begun, *conditions)
    )
    everybodys = (
        select(*columns)
        .select_from(messages.outerjoin(marks, mark))
        .where(messages.c.to_all == true(), begun, *conditions)
    )
    return named, everybodys


def urgent_of(
    customer: ColumnElement[Any],
    columns: Sequence[ColumnElement[Any]],
    *conditions: ColumnElement[bool],
    limit: int,
) -> tuple[Select[Any], Select[Any]]:
    """As `had_by`, of the urgent ones the `limit` newest, however many others there are."""
    r, m = recipients.c, messages.c
    named, everybodys = had_by(customer, columns, m.urgent == true(), *conditions)
    return (
        named.where(r.urgent == true(), r.valid_from <= NOW).order_by(r.valid_from.desc()).limit(limit),
        everybodys.order_by(m.valid_from.desc()).limit(limit),
    )


def unread_of(
    customer: ColumnElement[Any],
    columns: Sequence[ColumnElement[Any]],
    *conditions: ColumnElement[bool],
    seconds: int,
    limit: int,
) -> tuple[Select[Any], Select[Any]]:
    """As `had_by`, of the unread ones that began at most `seconds` ago the `limit` newest.

    Of what went to everybody the `limit` newest are looked at, read or not, so that it does not matter how many
    there were.
    """
    r, m, mark = recipients.c, messages.c, _mark_of(customer)
    named, _ = had_by(customer, columns, marks.c.read_at.is_(None), *conditions)
    young = (m.to_all == true(), m.valid_from <= NOW, m.valid_from > NOW - seconds)
    newest = select(m.id).where(*young).order_by(m.valid_from.desc()).limit(limit).subquery()
    everybodys = newest.join(messages, m.id == newest.c.id).outerjoin(marks, mark)
    return (
        named.where(r.is_unread == true(), r.valid_from <= NOW, r.valid_from > NOW - seconds)
        .order_by(r.valid_from.desc())
        .limit(limit),
        select(*columns).select_from(everybodys).where(marks.c.read_at.is_(None), *conditions),
    )


def _mark_of(customer: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(marks.c.customer_hash == customer, marks.c.message_id == messages.c.id)
