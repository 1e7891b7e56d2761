"""Questions over HTTP: JSON or one of WBOK's errors, tried twice where trying again makes sense."""

from __future__ import annotations

import http.client
import json
import logging
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import quote, urlencode

from wbok.api import NotFound, Rejected, Unavailable

log = logging.getLogger(__name__)

TRIES = 2
PASSING = frozenset({502, 503, 504})
"""Answers after which the next one may be right."""
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""The billing stands in the provider's own network."""


@dataclass(frozen=True, slots=True)
class Client:
    """`url` without a slash at the end; `seconds`: how long each answer may take."""

    url: str
    token: str = field(repr=False)
    seconds: float

    def get(self, path: str, **parameters: str | int | None) -> Mapping[str, Any]:
        """An object of JSON. Raises NotFound, Rejected, Unavailable."""
        query = urlencode({name: value for name, value in parameters.items() if value is not None})
        request = urllib.request.Request(
            f"{self.url}{path}?{query}", headers={"Authorization": f"Bearer {self.token}"}
        )
        for left in reversed(range(TRIES)):
            try:
                return self._ask(request)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code not in PASSING or not left:
                        raise _ours(error.code) from error
            except (OSError, http.client.HTTPException) as error:
                if not left:
                    raise Unavailable(f"Kablonet does not answer: {type(error).__name__}") from error
            log.warning("Kablonet did not answer; it is asked once more")
        raise AssertionError("the last try returns or raises")

    def _ask(self, request: urllib.request.Request) -> Mapping[str, Any]:
        with DIRECT.open(request, timeout=self.seconds) as answer:
            text = _read(answer, until=monotonic() + self.seconds)
        with understood():
            found = json.loads(text, parse_float=str)
            if not isinstance(found, dict):
                raise TypeError("no object")
            return found


def _read(answer: http.client.HTTPResponse, *, until: float) -> bytes:
    """The whole answer, also of a server that sends it drop by drop. Raises TimeoutError, IncompleteRead."""
    text = b""
    while part := answer.read1(65536):
        text += part
        if monotonic() > until:
            raise TimeoutError("the answer takes too long")
    if answer.length:
        raise http.client.IncompleteRead(text, answer.length)
    return text


def _ours(status: int) -> NotFound | Rejected | Unavailable:
    if status == 404:
        return NotFound("Kablonet has no such thing")
    if status == 400:
        return Rejected("Kablonet does not take this question")
    return Unavailable(f"Kablonet answers {status}")


@contextmanager
def understood() -> Iterator[None]:
    """What is not as Kablonet's description says is Unavailable: a customer cannot do anything about it."""
    try:
        yield
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        log.error("Kablonet's answer is not understood: %s", type(error).__name__)
        raise Unavailable("Kablonet's answer is not understood") from error


def part_of_path(text: str) -> str:
    """An id or login as a part of an address. Raises NotFound for what can be none."""
    try:
        return quote(text, safe="") if text.strip(".") else ""
    except UnicodeEncodeError as error:
        raise NotFound("no id") from error
