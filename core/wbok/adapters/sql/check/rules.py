"""What a sample's values mean: signs of money, account numbers, NIP, currencies, logins and PINs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from babel.numbers import is_currency

from wbok.adapters.rules import fits
from wbok.adapters.sql.check.collected import Collected
from wbok.adapters.sql.check.sample import Sample
from wbok.billing import PIN_SHAPES, digits_login
from wbok.billing.check import Severity
from wbok.domain.finance import DocumentKind
from wbok.relations import Rule

ENOUGH_ROWS = 5


def look_at_values(sample: Sample, collected: Collected, *, pin_format: str | None) -> None:
    for rule in RULES.get(sample.name, ()):
        rule(sample, collected)
    if "currency" in sample.names:
        _currencies(sample, collected)
    if "tax_id" in sample.names:
        _tax_ids(sample, collected)
    if sample.name == "credentials":
        _pins(sample, collected, pin_format=pin_format)


def _signs(sample: Sample, collected: Collected) -> None:
    amounts = [amount for _, amount in sample.column("amount") if amount]
    if len(amounts) < ENOUGH_ROWS:
        return
    advice = "Turn the sign in a select where a row is a charge: charges negative, payments positive."
    expected = "charges negative, payments positive"
    if min(amounts) > 0:
        collected.add(Severity.WARNING, "only positive amounts", advice, column="amount", expected=expected)
    if max(amounts) < 0:
        collected.add(Severity.WARNING, "only negative amounts", advice, column="amount", expected=expected)


def _invoices(sample: Sample, collected: Collected) -> None:
    kinds = dict(sample.column("kind"))
    rows = [i for i, gross in sample.column("gross") if gross < 0 and kinds.get(i) == DocumentKind.INVOICE]
    collected.add_rows(
        Severity.WARNING,
        "a negative invoice",
        "Turn the sign in a select, or call the document a correction.",
        sample=sample,
        rows=rows,
        column="gross",
        expected="a positive total",
    )


def _account_numbers(column: str) -> Callable[[Sample, Collected], None]:
    def look(sample: Sample, collected: Collected) -> None:
        collected.add_rows(
            Severity.FAULT,
            "a number with wrong check digits",
            "Correct the number; customers cannot pay to this one.",
            sample=sample,
            rows=[i for i, number in sample.column(column) if not fits(Rule.ACCOUNT, number)],
            column=column,
            expected="an account number of 26 digits (NRB or IBAN)",
        )

    return look


def _tax_ids(sample: Sample, collected: Collected) -> None:
    rows = [i for i, number in sample.column("tax_id") if not fits(Rule.TAX_ID, number)]
    collected.add_rows(
        Severity.WARNING,
        "a number that is no NIP",
        "Correct the number; it is shown as it is.",
        sample=sample,
        rows=rows,
        column="tax_id",
        expected="10 digits with a right check digit",
    )


def _currencies(sample: Sample, collected: Collected) -> None:
    collected.add_rows(
        Severity.FAULT,
        "a text that is no currency",
        f'Translate it: {sample.source.where}.values.currency = {{ "in the database" = "PLN" }}.',
        sample=sample,
        rows=[i for i, name in sample.column("currency") if not is_currency(name)],
        column="currency",
        expected="a code of ISO 4217, for example PLN",
    )


def _logins(sample: Sample, collected: Collected) -> None:
    collected.add_rows(
        Severity.FAULT,
        "a login that nobody can type",
        "Take off leading zeros and blanks in a select; letters cannot be a login.",
        sample=sample,
        rows=[i for i, login in sample.column("login") if digits_login(login) != login],
        column="login",
        expected="1 to 18 digits without leading zeros",
    )


def _shared_account_numbers(sample: Sample, collected: Collected) -> None:
    """Two customers may not pay to one individual account: nobody could tell whose money it is."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for i, number in sample.column("number"):
        holders[number].add(sample.read[i].get("customer_id") or "")
    collected.add_rows(
        Severity.FAULT,
        "one account of several customers",
        "An account on which everybody pays belongs into sellers.account.",
        sample=sample,
        rows=[i for i, number in sample.column("number") if len(holders[number]) > 1],
        column="number",
        expected="an account on which only this customer pays",
    )


def _pins(sample: Sample, collected: Collected, *, pin_format: str | None) -> None:
    pins = [str(pin) for _, pin in sample.column("pin")]
    usable = [pin for pin in pins if pin.strip("0")]
    if len(usable) < len(sample.raw):
        collected.add(
            Severity.WARNING,
            f"{len(sample.raw) - len(usable)} of {len(sample.raw)} logins have no PIN (empty, or zeros alone)",
            "These customers cannot log in until the billing gives them a PIN.",
            column="pin",
        )
    formats = Counter(looks_like(pin) for pin in usable)
    for kind, number in formats.items():
        if pin_format is not None and kind != pin_format:
            collected.add(
                Severity.FAULT,
                f"{number} of {len(usable)} PINs look like {kind}",
                f'Set billing.pin_format = "{kind}", or give these customers new PINs.',
                column="pin",
                expected=f"{pin_format}, as billing.pin_format says",
            )


def looks_like(pin: str) -> str:
    """The format of PIN_FORMATS that a stored PIN is written in."""
    return next((name for name, shape in PIN_SHAPES.items() if shape.fullmatch(pin)), "plain")


RULES: Mapping[str, tuple[Callable[[Sample, Collected], None], ...]] = {
    "credentials": (_logins,),
    "ledger": (_signs,),
    "documents": (_invoices,),
    "accounts": (_account_numbers("number"), _shared_account_numbers),
    "sellers": (_account_numbers("account"),),
}
