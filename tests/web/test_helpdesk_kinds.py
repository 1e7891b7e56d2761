"""Each kind of ticket has its own form; complaints are confirmed and answered on paper."""

from __future__ import annotations

import gzip
import io
import re

import pytest
from conftest import MakeScene
from pypdf import PdfReader
from support.scene import Scene, Visitor
from support.statements import counted
from support.tickets import COMPLAINT, complained, decided, filled, sent, ticket

from wbok.adapters.lms.tables.tickets import rtmessages
from wbok.domain.messages import MessageKind
from wbok.store.desk.side import Solution

NBSP = "\u00a0"
FAULT = {
    "service": "Internet światłowodowy 600",
    "device": "Terminal światłowodowy, SN-ONT-104272",
    "since": "od wczoraj",
    "extent": "poorly",
    "lamps": "LOS czerwona",
    "connection": "wifi",
    "at_home": "po 16.00",
}


def paper(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), path
    reader = PdfReader(io.BytesIO(answer.data))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split()).replace(NBSP, " ")


def test_first_one_chooses_what_it_is_about_and_then_gets_its_form(scene: Scene) -> None:
    customer = scene.customer()
    page = customer.get("/helpdesk/new").text
    links = re.findall(r'href="/helpdesk/new\?category=([a-z_]+)"', page)
    assert links == [
        *("internet", "phone", "other_fault", "payments", "question"),
        *("complaint", "data_change", "moving", "resignation"),
    ]
    for category, asked in {
        "question": "Temat",
        "internet": "Które lampki świecą",
        "complaint": "Jakiego okresu dotyczy reklamacja?",
        "data_change": "Co się zmienia?",
        "moving": "Nowy adres",
        "resignation": "Oczekiwany ostatni dzień usługi",
    }.items():
        form = customer.get(f"/helpdesk/new?category={category}").text
        assert asked in form, category
        assert f'name="category" value="{category}"' in form
    assert "Jak jest podłączony komputer?" not in customer.get("/helpdesk/new?category=phone").text
    assert 'category=resignation"' in customer.get("/helpdesk/new?category=sales").text


def test_what_is_off_is_neither_offered_nor_taken(make_demo_scene: MakeScene) -> None:
    scene = make_demo_scene(tabs={"helpdesk": {"off": ["complaint", "moving"]}})
    customer = scene.customer()
    page = customer.get("/helpdesk/new").text
    assert "category=complaint" not in page
    assert "reklamacj" not in customer.get("/help").text
    answer = customer.post("/helpdesk/new", ticket(customer, **COMPLAINT))
    assert answer.status_code == 400
    assert COMPLAINT["title"] in answer.text
    assert COMPLAINT["body"] in answer.text


def test_the_fault_form_offers_services_and_devices_and_shows_what_was_said(desk_scene: Scene) -> None:
    scene = desk_scene
    customer = scene.customer()
    form = customer.get("/helpdesk/new?category=internet").text
    for offered in (FAULT["service"], FAULT["device"]):
        assert f">{offered}</option>" in form
    other = scene.customer("11206", "9034").get("/helpdesk/new?category=internet").text
    assert "SN-ONT-104272" not in other
    number = sent(customer, **FAULT)
    page = customer.get(f"/helpdesk/{number}").text
    for said in (FAULT["device"], "od wczoraj", "źle lub wolno", "LOS czerwona", "przez Wi-Fi", "po 16.00"):
        assert said in page
    if scene.lms is None:
        assert "badly or slowly" in customer.get(f"/helpdesk/{number}?lang=en", follow_redirects=True).text
        return
    rows = scene.lms.rows(rtmessages)
    assert "Które lampki świecą na urządzeniu?: LOS czerwona" in rows[0]["body"]


def test_a_request_without_text_has_its_category_as_title(desk_scene: Scene) -> None:
    customer = desk_scene.customer()
    fields = {"category": "moving", "new_address": "ul. Nowa 1\n43-999 Jasnowice", "moving_day": "2026-12-15"}
    number = sent(customer, **(fields | {"title": "", "body": ""}))
    page = customer.get(f"/helpdesk/{number}").text
    assert "<h1>Przeniesienie usług pod inny adres</h1>" in page
    assert "ul. Nowa 1" in page
    assert "15.12.2026" in page
    assert "przeniesienie, nr" in customer.get("/helpdesk/").text


@pytest.mark.parametrize(
    ("category", "fields", "words"),
    [
        ("complaint", {"period": ""}, "Prosimy wypełnić to pole"),
        ("complaint", {"amount": "dużo"}, "To nie jest kwota"),
        ("complaint", {"amount": "0"}, "To nie jest kwota"),
        (
            "complaint",
            {"account": "86 1090 1014 1234 0000 0001 2346"},
            "To nie jest prawidłowy numer rachunku",
        ),
        ("complaint", {"account": ""}, "Prosimy wypełnić to pole"),
        ("complaint", {"reply_by": "email", "email": ""}, "Prosimy wypełnić to pole"),
        ("complaint", {"email": "a@b"}, "To nie jest adres e-mail"),
        ("complaint", {"payout": "cash"}, "Prosimy wybrać jedną z odpowiedzi"),
        ("complaint", {"number": "7" * 300}, "Tekst jest za długi"),
        ("moving", {"new_address": " \u200b"}, "Prosimy wypełnić to pole"),
        ("moving", {"new_address": "x", "moving_day": "jutro"}, "To nie jest data"),
        ("data_change", {"what": "", "new_data": "x"}, "Prosimy wypełnić to pole"),
    ],
)
def test_a_fault_of_a_field_is_said_and_nothing_typed_is_lost(
    scene: Scene, category: str, fields: dict[str, str], words: str
) -> None:
    customer = scene.customer()
    typed = COMPLAINT | {"category": category, **fields}
    answer = customer.post("/helpdesk/new", filled(customer, **typed))
    assert answer.status_code == 400
    assert words in answer.text
    wrong = next(reversed(fields)) if category != "data_change" else "what"
    assert f'<a href="#{wrong}">' in answer.text
    assert COMPLAINT["body"] in answer.text
    if category == "complaint" and "amount" not in fields:
        assert COMPLAINT["amount"] in answer.text
    assert "nr P-" not in customer.get("/helpdesk/").text


def test_a_complaint_is_confirmed_at_once_and_its_answer_is_a_paper_too(desk_scene: Scene) -> None:
    scene = desk_scene
    customer = scene.customer()
    number = complained(customer)
    page = customer.get(f"/helpdesk/{number}").text
    assert "Potwierdzenie (PDF)" in page
    assert "Odpowiedź (PDF)" not in page
    assert "23.12.2026" in page
    confirmed = paper(customer, f"/helpdesk/{number}/confirmation.pdf")
    for words in (
        f"Potwierdzenie złożenia reklamacji {number}",
        "Halina Brzozowska",
        "ID Klienta 10427",
        "23.11.2026",
        "najpóźniej 23.12.2026, w ciągu 30 dni",
        COMPLAINT["title"],
        COMPLAINT["body"],
        COMPLAINT["period"],
        "43-999 Jasnowice",
        "1 049,90 zł",
        "86 1090 1014 1234 0000 0001 2345",
        "600 000 427",
    ):
        assert words in confirmed, words
    assert "poczta.example" not in confirmed
    assert customer.get(f"/helpdesk/{number}/answer.pdf").status_code == 404
    decided(scene, number)
    page = customer.get(f"/helpdesk/{number}").text
    assert "Odpowiedź (PDF)" in page
    answered = paper(customer, f"/helpdesk/{number}/answer.pdf")
    for words in (
        f"Odpowiedź na reklamację {number}",
        "Reklamacja nie została uwzględniona.",
        "Awaria nie była po naszej stronie.",
        "Prezesa Urzędu Komunikacji Elektronicznej",
        "Marta Zielonka, specjalistka",
    ):
        assert words in answered, words
    assert paper(customer, f"/helpdesk/{number}/confirmation.pdf") == confirmed
    assert "Odpowiedź na reklamację" in customer.get("/notifications/").text


def test_papers_of_another_customer_and_of_what_is_no_complaint_are_not_there(desk_scene: Scene) -> None:
    scene = desk_scene
    customer = scene.customer()
    number, question = complained(customer), sent(customer, category="question", title="Pytanie")
    decided(scene, number)
    papers = [f"/helpdesk/{number}/{name}" for name in ("confirmation.pdf", "answer.pdf")]
    first = [customer.get(path).data for path in papers]
    scene.clock.advance(days=3)
    customer, other = scene.customer(), scene.customer("11206", "9034")
    assert [customer.get(path).data for path in papers] == first
    for name in ("confirmation.pdf", "answer.pdf"):
        assert customer.get(f"/helpdesk/{number}/{name}").status_code == 200
        assert other.get(f"/helpdesk/{number}/{name}").status_code == 404
        assert customer.get(f"/helpdesk/{question}/{name}").status_code == 404
        assert scene.visitor().get(f"/helpdesk/{number}/{name}").status_code == 303


def test_a_complaint_stays_within_its_statements_and_is_english_too(desk_scene: Scene) -> None:
    scene = desk_scene
    customer = scene.customer()
    number = complained(customer)
    path = f"/helpdesk/{number}"
    customer.get(path)
    with counted(scene.panel) as statements:
        answer = customer.get(path)
    assert len(statements.store) <= 2, statements.store
    assert len(statements.billing) <= 4, statements.billing
    assert len(gzip.compress(answer.data, 6)) <= 10 * 1024
    customer.get("/help?lang=en")
    assert "Confirmation of the complaint" in paper(customer, f"{path}/confirmation.pdf")
    for there in ("/helpdesk/new", "/helpdesk/new?category=complaint", "/helpdesk/new?category=internet"):
        page = customer.get(there).text
        for words in (
            "reklamacj",
            "Prosimy",
            "nieobowiązkowo",
            "prosimy wybrać",
            "Które",
            "Którego",
            "Sposób",
        ):
            assert words not in page.replace("(reklamacja)", ""), (there, words)


def test_the_expected_day_stands_on_page_and_list_until_it_is_over(scene: Scene) -> None:
    customer = scene.customer()
    number = sent(customer)
    office = scene.panel.desk.office
    office.note(office.ticket(number), author="Marta", text="Technik jedzie dopiero w środę")
    office.expect(office.ticket(number), scene.panel.today.replace(day=27))
    page = customer.get(f"/helpdesk/{number}").text
    assert page.count("przewidywany termin:") == 2
    assert "27.11.2026" in page
    assert "dopiero w środę" not in page
    assert "27.11.2026" in customer.get("/helpdesk/").text
    solution = Solution("Rozwiązane", "Tak.", f"/helpdesk/{number}")
    office.solve(office.ticket(number), author="Marta", text=None, solution=solution)
    assert "27.11.2026" not in customer.get("/helpdesk/").text


def test_without_the_billing_a_complaint_can_be_filed_all_the_same(scene: Scene) -> None:
    """What the panel asks the billing for is only offered."""
    customer = scene.customer()
    form = ticket(customer, **COMPLAINT)
    with counted(scene.panel) as statements:
        assert customer.post("/helpdesk/new", form).status_code == 303
    assert statements.billing == []


def test_what_was_typed_into_the_fields_survives_a_session_that_ended(scene: Scene) -> None:
    customer = scene.customer()
    form = ticket(customer, **COMPLAINT)
    scene.clock.advance(minutes=31)
    customer.post("/helpdesk/new", form)
    customer.log_in("10427", "4271", next="/helpdesk/new")
    page = customer.get("/helpdesk/new").text
    assert 'name="category" value="complaint"' in page
    for typed in (COMPLAINT["period"], COMPLAINT["amount"], COMPLAINT["account"], COMPLAINT["body"]):
        assert typed in page
    assert '<option value="account" selected>' in page


def test_what_every_page_must_say_stands_above_the_form_too(scene: Scene) -> None:
    scene.panel.messages.send(
        kind=MessageKind.SERVICE,
        title="Awaria w Jasnowicach",
        body="Naprawa do 18.00.",
        urgent=True,
        recipients=["10427"],
    )
    customer = scene.customer()
    for path in ("/helpdesk/new", "/helpdesk/new?category=internet"):
        page = customer.get(path).text
        assert page.index("Awaria w Jasnowicach") < page.index("card")
