"""A visitor without a browser, for panels that run in a process of their own."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    address: str
    text: str

    def is_at(self, path: str) -> bool:
        return self.status == 200 and urllib.parse.urlsplit(self.address).path == path


class Browsing:
    def __init__(self, address: str) -> None:
        self._address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Answer:
        return self._open(self._address + path, None)

    def post(self, path: str, form: dict[str, str]) -> Answer:
        return self._open(self._address + path, urllib.parse.urlencode(form).encode())

    def log_in(self, login: str, pin: str) -> Answer:
        token = TOKEN.search(self.get("/login").text)
        assert token is not None
        return self.post("/login", {"csrf_token": token[1], "customer_id": login, "pin": pin})

    def _open(self, address: str, body: bytes | None) -> Answer:
        try:
            with self._opener.open(address, body, timeout=PATIENCE_SECONDS) as answer:
                return Answer(answer.status, answer.url, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.url or "", error.read().decode())
