"""Which messages and outages a customer has: those to everybody, and those that name him."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select, true

from wbok.domain.messages import NEWEST, UNREAD_FOR
from wbok.store.tables import message_marks as marks
from wbok.store.tables import message_recipients as recipients
from wbok.store.tables import messages, outages

NOW = bindparam("now", type_=messages.c.valid_from.type)
A_YEAR_AGO = NOW - int(UNREAD_FOR.total_seconds())
IN_FORCE = or_(messages.c.valid_to.is_(None), messages.c.valid_to > NOW)


@dataclass(frozen=True, slots=True)
class Half:
    """The messages that name a customer, or those to everybody; with his marks. `now` is a parameter.

    `sent_at` and `id` are columns of which the half has an index: by them it is ordered, and cut off.
    """

    statement: Select[Any]
    sent_at: ColumnElement[Any]
    id: ColumnElement[Any]

    def newest(self, limit: int) -> Select[Any]:
        """To be a part of a union."""
        newest = self.statement.order_by(self.sent_at.desc(), self.id.desc()).limit(limit).subquery()
        return select(*newest.c)


def halves(customer: ColumnElement[Any], columns: Sequence[ColumnElement[Any]]) -> tuple[Half, Half]:
    """Two that share no row, to be read as one. `customer` is the hash.

    Two and not one with OR, so that each finds an index.
    """
    r, m, mark = recipients.c, messages.c, _mark(customer)
    his = recipients.join(messages, m.delivery_id == r.delivery_id).outerjoin(marks, mark)
    named = select(*columns).select_from(his).where(r.customer_hash == customer, r.valid_from <= NOW)
    all_have = messages.outerjoin(marks, mark)
    everybodys = select(*columns).select_from(all_have).where(m.to_all == true(), m.valid_from <= NOW)
    return Half(named, r.valid_from, r.message_id), Half(everybodys, m.valid_from, m.id)


def had_by(
    customer: ColumnElement[Any], columns: Sequence[ColumnElement[Any]], *conditions: ColumnElement[bool]
) -> tuple[Select[Any], ...]:
    """Whole halves."""
    return tuple(half.statement.where(*conditions) for half in halves(customer, columns))


def urgent_of(
    customer: ColumnElement[Any], columns: Sequence[ColumnElement[Any]], *conditions: ColumnElement[bool]
) -> Iterator[Select[Any]]:
    """The newest urgent ones of each half."""
    is_urgent = (recipients.c.urgent == true(), messages.c.urgent == true())
    for half, urgent in zip(halves(customer, columns), is_urgent, strict=True):
        yield replace(half, statement=half.statement.where(urgent, *conditions)).newest(NEWEST)


def unread_of(
    customer: ColumnElement[Any], columns: Sequence[ColumnElement[Any]], *conditions: ColumnElement[bool]
) -> Iterator[Select[Any]]:
    """The newest unread ones of a year in each half; `conditions` are of the message alone.

    Of what went to everybody the newest are looked at, read or not, so that it does not matter how many there were.
    """
    r, m, is_unread = recipients.c, messages.c, marks.c.read_at.is_(None)
    named, _ = halves(customer, columns)
    his = (r.is_unread == true(), r.valid_from > A_YEAR_AGO, is_unread, *conditions)
    yield replace(named, statement=named.statement.where(*his)).newest(NEWEST)
    young = select(m.id).where(
        m.to_all == true(), m.valid_from <= NOW, m.valid_from > A_YEAR_AGO, *conditions
    )
    newest = young.order_by(m.valid_from.desc(), m.id.desc()).limit(NEWEST).subquery()
    looked_at = newest.join(messages, m.id == newest.c.id).outerjoin(marks, _mark(customer))
    yield select(*columns).select_from(looked_at).where(is_unread)


def _mark(customer: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(marks.c.customer_hash == customer, marks.c.message_id == messages.c.id)


def hit_by(customer: ColumnElement[Any]) -> ColumnElement[bool]:
    """The outages that this customer is told of; `customer` is the hash; parameter: `now`.

    Outages are few and what a customer was ever sent may be much: so each outage is looked up among his.
    """
    named = select(recipients.c.delivery_id).where(
        recipients.c.customer_hash == customer, recipients.c.delivery_id == outages.c.delivery_id
    )
    reaches = or_(outages.c.to_all == true(), named.exists())
    return and_(outages.c.ended_at.is_(None), outages.c.until_at > NOW, reaches)
