"""Mounts the blueprints of the tabs."""

from __future__ import annotations

from flask import Blueprint, Flask

from wbok.errors import ConfigError
from wbok.web.current import panel
from wbok.web.ids import IdConverter


def install(app: Flask) -> None:
    app.url_map.converters["id"] = IdConverter
    with app.app_context():
        this = panel()
    for tab in this.plugins.tabs:
        blueprint = tab.call("wbok_blueprint", panel=this)
        if not isinstance(blueprint, Blueprint) or blueprint.name != tab.name:
            raise ConfigError(f'tab {tab.name}: wbok_blueprint must give a Blueprint named "{tab.name}".')
        app.register_blueprint(blueprint, url_prefix=f"/{tab.name}")
