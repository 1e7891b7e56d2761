"""The provider's mail server, over one connection for many letters. What it said decides what becomes of each."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTPUTF8
from types import TracebackType
from typing import Self

from wbok.settings import MailSettings

MOST_WORDS = 300


class Unreachable(Exception):
    """The server cannot be used at all: nothing was sent, and no letter is at fault."""


class NotTaken(Exception):
    """This letter was not taken. `for_good`: trying again would be of no use. The text is what the server said."""

    def __init__(self, words: str, *, for_good: bool) -> None:
        super().__init__(words)
        self.for_good = for_good


class Unclear(Exception):
    """The text had left, and no answer came: the server has the letter, or has not."""


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

    def hand_over(self, message: EmailMessage, *, address: str, begin: Callable[[], bool]) -> bool:
        """`begin` is asked last, before the text leaves; False when it says no, and then nothing was sent.

        Raises Unreachable, NotTaken, Unclear.
        """
        is_new = self._smtp is None
        smtp = self._smtp or self._connect()
        try:
            self._envelope(smtp, message, address)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._close()
            if is_new:
                # It took the connection, so it may well be this letter that it does not like.
                raise NotTaken(_words(error), for_good=False) from error
            # An idle connection may be closed at any time; a new one says more.
            return self.hand_over(message, address=address, begin=begin)
        if not begin():
            self._close()
            return False
        self._text(smtp, message)
        return True

    def _envelope(self, smtp: smtplib.SMTP, message: EmailMessage, address: str) -> None:
        options = []
        if message.policy is SMTPUTF8:
            if not smtp.has_extn("smtputf8"):
                raise NotTaken("the mail server takes no address with such letters", for_good=True)
            options = ["SMTPUTF8"]
        code, words = smtp.mail(self._settings.sender or "", options)
        if code < 400:
            code, words = smtp.rcpt(address)
        if code < 400:
            return
        self._forget_envelope(smtp, is_closing=code == 421)
        raise _refused(code, words)

    def _forget_envelope(self, smtp: smtplib.SMTP, *, is_closing: bool) -> None:
        try:
            if not is_closing:
                smtp.rset()
                return
        except (smtplib.SMTPException, OSError):
            pass
        self._close()

    def _text(self, smtp: smtplib.SMTP, message: EmailMessage) -> None:
        try:
            code, words = smtp.data(message.as_bytes())
        except smtplib.SMTPDataError as error:
            # To DATA itself: the text had not left yet.
            code, words = error.smtp_code, _bytes(error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise Unclear(_words(error)) from error
        if code >= 400:
            self._close()
            raise _refused(code, words)

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


def _refused(code: int, words: bytes) -> NotTaken:
    """5xx is final, 4xx is not (RFC 5321, 4.2.1)."""
    return NotTaken(_cut(f"{code} {words.decode('utf-8', 'replace')}"), for_good=code >= 500)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _cut(f"{error.smtp_code} {_bytes(error.smtp_error).decode('utf-8', 'replace')}")
    return _cut(str(error) or type(error).__name__)


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def _cut(words: str) -> str:
    """In one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[:MOST_WORDS]
