"""Outages that the office knows of, as banners on every page of whom they hit: he need not report them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask_babel import gettext as _

from wbok.api import Banner, Outage, Panel, plain_day, plain_moment, signals


def outage_banners(panel: Panel) -> tuple[Banner, ...]:
    """Read with the session, so they cost no statement."""
    return tuple(_banner(panel, outage) for outage in signals().outages)


def _banner(panel: Panel, outage: Outage) -> Banner:
    ends = _(
        "We are working on it; it should work again by %(moment)s. There is no need to report it.",
        moment=_by_when(panel, outage.until),
    )
    return Banner(title=_("Outage that we know of"), text=f"{outage.text} {ends}", tone="warn")


def _by_when(panel: Panel, until: datetime) -> str:
    """The office may have named a day, which counts as a whole."""
    local = until.astimezone(panel.zone)
    if local.time() == time():
        return plain_day(local.date() - timedelta(days=1))
    return plain_moment(until)
