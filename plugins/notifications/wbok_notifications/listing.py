"""One list of two sources, newest first, page by page.

A page asks each source for what follows, merges, and cuts. Its mark says where each source goes on: of the panel's
messages the last one shown, of the billing's notices the billing's own mark and how many behind it were shown.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from wbok.api import (
    UNREAD_FOR,
    MessageKind,
    NoticeRequest,
    Origin,
    Page,
    Panel,
    Place,
    Rejected,
    signals,
)
from wbok_notifications.items import Item, of_message, of_notice
from wbok_notifications.settings import settings_of

LIMIT = 20
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the list; `after` as the address has it. Words are looked for in the archive too."""

    kind: MessageKind | None = None
    archived: bool = False
    words: tuple[str, ...] = ()
    after: str | None = None

    @property
    def everything(self) -> bool:
        return bool(self.words) and not self.archived


@dataclass(frozen=True, slots=True)
class _Place:
    """`billing` None: from the newest on; `skip` of the rows behind it were shown."""

    panel: Place | None = None
    billing: str | None = None
    skip: int = 0

    def written(self) -> str:
        place = f"{self.panel.sent_at}-{self.panel.id}" if self.panel else ""
        return f"{place}!{self.skip}!{self.billing or ''}"


def read_page(panel: Panel, customer_id: str, asked: Asked) -> Page[Item]:
    """Raises Rejected for a mark that nobody wrote."""
    place = _read_place(asked.after)
    day = (panel.clock() - UNREAD_FOR).astimezone(panel.zone).date()
    first_day = datetime.combine(day, time(), tzinfo=panel.zone)
    messages = [
        of_message(message)
        for message in panel.inbox.page(
            customer_id,
            since=first_day,
            archived=None if asked.everything else asked.archived,
            kind=asked.kind,
            words=asked.words,
            after=place.panel,
            limit=LIMIT + 1,
        )
    ]
    notices = _Notices(panel, customer_id, asked, place, first_day=first_day)
    # Each source keeps its own order, also of what came at one moment: its mark counts on it.
    merged = list(heapq.merge(messages, notices.items, key=lambda item: item.sent_at, reverse=True))
    shown = tuple(merged[:LIMIT])
    if len(merged) <= LIMIT and not notices.goes_on:
        return Page(shown)
    return Page(shown, _next(place, shown, notices).written())


class _Notices:
    """What the billing has behind a place: at least a whole page, or all there is."""

    def __init__(
        self, panel: Panel, customer_id: str, asked: Asked, place: _Place, *, first_day: datetime
    ) -> None:
        self._marks = [(place.billing, 0)]
        self.items: list[Item] = []
        self.goes_on = False
        notifications = panel.billing.notifications
        if notifications is None:
            return
        marks, markdown = signals().notice_marks, settings_of(panel).billing_markdown
        after, skip = place.billing, place.skip
        for _turn in range(2):
            page = notifications.notices(customer_id, _request(asked, after, first_day))
            self.items += [of_notice(notice, marks, is_markdown=markdown) for notice in page.rows[skip:]]
            self._marks.append((page.next, len(page.rows)))
            after, skip = page.next, 0
            self.goes_on = after is not None
            if after is None or len(self.items) > LIMIT:
                return

    def place_behind(self, place: _Place, shown: int) -> tuple[str | None, int]:
        """Mark and skip after so many of `items` were shown."""
        done = place.skip + shown
        mark = place.billing
        for following, length in self._marks[1:]:
            if following is None or done < length:
                return mark, done
            mark, done = following, done - length
        return mark, done


def _next(place: _Place, shown: tuple[Item, ...], notices: _Notices) -> _Place:
    mine = [item for item in shown if item.seen.origin is Origin.PANEL]
    last = Place(int(mine[-1].sent_at.timestamp()), mine[-1].seen.id) if mine else place.panel
    mark, skip = notices.place_behind(place, len(shown) - len(mine))
    return _Place(last, mark, skip)


def _request(asked: Asked, after: str | None, first_day: datetime) -> NoticeRequest:
    day = first_day.date()
    request = NoticeRequest(kind=asked.kind, after=after, limit=LIMIT, words=asked.words)
    if asked.everything:
        return request
    if asked.archived:
        return replace(request, until=day - timedelta(days=1))
    return replace(request, since=day)


def _read_place(text: str | None) -> _Place:
    if text is None:
        return _Place()
    parts = text.split("!", 2)
    if len(parts) != 3 or not _is_number(parts[1]) or int(parts[1]) > LIMIT:
        raise Rejected("page mark")
    return _Place(_read_panel(parts[0]), parts[2] or None, int(parts[1]))


def _read_panel(text: str) -> Place | None:
    if not text:
        return None
    seconds, _dash, message_id = text.partition("-")
    if (
        not _is_number(seconds)
        or not message_id.isascii()
        or not message_id.isalnum()
        or len(message_id) > 64
    ):
        raise Rejected("page mark")
    return Place(int(seconds), message_id)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
