"""The capability `phone`: numbers, calls and packages."""

from __future__ import annotations

from typing import Protocol

from wbok.domain.page import Page
from wbok.domain.phone import Call, CallRequest, DayTotals, GroupTotals, Usage

__all__ = ["Phone"]


class Phone(Protocol):
    @property
    def parts(self) -> frozenset[str]:
        """Which of `lines`, `allowances`, and of calls `own_number`, `number`, `destination`, `answered`,
        `allowance_id`, this billing can tell."""

    def usage(self, customer_id: str, request: CallRequest) -> Usage:
        """Numbers, packages, and the totals of all calls that the request chooses, whatever its mark and limit."""

    def calls(self, customer_id: str, request: CallRequest) -> Page[Call]:
        """The calls that the request chooses."""

    def groups(self, customer_id: str, request: CallRequest) -> tuple[GroupTotals, ...]:
        """The totals of each kind, direction and destination among the calls that the request chooses."""

    def days(self, customer_id: str, request: CallRequest) -> tuple[DayTotals, ...]:
        """The totals of each day of the period on which there is a call, oldest first. At most 31 days."""
