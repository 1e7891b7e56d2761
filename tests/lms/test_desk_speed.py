"""A helpdesk of some size: neither tickets nor messages are ever read as a whole, for a customer or the watch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Select, select, text
from support.billing import CONTEXT
from support.clock import HandClock
from support.desk import QUESTION, RULES
from support.lms_desk import TABLES, LmsOffice, small_lms
from support.places import SERVERS, new_urls
from support.plans import noted_plans, whole_reads

from bench.lms.tickets import write_plain_tickets
from bench.lms.writer import Writer
from wbok.adapters.lms import connect
from wbok.adapters.lms.tables.tickets import rttickets
from wbok.billing import Attempt, Billing
from wbok.domain.desk import NewReply
from wbok.domain.page import PageRequest

CUSTOMERS = range(101, 1101)
LARGE = {"rttickets", "rtmessages", "said", "customers"}
SOMEBODY = "600"


@dataclass(frozen=True, slots=True)
class Place:
    office: LmsOffice
    billing: Billing
    clock: HandClock


@pytest.fixture(scope="module", params=SERVERS)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    clock = HandClock()
    with new_urls(request.param, tmp_path_factory.mktemp("desk")) as new_url:
        office = small_lms(new_url(), clock, people=CUSTOMERS)
        with office.engine.begin() as connection:
            writer = Writer(connection, tuple(TABLES))
            for customer in CUSTOMERS:
                write_plain_tickets(writer, customer, now=clock())
            writer.finish()
        command = "ANALYZE" if request.param == "postgresql" else "ANALYZE TABLE"
        with office.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in TABLES:
                connection.execute(text(f"{command} {table.name}"))
        config = {"url": office.url, "write_url": office.url}
        yield Place(office, connect(config, replace(CONTEXT, clock=clock)), clock)


def test_a_customers_questions_and_forms_read_no_table_as_a_whole(place: Place) -> None:
    desk = place.billing.helpdesk
    assert desk is not None
    attempt = Attempt("0" * 64, place.clock())
    with noted_plans(place.office.engine) as plans:
        page = desk.tickets(SOMEBODY, PageRequest(limit=2))
        assert len(page.rows) == 2
        assert len(desk.tickets(SOMEBODY, PageRequest(after=page.next)).rows) == 1
        asked = page.rows[1].ticket.number
        desk.ticket(SOMEBODY, asked)
        assert len(desk.thread(SOMEBODY, asked).entries) == 3
        desk.reply(SOMEBODY, asked, NewReply("H", "x"), attempt=attempt, rules=RULES)
        desk.open(SOMEBODY, QUESTION, attempt=attempt, rules=RULES)
    plans.asked[:] = [one for one in plans.asked if isinstance(one[0], Select)]
    assert len(plans.asked) > 15
    assert plans.whole_reads().isdisjoint(LARGE)


def test_the_watch_reads_what_is_new_alone(place: Place) -> None:
    changes = place.billing.ticket_changes
    assert changes is not None
    with noted_plans(place.office.engine) as plans:
        found = changes(None)
        changes(found.next)
    assert found.tickets
    assert plans.whole_reads().isdisjoint({"rtmessages", "said"})


def test_a_whole_read_would_be_seen(place: Place) -> None:
    with place.office.engine.connect() as connection:
        statement = select(rttickets.c.id).where(rttickets.c.modtime > 0)
        assert whole_reads(connection, statement, {}) == {"rttickets"}
