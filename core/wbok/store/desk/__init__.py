"""The desk: tickets with their threads. Customers and the office have a side of their own each.

The panel keeps the tickets itself, or they live in the billing: then the office works on them there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wbok.billing import Billing
from wbok.domain.desk import DeskKind
from wbok.errors import ConfigError
from wbok.store.database import Store
from wbok.store.desk.attachments import DeskAttachments
from wbok.store.desk.billing import BillingDesk
from wbok.store.desk.customer import CustomerDesk
from wbok.store.desk.letters import DeskLetters
from wbok.store.desk.mirror import Mirror
from wbok.store.desk.office import OfficeDesk
from wbok.store.desk.side import CustomerSide, DeskPlan
from wbok.store.desk.watch import Watch
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.messages import Messages
from wbok.store.outbox import Outbox

__all__ = ["CustomerDesk", "CustomerSide", "Desk", "DeskPlan", "OfficeDesk", "Watch", "open_desk"]


@dataclass(frozen=True, slots=True)
class Desk:
    """`customer` knows nothing of notes and assignments; `office` sees everything that the panel keeps.

    `watch`: where tickets live in the billing, what notices its office's work. `mails_answers`: whether customers
    may have answers by e-mail.
    """

    customer: CustomerSide
    office: OfficeDesk
    kind: DeskKind = DeskKind.PANEL
    watch: Watch | None = None
    mails_answers: bool = False


def open_desk(
    store: Store,
    *,
    keys: IdempotencyKeys,
    messages: Messages,
    clock: Callable[[], datetime],
    billing: Billing | None = None,
    plan: DeskPlan | None = None,
    folder: Path | None = None,
    outbox: Outbox | None = None,
) -> Desk:
    """The panel's own desk unless the plan is another, with its files in `folder`.

    Raises ConfigError when the billing keeps no tickets.
    """
    letters, files = DeskLetters(outbox, plan), DeskAttachments(store, folder, clock=clock)
    office = OfficeDesk(store, messages=messages, files=files, letters=letters, clock=clock)
    if plan is None or plan.kind is DeskKind.PANEL:
        customer = CustomerDesk(store, keys=keys, files=files, letters=letters, clock=clock)
        return Desk(customer, office, mails_answers=letters.answers_go_out)
    if billing is None or billing.helpdesk is None:
        raise ConfigError(
            f'{plan.setting}: "{plan.kind}", but the billing that is configured keeps no tickets for the panel. '
            'Write "panel", or use an adapter that does (lms with billing.write_url).'
        )
    mirror = Mirror(store, messages=messages, solution=plan.solution, clock=clock)
    letters = replace(letters, has_staff=billing.ticket_staff is not None)
    desk = BillingDesk(billing.helpdesk, store, keys=keys, mirror=mirror, letters=letters, clock=clock)
    changes = billing.ticket_changes
    watch = None if changes is None else Watch(changes, desk, mirror, store)
    return Desk(desk, office, plan.kind, watch)
