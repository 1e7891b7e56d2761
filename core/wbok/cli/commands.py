"""The commands of the core. Each reads the configuration that `--config` or WBOK_CONFIG names."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from wbok.api_version import API_VERSION
from wbok.billing import LoginField, digits_login
from wbok.cli.check import check
from wbok.cli.demo import serve_demo
from wbok.cli.imports import import_files
from wbok.cli.installation import write_installation
from wbok.cli.new import new
from wbok.cli.outbox import outbox
from wbok.cli.tabs import WithTabs, context_of
from wbok.errors import BillingError, NotFound
from wbok.office import Context, office_actor
from wbok.panel import Panel
from wbok.plugins import installed
from wbok.store import Store
from wbok.store.guard import GuardState, Subject, customer_subject

MOMENT = "%Y-%m-%d %H:%M"


@click.group(cls=WithTabs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="WBOK_CONFIG",
    is_eager=True,  # so that --help behind it can list the commands of the tabs
    help="The file wbok.toml; also by the environment variable WBOK_CONFIG.",
)
@click.version_option(package_name="wbok", message=f"%(prog)s %(version)s (wbok.api {API_VERSION})")
@click.pass_context
def wbok(context: click.Context, config: Path | None) -> None:
    """WBOK, the customer panel of an internet provider."""
    context_of(context)


wbok.add_command(check)
wbok.add_command(import_files)
wbok.add_command(outbox)
wbok.add_command(new)


@wbok.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def demo(port: int) -> None:
    """Serve the panel on made-up data at 127.0.0.1, from a fresh start."""
    serve_demo(port)


@wbok.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Write a configuration, keys and an empty store into FOLDER."""
    config = write_installation(folder)
    click.echo(f"Written: {config}")
    click.echo("Next:")
    click.echo("  1. Set [office], [access] and [billing] in it; every setting is explained there.")
    click.echo(f"  2. wbok --config {config} check")
    click.echo(f"  3. wbok --config {config} run")


@wbok.command()
@click.pass_obj
def run(context: Context) -> None:
    """Serve the panel (gunicorn)."""
    from wbok.cli.server import serve

    if not context.settings.access.networks:
        click.echo(
            "wbok: access.networks is not set; loopback, private, shared (CGNAT) and unique-local "
            "addresses are let in. Set it to the networks of your customers.",
            err=True,
        )
    if context.settings.web.https:
        click.echo(
            "wbok: web.https is on, so nobody can log in over plain http. Without nginx in front, to try it: "
            "WBOK_WEB__HTTPS=false wbok run",
            err=True,
        )
    click.echo(f"wbok: listens at {context.settings.web.bind}", err=True)
    serve(context.panel)


@wbok.command()
@click.pass_obj
def tabs(context: Context) -> None:
    """Say which tabs are on, in their order, and why the rest is off."""
    plugins = context.panel.plugins
    for tab in plugins.tabs:
        click.echo(f"on   {tab.name}")
    for name, reason in plugins.off.items():
        click.echo(f"off  {name}: {reason}")
    for name in installed():
        if name not in context.settings.panel.tabs:
            click.echo(f"off  {name}: panel.tabs does not list it")


@wbok.command()
@click.pass_obj
def locked(context: Context) -> None:
    """List who is locked, latest first."""
    states = context.panel.guard.locked()
    for state in states:
        when = state.locked_at.astimezone(context.settings.zone) if state.locked_at else None
        who = state.subject.customer_id or f"(nobody's login, {state.subject.hash[:16]})"
        click.echo(f"{who}\t{when:{MOMENT}}" if when else who)
    if not states:
        click.echo("Nobody is locked.")


@wbok.command()
@click.argument("customer")
@click.option("--reason", required=True, help="Why: it goes to the audit.")
@click.pass_obj
def unlock(context: Context, customer: str, reason: str) -> None:
    """Unlock CUSTOMER (ID Klienta) and set the wrong tries back."""
    panel = context.panel
    subject = _subject(panel, customer)
    before = panel.guard.unlock(subject)
    if before is None or (before.locked_at is None and not before.wrong and not before.pending):
        raise click.ClickException(f"{customer} is not locked and has no wrong tries.")
    panel.audit.record("unlocked", actor=office_actor(), customer_id=subject.customer_id, details=reason)
    if before.locked_at is None:
        click.echo(f"{customer} was not locked; {before.wrong} wrong tries are set back.")
    else:
        click.echo(f"{customer} is unlocked.")


@wbok.command()
@click.argument("customer")
@click.pass_obj
def customer(context: Context, customer: str) -> None:
    """Show locks, sessions, tickets and the latest entries of the audit of CUSTOMER (ID Klienta)."""
    panel, zone = context.panel, context.settings.zone
    subject = _subject(panel, customer)
    if subject.customer_id is None:
        raise click.ClickException(f"the billing knows no customer with ID Klienta {customer}.")
    click.echo(f"ID Klienta\t{subject.customer_id}")
    click.echo(f"Access\t{_access(panel.guard.state(subject), zone)}")
    for session in panel.sessions.of(subject.customer_id):
        start, seen = session.created_at.astimezone(zone), session.seen_at.astimezone(zone)
        click.echo(f"Session\tsince {start:{MOMENT}}, seen {seen:{MOMENT}}, from {session.address}")
    for ticket in panel.desk.customer.of(subject.customer_id, limit=20):
        changed = ticket.changed_at.astimezone(zone)
        click.echo(f"Ticket\t{ticket.number}\t{ticket.status}\t{changed:{MOMENT}}\t{ticket.title}")
    for entry in panel.audit.of(subject.customer_id):
        at = entry.at.astimezone(zone)
        click.echo(f"{at:{MOMENT}}\t{entry.action}\t{entry.actor}\t{entry.address or ''}\t{entry.details}")


@wbok.group()
def db() -> None:
    """The panel's own store."""


@db.command()
@click.pass_obj
def upgrade(context: Context) -> None:
    """Bring the store's tables to what this version needs."""
    Store(context.settings.store.url).upgrade()
    click.echo("The store is up to date.")


def _subject(panel: Panel, typed: str) -> Subject:
    """On whom tries are counted. Without the billing, what was typed is taken for the customer's key."""
    try:
        subjects = _subjects(panel, typed)
    except NotFound:
        subjects = ()
    except BillingError:
        click.echo("wbok: the billing does not answer; ID Klienta is taken for the customer's key.", err=True)
        return customer_subject(_key(panel, typed))
    if not subjects:
        raise click.ClickException(f"{typed} cannot be an ID Klienta.")
    if len(subjects) > 1:
        named = ", ".join(str(subject.customer_id) for subject in subjects)
        raise click.ClickException(f"{typed} is the login of several customers. Name one of them: {named}.")
    return subjects[0]


def _subjects(panel: Panel, typed: str) -> tuple[Subject, ...]:
    """By the login; a customer may be named by his key where that says more: it is what `wbok locked` lists."""
    found = panel.login.resolve(typed)
    is_one = len(found) == 1 and found[0].customer_id is not None
    if is_one and panel.login.kind.field is LoginField.CUSTOMER_ID:
        return found
    try:
        return (customer_subject(panel.billing.customers.customer(typed).id),)
    except NotFound:
        return found


def _key(panel: Panel, typed: str) -> str:
    try:
        return panel.billing.customers.login_kind(typed) or typed
    except BillingError:
        return digits_login(typed) or typed


def _access(state: GuardState | None, zone: ZoneInfo) -> str:
    if state is None:
        return "never failed"
    if state.locked_at is not None:
        return f"locked since {state.locked_at.astimezone(zone):{MOMENT}}"
    return f"open, {state.wrong} wrong tries"
