"""The `notifications` capability over the relation `notices`: the customer's own, and those without an owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wbok.adapters.sql.reader import MAX_ROWS, Reader
from wbok.domain.messages import Mark, MessageKind, Notice, NoticeRequest
from wbok.domain.page import Page
from wbok.domain.search import holds
from wbok.errors import NotFound

RELATION = "notices"


class SqlNotifications:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def notices(self, customer_id: str, request: NoticeRequest) -> Page[Notice]:
        """Kinds are words of ours only once they are read, and what is searched is folded here, alike over every
        database: so a filter looks at many rows in one statement."""
        is_filtered = request.kind is not None or bool(request.words)
        looked_at = MAX_ROWS if is_filtered else request.limit
        rows = self._reader.rows(
            RELATION,
            customer_id=customer_id,
            conditions=self._reader.period(RELATION, since=request.since, until=request.until),
            after=self._reader.place(RELATION, request.after),
            newest_first=True,
            limit=looked_at + 1,
        )
        seen = rows[:looked_at]
        wanted = [row for row in seen if _is_wanted(row.values, request)]
        shown = wanted[: request.limit]
        is_whole = len(rows) <= looked_at and len(wanted) <= request.limit
        last = shown[-1] if len(wanted) > request.limit else seen[-1] if seen else None
        following = None if is_whole or last is None else self._reader.mark(RELATION, last)
        return Page(tuple(_notice(row.values) for row in shown), following)

    def notice(self, customer_id: str, notice_id: str) -> Notice:
        condition = self._reader.condition(RELATION, "id", "=", notice_id)
        for row in self._reader.rows(RELATION, customer_id=customer_id, conditions=[condition]):
            if row.values["id"] == notice_id:
                return _notice(row.values)
        raise NotFound("notice")


def _is_wanted(v: Mapping[str, Any], request: NoticeRequest) -> bool:
    return request.kind in (None, v["kind"]) and holds(request.words, v["title"], v["body"])


def _notice(v: Mapping[str, Any]) -> Notice:
    return Notice(
        id=v["id"],
        kind=MessageKind(v["kind"]),
        title=v["title"],
        body=v["body"],
        sent_at=v["sent_at"],
        urgent=bool(v["urgent"]),
        mark=_mark(v),
    )


def _mark(v: Mapping[str, Any]) -> Mark | None:
    """Whoever confirmed has read."""
    read_at = v["read_at"] or v["confirmed_at"]
    return Mark(read_at, v["confirmed_at"]) if read_at else None
