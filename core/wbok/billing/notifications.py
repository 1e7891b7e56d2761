"""The capability `notifications`: what the billing itself tells a customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from wbok.domain.attachments import Attachment, AttachmentContent
from wbok.domain.messages import Notice, NoticeRequest
from wbok.domain.page import Page


class Notifications(Protocol):
    def notices(self, customer_id: str, request: NoticeRequest) -> Page[Notice]:
        """The customer's own and everybody's."""

    def notice(self, customer_id: str, notice_id: str) -> Notice: ...


class ReadMarks(Protocol):
    """For a billing that keeps, beside the panel, what its customers read and confirmed.

    The panel keeps its own marks in any case, before; what is raised here is logged, and nothing else. An id that
    is not this customer's changes nothing. `at` is aware; what was read or confirmed before keeps its first time.
    """

    def mark_read(self, customer_id: str, notice_ids: Sequence[str], at: datetime) -> None: ...

    def confirm(self, customer_id: str, notice_id: str, at: datetime) -> None:
        """Whoever confirms has read."""


class NoticeFiles(Protocol):
    """Files of the customer's notices. A notice that is not his has none, or is NotFound."""

    def of(self, customer_id: str, notice_id: str) -> tuple[Attachment, ...]: ...

    def content(self, customer_id: str, notice_id: str, attachment_id: str) -> AttachmentContent:
        """Raises NotFound."""
