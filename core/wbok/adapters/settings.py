"""What the settings of every adapter of ours have in common."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from wbok.errors import ConfigError

MAX_TIMEOUT_SECONDS = 60


def refuse_unknown(config: Mapping[str, Any], known: Collection[str], *, adapter: str, where: str) -> None:
    """Raises ConfigError for a setting of the section `where` that the adapter does not know."""
    for name in config:
        if name not in known:
            raise ConfigError(f"{where}.{name}: the adapter {adapter} does not know this setting.")


def timeout_seconds(config: Mapping[str, Any], *, where: str) -> float:
    """For one question to the billing. Raises ConfigError."""
    value = config.get("timeout_seconds", 5)
    try:
        seconds = float(str(value))
    except ValueError:
        seconds = 0
    if not 0 < seconds <= MAX_TIMEOUT_SECONDS:
        raise ConfigError(f"{where}.timeout_seconds: {value} is no time; write seconds, 0.1 to 60.")
    return seconds


def is_on(config: Mapping[str, Any], name: str, *, where: str) -> bool:
    """A switch that is off unless it is set; the environment gives texts. Raises ConfigError."""
    value = config.get(name, False)
    if value not in (True, False, "true", "false"):
        raise ConfigError(f"{where}.{name}: {value} is neither true nor false.")
    return value in (True, "true")
