"""What leaves the panel, to whom, and how it reads: from message or ticket to what the mail server has taken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from conftest import MakeScene
from sqlalchemy import func, select
from support.desk import FAULT, QUESTION, RULES
from support.mailbox import Mailbox, sent, wants
from support.scene import Scene
from support.tickets import complained

from wbok.domain.desk import NewReply
from wbok.domain.letters import Delivery, Letter, Recipient, To, Topic
from wbok.domain.messages import MessageKind
from wbok.store.desk.side import Solution
from wbok.store.email_choices import address_key
from wbok.store.outbox_tables import letters

HALINA, DEBTOR, WITHOUT_ADDRESS = "10427", "11206", "9318"
HALINAS, DEBTORS = "h.brzozowska@poczta.example", "k.wilczek@poczta.example"
QUEUES = [
    {"name": "office", "words": {"pl": "biuro"}, "email": "biuro@swiatlonet.example"},
    {"name": "technical", "words": {"pl": "dział techniczny"}},
]


def tell(scene: Scene, *, to: list[str] | None, kind: MessageKind = MessageKind.SERVICE, **more: Any) -> str:
    title = more.pop("title", "Przerwa 28 listopada")
    return scene.panel.messages.send(kind=kind, title=title, body="Od 8.00.", recipients=to, **more)


def put(scene: Scene, address: str, **more: Any) -> None:
    values = {"key": "k", "topic": Topic.NEW_TICKET, "title": "Tytuł", "body": "Treść", "number": "P-1"}
    letter = Letter(**{**values, **more})
    with scene.panel.store.writing() as connection:
        scene.panel.outbox.put_within(connection, letter, [Recipient(To.ADDRESS, address)])


def statuses(scene: Scene) -> list[Delivery]:
    entries = scene.panel.outbox.entries(statuses=tuple(Delivery), limit=100)
    return sorted(one.status for one in entries)


@pytest.fixture
def desk_scene(make_demo_scene: MakeScene, mailbox: Mailbox) -> Scene:
    return make_demo_scene(mail=mailbox.settings, tabs={"helpdesk": {"queues": QUEUES}})


def test_who_wants_copies_of_a_kind_gets_them_and_nobody_else(mailing: Scene, mailbox: Mailbox) -> None:
    wants(mailing, HALINA, service=True)
    wants(mailing, DEBTOR, billing=True, commercial=True)
    tell(mailing, to=None)
    tell(mailing, to=[DEBTOR], title="Nie dla Haliny")
    tell(mailing, to=[HALINA, DEBTOR], kind=MessageKind.BILLING, title="Faktura")
    sent(mailing)
    assert [(to, letter["Subject"]) for to, letter in mailbox.taken()] == [
        (HALINAS, "Przerwa 28 listopada"),
        (DEBTORS, "Faktura"),
    ]
    sent(mailing)
    assert len(mailbox.taken()) == 2


def test_a_message_sent_twice_under_a_key_is_copied_once(mailing: Scene, mailbox: Mailbox) -> None:
    wants(mailing, HALINA, service=True)
    for _ in range(2):
        tell(mailing, to=[HALINA], key="przerwa-28")
    sent(mailing)
    assert len(mailbox.taken()) == 1


def test_a_copy_is_plain_text_with_a_way_into_the_panel(mailing: Scene, mailbox: Mailbox) -> None:
    wants(mailing, HALINA, service=True)
    tell(mailing, to=[HALINA], link="/helpdesk/P-1")
    sent(mailing)
    ((_, letter),) = mailbox.taken()
    assert letter.get_content_type() == "text/plain"
    assert letter["From"] == "Światłonet <panel@swiatlonet.example>"
    assert letter["Reply-To"] == "biuro@swiatlonet.example"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert text.startswith(
        "Od 8.00.\n\nWięcej w panelu klienta:\nhttps://panel.swiatlonet.example/helpdesk/P-1\n"
    )
    assert "To kopia powiadomienia z panelu klienta." in text
    assert "32 012 34 56" in text
    assert letter["List-Unsubscribe"] is None


def test_an_offer_says_how_to_get_no_more_of_them(mailing: Scene, mailbox: Mailbox) -> None:
    wants(mailing, HALINA, commercial=True)
    tell(mailing, to=None, kind=MessageKind.COMMERCIAL)
    sent(mailing)
    ((_, letter),) = mailbox.taken()
    mail, link = letter["List-Unsubscribe"].split(", ")
    assert mail == (
        "<mailto:biuro@swiatlonet.example?subject=Rezygnacja%20z%20ofert%20e-mailem%2C%20ID%20Klienta%2010427>"
    )
    assert link.startswith("<https://panel.swiatlonet.example/unsubscribe/")
    assert link.strip("<>") in letter.get_content()
    assert "biuro@swiatlonet.example" in letter.get_content()
    # Mail providers would press in vain: they do not reach the panel.
    assert letter["List-Unsubscribe-Post"] is None
    path = link.strip("<>").removeprefix("https://panel.swiatlonet.example")
    visitor = mailing.visitor()
    assert "Rezygnacja z ofert" in visitor.get(path).text
    assert mailing.panel.email_choices.of(HALINA).commercial
    assert "nie będą już wysyłane" in visitor.post(path, {"List-Unsubscribe": "One-Click"}).text
    assert not mailing.panel.email_choices.of(HALINA).commercial


def test_one_click_is_offered_where_mail_providers_reach_the_panel(
    make_demo_scene: MakeScene, mailbox: Mailbox
) -> None:
    scene = make_demo_scene(mail=mailbox.settings | {"one_click": True})
    wants(scene, HALINA, commercial=True)
    tell(scene, to=None, kind=MessageKind.COMMERCIAL)
    sent(scene)
    ((_, letter),) = mailbox.taken()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_refuses_meanwhile_gets_nothing(mailing: Scene, mailbox: Mailbox) -> None:
    wants(mailing, HALINA, commercial=True)
    tell(mailing, to=None, kind=MessageKind.COMMERCIAL)
    mailing.panel.email_choices.refuse_offers(HALINA)
    sent(mailing)
    assert (mailbox.taken(), statuses(mailing)) == ([], [Delivery.DROPPED])


def test_a_message_waits_for_its_beginning_and_is_not_sent_after_its_end(
    mailing: Scene, mailbox: Mailbox
) -> None:
    wants(mailing, HALINA, service=True)
    begins, ends = (mailing.clock() + timedelta(hours=hours) for hours in (2, 3))
    tell(mailing, to=[HALINA], valid_from=begins)
    tell(mailing, to=[HALINA], valid_from=begins, valid_to=ends, title="Krótko")
    sent(mailing)
    assert mailbox.taken() == []
    mailing.clock.advance(hours=4)
    sent(mailing)
    assert [letter["Subject"] for _, letter in mailbox.taken()] == ["Przerwa 28 listopada"]
    assert statuses(mailing) == [Delivery.DROPPED, Delivery.SENT]


def test_without_an_address_nothing_is_sent_and_the_office_sees_it(mailing: Scene, mailbox: Mailbox) -> None:
    for customer in (WITHOUT_ADDRESS, "no such"):
        wants(mailing, customer, service=True)
    tell(mailing, to=None)
    sent(mailing)
    assert (mailbox.taken(), statuses(mailing)) == ([], [Delivery.NO_ADDRESS] * 2)


def test_without_a_mail_server_nothing_is_put_into_the_outbox(scene: Scene) -> None:
    wants(scene, HALINA, service=True)
    tell(scene, to=None)
    number = scene.panel.desk.customer.open(HALINA, QUESTION, key="k", rules=RULES)
    scene.panel.desk.office.answer(scene.panel.desk.office.ticket(number), author="M", text="Tak.")
    with scene.panel.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(letters)).scalar() == 0


def test_a_ticket_is_told_to_its_queue_once_and_so_is_a_reply(desk_scene: Scene, mailbox: Mailbox) -> None:
    desk = desk_scene.panel.desk.customer
    numbers = {desk.open(HALINA, QUESTION, key="k", rules=RULES) for _ in range(2)}
    desk.open(HALINA, FAULT, key="l", rules=RULES)
    (number,) = numbers
    for _ in range(2):
        desk.reply(HALINA, number, NewReply("Halina", "Dodam, że pilne."), key="r", rules=RULES)
    sent(desk_scene)
    taken = mailbox.taken()
    assert [(to, letter["Subject"]) for to, letter in taken] == [
        ("biuro@swiatlonet.example", "Nowe zgłoszenie P-1: Zmiana adresu 🦊"),
        ("biuro@swiatlonet.example", "Klient napisał w zgłoszeniu P-1: Zmiana adresu 🦊"),
    ]
    assert taken[0][1].get_content() == (
        "Klient: Halina Brzozowska, ID Klienta 10427\nTelefon kontaktowy: 600 000 427\n\n"
        "Dzień dobry,\nproszę o zmianę.\n"
    )
    assert "Dodam, że pilne." in taken[1][1].get_content()


def test_an_answer_and_a_solution_go_to_the_customer_unless_he_said_no(
    desk_scene: Scene, mailbox: Mailbox
) -> None:
    desk, office = desk_scene.panel.desk.customer, desk_scene.panel.desk.office
    number = desk.open(HALINA, FAULT, key="k", rules=RULES)
    office.answer(office.ticket(number), author="Marta", text="Sprawdzamy linię.")
    solution = Solution("Zgłoszenie P-1 rozwiązane", "Prosimy sprawdzić.", f"/helpdesk/{number}")
    office.solve(office.ticket(number), author="Marta", text="Złącze wymienione.", solution=solution)
    office.note(office.ticket(number), author="Marta", text="Trudny klient")
    sent(desk_scene)
    taken = mailbox.taken()
    assert [(to, letter["Subject"]) for to, letter in taken] == [
        (HALINAS, "Odpowiedź na zgłoszenie P-1: Brak internetu"),
        (HALINAS, "Zgłoszenie P-1 rozwiązane"),
    ]
    assert "Sprawdzamy linię.\n\nAby odpisać" in taken[0][1].get_content()
    assert "https://panel.swiatlonet.example/helpdesk/P-1" in taken[0][1].get_content()
    assert taken[1][1].get_content().startswith("Złącze wymienione.\n\nProsimy sprawdzić.")
    assert "Trudny" not in "".join(letter.get_content() for _, letter in taken)
    wants(desk_scene, HALINA, answers=False)
    desk.reopen(HALINA, number, NewReply("H", "Nadal."), key="l", rules=RULES)
    office.answer(office.ticket(number), author="Marta", text="Jedziemy.")
    sent(desk_scene)
    assert len(mailbox.taken()) == 2


def test_the_customers_language_is_used_and_his_chosen_address(mailing: Scene, mailbox: Mailbox) -> None:
    wants(mailing, HALINA, service=True, language="en", address_key=address_key(HALINA, HALINAS))
    tell(mailing, to=[HALINA])
    sent(mailing)
    ((to, letter),) = mailbox.taken()
    assert (to, letter["Content-Language"]) == (HALINAS, "en")
    assert "This is a copy of a notification" in letter.get_content()


def test_a_chosen_address_that_is_gone_is_said_and_no_other_one_gets_the_letter(
    mailing: Scene, mailbox: Mailbox
) -> None:
    wants(mailing, HALINA, service=True, address_key=address_key(HALINA, "dawny@poczta.example"))
    tell(mailing, to=[HALINA])
    sent(mailing)
    (one,) = mailing.panel.outbox.entries(limit=2)
    assert (mailbox.taken(), one.status) == ([], Delivery.NO_ADDRESS)
    assert one.reason == "the address that the customer chose is not among his any more"


@pytest.mark.parametrize("evil", ["\r\n", "\n", "\r", "\x0b", "\u2028", "\x85", "\0", "\u202e", "\ud800"])
def test_nothing_that_was_typed_makes_a_header(mailing: Scene, mailbox: Mailbox, evil: str) -> None:
    typed = f"Tytuł{evil}Bcc: obcy@example.pl{evil}{evil}Treść"
    if evil not in ("\0", "\ud800"):  # no store keeps these
        put(
            mailing,
            "a@example.pl",
            title=typed,
            author=typed,
            phone=typed[:60],
            customer_id="1",
            number="P-1",
        )
    put(mailing, f"a@example.pl{evil}Bcc: obcy@example.pl".replace("\0", "").replace("\ud800", ""), key="l")
    sent(mailing)
    for to, letter in mailbox.taken():
        assert to == "a@example.pl"
        assert "Bcc" not in letter
        assert "obcy" in letter["Subject"]
        assert letter["To"] == "a@example.pl"
    assert set(statuses(mailing)) <= {Delivery.SENT, Delivery.NO_ADDRESS}


@pytest.mark.parametrize(
    ("address", "carried"),
    [
        ("biuro@żółw.example", "biuro@xn--w-uga1v8h.example"),
        ("Zażółć@Example.PL", "Zażółć@example.pl"),
    ],
)
def test_addresses_with_polish_letters_are_reached(
    mailing: Scene, mailbox: Mailbox, address: str, carried: str
) -> None:
    put(mailing, address)
    sent(mailing)
    assert [to for to, _ in mailbox.taken()] == [carried]


def test_a_complaint_is_confirmed_by_email_with_all_that_was_filed(
    desk_scene: Scene, mailbox: Mailbox
) -> None:
    number = complained(desk_scene.customer())
    sent(desk_scene)
    taken = dict(mailbox.taken())
    letter = taken[HALINAS]
    assert letter["Subject"] == f"Potwierdzenie złożenia reklamacji {number}"
    text = letter.get_content()
    for words in (
        "Internet nie działał.",
        "Żądana kwota w złotych: 1",
        "najpóźniej 23.12.2026",
        "23.11.2026",
    ):
        assert words in text
    assert "Jakiego okresu dotyczy reklamacja?: od 3" in taken["biuro@swiatlonet.example"].get_content()


def test_who_wants_no_answers_by_email_gets_no_confirmation_either(
    desk_scene: Scene, mailbox: Mailbox
) -> None:
    wants(desk_scene, HALINA, answers=False)
    complained(desk_scene.customer())
    sent(desk_scene)
    assert [to for to, _ in mailbox.taken()] == ["biuro@swiatlonet.example"]
