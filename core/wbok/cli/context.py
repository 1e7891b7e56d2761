"""What every command stands on: the configuration, and the panel made of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from wbok.errors import ConfigError
from wbok.panel import Panel, build_panel
from wbok.settings import Settings, load_settings


@dataclass
class Context:
    config: Path | None

    @cached_property
    def settings(self) -> Settings:
        if self.config is None:
            raise ConfigError("which configuration? Give --config FILE or set WBOK_CONFIG.")
        return load_settings(self.config)

    @cached_property
    def panel(self) -> Panel:
        panel = build_panel(self.settings)
        if not panel.store.is_current():
            raise ConfigError("the store has not the tables of this version. Run: wbok db upgrade")
        return panel
