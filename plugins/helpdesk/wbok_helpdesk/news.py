"""What is new at the desk for the customer of this request: read with his session, so it costs no statement."""

from __future__ import annotations

from flask import g, url_for
from flask_babel import gettext as _

from wbok.api import Banner, CurrentTicket, Link, TicketStatus, signals

MOST_BANNERS = 3


def note_opened(number: str) -> None:
    """This very page shows the ticket: it is no news on it any more."""
    g.helpdesk_opened = number


def unread() -> tuple[CurrentTicket, ...]:
    """With an answer or a solution that he has not opened."""
    opened = g.get("helpdesk_opened")
    return tuple(one for one in signals().tickets if one.is_unread and one.number != opened)


def solved_banners() -> tuple[Banner, ...]:
    solved = [one for one in unread() if one.status is TicketStatus.SOLVED]
    return tuple(_solved(one) for one in solved[:MOST_BANNERS])


def _solved(ticket: CurrentTicket) -> Banner:
    return Banner(
        title=_("Ticket %(number)s is solved", number=ticket.number),
        text=ticket.title,
        tone="ok",
        link=Link(url_for("helpdesk.thread", number=ticket.number), _("Show what was done")),
    )
