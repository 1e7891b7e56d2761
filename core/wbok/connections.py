"""The billing that the configuration names: one adapter, and others for capabilities that come from elsewhere.

[billing]
adapter = "sql"

[billing.finance]
adapter = "accounting"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, fields, replace
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from wbok.access.pins import PinCheck
from wbok.access.seal import Sealer
from wbok.api_version import check_api_version
from wbok.billing import SEPARABLE, TOGETHER, AdapterContext, Billing
from wbok.billing.check import BillingCheck, Checked
from wbok.domain.clock import Clock, system_clock
from wbok.errors import ConfigError
from wbok.settings import Settings

GROUP = "wbok.adapters"
OUR_FIELDS = frozenset(field.name for field in fields(Billing))
Reading = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Part:
    """What one adapter is told: its section of the configuration, without its own name."""

    adapter: object
    config: Mapping[str, Any]
    context: AdapterContext


def connect_billing(settings: Settings, pins: PinCheck, *, clock: Clock = system_clock) -> Billing:
    """Connects nothing yet. Raises ConfigError."""
    whole, *elsewhere = billing_parts(settings, pins, clock=clock)
    billing = _connect(whole)
    for part in elsewhere:
        other, only = _connect(part), str(part.context.only)
        if not other.has(only):
            raise ConfigError(f"{part.context.section}: what is configured there has no {only}.")
        billing = with_capability(billing, other, only)
    return billing


def billing_parts(settings: Settings, pins: PinCheck, *, clock: Clock = system_clock) -> tuple[Part, ...]:
    """`[billing]`, and the capabilities that come from elsewhere."""
    config = dict(settings.billing)
    elsewhere = {name: config.pop(name) for name in [*config] if _is_part(name, config[name])}
    context = AdapterContext(
        zone=settings.zone,
        currency=settings.panel.currency,
        hash_pin=pins.hash_pin,
        seal=Sealer(settings.keys.session.encode()),
        clock=clock,
    )
    parts = [_part(config, context)]
    for name, section in elsewhere.items():
        parts.append(_part(section, replace(context, section=f"billing.{name}", only=name)))
    return tuple(parts)


def _part(section: Mapping[str, Any], context: AdapterContext) -> Part:
    config = dict(section)
    return Part(config.pop("adapter", None), config, context)


def adapter_entry(part: Part) -> EntryPoint:
    """Raises ConfigError."""
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    if isinstance(part.adapter, str) and part.adapter in found:
        return found[part.adapter]
    known = ", ".join(sorted(found))
    raise ConfigError(
        f'{part.context.section}.adapter: no installed package has an adapter "{part.adapter}". '
        f"Installed: {known}."
    )


def sql_billing(
    config: Mapping[str, Any], context: AdapterContext, *, relations: Mapping[str, Any]
) -> Billing:
    """What the adapter "sql" makes of `config`: for an adapter that names its relations in Python.

    `config` has the other keys of `[billing]` with `adapter = "sql"`, `relations` what would stand under
    `[billing.relations]`. Connects nothing yet. Raises ConfigError.
    """
    if "relations" in config:
        raise ConfigError(
            f"{context.section}.relations: this adapter names its relations itself. Take the section away, or "
            'set adapter = "sql".'
        )
    return _connect(Part("sql", {**config, "relations": relations}, context))


def _is_part(name: str, section: object) -> bool:
    """A capability from elsewhere; of those that are not ours, every one."""
    return (
        isinstance(section, Mapping)
        and "adapter" in section
        and (name in SEPARABLE or name not in OUR_FIELDS)
    )


def _connect(part: Part) -> Billing:
    """The adapter of one section, by entry point."""
    context, entry = part.context, adapter_entry(part)
    try:
        connect = entry.load()
    except Exception as error:
        raise ConfigError(f"{context.section}.adapter: {entry.name} cannot be imported: {error!r}") from error
    check_api_version(import_module(entry.module), where=f"{context.section}.adapter")
    billing = connect(part.config, context)
    if not isinstance(billing, Billing):
        raise ConfigError(
            f"{context.section}.adapter: found {type(billing).__name__} from connect() of {entry.name}, expected "
            "a Billing of wbok.api."
        )
    return billing


def with_capability(billing: Billing, other: Billing, capability: str) -> Billing:
    """`billing` with one capability of `other`; a page holds both."""
    both = (billing.reading, other.reading)
    checks = tuple(check for check in (billing.check, other.check) if check is not None)
    return replace(
        billing,
        **_taken(billing, other, capability),
        reading=lambda: _each(both),
        check=_AllChecks(checks) if checks else None,
    )


def _taken(billing: Billing, other: Billing, capability: str) -> dict[str, Any]:
    if capability in OUR_FIELDS:
        return {name: getattr(other, name) for name in TOGETHER.get(capability, (capability,))}
    return {"extras": {**billing.extras, capability: other.extras[capability]}}


@contextmanager
def _each(readings: tuple[Reading, ...]) -> Iterator[None]:
    with ExitStack() as stack:
        for reading in readings:
            stack.enter_context(reading())
        yield


@dataclass(frozen=True, slots=True)
class _AllChecks:
    checks: tuple[BillingCheck, ...]

    def __call__(self, *, show_values: bool) -> Iterator[Checked]:
        for check in self.checks:
            yield from check(show_values=show_values)
