"""The capability `notifications`: what the billing itself tells a customer."""

from __future__ import annotations

from typing import Protocol

from wbok.domain.messages import Notice, NoticeRequest
from wbok.domain.page import Page


class Notifications(Protocol):
    def notices(self, customer_id: str, request: NoticeRequest) -> Page[Notice]:
        """The customer's own and everybody's."""

    def notice(self, customer_id: str, notice_id: str) -> Notice: ...
