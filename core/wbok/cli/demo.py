"""`wbok demo`: a made-up provider in a temporary folder, served on this computer alone."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import click

from wbok.cli.installation import write_keys
from wbok.cli.server import serve
from wbok.domain.clock import system_clock
from wbok.panel import build_panel
from wbok.relations import CANONICAL
from wbok.settings import load_settings

UNREAD_SINCE = timedelta(days=60)
"""So that some of the made-up notices are new."""

CONFIG = """
[panel]
name = "Światłonet"

[office]
name = "Światłonet sp. z o.o."
phone = "32 012 34 56"
fault_phone = "32 012 34 00"
hours = {{ pl = "pon.–pt. 8.00–16.00", en = "Mon–Fri 8.00–16.00" }}
address = "ul. Świetlana 7, 43-999 Jasnowice"
email = "biuro@swiatlonet.example"

[web]
bind = "127.0.0.1:{port}"
https = false
workers = 1
threads = 8

[store]
url = {store}

[keys]
session_file = "keys/session"
pin_file = "keys/pin"

[billing]
adapter = "sql"
url = {billing}

[billing.relations]
{relations}
"""


def serve_demo(port: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="wbok-demo-"))
    try:
        config = write_demo(folder, port=port)
        panel = build_panel(load_settings(config))
        serve(panel, when_ready=lambda: _announce(config, port))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_demo(folder: Path, *, port: int) -> Path:
    """Billing, store, keys and configuration of the demo; returns the configuration's path."""
    from wbok_demo import build_billing, fill_desk, send_messages

    write_keys(folder)
    config = folder / "wbok.toml"
    text = CONFIG.format(
        port=port,
        store=json.dumps(f"sqlite:///{folder / 'store.sqlite'}"),
        billing=json.dumps(f"sqlite:///{folder / 'billing.sqlite'}"),
        relations="\n".join(f'{name} = "{name}"' for name in CANONICAL),
    )
    config.write_text(text, encoding="utf-8")
    settings = load_settings(config)
    now = system_clock()
    logins = build_billing(folder / "billing.sqlite", today=now.astimezone(settings.zone).date())
    lines = [f"{login.customer_id}\t{login.pin}\t{login.note}\n" for login in logins]
    (folder / "logins.txt").write_text("".join(lines), encoding="utf-8")
    panel = build_panel(settings)
    panel.store.upgrade()
    panel.visits.begin(now - UNREAD_SINCE)
    (folder / "ticket.txt").write_text(fill_desk(panel.store, now=now), encoding="ascii")
    send_messages(panel, now=now)
    panel.store.engine.dispose()
    return config


def _announce(config: Path, port: int) -> None:
    logins = (config.parent / "logins.txt").read_text(encoding="utf-8")
    ticket = (config.parent / "ticket.txt").read_text(encoding="ascii")
    program = shlex.join([str(Path(sys.argv[0]).absolute()), "--config", str(config)])
    click.echo(logins, nl=False)
    click.echo(f"http://127.0.0.1:{port}/")
    click.echo(f"{program} unlock 10427 --reason demo")
    click.echo(f"{program} helpdesk answer {ticket} 'Dzień dobry, wystarczy telefon do biura.'")
    sys.stdout.flush()
