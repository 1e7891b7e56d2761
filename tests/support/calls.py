"""Calls of a made-up customer, and what the pages and files say of calls."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

from support.scene import Visitor

Come = Callable[..., Visitor]


def a_call(key: int, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "customer_id": 1,
        "started_at": f"2026-11-10 12:{key // 60 % 60:02d}:{key % 60:02d}",
        "direction": "outgoing",
        "kind": "voice",
        "number": "600 100 200",
        "own_number": "32 010 00 01",
        "seconds": 60,
        "price": "0.00",
        **more,
    }


def rows_of(page: str) -> list[str]:
    """The rows of its first table."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)


def table(visitor: Visitor, query: str = "") -> list[dict[str, str]]:
    """The file of the calls."""
    answer = visitor.get(f"/phone/calls.csv?{query}")
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
