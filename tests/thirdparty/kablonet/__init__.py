"""The adapter: Kablonet's REST interface behind WBOK.

[billing]
adapter = "kablonet"
url = "http://127.0.0.1:8080"
token_file = "keys/kablonet"
timeout_seconds = 3
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from kablonet.client import Client
from kablonet.customers import KablonetCustomers
from kablonet.finance import KablonetFinance
from kablonet.traffic import Traffic
from wbok.api import AdapterContext, Billing, ConfigError

WBOK_API = "1.0"
SETTINGS = {"url", "token", "timeout_seconds"}


def connect(config: Mapping[str, Any], context: AdapterContext) -> Billing:
    """Asks nothing yet. Raises ConfigError."""
    client = _client(config, context)
    return Billing(
        customers=KablonetCustomers(client),
        finance=KablonetFinance(client, context.seal),
        currency=context.currency,
        extras={"data_usage": Traffic(client)},
    )


def commands(config: Mapping[str, Any], context: AdapterContext) -> click.Group:
    """`wbok kablonet …`"""

    @click.group()
    def kablonet() -> None:
        """The billing Kablonet."""

    @kablonet.command()
    def ping() -> None:
        """Ask whether Kablonet answers."""
        click.echo(
            f"Kablonet answers; its version is {_client(config, context).get('/v1/version')['version']}."
        )

    return kablonet


def _client(config: Mapping[str, Any], context: AdapterContext) -> Client:
    where, unknown = context.section, set(config) - SETTINGS
    if unknown:
        raise ConfigError(
            f"{where}: there is no setting {', '.join(sorted(unknown))}. There are: url, token, "
            "timeout_seconds."
        )
    url, token, seconds = config.get("url"), config.get("token"), config.get("timeout_seconds", 3)
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise ConfigError(f'{where}.url: found {url!r}, expected an address like "https://kablonet.example".')
    if not isinstance(token, str) or not token:
        raise ConfigError(f'{where}.token is missing. Write it into a file: token_file = "keys/kablonet".')
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= 60:
        raise ConfigError(f"{where}.timeout_seconds: found {seconds!r}, expected a number up to 60.")
    return Client(url.rstrip("/"), token=token, seconds=seconds)
