"""Which documents are unpaid, when the billing knows only the balance.

Nobody pays a part of a grosz: what is owed is rounded here, once for pages, papers and codes.

The rule: payments are laid on the oldest documents first, so the debt lies on the newest ones. A correction
is counted with the document that it corrects. Pro-formas, receipts and cancelled documents carry no debt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from wbok.domain.finance import DEBTLESS, Document, DocumentKind, Settlement
from wbok.domain.money import Money, to_grosze

ZERO = Decimal()


def settle(documents: Sequence[Document], balances: Iterable[Money]) -> tuple[Document, ...]:
    """`documents` (newest first) with their `remaining`, in the same order.

    Where the billing itself says what remains, that stands, and only the rest of the debt is laid on the others.
    Corrections of a document, pro-formas, receipts and cancelled documents get no `remaining` by the balance.
    """
    debts = _debts(balances)
    documents = [_in_grosze(document) for document in documents]
    for document in documents:
        if document.remaining is not None and _can_carry_debt(document):
            currency = document.remaining.currency
            debts[currency] = max(debts[currency] - document.remaining.amount, ZERO)
    corrections = _corrections_by_original(documents)
    settled = []
    for document in documents:
        if not _can_carry_debt(document):
            settled.append(replace(document, remaining=None))
        elif not hangs_on_balance(document):
            settled.append(document)
        else:
            owed = max(document.gross.amount + corrections[document.id], ZERO)
            part = min(to_grosze(owed), debts[document.gross.currency])
            debts[document.gross.currency] -= part
            settled.append(replace(document, remaining=Money(part, document.gross.currency), by_balance=True))
    return tuple(settled)


def summarise(settled: Iterable[Document], balances: Iterable[Money]) -> Settlement:
    """What is owed: on which documents, and what lies on none of them."""
    balances = tuple(Money(to_grosze(balance.amount), balance.currency) for balance in balances)
    unpaid = []
    debts = _debts(balances)
    for document in settled:
        if document.remaining is not None and document.remaining.amount > 0:
            unpaid.append(document)
            debts[document.remaining.currency] -= document.remaining.amount
    rest = tuple(Money(amount, currency) for currency, amount in debts.items() if amount > 0)
    return Settlement(balances=balances, unpaid=tuple(unpaid), unattributed=rest)


def _debts(balances: Iterable[Money]) -> defaultdict[str, Decimal]:
    debts: defaultdict[str, Decimal] = defaultdict(Decimal)
    for balance in balances:
        debts[balance.currency] = max(-to_grosze(balance.amount), ZERO)
    return debts


def _in_grosze(document: Document) -> Document:
    if document.remaining is None:
        return document
    remaining = Money(to_grosze(document.remaining.amount), document.remaining.currency)
    return replace(document, remaining=remaining)


def hangs_on_balance(document: Document) -> bool:
    """Whether only the balance can tell what remains: the billing does not say, and the document can carry debt.

    A correction of a document counts with that one; a correction of nothing that we know of stands for itself.
    """
    if document.remaining is not None or not _can_carry_debt(document):
        return False
    if document.kind is not DocumentKind.CORRECTION:
        return True
    return document.corrects_id is None and document.gross.amount > 0


def _can_carry_debt(document: Document) -> bool:
    return not document.cancelled and document.kind not in DEBTLESS


def _corrections_by_original(documents: Sequence[Document]) -> defaultdict[str, Decimal]:
    """The sum of the corrections of each original; a correction of a correction counts with the first one."""
    corrects = {d.id: d.corrects_id for d in documents if d.kind is DocumentKind.CORRECTION}
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for document in documents:
        if document.id not in corrects or document.cancelled:
            continue
        original, seen = document.corrects_id, {document.id}
        while original in corrects and corrects[original] and original not in seen:
            seen.add(original)
            original = corrects[original]
        if original is not None:
            sums[original] += document.gross.amount
    return sums
