"""Every hook of a tab. A tab is a module (or package) that marks its functions with `wbok.api.hookimpl`.

Only `wbok_blueprint` and `wbok_menu` make a tab visible; everything else is optional.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    import click
    from flask import Blueprint
    from pydantic import BaseModel

    from wbok.entries import Banner, Card, Help, MenuEntry
    from wbok.panel import Panel
    from wbok.store.desk.side import DeskPlan

hookspec = pluggy.HookspecMarker("wbok")
hookimpl = pluggy.HookimplMarker("wbok")


@hookspec(firstresult=True)
def wbok_needs() -> tuple[str, ...]:
    """The billing capabilities without which the tab is left out, for example `("finance",)`."""


@hookspec(firstresult=True)
def wbok_settings() -> type[BaseModel]:
    """The model of `[tabs.<name>]`. Without this hook the section must be empty."""


@hookspec(firstresult=True)
def wbok_desk(settings: BaseModel) -> DeskPlan:
    """For a tab that works with tickets: who keeps them, as its own settings say. Asked once, at the start."""


@hookspec(firstresult=True)
def wbok_blueprint(panel: Panel) -> Blueprint:
    """The tab's pages. Its name is the tab's name; it is mounted at `/<name>/`, every route behind the login.

    Asked once for each app. A tab whose settings switch pages off leaves their routes out.
    """


@hookspec(firstresult=True)
def wbok_menu(panel: Panel, customer_id: str) -> tuple[MenuEntry, ...]:
    """The tab's entries in the menu, in the order in which the configuration lists the tabs."""


@hookspec(firstresult=True)
def wbok_cards(panel: Panel, customer_id: str) -> tuple[Card, ...]:
    """What stands on top of the first tab's page. A tab whose cards fail is shown as temporarily unavailable."""


@hookspec(firstresult=True)
def wbok_banners(panel: Panel, customer_id: str) -> tuple[Banner, ...]:
    """What stands on top of every page until it no longer matters. Left out when it fails."""


@hookspec(firstresult=True)
def wbok_help(panel: Panel) -> Help:
    """The tab's part of the customer's manual at `/help`, which everybody may read."""


@hookspec(firstresult=True)
def wbok_commands() -> click.Group:
    """What the office does with the tab at the command line: mounted as `wbok <name> …`."""
