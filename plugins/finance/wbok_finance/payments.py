"""One payment, whole: amount, account, title, code for a bank's app, slip."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from wbok.api import current_customer_id, panel, render
from wbok_finance.offers import finance_of, offers_of, settings_of, situation_of
from wbok_finance.online import payment_address
from wbok_finance.paying import Payment, Purpose, Situation

MOST_MONTHS = 3
"""So many slips stand on one sheet."""


def payment() -> ResponseReturnValue:
    """`for`: balance (without it), overdue, or month, the coming one."""
    situation = situation_of(panel(), current_customer_id())
    return _page(situation, chosen_payments(situation, request.args.get("for", ""), number=1))


def document_payment(document_id: str) -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    document = finance_of(this).document(customer_id, document_id)
    situation = situation_of(this, customer_id)
    return _page(situation, (situation.document(document),))


def chosen_payments(situation: Situation, purpose: str, *, number: int) -> tuple[Payment, ...]:
    """`number` of coming months. Nothing owed, nothing overdue: payments of nothing. Another word: not found."""
    if purpose in ("", Purpose.BALANCE):
        return situation.balances()
    if purpose == Purpose.OVERDUE:
        return (situation.overdue(),)
    if purpose != Purpose.MONTH:
        abort(404)
    return situation.months(number)


def _page(situation: Situation, payments: tuple[Payment, ...]) -> ResponseReturnValue:
    this = panel()
    return render(
        "finance/payment.html",
        situation=situation,
        settlement=situation.settlement,
        payments=payments or situation.balances(),
        parts=situation.parts(),
        overdue=situation.overdue(),
        beforehand=situation.months(MOST_MONTHS),
        online=lambda payment: payment_address(settings_of(this), payment),
        currency=situation.currency,
        today=this.today,
        offers=offers_of(this),
    )
