"""One PIN, several customers: whoever typed it says as whom he comes in.

What was proven stands in the signed cookie, for five minutes, and serves once.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from flask import session

from wbok.web.current import panel

PROVEN = "proven"
GOOD_SECONDS = 300


def keep_proven(customer_ids: Iterable[str]) -> None:
    session[PROVEN] = {"customers": list(customer_ids), "at": _now(), "once": secrets.token_urlsafe(16)}


def take_proven(customer_id: str) -> bool:
    """Whether this customer's PIN was right just now. Nobody can ask again with the same proof."""
    proven = session.pop(PROVEN, None)
    if proven is None or customer_id not in proven["customers"]:
        return False
    return 0 <= _now() - proven["at"] < GOOD_SECONDS and _is_first(proven["once"])


def _is_first(once: str) -> bool:
    mine = secrets.token_urlsafe(16)
    kept = panel().idempotency.once(once, customer_id="login choice", work=lambda _connection: mine)
    return kept == mine


def _now() -> int:
    return int(panel().clock().timestamp())
