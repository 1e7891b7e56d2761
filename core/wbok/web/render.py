"""How a tab makes a page of a template."""

from __future__ import annotations

from typing import Any

from flask import render_template
from markupsafe import Markup

from wbok.web.frame import frame


def render(template: str, **context: Any) -> str:
    """A whole page: the tab's template within the panel's layout, with menu, banners and cards."""
    return render_template(template, frame=frame(), **context)


def render_part(template: str, **context: Any) -> Markup:
    """A piece of a page, for cards and the help: without layout."""
    return Markup(render_template(template, **context))  # noqa: S704 (a template's output is escaped)
