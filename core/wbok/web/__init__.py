"""The web side: app factory, guard, login, menu, error pages, templates."""

from wbok.web.app import create_app

__all__ = ["create_app"]
