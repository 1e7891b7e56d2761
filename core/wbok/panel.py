"""The composition root: settings, billing, store, tabs and the clock become one Panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import EntryPoint
from typing import Any
from zoneinfo import ZoneInfo

from wbok.access.login import Login
from wbok.access.networks import Networks
from wbok.access.pins import PinCheck
from wbok.access.recording import Recording
from wbok.billing import Billing
from wbok.connections import connect_billing
from wbok.domain.clock import Clock, system_clock
from wbok.errors import ConfigError
from wbok.notices import Marks, RecentNotices
from wbok.plugins import Plugins, load_plugins
from wbok.settings import Settings
from wbok.store import Store
from wbok.store.addresses import AddressRule
from wbok.store.audit import Audit
from wbok.store.desk import Desk, DeskPlan, open_desk
from wbok.store.desk.folder import attachments_folder
from wbok.store.email_choices import EmailChoices
from wbok.store.guard import LoginGuard
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.inbox import Inbox
from wbok.store.kept_forms import KeptForms
from wbok.store.known_wrong import KnownWrong
from wbok.store.message_files import MessageFiles
from wbok.store.messages import Messages
from wbok.store.outages import Outages
from wbok.store.outbox import Outbox
from wbok.store.receipts import Receipts
from wbok.store.sessions import Sessions
from wbok.store.visits import Visits


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything a request needs. `clock` gives aware moments."""

    settings: Settings
    billing: Billing
    store: Store
    plugins: Plugins
    clock: Clock
    networks: Networks
    guard: LoginGuard
    sessions: Sessions
    visits: Visits
    messages: Messages
    inbox: Inbox
    message_files: MessageFiles
    receipts: Receipts
    outages: Outages
    marks: Marks
    idempotency: IdempotencyKeys
    desk: Desk
    kept_forms: KeptForms
    recent_notices: RecentNotices
    outbox: Outbox
    email_choices: EmailChoices
    audit: Audit
    login: Login
    recording: Recording

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.zone

    @property
    def today(self) -> date:
        """The day it is at the provider's."""
        return self.clock().astimezone(self.zone).date()

    def tab_settings(self, name: str) -> Any:
        """`[tabs.<name>]` as the tab's own model."""
        return self.plugins.tab(name).settings


def build_panel(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    billing: Billing | None = None,
    available_tabs: tuple[EntryPoint, ...] | None = None,
) -> Panel:
    """Connects nothing yet. `billing` and `available_tabs` replace what the configuration would find.

    Raises ConfigError.
    """
    pins = PinCheck(settings.keys.pin.encode())
    billing = billing or connect_billing(settings, pins, clock=clock)
    store = Store(settings.store.url)
    guard = LoginGuard(store, clock=clock)
    audit = Audit(store, clock=clock)
    recording = Recording(billing.login_recorder)
    outbox = Outbox(store, clock=clock, is_open=settings.mail.is_on)
    messages = Messages(store, clock=clock, outbox=outbox)
    idempotency = IdempotencyKeys(store, clock=clock)
    inbox = Inbox(store, clock=clock)
    plugins = load_plugins(
        settings.panel.tabs, billing=billing, settings=settings.tabs, available=available_tabs
    )
    desk = open_desk(
        store,
        keys=idempotency,
        messages=messages,
        clock=clock,
        billing=billing,
        plan=_desk_plan(plugins),
        folder=attachments_folder(settings.attachments.dir, store),
        outbox=outbox,
    )
    sessions = Sessions(store, clock=clock, idle=settings.access.idle, absolute=settings.access.absolute)
    return Panel(
        settings=settings,
        billing=billing,
        store=store,
        plugins=plugins,
        clock=clock,
        networks=settings.access.read_networks(),
        guard=guard,
        sessions=sessions,
        visits=Visits(store, sessions, clock=clock, desk=desk.kind),
        messages=messages,
        inbox=inbox,
        message_files=MessageFiles(store, clock=clock),
        receipts=Receipts(store),
        outages=Outages(store, clock=clock),
        marks=Marks(inbox, billing.read_marks, clock=clock),
        idempotency=idempotency,
        desk=desk,
        kept_forms=KeptForms(store, clock=clock),
        recent_notices=RecentNotices(billing.notifications, clock=clock, zone=settings.zone),
        outbox=outbox,
        email_choices=EmailChoices(store, clock=clock),
        audit=audit,
        login=Login(
            billing.customers,
            pins=pins,
            guard=guard,
            known_wrong=KnownWrong(store, clock=clock),
            addresses=AddressRule(store, clock=clock),
            audit=audit,
            recording=recording,
            key=settings.keys.pin.encode(),
        ),
        recording=recording,
    )


def _desk_plan(plugins: Plugins) -> DeskPlan | None:
    """Of the tab that works with tickets. Raises ConfigError when two tabs want different desks."""
    plans: list[DeskPlan] = [
        plan for tab in plugins.tabs if (plan := tab.call("wbok_desk", settings=tab.settings)) is not None
    ]
    for plan in plans[1:]:
        if plan.kind is not plans[0].kind:
            raise ConfigError(f"{plans[0].setting} and {plan.setting}: a panel has one desk alone.")
    return plans[0] if plans else None
