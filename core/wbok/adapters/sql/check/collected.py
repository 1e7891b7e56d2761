"""The findings of one relation: those that differ only in the row are one, with the first row's key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from wbok.adapters.sql.check.sample import Sample, row_label
from wbok.billing.check import Finding, Severity

MAX_VALUE = 60
NEVER_SHOWN = "pin"
KINDS: tuple[tuple[type, str], ...] = (
    (bool, "a truth value"),
    (int, "a whole number"),
    (float, "a floating-point number"),
    (Decimal, "a number with decimal places"),
    (datetime, "a date and time"),
    (date, "a date"),
    (bytes, "binary data"),
)


class Collected:
    def __init__(self, relation: str, *, show_values: bool) -> None:
        self._relation = relation
        self._show_values = show_values
        self._findings: dict[tuple[object, ...], Finding] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(self._findings.values())

    @property
    def has_faults(self) -> bool:
        return any(finding.severity is Severity.FAULT for finding in self._findings.values())

    def add(
        self,
        severity: Severity,
        found: str,
        advice: str,
        *,
        column: str | None = None,
        expected: str | None = None,
    ) -> None:
        """Something about the relation or a column as a whole."""
        self._put(
            (severity, column, found), Finding(severity, found, advice, self._relation, column, expected)
        )

    def add_rows(
        self,
        severity: Severity,
        found: str,
        advice: str,
        *,
        sample: Sample,
        rows: Iterable[int],
        column: str,
        expected: str | None = None,
    ) -> None:
        """Something about rows of the sample; the value of the first is shown when values may be."""
        for row in rows:
            shown = found + self._value(sample, row, column)
            key = row_label(sample, row, show_values=self._show_values)
            finding = Finding(severity, shown, advice, self._relation, column, expected, key, rows=1)
            self._put((severity, column, found, expected), finding)

    def _put(self, same: tuple[object, ...], finding: Finding) -> None:
        known = self._findings.get(same)
        self._findings[same] = finding if known is None else replace(known, rows=known.rows + finding.rows)

    def _value(self, sample: Sample, row: int, column: str) -> str:
        value = sample.raw[row].get(column)
        if not self._show_values or value is None or column == NEVER_SHOWN:
            return ""
        shown = f'"{value}"' if isinstance(value, str) else str(value)
        return f": {shown}"[:MAX_VALUE]


def kind_in_words(value: Any) -> str:
    """What lies in a cell, without the value itself."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        if value.startswith("0000-00-00"):
            return "a zero date (0000-00-00)"
        return "text" if value.strip() else "empty text"
    return next((words for kind, words in KINDS if isinstance(value, kind)), f"a {type(value).__name__}")
