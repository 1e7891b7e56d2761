"""Tickets in the demo's store: one for each thing that a ticket can be, written as customers and the office do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from wbok.domain.complaints import ComplaintAnswer, Decision
from wbok.domain.desk import DeskRules, Detail, NewTicket, TicketKind, TicketStatus
from wbok.domain.money import Money
from wbok.store import Store
from wbok.store.desk import Desk, open_desk
from wbok.store.desk.side import Solution
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.messages import Messages

CLERK, TECHNICIAN = "Marta Zielonka", "Paweł Gil"
RULES = DeskRules(max_open=100, max_per_hour=100, max_replies=100, reopen_days=14)
ANSWER_DAYS = 30
HALINA, FULLY_PAID, IN_DEBT = "10427", "4213", "11206"


@dataclass
class Past:
    """The clock of the desk, set to when something happened."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


class Story:
    """What happened at the desk until `now`."""

    def __init__(self, store: Store, *, now: datetime) -> None:
        self._now = now
        self._past = Past(now)
        self._desk: Desk = open_desk(
            store,
            keys=IdempotencyKeys(store, clock=self._past),
            messages=Messages(store, clock=self._past),
            clock=self._past,
        )

    def asked(self, customer: str, author: str, title: str, body: str, *, days: float) -> str:
        new = NewTicket(TicketKind.QUESTION, "question", "office", title, body, author)
        return self._opened(customer, new, days=days)

    def reported(
        self,
        customer: str,
        author: str,
        title: str,
        body: str,
        *,
        days: float,
        details: tuple[Detail, ...] = (),
    ) -> str:
        new = NewTicket(TicketKind.FAULT, "internet", "technical", title, body, author, details=details)
        return self._opened(customer, new, days=days)

    def complained(
        self,
        customer: str,
        author: str,
        title: str,
        body: str,
        *,
        days: float,
        details: tuple[Detail, ...],
    ) -> str:
        due = self._now.date() + timedelta(days=ANSWER_DAYS - int(days))
        new = NewTicket(
            TicketKind.COMPLAINT, "complaint", "office", title, body, author, details=details, answer_due=due
        )
        return self._opened(customer, new, days=days)

    def decided(self, number: str, answer: ComplaintAnswer, *, days: float) -> None:
        self._at(days)
        office = self._desk.office
        solution = Solution(
            f"Odpowiedź na reklamację {number}",
            "Jest odpowiedź na reklamację. Można ją pobrać jako PDF na stronie zgłoszenia.",
            f"/helpdesk/{number}",
        )
        office.decide(office.complaint(number), answer, seen=office.ticket(number), solution=solution)

    def expected(self, number: str, day: date, *, days: float) -> None:
        self._at(days)
        self._desk.office.expect(self._desk.office.ticket(number), day)

    def answered(self, number: str, text: str, *, days: float) -> None:
        self._at(days)
        self._desk.office.answer(self._desk.office.ticket(number), author=CLERK, text=text)

    def waits(self, number: str, *, days: float) -> None:
        self._at(days)
        self._desk.office.set_status(self._desk.office.ticket(number), TicketStatus.WAITING)

    def solved(self, number: str, text: str, *, days: float) -> None:
        self._at(days)
        ticket = self._desk.office.ticket(number)
        title = ticket.ticket.title
        solution = Solution(
            f"Zgłoszenie {number} zostało rozwiązane",
            f"Zgłoszenie „{title}” zostało rozwiązane.",
            f"/helpdesk/{number}",
        )
        self._desk.office.solve(ticket, author=TECHNICIAN, text=text, solution=solution)

    def read(self, customer: str, number: str) -> None:
        desk = self._desk.customer
        desk.mark_read(customer, number, version=desk.thread(customer, number).version)

    def _opened(self, customer: str, new: NewTicket, *, days: float) -> str:
        self._at(days)
        return self._desk.customer.open(customer, new, key=f"{customer} {new.title}", rules=RULES)

    def _at(self, days: float) -> None:
        """What is not of today happened in the daytime, so many days ago at whatever hour the demo is made."""
        day = self._now - timedelta(days=int(days))
        in_daytime = day.replace(hour=16 - int(days % 1 * 10), minute=42)
        self._past.now = in_daytime if days >= 1 else self._now - timedelta(days=days)


def fill_desk(store: Store, *, now: datetime) -> str:
    """The number of a ticket that waits for an answer."""
    story = Story(store, now=now)
    _solved_long_ago(story)
    _complaint_that_is_answered(story, today=now.date())
    _complaint_that_waits(story)
    _to_be_done(story, today=now.date())
    _solved_and_not_yet_read(story)
    _answered_and_not_yet_read(story)
    return story.asked(
        HALINA,
        "Halina Brzozowska",
        "Zmiana adresu do korespondencji",
        "Dzień dobry, od grudnia proszę o przysyłanie faktur na adres córki. Co trzeba w tym celu zrobić?",
        days=1.2,
    )


def _solved_long_ago(story: Story) -> None:
    number = story.reported(
        HALINA,
        "Halina Brzozowska",
        "Brak sygnału w telefonie",
        "Od rana w słuchawce jest cisza.",
        days=40.1,
    )
    story.solved(number, "Dzień dobry, przyczyną była bramka telefoniczna. Została wymieniona.", days=39)
    story.read(HALINA, number)


def _solved_and_not_yet_read(story: Story) -> None:
    number = story.reported(
        IN_DEBT,
        "Krzysztof Wilczek",
        "Internet nie działa po burzy",
        "Lampka na routerze świeci na czerwono.",
        days=3,
    )
    story.solved(number, "Dzień dobry, wymieniliśmy uszkodzone urządzenie na słupie.", days=0.3)


def _answered_and_not_yet_read(story: Story) -> None:
    number = story.asked(
        FULLY_PAID,
        "Zbigniew Malinowski",
        "Wyższa prędkość",
        "Czy pod tym adresem można mieć 900 Mb/s?",
        days=2,
    )
    story.answered(number, "Dzień dobry, tak. Czy umówić montera na przyszły tydzień?", days=0.5)
    story.waits(number, days=0.5)


def _to_be_done(story: Story, *, today: date) -> None:
    number = story.reported(
        HALINA,
        "Halina Brzozowska",
        "Internet zwalnia wieczorem",
        "Od tygodnia po godzinie 19 filmy się zacinają, a rozmowy wideo z wnuczką się rwą. "
        "Rano wszystko działa dobrze.\n\nRouter wyłączałam dwa razy.",
        days=4.4,
        details=(
            Detail("service", "Której usługi dotyczy zgłoszenie?", "Internet światłowodowy 600"),
            Detail("since", "Od kiedy?", "od tygodnia, po 19.00"),
            Detail("extent", "Jak to działa?", "źle lub wolno", "poorly"),
            Detail("lamps", "Które lampki świecą na urządzeniu?", "wszystkie zielone"),
            Detail("connection", "Jak jest podłączony komputer?", "przez Wi-Fi", "wifi"),
        ),
    )
    story.answered(
        number,
        "Dzień dobry, dziękujemy za dokładny opis. Sygnał wieczorem rzeczywiście słabnie. "
        "Technik wymieni złącze światłowodu. Wizyta trwa około 30 minut i jest bezpłatna.",
        days=3.9,
    )
    story.expected(number, today + timedelta(days=3), days=3.9)
    story.read(HALINA, number)


def _complaint_that_waits(story: Story) -> None:
    story.complained(
        HALINA,
        "Halina Brzozowska",
        "Trzy dni bez telefonu",
        "Przez trzy dni telefon był głuchy. Proszę o zwrot części abonamentu za ten czas.",
        days=6.3,
        details=(
            Detail("period", "Jakiego okresu dotyczy reklamacja?", "trzy dni w tym miesiącu"),
            Detail("address", "Adres osoby składającej reklamację", "ul. Lipowa 12 m. 4\n43-999 Jasnowice"),
            Detail("amount", "Żądana kwota w złotych", "12,00\u00a0zł"),
            Detail("payout", "Sposób wypłaty", "zaliczenie na następne faktury", "bills"),
        ),
    )


def _complaint_that_is_answered(story: Story, *, today: date) -> None:
    number = story.complained(
        FULLY_PAID,
        "Zbigniew Malinowski",
        "Podwójna opłata za aktywację",
        "Na fakturze opłata aktywacyjna jest policzona dwa razy.",
        days=12.2,
        details=(
            Detail("period", "Jakiego okresu dotyczy reklamacja?", "ostatnia faktura"),
            Detail("address", "Adres osoby składającej reklamację", "ul. Krótka 3\n43-999 Jasnowice"),
        ),
    )
    answer = ComplaintAnswer(
        Decision.ACCEPTED,
        "Dzień dobry, opłata została policzona dwa razy przez pomyłkę. Wystawimy korektę.",
        CLERK,
        position="specjalistka do spraw reklamacji",
        amount=Money(Decimal("49.00")),
        paid_by=today + timedelta(days=10),
    )
    story.decided(number, answer, days=2.1)
