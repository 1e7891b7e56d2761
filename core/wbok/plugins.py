"""The tabs of one panel: which are on, in what order, and why the rest is off.

The configuration is allow-list and order. Nothing else is ever imported, and whatever is wrong with a listed
tab stops the start with a message.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy
from pydantic import BaseModel, ConfigDict

from wbok import hookspecs
from wbok.api_version import check_api_version
from wbok.billing import Billing
from wbok.errors import ConfigError
from wbok.settings import check_tab_settings

log = logging.getLogger(__name__)

GROUP = "wbok.plugins"
RESERVED = frozenset(
    {
        "login",
        "logout",
        "help",
        "static",
        "healthz",
        "readyz",
        "metrics",
        "office",
        "brand",
        "wbok",
        "unsubscribe",
    }
    | {
        "demo",
        "init",
        "new",
        "run",
        "check",
        "import",
        "tabs",
        "locked",
        "unlock",
        "customer",
        "db",
        "outbox",
    }
)
"""First parts of the core's addresses, and the core's commands."""


class NoSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab that is on. `hooks` calls its implementations alone; `folder` is where its package lies."""

    name: str
    hooks: Mapping[str, Callable[..., Any]]
    settings: BaseModel
    folder: Path

    def call(self, hook: str, **arguments: object) -> Any:
        """The hook's answer, None when the tab does not have it."""
        return self.hooks[hook](**arguments)


@dataclass(frozen=True, slots=True)
class Plugins:
    tabs: tuple[Tab, ...]
    off: Mapping[str, str] = field(default_factory=dict)
    """Listed tabs that are left out, with the reason."""
    manager: pluggy.PluginManager | None = None
    """Through which all hooks are called."""

    def tab(self, name: str) -> Tab:
        """Raises KeyError."""
        return {tab.name: tab for tab in self.tabs}[name]


def load_plugins(
    names: Iterable[str],
    *,
    billing: Billing,
    settings: Mapping[str, Mapping[str, Any]],
    available: Iterable[EntryPoint] | None = None,
) -> Plugins:
    """Raises ConfigError."""
    names = tuple(names)
    found = entry_points(group=GROUP) if available is None else tuple(available)
    _check_names(names, found, settings)
    manager = pluggy.PluginManager("wbok")
    manager.add_hookspecs(hookspecs)
    tabs: list[Tab] = []
    off: dict[str, str] = {}
    for name in names:
        entry = next(e for e in found if e.name == name)
        _register(manager, name, entry)
    for name in names:
        tab = _tab(manager, name, names, settings.get(name, {}))
        missing = [need for need in tab.call("wbok_needs") or () if not billing.has(need)]
        if missing:
            off[name] = f"the billing has no {', '.join(missing)}"
        else:
            tabs.append(tab)
    if not tabs:
        raise ConfigError("panel.tabs: no tab is left, so there is nothing to show. " + _reasons(off))
    return Plugins(tuple(tabs), off, manager)


def installed() -> tuple[str, ...]:
    """The names of all tabs that are installed, on or off."""
    return tuple(sorted({entry.name for entry in entry_points(group=GROUP)}))


def _check_names(names: tuple[str, ...], found: Iterable[EntryPoint], settings: Mapping[str, Any]) -> None:
    offered = [entry.name for entry in found]
    for name in names:
        if name in RESERVED or not name.isidentifier() or not name.isascii():
            raise ConfigError(f'panel.tabs: "{name}" cannot be the name of a tab; it is reserved or no name.')
        if names.count(name) > 1:
            raise ConfigError(f'panel.tabs: "{name}" stands there twice.')
        if name not in offered:
            known = ", ".join(sorted(set(offered))) or "none"
            raise ConfigError(f'panel.tabs: no installed package has a tab "{name}". Installed: {known}.')
        if offered.count(name) > 1:
            raise ConfigError(f'panel.tabs: two installed packages have a tab "{name}". Remove one of them.')
    for name in settings:
        if name not in names:
            raise ConfigError(
                f"tabs.{name}: there are settings for it, but panel.tabs does not list it. Add it there, or "
                "take the section away."
            )


def _register(manager: pluggy.PluginManager, name: str, entry: EntryPoint) -> None:
    try:
        module = entry.load()
    except Exception as error:
        raise ConfigError(f"tab {name}: {entry.value} cannot be imported: {error!r}") from error
    check_api_version(module, where=f"tab {name}")
    _check_hooks(name, module)
    try:
        manager.register(module, name)
        manager.check_pending()
    except (pluggy.PluginValidationError, ValueError) as error:
        raise ConfigError(f"tab {name}: {error}") from None


def _check_hooks(name: str, module: ModuleType) -> None:
    """pluggy overlooks a function that is misspelled or not marked; its author would wonder for long."""
    known = {hook for hook in vars(hookspecs) if hook.startswith("wbok_")}
    given = {attribute for attribute in dir(module) if attribute.startswith("wbok_")}
    for hook in sorted(given):
        function = getattr(module, hook)
        if callable(function) and hook not in known:
            raise ConfigError(f"tab {name}: there is no hook {hook}. There are: {', '.join(sorted(known))}.")
        if callable(function) and not hasattr(function, "wbok_impl"):
            raise ConfigError(f"tab {name}: {hook} is not marked with hookimpl.")
    if "wbok_blueprint" not in given:
        raise ConfigError(f"tab {name}: {module.__name__} has no wbok_blueprint.")


def _tab(
    manager: pluggy.PluginManager, name: str, names: tuple[str, ...], settings: Mapping[str, Any]
) -> Tab:
    others = [manager.get_plugin(other) for other in names if other != name]
    hooks = {
        hook: manager.subset_hook_caller(hook, others) for hook in vars(hookspecs) if hook.startswith("wbok_")
    }
    model = hooks["wbok_settings"]() or NoSettings
    folder = Path(manager.get_plugin(name).__file__).parent  # type: ignore[union-attr]
    return Tab(name, hooks, check_tab_settings(model, settings, tab=name), folder)


def _reasons(off: Mapping[str, str]) -> str:
    return " ".join(f"{name}: {reason}." for name, reason in off.items())
