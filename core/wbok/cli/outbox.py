"""`wbok outbox …`: e-mail that leaves the panel. A timer sends it; the office decides about what was not sent."""

from __future__ import annotations

import click

from wbok.domain.letters import Delivery
from wbok.errors import NotFound
from wbok.mail.opt_out import OptOut
from wbok.mail.sending import Sending
from wbok.mail.writing import LetterWriting
from wbok.office import Context, office_actor
from wbok.panel import Panel
from wbok.store.dispatch import Dispatch

MOMENT = "%Y-%m-%d %H:%M"
NEEDS_DECISION = (Delivery.UNKNOWN, Delivery.GIVEN_UP)


@click.group()
def outbox() -> None:
    """E-mail that leaves the panel: list, send, retry; refuse-offers for a customer who asks the office."""


@outbox.command("list")
@click.option(
    "--status",
    multiple=True,
    type=click.Choice([one.value for one in Delivery]),
    help="Only these; else what waits and what the office must know.",
)
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)
@click.pass_obj
def list_entries(context: Context, status: tuple[str, ...], limit: int) -> None:
    """List e-mail, what changed last first, then how much of each status there is."""
    panel, zone = context.panel, context.settings.zone
    usual = (Delivery.WAITING, Delivery.CLAIMED, Delivery.SENDING, *NEEDS_DECISION, Delivery.NO_ADDRESS)
    statuses = tuple(map(Delivery, status)) or usual
    for one in panel.outbox.entries(statuses=statuses, limit=limit):
        again = f", again {one.due_at.astimezone(zone):{MOMENT}}" if one.due_at else ""
        state = f"{one.status}{again}"
        changed = f"{one.changed_at.astimezone(zone):{MOMENT}}"
        whom = f"{one.recipient.to} {one.recipient.name}"
        click.echo("\t".join((str(one.id), changed, state, one.topic, whom, one.title, one.reason)).rstrip())
    counts = panel.outbox.counts()
    click.echo(
        ", ".join(f"{counts[one]} {one}" for one in Delivery if one in counts) or "The outbox is empty."
    )


@outbox.command()
@click.pass_obj
def send(context: Context) -> None:
    """Send what is due; for a timer. Several may run at once."""
    panel = context.panel
    if not panel.outbox.is_open:
        raise click.ClickException("no mail server is configured: set mail.host and mail.sender.")
    report = open_sending(panel)()
    told = ", ".join(f"{report.ended[one]} {one}" for one in Delivery if report.ended[one])
    click.echo(told or "Nothing was due.")
    if report.trouble is not None:
        raise click.ClickException(f"{report.trouble}. What was not sent waits; nothing is lost.")


@outbox.command()
@click.argument("ids", nargs=-1, type=click.IntRange(1, 2**31 - 1))
@click.option("--given-up", is_flag=True, help="All that were given up.")
@click.pass_obj
def retry(context: Context, ids: tuple[int, ...], given_up: bool) -> None:
    """Send e-mail ID once more that was given up, is unknown or had no address. An unknown one may arrive twice."""
    panel = context.panel
    if bool(ids) == given_up:
        raise click.UsageError("which? Give ID, or --given-up.")
    for entry in ids or panel.outbox.given_up():
        try:
            before = panel.outbox.retry(entry)
        except NotFound:
            words = f"{entry} is none that was given up, is unknown or had no address. See: wbok outbox list"
            raise click.ClickException(words) from None
        panel.audit.record("email_retried", actor=office_actor(), details=f"{entry}, {before}")
        click.echo(f"{entry} was {before} and will be sent again.")


@outbox.command("refuse-offers")
@click.argument("customer")
@click.option("--reason", required=True, help="How he said it: it goes to the audit.")
@click.pass_obj
def refuse_offers(context: Context, customer: str, reason: str) -> None:
    """Send no offers by e-mail any more to CUSTOMER (his key in the billing, as the letter says it)."""
    panel = context.panel
    if not panel.email_choices.refuse_offers(customer):
        raise click.ClickException(f"{customer} gets no offers by e-mail; nothing was changed.")
    panel.audit.record("offers_refused", actor=office_actor(), customer_id=customer, details=reason)
    click.echo(f"{customer} gets no offers by e-mail any more.")


def open_sending(panel: Panel) -> Sending:
    dispatch = Dispatch(panel.store, panel.outbox, clock=panel.clock)
    opt_out = OptOut(panel.settings.keys.session.encode())
    writing = LetterWriting(panel.settings, opt_out, clock=panel.clock)
    return Sending(dispatch, writing, panel.billing, panel.settings, clock=panel.clock)
