"""Packages of free minutes: rules of a phone tariff, and how much of each an account has left.

LMS writes a state when a package is first used; an account without one still has all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, and_, cast, func, literal, or_, select

from wbok.adapters.lms.php import Unreadable, unserialized
from wbok.adapters.lms.services import all_suspended
from wbok.adapters.lms.site import Element, Site, filled, plus
from wbok.adapters.lms.tables.phone import (
    voip_number_assignments,
    voip_numbers,
    voip_prefix_groups,
    voip_rule_groups,
    voip_rule_states,
    voip_rules,
    voipaccounts,
)
from wbok.adapters.lms.tables.tariffs import assignments, tariffs
from wbok.adapters.sql.source import LeaveOut, Source

TELEPHONE = 4
MOST = 10**9
"""Units of a package, and seconds of a unit: more is a fault."""


def allowances(site: Site) -> Source:
    """One for each account and rule, in seconds, of tariffs that are in force today."""
    a, rule, state = voipaccounts.c, voip_rules.c, voip_rule_states.c
    named, group = voip_rule_groups.c, voip_prefix_groups.c
    settings = func.coalesce(rule.settings, "")
    left = func.coalesce(cast(state.units_left, String(12)), "")
    query = (
        select(
            plus(a.id, "-", rule.id).label("id"),
            a.ownerid.label("customer_id"),
            func.coalesce(filled(named.name), filled(group.name)).label("name"),
            literal("seconds", String()).label("unit"),
            settings.label("total"),
            func.concat(left, "|", settings).label("used"),
            group.name.label("purpose"),
        )
        .select_from(
            voipaccounts.join(voip_rules, rule.rule_group_id.in_(_rule_groups(site)))
            .outerjoin(voip_rule_groups, named.id == rule.rule_group_id)
            .outerjoin(voip_prefix_groups, group.id == rule.prefix_group_id)
            .outerjoin(voip_rule_states, and_(state.voip_account_id == a.id, state.rule_id == rule.id))
        )
        .where(a.ownerid.is_not(None))
    )
    return site.source("allowances", query, {"id": "text"}, {"total": total_seconds, "used": used_seconds})


def _rule_groups(site: Site) -> Any:
    """Of the tariffs that the account's numbers have today."""
    a, n, link = voipaccounts.c, voip_numbers.c, voip_number_assignments.c
    s, t = assignments.c, tariffs.c
    return (
        select(t.voip_tariff_rule_id)
        .select_from(
            voip_numbers.join(voip_number_assignments, link.number_id == n.id)
            .join(assignments, s.id == link.assignment_id)
            .join(tariffs, t.id == s.tariffid)
        )
        .where(
            n.voip_account_id == a.id,
            s.customerid == a.ownerid,
            t.type == TELEPHONE,
            t.voip_tariff_rule_id.is_not(None),
            s.commited == 1,
            s.suspended == 0,
            is_in_force(site.now),
            ~all_suspended(site, s.customerid),
        )
        .correlate(voipaccounts)
    )


def is_in_force(moment: Element) -> Element:
    """Whether an assignment is of that moment."""
    s = assignments.c
    return and_(s.datefrom <= moment, or_(s.dateto == 0, s.dateto >= moment))


def total_seconds(settings: str | None) -> int:
    """How much the package has. Raises LeaveOut."""
    units, size = _package(settings)
    return units * size


def used_seconds(composed: str) -> int:
    """Of `left|settings`; nothing before the bar when nothing was used yet. Raises LeaveOut."""
    left, _bar, settings = composed.partition("|")
    units, size = _package(settings)
    return max(units - int(left or units), 0) * size


def _package(settings: str | None) -> tuple[int, int]:
    """Units, and seconds of one. Raises LeaveOut."""
    try:
        found = unserialized(settings or "")
    except Unreadable as error:
        raise LeaveOut(f"its settings cannot be read: {error}") from error
    if not isinstance(found, Mapping):
        raise LeaveOut("its settings are no array")
    return _amount(found, "units"), _amount(found, "unit_size")


def _amount(settings: Mapping[Any, Any], name: str) -> int:
    """LMS keeps what was typed into a form, so that it may be a text."""
    try:
        amount = int(settings.get(name, 0))
    except (TypeError, ValueError, ArithmeticError):
        amount = 0
    if not 0 < amount <= MOST:
        raise LeaveOut(f"its settings have no {name}")
    return amount
