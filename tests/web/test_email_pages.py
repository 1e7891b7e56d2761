"""What a customer chooses to have by e-mail, and the link that refuses offers without logging in."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from conftest import MakeScene
from support.billing import people, write_tables
from support.clock import HandClock
from support.scene import Scene, Visitor, make_scene, make_settings, sql_billing
from support.statements import counted

from wbok.domain.letters import EmailChoice
from wbok.mail.opt_out import OptOut
from wbok.store.email_choices import address_key

HALINA, DEBTOR, WITHOUT_ADDRESS = "10427", "11206", "9318"
PATH = "/notifications/email"
MAIL = {"host": "127.0.0.1", "port": 9, "sender": "panel@swiatlonet.example"}


@pytest.fixture
def mailing(make_demo_scene: MakeScene) -> Scene:
    return make_demo_scene(mail=MAIL)


def save(visitor: Visitor, *kinds: str, **fields: str) -> int:
    form = {"csrf_token": visitor.token(PATH), **dict.fromkeys(kinds, "1"), **fields}
    return visitor.post(PATH, form).status_code


def opt_out(scene: Scene, customer: str) -> str:
    token = OptOut(scene.panel.settings.keys.session.encode()).token(customer)
    return f"/unsubscribe/{token}"


def test_the_page_is_found_and_shows_the_address_masked(mailing: Scene) -> None:
    customer = mailing.customer()
    assert f'href="{PATH}"' in customer.get("/notifications/").text
    page = customer.get(PATH).text
    assert "h•••@poczta.example" in page
    assert "brzozowska@" not in page
    assert re.findall(r'name="(\w+)" value="1"( checked)?', page) == [
        ("service", ""),
        ("billing", ""),
        ("answers", " checked"),
        ("commercial", ""),
    ]
    assert "Zgadzam się na otrzymywanie ofert" in page
    assert len(gzip.compress(page.encode())) < 10_000


def test_what_is_chosen_is_kept_for_this_customer_alone(mailing: Scene) -> None:
    customer, choices = mailing.customer(), mailing.panel.email_choices
    assert save(customer, "service", "commercial") == 303
    assert choices.of(HALINA) == EmailChoice(service=True, commercial=True, answers=False, language="pl")
    assert choices.of(DEBTOR) == EmailChoice()
    page = customer.get(PATH).text
    assert 'name="service" value="1" checked' in page
    assert "Wybór został zapisany." in page
    save(customer, "billing")
    assert choices.of(HALINA) == EmailChoice(billing=True, answers=False, language="pl")
    (taken_back, given) = (one for one in mailing.panel.audit.of(HALINA) if "offers" in one.action)
    assert (given.action, taken_back.action) == ("offers_wanted", "offers_refused")
    assert given.details.startswith("Zgadzam się na otrzymywanie ofert")


def test_only_own_addresses_can_be_chosen(tmp_path: Path, clock: HandClock) -> None:
    values = ["anna@example.pl", "praca@żółw.example", "brak", "biuro@example.pl"]
    contacts = [
        {"id": number, "customer_id": 1 + number // 3, "kind": "email", "value": value}
        for number, value in enumerate(values)
    ]
    rows = {**people(2), "contacts": contacts}
    billing = sql_billing(write_tables(tmp_path / "billing.sqlite", **rows), rows)
    scene = make_scene(make_settings(tmp_path, billing, mail=MAIL), clock=clock)
    customer = scene.customer("1", "4711")
    shown = re.findall(r'type="radio"[^>]*> (\S+)</label>', customer.get(PATH).text)
    assert shown == ["a•••@example.pl", "p•••@żółw.example"]
    second = address_key("1", "praca@xn--w-uga1v8h.example")
    save(customer, "service", address=second)
    save(customer, "service", address=address_key("2", "biuro@example.pl"))
    save(customer, "service", address="obcy@example.pl")
    assert scene.panel.email_choices.of("1").address_key == second
    assert f'value="{second}" checked' in customer.get(PATH).text


def test_a_chosen_address_that_is_gone_is_said_until_the_choice_is_saved_anew(mailing: Scene) -> None:
    customer, choices = mailing.customer(), mailing.panel.email_choices
    choices.save(HALINA, EmailChoice(service=True, address_key=address_key(HALINA, "dawny@poczta.example")))
    assert "Wybranego adresu e-mail nie ma już" in customer.get(PATH).text
    save(customer, "service")
    assert choices.of(HALINA) == EmailChoice(service=True, answers=False, language="pl")
    assert "Wybranego adresu" not in customer.get(PATH).text


def test_without_an_address_the_page_says_what_to_do(mailing: Scene) -> None:
    page = mailing.customer(WITHOUT_ADDRESS, pin_of(mailing, WITHOUT_ADDRESS)).get(PATH).text
    assert "prosimy podać adres e-mail w biurze" in page
    assert 'name="service"' not in page


def pin_of(scene: Scene, customer: str) -> str:
    return scene.panel.billing.customers.credentials(customer)[0].pin or ""


def test_where_no_e_mail_leaves_the_panel_there_is_no_such_page(scene: Scene) -> None:
    customer = scene.customer()
    assert customer.get(PATH).status_code == 404
    assert customer.post(PATH, {"csrf_token": customer.token("/help")}).status_code == 404
    assert PATH not in customer.get("/notifications/").text
    assert "e-mailem" not in customer.get("/help").text


def test_the_page_stays_within_its_statements(mailing: Scene) -> None:
    customer = mailing.customer()
    customer.get(PATH)
    with counted(mailing.panel) as statements:
        assert customer.get(PATH).status_code == 200
    assert len(statements.store) <= 2, statements.store
    assert len(statements.billing) <= 4, statements.billing


def test_the_link_of_a_letter_works_for_its_customer_without_logging_in(mailing: Scene) -> None:
    choices = mailing.panel.email_choices
    for customer in (HALINA, DEBTOR):
        choices.save(customer, EmailChoice(commercial=True, service=True))
    path, visitor = opt_out(mailing, HALINA), mailing.visitor()
    assert "Nie wysyłaj ofert" in visitor.get(path).text
    assert choices.of(HALINA).commercial
    for _ in range(2):
        assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert choices.of(HALINA) == EmailChoice(service=True)
    assert choices.of(DEBTOR).commercial
    assert [one.action for one in mailing.panel.audit.of(HALINA)] == ["offers_refused"]


def test_a_link_that_nobody_sent_leads_nowhere(mailing: Scene) -> None:
    visitor, path = mailing.visitor(), opt_out(mailing, HALINA)
    for forged in (
        path[:-1],
        f"{path}x",
        "/unsubscribe/x",
        path.replace(path[14], "A" if path[14] != "A" else "B", 1),
    ):
        assert visitor.get(forged).status_code == 404
        assert visitor.post(forged, {}).status_code == 404


def test_mail_providers_may_press_only_where_that_is_configured(
    mailing: Scene, make_demo_scene: MakeScene
) -> None:
    path, outside = opt_out(mailing, HALINA), "198.51.100.7"
    assert mailing.visitor(outside).post(path, {}).status_code == 403
    mailing.panel.store.engine.dispose()
    url = "https://panel.swiatlonet.example"
    scene = make_demo_scene(mail={**MAIL, "one_click": True, "panel_url": url})
    assert scene.visitor(outside).post(path, {}).status_code == 200
    assert scene.visitor(outside).get(path).status_code == 403
    assert scene.visitor(outside).get("/login").status_code == 403
