"""The bytes of a letter: nothing that was typed becomes a header, ends a line, or is read as anything but words."""

from __future__ import annotations

import email
import re
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mail.test_letters import HALINA, put, statuses
from support.clock import START
from support.mailbox import Mailbox, sent
from support.scene import Scene, make_settings

from wbok.domain.letters import Delivery, Letter, Topic
from wbok.mail.headers import LONGEST_LINE, USUAL_LINE, Head, one_line
from wbok.mail.opt_out import OptOut
from wbok.mail.writing import LetterWriting, WrittenLetter

MAIL = {
    "host": "127.0.0.1",
    "sender": "panel@swiatlonet.example",
    "reply_to": "biuro@swiatlonet.example",
    "panel_url": "https://panel.swiatlonet.example",
    "one_click": True,
}
COMMERCIAL = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Reply-To"]
REFUSING = ["List-Unsubscribe", "List-Unsubscribe-Post"]
BODY = ["Content-Language", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
HOSTILE = (
    "=?utf-8?q?x=0AFrom:=20boss@x.pl?=",
    "=?utf-8?q?x=0D=0A=0D=0AFrom:=20boss@x.pl?= =?utf-8?b?DQpCY2M6IGFAYi5wbA==?=",
    "=?utf-8?q?a?= \r\nBcc: obcy@x.pl",
    '=?utf-7?q?+AA0-?= "<boss@x.pl>", \\ (x);',
    "Re: =?",
    "x" * 2000,
    "słowo " * 300,
    "\U0001f98a" * 200,
    "",
)
TYPED = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=200),
    st.lists(st.sampled_from([*HOSTILE[:5], "=?", "?=", "\r\n", " ", "ż", "=0A", "\u2028"]), max_size=12).map(
        "".join
    ),
)


def written(
    *, mail: dict[str, Any] = MAIL, topic: Topic = Topic.COMMERCIAL, customer: str = HALINA, title: str = "T"
) -> WrittenLetter:
    settings = make_settings(Path(), {"adapter": "sql", "url": "sqlite://"}, mail=mail)
    writing = LetterWriting(settings, OptOut(b"k" * 32), clock=lambda: START)
    letter = Letter(
        key="1" * 64, topic=topic, title=title, body=f"Treść\n{title}", number="P-1", author=title
    )
    return writing.write(
        letter, entry=7, address="anna@example.pl", language="pl", customer_id=customer or None
    )


def head_of(letter: WrittenLetter) -> list[str]:
    """Its lines, those of one header together."""
    head = letter.content.decode("ascii").partition("\r\n\r\n")[0]
    assert all(len(line) <= LONGEST_LINE for line in letter.content.split(b"\r\n"))
    assert not set(head.replace("\r\n", "")) & {"\r", "\n"}
    return head.replace("\r\n ", "\n ").split("\r\n")


def shown(words: str) -> str:
    """As a mail program shows it."""
    plain = words.replace("\n ", " ")
    if plain.startswith('"'):
        return re.sub(r"\\(.)", r"\1", plain[1:-1])
    return str(make_header(decode_header(plain)))


def parsed(letter: WrittenLetter) -> EmailMessage:
    message = email.message_from_bytes(letter.content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@given(TYPED, TYPED)
@example(HOSTILE[0], HOSTILE[0])
@example(HOSTILE[5], HOSTILE[5])
@example(HOSTILE[6], HOSTILE[6])
def test_whatever_is_typed_the_headers_are_ours_and_show_it_as_it_was_typed(title: str, name: str) -> None:
    letter = written(title=title, mail=MAIL | {"sender_name": name})
    lines = head_of(letter)
    assert [line.partition(":")[0] for line in lines] == [*COMMERCIAL, *REFUSING, *BODY]
    found = {line.partition(": ")[0]: line.partition(": ")[2] for line in lines}
    assert shown(found["Subject"]) == one_line(title)
    sender, _, address = found["From"].rpartition("panel@swiatlonet.example")
    assert (address, shown(sender.removesuffix("<").strip())) in (
        (">", one_line(name or "Światłonet")),
        ("", one_line(name)),
    )
    assert found["To"] == "anna@example.pl"
    assert max(len(line) for line in "\n".join(lines[:3]).split("\n")) <= USUAL_LINE


@given(TYPED, st.sampled_from([Topic.NEW_TICKET, Topic.NEW_REPLY]))
def test_a_letter_to_the_staff_has_no_other_headers_either(title: str, topic: Topic) -> None:
    lines = head_of(written(title=title, topic=topic, customer=""))
    assert [line.partition(":")[0] for line in lines] == [*COMMERCIAL[:-1], *BODY]


@pytest.mark.parametrize("customer", [HALINA, "klient/ż=?&> 7", "9" * 90])
def test_the_way_to_refuse_is_one_that_programs_can_read(customer: str) -> None:
    """RFC 2369 and RFC 8058: addresses in angle brackets, never encoded words."""
    mail = MAIL | {"panel_url": "https://panel.żółw.example", "reply_to": "biuro?x&y@swiatlonet.example"}
    letter = written(mail=mail, customer=customer)
    refusal = next(line for line in head_of(letter) if line.startswith("List-Unsubscribe:"))
    at_mail, link = refusal.removeprefix("List-Unsubscribe: ").split(",\n ")
    assert at_mail.startswith("<mailto:biuro%3Fx%26y@swiatlonet.example?subject=Rezygnacja%20z%20ofert")
    token = link.removeprefix("<https://panel.xn--w-uga1v8h.example/unsubscribe/").removesuffix(">")
    assert OptOut(b"k" * 32).customer_id(token) == customer
    assert parsed(letter)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(("customer", "ways"), [("ż" * 255, REFUSING), ("\U0001f98a" * 255, [])])
def test_a_way_that_no_line_has_room_for_is_left_to_the_text(customer: str, ways: list[str]) -> None:
    letter = written(customer=customer)
    lines = head_of(letter)
    assert [line.partition(":")[0] for line in lines] == [*COMMERCIAL, *ways, *BODY]
    assert "mailto" not in "".join(lines)
    assert "/unsubscribe/" in parsed(letter).get_content()


def test_addresses_that_need_utf8_stand_as_they_are() -> None:
    mail = MAIL | {"sender": "żółw@swiatlonet.example"}
    letter = written(mail=mail)
    assert letter.needs_utf8
    assert not written().needs_utf8
    assert "\r\nReply-To: biuro@" in letter.content.decode()
    assert letter.content.decode().startswith("From: =?utf-8?")
    assert "<żółw@swiatlonet.example>\r\nTo: anna@example.pl\r\n" in letter.content.decode()


@pytest.mark.parametrize("value", ["a\r\nBcc: b@c.pl", "a\nb", "\u2028", "a" * 999])
def test_what_is_ours_and_cannot_be_a_header_is_refused(value: str) -> None:
    head = Head()
    with pytest.raises(ValueError, match="X-Y"):
        head.add("X-Y", value)
    assert str(head) == ""


def test_a_letter_that_cannot_be_written_is_given_up_alone(mailing: Scene, mailbox: Mailbox) -> None:
    put(mailing, "a@example.pl", key="nie\nda się")
    for number, title in enumerate(HOSTILE[:5]):
        put(mailing, "b@example.pl", key=str(number), title=title)
    sent(mailing)
    assert [letter["Message-ID"].partition(".")[2][:1] for _, letter in mailbox.taken()] == list("01234")
    assert statuses(mailing) == [Delivery.GIVEN_UP, *[Delivery.SENT] * 5]
    (refused,) = mailing.panel.outbox.entries(statuses=[Delivery.GIVEN_UP], limit=2)
    assert refused.reason == "it cannot be written as e-mail: Message-ID has signs that no header can have"
