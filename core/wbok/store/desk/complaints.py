"""Complaints of both desks: what was filed stays as it was, and is answered once."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, RowMapping, Select, exc, insert, select, update
from sqlalchemy.engine import Connection

from wbok.domain.complaints import Complaint, ComplaintAnswer, Filing
from wbok.domain.desk import ComplaintClock, NewTicket, Refusal, TicketRefused
from wbok.errors import NotFound
from wbok.store.database import Store
from wbok.store.desk.rows import moment
from wbok.store.desk.tables import complaints
from wbok.store.hashes import key_hash

FILING, ANSWER = TypeAdapter(Filing), TypeAdapter(ComplaintAnswer)


def file_complaint(
    connection: Connection, customer_id: str, number: str, new: NewTicket, *, at: int
) -> Complaint | None:
    """What has no day for its answer is none, and nothing is written.

    One that is filed already stays as it is, and is given as it was filed.
    """
    if new.answer_due is None:
        return None
    filing = Filing(
        category=new.category,
        title=new.title,
        body=new.body,
        author=new.author,
        phone=new.phone,
        details=new.details,
        attachments=tuple(upload.name for upload in new.uploads),
    )
    row = {
        "customer_hash": key_hash(customer_id),
        "number": number,
        "customer_id": customer_id,
        "filed_at": at,
        "due_on": new.answer_due,
        "filing": FILING.dump_json(filing).decode(),
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(complaints).values(row))
    except exc.IntegrityError:
        # Over a billing the same form may come again, and on another day.
        return _found(connection, _its(customer_id, number))
    return Complaint(number, customer_id, moment(at), new.answer_due, filing)


def complaint_of(store: Store, customer_id: str, number: str) -> Complaint:
    """Raises NotFound."""
    with store.reading() as connection:
        return _found(connection, _its(customer_id, number))


def complaint_of_office(store: Store, number: str) -> Complaint:
    """Whoever filed it. Raises NotFound."""
    with store.reading() as connection:
        return _found(connection, select(complaints).where(complaints.c.number == number))


def unanswered(store: Store, *, limit: int) -> tuple[Complaint, ...]:
    """Of everybody; what must be answered first comes first."""
    c = complaints.c
    waiting = select(complaints).where(c.answered_at.is_(None)).order_by(c.due_on, c.filed_at, c.number)
    with store.reading() as connection:
        rows = connection.execute(waiting.limit(limit)).all()
    return tuple(map(_complaint, rows))


def write_answer(connection: Connection, complaint: Complaint, answer: ComplaintAnswer, *, at: int) -> None:
    """Raises TicketRefused when it is answered already."""
    c = complaints.c
    its = (c.customer_hash == key_hash(complaint.customer_id), c.number == complaint.number)
    values = {"answered_at": at, "answer": ANSWER.dump_json(answer).decode()}
    written = connection.execute(update(complaints).where(*its, c.answered_at.is_(None)).values(values))
    if written.rowcount != 1:
        raise TicketRefused(Refusal.ANSWERED_ALREADY)


def clock_of(values: RowMapping) -> ComplaintClock | None:
    """Of a row with `due_on` and `answered_at`, which are empty where there is no complaint."""
    if values["due_on"] is None:
        return None
    answered_at = values["answered_at"]
    return ComplaintClock(values["due_on"], None if answered_at is None else moment(answered_at))


def _its(customer_id: str, number: str) -> Select[*tuple[Any, ...]]:
    c = complaints.c
    return select(complaints).where(c.customer_hash == key_hash(customer_id), c.number == number)


def _found(connection: Connection, statement: Select[*tuple[Any, ...]]) -> Complaint:
    row = connection.execute(statement).first()
    if row is None:
        raise NotFound("complaint")
    return _complaint(row)


def _complaint(row: Row[*tuple[Any, ...]]) -> Complaint:
    return Complaint(
        number=row.number,
        customer_id=row.customer_id,
        filed_at=moment(row.filed_at),
        due_on=row.due_on,
        filing=FILING.validate_json(row.filing),
        answered_at=None if row.answered_at is None else moment(row.answered_at),
        answer=None if row.answer is None else ANSWER.validate_json(row.answer),
    )
