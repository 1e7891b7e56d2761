"""Outages that are known, on every kind of database: who is told of them, and until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from support.clock import START, HandClock

from wbok.errors import MessageRefused, NotFound
from wbok.store import Store
from wbok.store.outages import LONGEST, MAX_TEXT, Outages
from wbok.store.sessions import Sessions
from wbok.store.tables import message_recipients, outages
from wbok.store.visits import Visits

EVENING = START + timedelta(hours=6)
TEXT = "Brak internetu przy ul. Lipowej"


class Home:
    def __init__(self, store: Store, clock: HandClock) -> None:
        self.sessions = Sessions(store, clock=clock, idle=timedelta(days=9), absolute=timedelta(days=900))
        self.visits = Visits(store, self.sessions, clock=clock)
        self.outages = Outages(store, clock=clock)
        self.tokens = {
            who: self.sessions.start(customer_id=who, customer_name="x", address="10.0.0.1")
            for who in ("ab", "AB")
        }

    def told(self, who: str) -> list[int]:
        visit = self.visits.find(self.tokens[who])
        assert visit is not None
        return [outage.number for outage in visit.signals.outages]


@pytest.fixture
def home(store: Store, clock: HandClock) -> Home:
    return Home(store, clock)


def test_whom_it_hits_is_told_until_it_is_over_and_nobody_else(home: Home, clock: HandClock) -> None:
    mine = home.outages.report(f" {TEXT}\n ", ["ab", "ab"], until=EVENING)
    everybodys = home.outages.report(TEXT, None, until=EVENING + timedelta(hours=1))
    assert (home.told("ab"), home.told("AB")) == ([everybodys, mine], [everybodys])
    visit = home.visits.find(home.tokens["ab"])
    assert visit is not None
    outage = visit.signals.outages[1]
    assert (outage.text, outage.began_at, outage.until) == (TEXT, START, EVENING)
    assert [(one.outage.number, one.customers) for one in home.outages.current()] == [
        (everybodys, None),
        (mine, 1),
    ]
    clock.now = EVENING
    assert home.told("ab") == [everybodys]
    home.outages.end(everybodys)
    assert (home.told("ab"), home.outages.current()) == ([], ())


def test_one_that_lasts_longer_is_prolonged_and_what_is_over_stays_so(home: Home, clock: HandClock) -> None:
    number = home.outages.report(TEXT, ["ab"], until=EVENING)
    home.outages.prolong(number, until=EVENING + timedelta(hours=2))
    clock.now = EVENING
    assert home.told("ab") == [number]
    home.outages.end(number)
    for over in (number, 999):
        with pytest.raises(NotFound):
            home.outages.end(over)
        with pytest.raises(NotFound):
            home.outages.prolong(over, until=EVENING + timedelta(hours=3))


@pytest.mark.parametrize(
    ("text", "hours", "said"),
    [
        (" \u200b", 1, "no text"),
        ("a\0", 1, "no text"),
        ("x" * (MAX_TEXT + 1), 1, "characters"),
        (TEXT, 0, "over already"),
        (TEXT, 24 * LONGEST.days + 1, "31 days"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(home: Home, text: str, hours: int, said: str) -> None:
    with pytest.raises(MessageRefused, match=said):
        home.outages.report(text, None, until=START + timedelta(hours=hours))
    with pytest.raises(MessageRefused, match="nobody"):
        home.outages.report(TEXT, [], until=EVENING)
    assert home.outages.current() == ()


def test_what_is_long_over_is_cleared_away(home: Home, store: Store, clock: HandClock) -> None:
    home.outages.report(TEXT, ["ab", "AB"], until=EVENING)
    clock.advance(days=31)
    home.outages.report(TEXT, ["ab"], until=clock() + timedelta(hours=1))
    with store.reading() as connection:
        for table in (outages, message_recipients):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 1
