"""What a billing's own check says, as lines to compare."""

from __future__ import annotations

from wbok.billing import Billing, Finding, Severity

NOT_NOTES = (Severity.FAULT, Severity.WARNING)


def findings(billing: Billing, *, show_values: bool = False) -> list[Finding]:
    assert billing.check is not None
    return [found for checked in billing.check(show_values=show_values) for found in checked.findings]


def told(
    billing: Billing, *, show_values: bool = False, severities: tuple[Severity, ...] = NOT_NOTES
) -> list[str]:
    """ "fault ledger.amount [id 3] text (expected money:decimal)", without the notes."""
    return [
        _line(finding)
        for finding in findings(billing, show_values=show_values)
        if finding.severity in severities
    ]


def _line(finding: Finding) -> str:
    place = ".".join(part for part in (finding.relation, finding.column) if part)
    key = f" [{finding.key}]" if finding.key else ""
    expected = f" (expected {finding.expected})" if finding.expected else ""
    return f"{finding.severity} {place}{key} {finding.found}{expected}"
