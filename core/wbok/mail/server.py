"""The provider's mail server, over one connection for many letters. What it said decides what becomes of each."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Self

from wbok.mail.writing import WrittenLetter
from wbok.settings import MailSettings

MOST_WORDS = 300
GO_ON = 354
"""The one answer after which the text may leave (RFC 5321, 4.2.2)."""
DOT_AT_BEGINNING = re.compile(rb"(?m)^\.")


class Unreachable(Exception):
    """The server cannot be used at all: nothing was sent, and no letter is at fault."""


class NotTaken(Exception):
    """This letter was not taken. `for_good`: trying again would be of no use. The text is what the server said."""

    def __init__(self, words: str, *, for_good: bool) -> None:
        super().__init__(words)
        self.for_good = for_good


class Unclear(Exception):
    """The text had left, and no answer came that says whether the server has the letter; the text says which."""


class MailServer:
    """Connects when the first letter comes, and anew when the server closed the connection between two letters."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._close()

    def hand_over(self, letter: WrittenLetter, *, begin: Callable[[], bool]) -> bool:
        """`begin` is asked last, before the text leaves; False when it says no, and then nothing was sent.

        Raises Unreachable, NotTaken, Unclear.
        """
        is_new = self._smtp is None
        smtp = self._smtp or self._connect()
        try:
            self._envelope(smtp, letter)
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            if is_new:
                # It took the connection, so it may well be this letter that it does not like.
                raise NotTaken(_words(error), for_good=False) from error
            # An idle connection may be closed at any time; a new one says more.
            return self.hand_over(letter, begin=begin)
        if not begin():
            self._close()
            return False
        self._ask_for_text(smtp)
        self._text(smtp, letter)
        return True

    def _envelope(self, smtp: smtplib.SMTP, letter: WrittenLetter) -> None:
        options = []
        if letter.needs_utf8:
            if not smtp.has_extn("smtputf8"):
                raise NotTaken("the mail server takes no address with such letters", for_good=True)
            options = ["SMTPUTF8"]
        code, words = smtp.mail(self._settings.sender or "", options)
        if _is_yes(code):
            code, words = smtp.rcpt(letter.address)
        if _is_yes(code):
            return
        self._forget_envelope(smtp, refused_with=code)
        raise _refused(code, words)

    def _forget_envelope(self, smtp: smtplib.SMTP, *, refused_with: int) -> None:
        """So that the next letter can follow; after an answer that is none, only over a new connection."""
        try:
            if _is_no(refused_with) and refused_with != 421 and _is_yes(smtp.rset()[0]):
                return
        except (smtplib.SMTPException, OSError):
            pass
        self._close()

    def _ask_for_text(self, smtp: smtplib.SMTP) -> None:
        """Until it says yes the text has not left: whatever else happens, the letter was not taken."""
        try:
            code, words = smtp.docmd("DATA")
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise NotTaken(_words(error), for_good=False) from error
        if code != GO_ON:
            self._close()
            raise _refused(code, words)

    def _text(self, smtp: smtplib.SMTP, letter: WrittenLetter) -> None:
        try:
            smtp.send(DOT_AT_BEGINNING.sub(b"..", letter.content) + b".\r\n")
            code, words = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise Unclear(f"the mail server fell silent: {_words(error)}") from error
        if _is_yes(code):
            return
        self._close()
        if _is_no(code):
            raise _refused(code, words)
        raise Unclear(f"the mail server's answer cannot be understood: {_said(code, words)}")

    def _connect(self) -> smtplib.SMTP:
        settings, context = self._settings, ssl.create_default_context()
        host, seconds = settings.host or "", settings.timeout_seconds
        try:
            if settings.security == "tls":
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, settings.port, timeout=seconds, context=context)
            else:
                smtp = smtplib.SMTP(host, settings.port, timeout=seconds)
            self._smtp = smtp
            if settings.security == "starttls":
                smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
            if settings.user is not None:
                smtp.login(settings.user, settings.password or "")
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise Unreachable(_words(error)) from error
        return smtp

    def _close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()


def _is_yes(code: int) -> bool:
    return 200 <= code < 300


def _is_no(code: int) -> bool:
    return 400 <= code < 600


def _refused(code: int, words: bytes) -> NotTaken:
    """5xx is final, 4xx is not (RFC 5321, 4.2.1); what is neither may be better understood later."""
    return NotTaken(_said(code, words), for_good=500 <= code < 600)


def _said(code: int, words: bytes) -> str:
    # What begins with no number is -1 to smtplib.
    number = f"{code} " if code >= 0 else ""
    return _cut(f"{number}{words.decode('utf-8', 'replace')}")


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, _bytes(error.smtp_error))
    return _cut(str(error) or type(error).__name__)


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def _cut(words: str) -> str:
    """In one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[:MOST_WORDS]
