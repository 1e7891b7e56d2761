"""Which messages and outages a customer has: those to everybody, and those that name him."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select, true

from wbok.store.tables import message_marks as marks
from wbok.store.tables import message_recipients as recipients
from wbok.store.tables import messages, outages

NOW = bindparam("now", type_=messages.c.valid_from.type)
IN_FORCE = or_(messages.c.valid_to.is_(None), messages.c.valid_to > NOW)


def had_by(
    customer: ColumnElement[Any], columns: Sequence[ColumnElement[Any]], *conditions: ColumnElement[bool]
) -> tuple[Select[Any], Select[Any]]:
    """Two statements that share no row, to be read as one. `customer` is the hash; parameter: `now`.

    His marks are joined. Two and not one with OR, so that each finds an index.
    """
    begun = messages.c.valid_from <= NOW
    mark = and_(marks.c.customer_hash == customer, marks.c.message_id == messages.c.id)
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


def hit_by(customer: ColumnElement[Any]) -> ColumnElement[bool]:
    """The outages that this customer is told of; `customer` is the hash; parameter: `now`.

    Outages are few and what a customer was ever sent may be much: so each outage is looked up among his.
    """
    named = select(recipients.c.delivery_id).where(
        recipients.c.customer_hash == customer, recipients.c.delivery_id == outages.c.delivery_id
    )
    reaches = or_(outages.c.to_all == true(), named.exists())
    return and_(outages.c.ended_at.is_(None), outages.c.until_at > NOW, reaches)
