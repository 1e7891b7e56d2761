"""Answers of a mail server that follow no rule: only a yes is a yes, and only what was said decides."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from wbok.mail.server import MailServer, NotTaken, Unclear
from wbok.mail.writing import WrittenLetter
from wbok.settings import MailSettings

USUAL = {"EHLO": "250 x", "MAIL": "250 x", "RCPT": "250 x", "DATA": "354 x", ".": "250 x", "RSET": "250 x"}
NOTHING = ""
LETTER = WrittenLetter("anna@example.pl", b"Subject: x\r\n\r\n.\r\n..a\r\n")
STRANGE = ("354 go on", "199 x", "100 x", "600 x", "999 x", "nonsense", "25 x")


NO_YES = [
    (command, answer)
    for command in ("MAIL", "RCPT", "DATA")
    for answer in (*STRANGE, "250 x", "450 x", "550 x", "421 x", NOTHING)
    if answer[:3] != USUAL[command][:3]
]


class Answering(socketserver.StreamRequestHandler):
    """`""` as an answer: it hangs up."""

    server: Scripted

    def handle(self) -> None:
        self._say("220 x")
        while line := self.rfile.readline():
            word = line.split()[0].decode().upper()
            if not self._say(self.server.answers.get(word, "221 x")):
                return
            if word == "DATA" and self.server.answers["DATA"].startswith("354"):
                text = list(iter(self.rfile.readline, b".\r\n"))
                self.server.texts.append(b"".join(text))
                if not self._say(self.server.answers["."]):
                    return

    def _say(self, answer: str) -> bool:
        self.wfile.write(f"{answer}\r\n".encode() if answer else b"")
        return bool(answer)


class Scripted(socketserver.ThreadingTCPServer):
    daemon_threads = True
    # Whoever still talks to it is no reason to wait.
    block_on_close = False

    def __init__(self, answers: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.answers = answers
        self.texts = list[bytes]()


@contextmanager
def scripted(answers: Mapping[str, str]) -> Iterator[tuple[Scripted, MailServer]]:
    with Scripted({**USUAL, **answers}) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings = MailSettings(
            host="127.0.0.1",
            port=server.server_address[1],
            security="none",
            sender="panel@example.pl",
            timeout_seconds=5,
        )
        with MailServer(settings) as mine:
            yield server, mine
        server.shutdown()


@pytest.mark.parametrize("answers", [{}, {"RCPT": "251 forwarded"}, {"MAIL": "252 x"}, {".": "299 taken"}])
def test_every_2xx_is_a_yes_and_the_text_arrives_as_it_is(answers: dict[str, str]) -> None:
    with scripted(answers) as (server, mine):
        assert mine.hand_over(LETTER, begin=lambda: True)
        assert mine.hand_over(LETTER, begin=lambda: True)
    stuffed = LETTER.content.replace(b"\r\n.", b"\r\n..")
    assert server.texts == [stuffed, stuffed]


@pytest.mark.parametrize(("command", "answer"), NO_YES)
def test_without_a_yes_before_the_text_the_letter_was_not_taken_and_no_text_leaves(
    command: str, answer: str
) -> None:
    with scripted({command: answer}) as (server, mine), pytest.raises(NotTaken) as caught:
        mine.hand_over(LETTER, begin=lambda: True)
    assert caught.value.for_good == answer.startswith("5")
    assert server.texts == []


@pytest.mark.parametrize("answer", [*STRANGE, NOTHING])
def test_after_the_text_what_is_neither_yes_nor_no_is_unclear(answer: str) -> None:
    said = "cannot be understood" if answer else "fell silent"
    with scripted({".": answer}) as (server, mine), pytest.raises(Unclear, match=said):
        mine.hand_over(LETTER, begin=lambda: True)
    assert len(server.texts) == 1


@pytest.mark.parametrize(("answer", "for_good"), [("451 x", False), ("554 x", True)])
def test_a_no_after_the_text_is_a_no(answer: str, for_good: bool) -> None:
    with scripted({".": answer}) as (_server, mine), pytest.raises(NotTaken) as caught:
        mine.hand_over(LETTER, begin=lambda: True)
    assert (str(caught.value), caught.value.for_good) == (answer, for_good)
