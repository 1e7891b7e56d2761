"""Files: our own under `/static/`, the provider's brand under `/brand/`. Addresses carry a version."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from flask import Flask, Response, send_from_directory

from wbok.web.current import panel

YEAR_SECONDS = 365 * 24 * 3600
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
    brand = panel().settings.panel.brand_dir or STATIC
    return send_from_directory(brand.absolute(), filename, max_age=YEAR_SECONDS)


def _address(folder: str, path: Path) -> str:
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return f"/{folder}/{path.name}?v={version}"
