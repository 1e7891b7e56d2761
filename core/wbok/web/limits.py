"""A coarse limit on tries to log in from one address, in front of everything that counts exactly."""

from __future__ import annotations

from typing import cast

from flask import Flask, g
from flask.typing import RouteCallable
from flask_limiter import Limiter
from limits.errors import ConfigurationError

from wbok.errors import ConfigError
from wbok.web.current import panel


def install(app: Flask) -> None:
    with app.app_context():
        access = panel().settings.access
    in_memory = access.rate_store == "memory://"
    try:
        limiter = Limiter(
            lambda: g.client,
            app=app,
            storage_uri=access.rate_store,
            in_memory_fallback_enabled=not in_memory,
            strategy="fixed-window",
        )
    except ConfigurationError as error:
        raise ConfigError(f"access.rate_store: {error}.") from None
    # One limit for both: whoever is logged in has no more tries than who is not.
    limit = limiter.shared_limit(access.login_rate, scope="login")
    for endpoint in ("login.submit", "login.check_pin"):
        app.view_functions[endpoint] = cast(RouteCallable, limit(app.view_functions[endpoint]))
