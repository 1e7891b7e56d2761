"""Whom of its staff LMS would tell by e-mail of what a customer writes; it does not when another program writes."""

from __future__ import annotations

from sqlalchemy import select

from wbok.adapters.lms.desk_reading import ticket_key
from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.lms.site import has_bits
from wbok.adapters.lms.tables.tickets import rtrights, rttickets, users
from wbok.adapters.sql.database import Database

E_MAIL_NOTICE = 32
BY_E_MAIL = 1


class LmsStaff:
    """Who has the right "e-mail notice" on the ticket's queue, may log in, and takes notices by e-mail."""

    def __init__(self, database: Database, settings: LmsSettings) -> None:
        self._database = database
        self._settings = settings

    def __call__(self, number: str) -> tuple[str, ...]:
        """Nobody when LMS tells nobody (rt.new_ticket_notify). Raises NotFound, Unavailable."""
        place = ticket_key(number)
        if not self._settings.is_on("rt.new_ticket_notify"):
            return ()
        u, r, t = users.c, rtrights.c, rttickets.c
        told = (
            select(u.email)
            .select_from(
                rttickets.join(rtrights, r.queueid == t.queueid).join(users, u.id == r.userid),
            )
            .where(
                t.id == place,
                has_bits(r.rights, E_MAIL_NOTICE),
                has_bits(u.ntype, BY_E_MAIL),
                u.deleted == 0,
                u.access == 1,
            )
            .order_by(u.id)
        )
        found = (email for (email,) in self._database.rows(told, {}))
        return tuple(one.strip() for email in found for one in email.split(",") if one.strip())
