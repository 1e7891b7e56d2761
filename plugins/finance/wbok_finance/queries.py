"""What a request for Finanse asks for: the capability itself, and the ledger's filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wbok.api import EntryKind, Finance, LedgerRequest, Panel, Terms, Unavailable, typed_day


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What the customer typed, and what of it can be used. `faults` names the fields that cannot."""

    request: LedgerRequest
    typed: Mapping[str, str]
    faults: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Something was typed, so that the form stands open."""
        return any(self.typed.values())

    @property
    def narrows(self) -> bool:
        """Something of it was used, so that the list is a part of the ledger."""
        return bool(self.request.since or self.request.until or self.request.kind)

    @property
    def address(self) -> dict[str, str]:
        """The filter as the arguments of a URL."""
        return {name: value for name, value in self.typed.items() if value}


@dataclass(frozen=True, slots=True)
class PayTo:
    """The account to pay to, as the billing has it. `is_own`: only this customer pays there, and to `others`."""

    number: str
    is_own: bool
    others: tuple[str, ...] = ()


def pay_to(terms: Terms, *, currency: str) -> PayTo | None:
    """The customer's own accounts in this currency, else the one that all customers pay to."""
    own = [account.number for account in terms.accounts if account.currency in (None, currency)]
    if own:
        return PayTo(own[0], is_own=True, others=tuple(own[1:]))
    if terms.seller is None or not terms.seller.account:
        return None
    return PayTo(terms.seller.account, is_own=False)


def finance_of(panel: Panel) -> Finance:
    """The tab is on only when the billing has it."""
    if panel.billing.finance is None:
        raise Unavailable("the billing has no finance")
    return panel.billing.finance


def read_filter(arguments: Mapping[str, str]) -> LedgerFilter:
    """`from`, `to` (days), `kind`, `after` of the URL. A field that makes no sense is named, not guessed."""
    typed = {name: arguments.get(name, "").strip()[:20] for name in ("from", "to", "kind")}
    since, until = typed_day(typed["from"]), typed_day(typed["to"])
    kind = EntryKind(typed["kind"]) if typed["kind"] in tuple(EntryKind) else None
    faults = [
        name for name, value in (("from", since), ("to", until), ("kind", kind)) if typed[name] and not value
    ]
    if since and until and since > until:
        faults.append("order")
        since = until = None
    request = LedgerRequest(since=since, until=until, kind=kind, after=arguments.get("after") or None)
    return LedgerFilter(request, typed, tuple(faults))


def month_starts(today: date, *, months: int) -> tuple[date, ...]:
    """The first days of the last `months` months, oldest first, this month included."""
    number = today.year * 12 + today.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(number - months + 1, number + 1))
