"""Polish first, English complete. The customer's choice lives in a cookie; the browser's wish does not count,
because a customer who borrows a foreign computer still expects the page that he knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from pathlib import Path
from urllib.parse import quote, urlencode

from babel.support import Translations
from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from markupsafe import Markup

from wbok.web.current import panel

LANGUAGES = {"pl": "Polski", "en": "English"}
COOKIE = "wbok_language"
YEAR_SECONDS = 365 * 24 * 3600


_language: ContextVar[str] = ContextVar("wbok_language", default="pl")


def language() -> str:
    """The language of this request: `pl` or `en`."""
    return _language.get()


def install(app: Flask) -> None:
    with app.app_context():
        tabs = panel().plugins.tabs
    folders = [Path(__file__).parent / "translations", *(tab.folder / "translations" for tab in tabs)]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(str(f) for f in folders if f.is_dir())
    Babel(app, locale_selector=language)
    app.before_request_funcs.setdefault(None, []).insert(0, _choose)
    app.before_request(_switch)
    texts = {code: Texts(code, folders) for code in LANGUAGES}
    app.jinja_env.globals.update(
        _=lambda text, **values: texts[_language.get()].say(text, values),
        gettext=lambda text, **values: texts[_language.get()].say(text, values),
        ngettext=lambda one, many, num: texts[_language.get()].count(one, many, num),
        language=language,
        other_language=_other,
        language_link=_link,
        where_numbers=_where_numbers,
    )


class Texts:
    """The texts of one language, ready for templates: a page asks for a hundred, flask-babel looks each up anew."""

    def __init__(self, code: str, folders: Iterable[Path]) -> None:
        found = [Translations.load(folder, [code]) for folder in folders]
        catalogs = [one for one in found if isinstance(one, Translations)]
        # The first one brings the rule of plurals; an empty one would count as English does.
        self._catalog = catalogs[0] if catalogs else Translations()
        for other in catalogs[1:]:
            self._catalog.merge(other)
        self._ready: dict[str, Markup] = {}

    def say(self, text: str, values: Mapping[str, object]) -> Markup:
        found = self._ready.get(text)
        if found is None:
            found = self._ready[text] = Markup(self._catalog.ugettext(text))  # noqa: S704 (our own texts)
        return found % values if values else found

    def count(self, one: str, many: str, num: int) -> Markup:
        return Markup(self._catalog.ungettext(one, many, num)) % {"num": num}  # noqa: S704 (our own texts)


def _choose() -> None:
    chosen = request.cookies.get(COOKIE)
    _language.set(chosen if chosen in LANGUAGES else panel().settings.panel.language)


def _other() -> tuple[str, str]:
    """Code and name of the language that one can switch to."""
    return next((code, name) for code, name in LANGUAGES.items() if code != language())


def _link(code: str) -> str:
    """This page in that language; after a form was sent, the page on which the form stands; else the manual."""
    if request.url_rule is None:
        return f"{url_for('pages.help')}?lang={code}"
    kept = (
        [(k, v) for k, v in request.args.items(multi=True) if k != "lang"] if request.method == "GET" else []
    )
    return "?" + urlencode([*kept, ("lang", code)])


def _where_numbers() -> str:
    return panel().settings.access.where_numbers.in_language(language())


def _switch() -> ResponseReturnValue | None:
    chosen = request.args.get("lang")
    # Only on a page of ours: a path that nobody matched may read as another host's address.
    if request.method != "GET" or chosen not in LANGUAGES or request.url_rule is None:
        return None
    rest = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    here = quote(request.path, safe="/~-_.") + (f"?{urlencode(rest)}" if rest else "")
    response = redirect(here, code=303)
    response.set_cookie(
        COOKIE,
        chosen,
        max_age=YEAR_SECONDS,
        secure=panel().settings.web.https,
        httponly=True,
        samesite="Lax",
    )
    return response
