"""The page on which a customer says what he wants by e-mail, and to which of his addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wbok.api import (
    EmailChoice,
    Panel,
    address_key,
    addresses_of,
    chosen_address,
    current_customer_id,
    language,
    masked_address,
    panel,
    render,
)
from wbok_notifications.settings import NotificationsSettings


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """`shown` is masked: whoever looks over the customer's shoulder learns little."""

    key: str
    shown: str
    is_chosen: bool


def show() -> ResponseReturnValue:
    this, customer_id = _open(), current_customer_id()
    choice = this.email_choices.of(customer_id)
    addresses = _addresses(this, customer_id, choice)
    return render(
        "notifications/copies.html",
        choice=choice,
        addresses=addresses,
        is_gone=not any(one.is_chosen for one in addresses),
        has_answers=this.desk.mails_answers,
        consent=_settings(this).offers_consent,
    )


def save() -> ResponseReturnValue:
    this, customer_id = _open(), current_customer_id()
    before = this.email_choices.of(customer_id)
    keys = [one.key for one in _addresses(this, customer_id, before)]
    typed = request.form
    choice = replace(
        before,
        commercial="commercial" in typed,
        billing="billing" in typed,
        service="service" in typed,
        answers="answers" in typed if this.desk.mails_answers else before.answers,
        address_key=_chosen_key(before.address_key, typed.get("address"), keys),
        language=language(),
    )
    this.email_choices.save(customer_id, choice)
    _record(this, customer_id, before, choice)
    flash(_("The choice is saved."), "ok")
    return redirect(url_for("notifications.copies"), code=303)


def _open() -> Panel:
    """Where no e-mail leaves the panel, there is nothing to choose."""
    this = panel()
    return this if this.outbox.is_open else abort(404)


def _addresses(this: Panel, customer_id: str, choice: EmailChoice) -> tuple[OwnAddress, ...]:
    found = addresses_of(this.billing.customers.profile(customer_id).contacts)
    chosen = chosen_address(customer_id, found, choice)
    return tuple(
        OwnAddress(address_key(customer_id, one), masked_address(one), is_chosen=one == chosen)
        for one in found
    )


def _chosen_key(before: str | None, typed: str | None, keys: Sequence[str]) -> str | None:
    """Where the chosen one is gone and another one is left, whoever saves has seen that one."""
    if typed in keys:
        return typed
    return None if before not in keys and len(keys) == 1 else before


def _record(this: Panel, customer_id: str, before: EmailChoice, after: EmailChoice) -> None:
    """A consent counts only when it can be shown later what was agreed to, and when."""
    if after.commercial and not before.commercial:
        words = _settings(this).offers_consent.in_language(language())
        this.audit.record("offers_wanted", customer_id=customer_id, details=words)
    elif before.commercial and not after.commercial:
        this.audit.record("offers_refused", customer_id=customer_id, details="in the panel")


def _settings(this: Panel) -> NotificationsSettings:
    found: NotificationsSettings = this.tab_settings("notifications")
    return found
