"""What `wbok init` writes: configuration, key files that only the owner may read, and an empty store."""

from __future__ import annotations

import os
import secrets
from importlib import resources
from pathlib import Path

from wbok.errors import ConfigError
from wbok.store import Store

KEYS = ("session", "pin")


def write_installation(folder: Path) -> Path:
    """Returns the path of the configuration. Raises ConfigError rather than write over anything."""
    config = folder / "wbok.toml"
    if config.exists():
        raise ConfigError(f"{config} is already there; nothing was written.")
    text = resources.files("wbok_config").joinpath("wbok.toml").read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    write_keys(folder)
    config.write_text(text.replace("@FOLDER@", str(folder.absolute())), encoding="utf-8")
    Store(f"sqlite:///{folder.absolute() / 'store.sqlite'}").upgrade()
    return config


def write_keys(folder: Path) -> None:
    """`keys/session` and `keys/pin`, 48 random bytes each, readable to the owner alone."""
    keys = folder / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    for name in KEYS:
        descriptor = os.open(keys / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
