"""Tickets as a customer sends them through the pages, and as the office works on them."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.test import TestResponse

from support.scene import TOKEN, Scene, Visitor
from wbok.domain.complaints import ComplaintAnswer, Decision
from wbok.store.desk.side import Solution

KEY = re.compile(r'name="form_key" value="([^"]+)"')
TITLE, BODY = "Internet zwalnia wieczorem", "Od tygodnia filmy się zacinają.\n\nRano działa dobrze."


def filled(visitor: Visitor, path: str = "/helpdesk/new", **fields: Any) -> dict[str, Any]:
    """The form of that page with what it hides, and what was typed; `/helpdesk/new` has one for each category."""
    page = visitor.get(path).text
    if KEY.search(page) is None:
        page = visitor.get(f"{path}?category={fields.get('category')}").text
    if KEY.search(page) is None:
        page = visitor.get(f"{path}?category=internet").text
    token, key = TOKEN.search(page), KEY.search(page)
    assert token
    assert key
    return {"csrf_token": token[1], "form_key": key[1], **fields}


def ticket(visitor: Visitor, **fields: Any) -> dict[str, Any]:
    typed = {"category": "internet", "title": TITLE, "body": BODY, "phone": "600 000 427"}
    return filled(visitor, **(typed | fields))


COMPLAINT = {
    "category": "complaint",
    "title": "Trzy dni bez internetu",
    "body": "Internet nie działał.",
    "period": "od 3 do 5 listopada 2026",
    "address": "ul. Lipowa 12 m. 4\n43-999 Jasnowice",
    "amount": "1 049,90 zł",
    "payout": "account",
    "account": "PL 86 1090 1014 1234 0000 0001 2345",
}


def complained(visitor: Visitor, **fields: Any) -> str:
    """The number of a new complaint."""
    return sent(visitor, **(COMPLAINT | fields))


def decided(scene: Scene, number: str) -> None:
    """A complaint, by the office."""
    office = scene.panel.desk.office
    answer = ComplaintAnswer(
        Decision.REJECTED, "Awaria nie była po naszej stronie.", "Marta Zielonka", position="specjalistka"
    )
    seen = None if scene.lms is not None else office.ticket(number)
    solution = Solution("Odpowiedź na reklamację", "Jest odpowiedź.", f"/helpdesk/{number}")
    office.decide(office.complaint(number), answer, seen=seen, solution=solution)


def sent(visitor: Visitor, **fields: Any) -> str:
    """The new ticket's number."""
    answer = visitor.post("/helpdesk/new", ticket(visitor, **fields))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].rpartition("/")[2]


def reply(visitor: Visitor, number: str, text: str, *, action: str = "reply") -> TestResponse:
    path = f"/helpdesk/{number}"
    return visitor.post(path, filled(visitor, path, body=text, action=action))


def answered(scene: Scene, number: str, text: str = "Dzień dobry, sprawdzamy.") -> None:
    """By the office, wherever it works; and noticed."""
    if scene.lms is not None:
        scene.lms.answer(number, text)
        noticed(scene)
        return
    office = scene.panel.desk.office
    office.answer(office.ticket(number), author="Marta", text=text)


def solved(scene: Scene, number: str, text: str = "Złącze wymienione.") -> None:
    if scene.lms is not None:
        scene.lms.resolve(number, text)
        noticed(scene)
        return
    office = scene.panel.desk.office
    solution = Solution("Rozwiązane", "Zgłoszenie zostało rozwiązane.", f"/helpdesk/{number}")
    office.solve(office.ticket(number), author="Marta", text=text, solution=solution)


def closed(scene: Scene, customer: Visitor, number: str) -> None:
    """By the customer, or by the office where that is its alone."""
    if scene.lms is not None:
        scene.lms.set(number, state=3, resolvetime=int(scene.clock().timestamp()))
        return
    path = f"/helpdesk/{number}"
    customer.post(path, filled(customer, path, action="close"))


def noticed(scene: Scene) -> int:
    """What `wbok helpdesk watch` does."""
    assert scene.panel.desk.watch is not None
    return scene.panel.desk.watch()
