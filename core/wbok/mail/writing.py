"""A letter written out for one recipient: plain text and nothing else, so that every program can read it aloud.

Nothing in it is fetched from anywhere, so nothing tells whether it was opened.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote

from wbok.domain.letters import OF_TICKETS, Letter, Topic
from wbok.mail.headers import LONGEST_LINE, Head, one_line
from wbok.mail.opt_out import OptOut
from wbok.mail.texts import Say, texts_in
from wbok.settings import Settings

STAFF = frozenset({Topic.NEW_TICKET, Topic.NEW_REPLY})
SIGNATURE = "-- "
REFUSAL = "List-Unsubscribe"


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """For one recipient: `address` is where it goes, `content` all that is sent, its lines ended by CR LF."""

    address: str
    content: bytes

    @property
    def needs_utf8(self) -> bool:
        """Whether an address in it has letters that only SMTPUTF8 carries (RFC 6531); all else is ASCII."""
        return not (self.content.isascii() and self.address.isascii())


class LetterWriting:
    def __init__(self, settings: Settings, opt_out: OptOut, *, clock: Callable[[], datetime]) -> None:
        mail = settings.mail
        assert mail.sender is not None
        self._settings = settings
        self._sender = mail.sender
        self._reply_to = mail.reply_to or settings.office.email or mail.sender
        self._opt_out = opt_out
        self._clock = clock

    def write(
        self, letter: Letter, *, entry: int, address: str, language: str, customer_id: str | None
    ) -> WrittenLetter:
        """`entry`: its place in the outbox. `customer_id`: whose letter it is; None where the staff gets it.

        Raises ValueError for what cannot be written as e-mail.
        """
        gettext = texts_in(language)
        head = Head()
        name = self._settings.mail.sender_name or self._settings.panel.name
        head.add_mailbox("From", self._sender, called=name)
        head.add("To", address)
        head.add_text("Subject", _subject(letter, gettext))
        head.add("Date", format_datetime(self._clock()))
        # Of one letter to one recipient always the same: whoever gets it twice after all can tell.
        head.add("Message-ID", f"<{entry}.{letter.key[:24]}@{self._sender.rpartition('@')[2]}>")
        head.add("Auto-Submitted", "auto-generated")
        if letter.topic not in STAFF:
            head.add("Reply-To", self._reply_to)
        if letter.topic is Topic.COMMERCIAL and customer_id is not None:
            self._let_refuse(head, customer_id)
        head.add("Content-Language", language)
        parts = self._parts(letter, gettext, customer_id)
        text = "\n\n".join(part for part in parts if part)
        return WrittenLetter(address, str(head).encode() + _body(text))

    def _parts(self, letter: Letter, gettext: Say, customer_id: str | None) -> Iterator[str]:
        if letter.topic in STAFF:
            yield _who(letter, gettext)
            yield letter.body
            return
        yield letter.body
        link = self._address_of(letter.link)
        if letter.topic in OF_TICKETS:
            yield gettext(
                "To write back, open ticket %(number)s in the customer panel.", number=letter.number
            )
            yield link
            yield self._foot(
                gettext("Answers to tickets come by e-mail until that is switched off in the panel.")
            )
            return
        if link:
            yield gettext("More in the customer panel:") + f"\n{link}"
        yield self._foot(
            gettext("This is a copy of a notification from the customer panel."),
            *self._refusal(letter, gettext, customer_id),
        )

    def _foot(self, *lines: str) -> str:
        office = self._settings.office
        return "\n".join((SIGNATURE, *lines, f"{office.name}, {office.address}, tel. {office.phone}"))

    def _refusal(self, letter: Letter, gettext: Say, customer_id: str | None) -> Iterator[str]:
        if letter.topic is not Topic.COMMERCIAL or customer_id is None:
            yield gettext("What is copied by e-mail can be changed in the panel, under Notifications.")
            return
        yield gettext("No more offers by e-mail: write to %(address)s, or open", address=self._reply_to)
        yield self._refusing(customer_id) or gettext("Notifications in the customer panel.")

    def _let_refuse(self, head: Head, customer_id: str) -> None:
        """RFC 2369, and RFC 8058 where mail providers can reach the panel.

        What no line has room for is left out: the letter's text says the same.
        """
        said = quote(f"Rezygnacja z ofert e-mailem, ID Klienta {customer_id}", safe="")
        mail = f"<mailto:{quote(self._reply_to, safe='@')}?subject={said}>"
        link = f"<{self._refusing(customer_id)}>"
        ways = [way for way in (mail, link) if way != "<>" and len(f"{REFUSAL}: {way},") <= LONGEST_LINE]
        if not ways:
            return
        head.add_list(REFUSAL, ways)
        if self._settings.mail.one_click and link in ways:
            head.add(f"{REFUSAL}-Post", f"{REFUSAL}=One-Click")

    def _refusing(self, customer_id: str) -> str:
        return self._address_of(f"/unsubscribe/{self._opt_out.token(customer_id)}")

    def _address_of(self, path: str | None) -> str:
        base = self._settings.mail.panel_url
        return f"{base}{path}" if base and path else ""


def _subject(letter: Letter, gettext: Say) -> str:
    values = {"number": letter.number, "title": letter.title}
    if letter.topic is Topic.NEW_TICKET:
        return gettext("New ticket %(number)s: %(title)s", **values)
    if letter.topic is Topic.NEW_REPLY:
        return gettext("The customer wrote in ticket %(number)s: %(title)s", **values)
    if letter.topic is Topic.ANSWER:
        return gettext("Answer to ticket %(number)s: %(title)s", **values)
    return letter.title


def _who(letter: Letter, gettext: Say) -> str:
    lines = [
        gettext("Customer: %(name)s, ID Klienta %(id)s", name=letter.author or "–", id=letter.customer_id)
    ]
    if letter.phone:
        lines.append(gettext("Contact phone: %(phone)s", phone=letter.phone))
    return "\n".join(one_line(line) for line in lines)


def _body(text: str) -> bytes:
    """With the headers that say how it is written."""
    body = EmailMessage(policy=SMTP)
    body.set_content(f"{_storable(text)}\n", charset="utf-8", cte="quoted-printable")
    return body.as_bytes()


def _storable(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})
