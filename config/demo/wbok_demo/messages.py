"""Messages in the demo's store: one in Markdown with an attachment, and one that hands over a document."""

from __future__ import annotations

from datetime import datetime, timedelta

from wbok.domain.messages import MessageKind
from wbok.office_document import office_document
from wbok.panel import Panel
from wbok.store.drafts import Draft
from wbok.store.messages import Messages
from wbok_demo.tickets import FULLY_PAID, HALINA, Past

ROUTER = """Od grudnia wymieniamy starsze routery **bezpłatnie**. Nowy router:

- ma lepszy zasięg w całym domu,
- łączy się z telefonem *jednym przyciskiem*,
- zużywa mniej prądu.

### Jak się umówić?

1. Zadzwonić pod numer [32 012 34 56](tel:320123456).
2. Podać ID Klienta.
3. Wybrać dzień i godzinę.

Więcej na stronie https://swiatlonet.example/routery. Instrukcja jest w załączniku.
"""
INSTRUCTIONS = """## Podłączenie

1. Wyłączyć stary router z prądu.
2. Przełożyć biały kabel do gniazda *WAN* nowego routera.
3. Włączyć nowy router i odczekać trzy minuty.

## Gdy coś nie działa

Zielona lampka musi świecić bez przerwy. Jeżeli miga, prosimy zadzwonić: 32 012 34 00.
"""
TERMS = """Od **{day}** zmienia się cennik usług dodatkowych.

- Ponowne uruchomienie usługi: 30,00 zł (dotychczas 25,00 zł)
- Wizyta serwisowa na życzenie: 80,00 zł (bez zmian)

Abonamenty **nie zmieniają się**. Kto nie zgadza się na zmianę, może do tego dnia wypowiedzieć umowę bez kosztów.
"""


def send_messages(panel: Panel, *, now: datetime) -> None:
    past = Past(now - timedelta(days=5, hours=2))
    messages = Messages(panel.store, clock=past)
    begins = (now + timedelta(days=40)).astimezone(panel.zone)
    terms = TERMS.format(day=f"{begins:%d.%m.%Y}")
    title = "Zmiana cennika usług dodatkowych"
    messages.deliver(
        Draft(
            kind=MessageKind.BILLING,
            title=title,
            body=terms,
            recipients=[HALINA, FULLY_PAID],
            markdown=True,
            legal=office_document(panel.settings, title=title, text=terms, at=past.now),
        )
    )
    past.now = now - timedelta(days=3, hours=1)
    instructions = office_document(panel.settings, title="Instrukcja routera", text=INSTRUCTIONS, at=past.now)
    messages.deliver(
        Draft(
            kind=MessageKind.SERVICE,
            title="Nowe routery: bezpłatna wymiana",
            body=ROUTER,
            recipients=None,
            markdown=True,
            attachments=(instructions,),
        )
    )
