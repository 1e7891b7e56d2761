"""The billing's notices beside their list: the newest for every page, and what the billing is told of them.

The newest of a customer are asked for once in a while.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wbok.billing import Notifications, ReadMarks
from wbok.domain.messages import BEGINNING, NEWEST, UNREAD_FOR, Headline, Notice, NoticeRequest, Origin
from wbok.errors import BillingError
from wbok.store.inbox import Inbox, Seen

log = logging.getLogger(__name__)

KEPT_FOR, SPARINGLY = timedelta(seconds=60), timedelta(minutes=10)
MOST_CUSTOMERS = 500


@dataclass(frozen=True, slots=True)
class _Known:
    asked_at: datetime
    headlines: tuple[Headline, ...]


class RecentNotices:
    """What is remembered holds none of our marks: what was read and confirmed here is always known at once."""

    def __init__(
        self, notifications: Notifications | None, *, clock: Callable[[], datetime], zone: ZoneInfo
    ) -> None:
        self._notifications = notifications
        self._clock = clock
        self._zone = zone
        self._known: dict[str, _Known] = {}
        self._lock = threading.Lock()

    def of(self, customer_id: str, *, sparing: bool = False) -> tuple[Headline, ...]:
        """Newest first; what was known before, or nothing, while the billing does not answer.

        `sparing`: for pages that ask the billing much themselves; what is known is then kept for longer.
        """
        if self._notifications is None:
            return ()
        now = self._clock()
        with self._lock:
            known = self._known.get(customer_id)
        if known is not None and now < known.asked_at + (SPARINGLY if sparing else KEPT_FOR):
            return known.headlines
        headlines = self._ask(self._notifications, customer_id, now)
        if headlines is None:
            headlines = known.headlines if known is not None else ()
        self._remember(customer_id, _Known(now, headlines))
        return headlines

    def _ask(
        self, notifications: Notifications, customer_id: str, now: datetime
    ) -> tuple[Headline, ...] | None:
        since = (now - UNREAD_FOR).astimezone(self._zone).date()
        try:
            page = notifications.notices(customer_id, NoticeRequest(since=since, limit=NEWEST))
        except BillingError as error:
            log.warning("the notices cannot be counted: %s", error)
            return None
        return tuple(map(_headline, page.rows))

    def _remember(self, customer_id: str, known: _Known) -> None:
        with self._lock:
            self._known.pop(customer_id, None)
            while len(self._known) >= MOST_CUSTOMERS:
                self._known.pop(next(iter(self._known)))
            self._known[customer_id] = known


class Marks:
    """What customers read and confirmed: kept in the store, then told to a billing that keeps it too."""

    def __init__(self, inbox: Inbox, read_marks: ReadMarks | None, *, clock: Callable[[], datetime]) -> None:
        self._inbox = inbox
        self._read_marks = read_marks
        self._clock = clock

    def read(self, customer_id: str, seen: Sequence[Seen]) -> None:
        """Messages and notices alike."""
        self._inbox.read(customer_id, seen)
        ids = [one.id for one in seen if one.origin is Origin.BILLING]
        if ids:
            self._tell(lambda billing: billing.mark_read(customer_id, ids, self._clock()))

    def confirm(self, customer_id: str, seen: Seen) -> None:
        """Whoever confirms has read."""
        self._inbox.confirm(customer_id, seen)
        if seen.origin is Origin.BILLING:
            self._tell(lambda billing: billing.confirm(customer_id, seen.id, self._clock()))

    def _tell(self, what: Callable[[ReadMarks], None]) -> None:
        """No page fails for it: our own mark is written already."""
        if self._read_marks is None:
            return
        try:
            what(self._read_marks)
        except BillingError as error:
            log.warning("the billing was not told what was read: %s", error)


def _headline(notice: Notice) -> Headline:
    return Headline(
        origin=Origin.BILLING,
        id=notice.id,
        kind=notice.kind,
        title=notice.title,
        text=notice.body[:BEGINNING],
        sent_at=notice.sent_at,
        urgent=notice.urgent,
        mark=notice.mark,
    )
