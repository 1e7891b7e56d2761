"""Commands of the adapters that the configuration names: `wbok <adapter> …`.

An adapter offers them by a function `commands(config, context)` beside its `connect`, which gives a click.Group.
"""

from __future__ import annotations

from importlib import import_module

import click

from wbok.access.pins import PinCheck
from wbok.connections import Part, adapter_entry, billing_parts
from wbok.errors import ConfigError
from wbok.settings import Settings


def adapter_commands(settings: Settings) -> dict[str, click.Command]:
    """By the adapter's name; one that stands in several sections has those of the first. Raises ConfigError."""
    found: dict[str, click.Command] = {}
    for part in billing_parts(settings, PinCheck(settings.keys.pin.encode())):
        name = str(part.adapter)
        group = None if name in found else _commands(part)
        if group is not None:
            found[name] = group
    return found


def _commands(part: Part) -> click.Group | None:
    entry, where = adapter_entry(part), f"{part.context.section}.adapter"
    try:
        offered = getattr(import_module(entry.module), "commands", None)
    except Exception as error:
        raise ConfigError(f"{where}: {entry.name} cannot be imported: {error!r}") from error
    if offered is None:
        return None
    group = offered(part.config, part.context)
    if not isinstance(group, click.Group):
        raise ConfigError(f"{where}: commands() of {entry.name} gives no click.Group.")
    return group
