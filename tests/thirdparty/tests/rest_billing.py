"""The made-up billing Kablonet: a real HTTP server on loopback, which can be told to misbehave."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "kablonet-token"
Rows = list[dict[str, Any]]

LEDGER: dict[str, list[tuple[int, str, str, str, str]]] = {
    # In the order in which it was booked: id, day, amount, currency, text.
    "K-1": [
        (11, "2026-07-01", "-49.99", "PLN", "Internet, lipiec"),
        (12, "2026-07-12", "49.99", "PLN", "Wpłata"),
        (13, "2026-08-01", "-49.99", "PLN", "Internet, sierpień"),
        (14, "2026-08-12", "49.99", "PLN", "Wpłata"),
        (15, "2026-09-01", "-49.99", "PLN", "Internet, wrzesień"),
        (16, "2026-09-01", "-10.00", "EUR", "Modem"),
        (17, "2026-10-01", "-49.99", "PLN", "Internet, październik"),
    ],
    "K-2": [(21, "2026-09-01", "-79.00", "PLN", "Internet"), (22, "2026-09-09", "79.00", "PLN", "Wpłata")],
    "K-3": [],
}
PEOPLE = {
    "K-1": ("1001", "4711", "Anna Nowak"),
    "K-2": ("1002", "4712", "Firma Beta"),
    "K-3": ("1003", "4713", "Jan Kot"),
}
TRAFFIC = {
    "K-1": [("2026-11-01", 3_000_000_000, 400_000_000), ("2026-11-20", 85_000_000_000, 1_000_000_000)],
    "K-2": [("2026-11-02", 1_000_000, 2_000)],
    "K-3": [],
}


class Gone(Exception):
    """404."""


@dataclass
class RestBilling:
    """`faults` happen one by one to the next requests; `asked` are the paths of all requests so far."""

    address: str
    faults: list[Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def hang(self, _handler: BaseHTTPRequestHandler) -> None:
        """Until the test is over."""
        self.released.wait(60)

    def drip(self, handler: BaseHTTPRequestHandler) -> None:
        """Byte by byte, each in time."""
        text = b'{"version": "7.2"}' + b" " * 600
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        for byte in text:
            if self.released.wait(0.05):
                return
            handler.wfile.write(bytes([byte]))


@contextmanager
def rest_billing() -> Iterator[RestBilling]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    billing = RestBilling(f"http://127.0.0.1:{server.server_address[1]}")
    server.billing = billing  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield billing
    finally:
        billing.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: _send(handler, code, b"{}")


def body(text: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: _send(handler, 200, text)


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"id": ')
    handler.close_connection = True


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        billing: RestBilling = self.server.billing  # type: ignore[attr-defined]
        billing.asked.append(self.path)
        if billing.faults:
            billing.faults.pop(0)(self)
            return
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            _send(self, 403, b"{}")
            return
        try:
            _send(self, 200, json.dumps(_answer(self.path)).encode())
        except Gone:
            _send(self, 404, b"{}")
        except ValueError:
            _send(self, 400, b"{}")

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


def _send(handler: BaseHTTPRequestHandler, code: int, text: bytes) -> None:
    handler.send_response(code)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(text)))
    handler.end_headers()
    handler.wfile.write(text)


def _answer(address: str) -> dict[str, Any]:
    parts = [unquote(part) for part in urlsplit(address).path.split("/")[2:]]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    match parts:
        case ["version"]:
            return {"version": "7.2"}
        case ["logins", login]:
            found = [(who, pin) for who, (known, pin, _name) in PEOPLE.items() if known == login]
            return {"customers": [{"customer": who, "pin_md5": _md5(pin)} for who, pin in found]}
        case ["customers", who] if who in PEOPLE:
            return _person(who)
        case ["customers", who, "balance"] if who in PEOPLE:
            sums = _sums(_entries(who))
            return {
                "balances": [
                    {"amount": str(paid - charged), "currency": c} for c, (charged, paid) in sums.items()
                ]
            }
        case ["customers", who, "sums"] if who in PEOPLE:
            sums = _sums(row for row in _entries(who) if _is_chosen(row, asked))
            named = [
                {"charged": str(charged), "paid": str(paid), "currency": c}
                for c, (charged, paid) in sums.items()
            ]
            return {"sums": named}
        case ["customers", who, "ledger"] if who in PEOPLE:
            return _ledger(who, asked)
        case ["customers", who, "traffic"] if who in PEOPLE:
            days = [row for row in TRAFFIC[who] if asked["since"] <= row[0] <= asked["until"]]
            return {"days": [{"day": day, "down": down, "up": up} for day, down, up in days]}
    raise Gone


def _person(who: str) -> dict[str, Any]:
    login, _pin, name = PEOPLE[who]
    return {
        "id": who,
        "name": name,
        "kind": "firm" if name.startswith("Firma") else "person",
        "since": "2019-04-01",
        "addresses": [{"street": f"ul. Kablowa {login}", "postcode": "00-001", "city": "Miasto"}],
        "contacts": [{"kind": "phone", "value": f"60000{login}"}],
        "services": [{"id": f"{who}-s", "name": "Internet 600", "price": "49.99", "currency": "PLN"}],
    }


def _entries(who: str) -> Rows:
    """Oldest first, with the balance of each currency."""
    balances: dict[str, Decimal] = {}
    rows = []
    for number, day, amount, currency, text in LEDGER[who]:
        balances[currency] = balances.get(currency, Decimal()) + Decimal(amount)
        rows.append(
            {"id": number, "day": day, "amount": amount, "currency": currency, "text": text}
            | {"balance": str(balances[currency])}
        )
    return rows


def _ledger(who: str, asked: dict[str, str]) -> dict[str, Any]:
    rows, limit = _entries(who), int(asked["limit"])
    if asked["order"] == "newest":
        rows.reverse()
    if "after" in asked:
        rows = rows[[str(row["id"]) for row in rows].index(asked["after"]) + 1 :]
    rows = [row for row in rows if _is_chosen(row, asked)]
    return {"entries": rows[:limit], "more": len(rows) > limit}


def _is_chosen(row: dict[str, Any], asked: dict[str, str]) -> bool:
    kind = "charge" if row["amount"].startswith("-") else "payment"
    return (
        asked.get("since", "") <= row["day"] <= asked.get("until", "9999-12-31")
        and asked.get("kind", kind) == kind
    )


def _sums(rows: Any) -> dict[str, tuple[Decimal, Decimal]]:
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for row in rows:
        charged, paid = sums.get(row["currency"], (Decimal(), Decimal()))
        amount = Decimal(row["amount"])
        sums[row["currency"]] = charged - min(amount, Decimal()), paid + max(amount, Decimal())
    return sums


def _md5(pin: str) -> str:
    return hashlib.md5(pin.encode()).hexdigest()
