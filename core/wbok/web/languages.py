"""Polish first, English complete. The customer's choice lives in a cookie; the browser's wish does not count,
because a customer who borrows a foreign computer still expects the page that he knows."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel

from wbok.web.current import panel

LANGUAGES = {"pl": "Polski", "en": "English"}
COOKIE = "wbok_language"
YEAR_SECONDS = 365 * 24 * 3600


def language() -> str:
    """The language of this request: `pl` or `en`."""
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else panel().settings.panel.language


def install(app: Flask) -> None:
    with app.app_context():
        folders = [Path(__file__).parent / "translations"]
        folders += [
            folder for tab in panel().plugins.tabs if (folder := tab.folder / "translations").is_dir()
        ]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(str(folder) for folder in folders)
    Babel(app, locale_selector=language)
    app.before_request(_switch)
    app.jinja_env.globals.update(
        language=language, other_language=_other, language_link=_link, where_numbers=_where_numbers
    )


def _other() -> tuple[str, str]:
    """Code and name of the language that one can switch to."""
    return next((code, name) for code, name in LANGUAGES.items() if code != language())


def _link(code: str) -> str:
    """This page in that language; after a form was sent, the page on which the form stands."""
    kept = (
        [(k, v) for k, v in request.args.items(multi=True) if k != "lang"] if request.method == "GET" else []
    )
    return "?" + urlencode([*kept, ("lang", code)])


def _where_numbers() -> str:
    return panel().settings.access.where_numbers.in_language(language())


def _switch() -> ResponseReturnValue | None:
    chosen = request.args.get("lang")
    if request.method != "GET" or chosen is None or chosen not in LANGUAGES:
        return None
    rest = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    here = request.path + (f"?{urlencode(rest)}" if rest else "")
    # A path that begins with two slashes would be another host's address.
    response = redirect("/" + here.lstrip("/"), code=303)
    response.set_cookie(
        COOKIE,
        chosen,
        max_age=YEAR_SECONDS,
        secure=panel().settings.web.https,
        httponly=True,
        samesite="Lax",
    )
    return response
