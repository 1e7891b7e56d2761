"""Files: our own under `/static/`, the provider's brand under `/brand/`. Addresses carry a version."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from flask import Flask, Response, send_from_directory

from wbok.errors import NotFound
from wbok.web.current import panel

YEAR_SECONDS = 365 * 24 * 3600
BRAND_FILES = frozenset({".css", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".woff2"})
"""Nothing else is served: the folder may hold more than somebody thinks."""
STATIC = Path(str(resources.files("wbok.web") / "static"))


def install(app: Flask) -> None:
    app.add_url_rule("/static/<path:filename>", "static", _static)
    app.jinja_env.globals["asset"] = {path.name: _address("static", path) for path in STATIC.iterdir()}
    with app.app_context():
        brand = panel().settings.panel.brand_dir
    app.jinja_env.globals["brand_css"] = None
    if brand is not None:
        app.add_url_rule("/brand/<path:filename>", "brand", _brand)
        if (brand / "brand.css").is_file():
            app.jinja_env.globals["brand_css"] = _address("brand", brand / "brand.css")


def _static(filename: str) -> Response:
    return send_from_directory(STATIC, filename, max_age=YEAR_SECONDS)


def _brand(filename: str) -> Response:
    if Path(filename).suffix.lower() not in BRAND_FILES:
        raise NotFound("not a file of the brand")
    brand = panel().settings.panel.brand_dir or STATIC
    return send_from_directory(brand.absolute(), filename, max_age=YEAR_SECONDS)


def _address(folder: str, path: Path) -> str:
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return f"/{folder}/{path.name}?v={version}"
