"""gunicorn with our settings. Each worker builds its own panel: no connection is shared across a fork."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from wbok.panel import Panel, build_panel
from wbok.settings import Settings
from wbok.web import create_app


class Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings, *, when_ready: Callable[[], None]) -> None:
        self._settings = settings
        self._when_ready = when_ready
        super().__init__()

    def load_config(self) -> None:
        web = self._settings.web
        options: dict[str, Any] = {
            "bind": [web.bind],
            "workers": web.workers,
            "threads": web.threads,
            "worker_class": "gthread",
            "proc_name": "wbok",
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            # Whose forwarding counts is decided by our guard alone.
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
            "when_ready": lambda _server: self._when_ready(),
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(build_panel(self._settings))


def serve(panel: Panel, *, when_ready: Callable[[], None] = lambda: None) -> None:
    """Serves until it is told to stop. `panel` was built to see every fault before the first worker starts."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    create_app(panel)
    panel.store.engine.dispose()
    Server(panel.settings, when_ready=when_ready).run()
