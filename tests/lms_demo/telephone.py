"""Telephone accounts and numbers, calls, packages of free minutes."""

from __future__ import annotations

import re

from bench.lms.telephone import settings_of
from lms_demo.people import ASSIGNMENTS_FROM, is_telephone, rules_of
from lms_demo.provider import Provider, Row, epoch_of
from wbok.adapters.lms.tables import phone

GROUPS = {"Rozmowy krajowe": 1, "Rozmowy do krajów UE": 2}
"""What a package is for; of messages LMS counts none."""
KINDS = {"voice": 0, "sms": 1, "mms": 2, "data": 3, "video": 4}
INCOMING, OUTGOING = 1, 2
ANSWERED, NOBODY_THERE = 2, 3
NATIONAL = 9
RULES_IN_GROUP = 10


def write(provider: Provider) -> None:
    for name, number in GROUPS.items():
        provider.add(phone.voip_prefix_groups, id=number, name=name)
    accounts = _write_accounts(provider)
    for call in provider.rows["calls"]:
        _write_call(provider, call, accounts[call["customer_id"]])
    _write_packages(provider, accounts)


def international(number: str) -> str:
    """Digits alone, with those of the country; what is no number stays as it is."""
    digits = re.sub(r"\D", "", number)
    if not digits:
        return number
    return f"48{digits}" if len(digits) == NATIONAL else digits


def _write_accounts(provider: Provider) -> dict[int, int]:
    """By customer."""
    accounts: dict[int, int] = {}
    for line in provider.rows["phone_lines"]:
        customer = line["customer_id"]
        if customer not in accounts:
            accounts[customer] = provider.add(
                phone.voipaccounts, ownerid=customer, login=f"sip{customer}", access=int(line["active"])
            )
        provider.add(
            phone.voip_numbers,
            id=line["id"],
            voip_account_id=accounts[customer],
            phone=international(line["number"]),
            number_index=line["id"],
        )
        provider.add(
            phone.voip_number_assignments,
            number_id=line["id"],
            assignment_id=ASSIGNMENTS_FROM + _service(provider, customer)["id"],
        )
    return accounts


def _service(provider: Provider, customer: int) -> Row:
    return next(row for row in provider.of_customer("services", customer) if is_telephone(row))


def _write_call(provider: Provider, call: Row, account: int) -> None:
    own, other = international(call["own_number"]), international(call["number"] or "")
    goes_out = call["direction"] == "outgoing"
    provider.add(
        phone.voip_cdr,
        id=call["id"],
        caller=own if goes_out else other,
        callee=other if goes_out else own,
        call_start_time=epoch_of(call["started_at"]),
        totaltime=call["seconds"],
        billedtime=_length(call),
        price=call["price"],
        status=ANSWERED if call["answered"] else NOBODY_THERE,
        direction=OUTGOING if goes_out else INCOMING,
        type=KINDS[call["kind"]],
        callervoipaccountid=account if goes_out else None,
        calleevoipaccountid=None if goes_out else account,
        callee_prefix_group=call["destination"] if goes_out else None,
        uniqueid=f"demo.{call['id']}",
    )


def _length(call: Row) -> int:
    """LMS has one column: bytes of data, seconds of what is spoken, pieces of everything else."""
    lengths = {"data": call["bytes"], "sms": 1, "mms": 1}
    length: int = lengths[call["kind"]] if call["kind"] in lengths else call["seconds"]
    return length


def _write_packages(provider: Provider, accounts: dict[int, int]) -> None:
    """One rule for each package of a tariff, and how much of it is left in the month that is not over."""
    known: set[int] = set()
    today = provider.now.date()
    for package in provider.rows["allowances"]:
        is_current = package["valid_from"] <= today <= package["valid_to"]
        if not is_current or package["name"] not in GROUPS:
            continue
        group = rules_of(_service(provider, package["customer_id"]))
        rule = group * RULES_IN_GROUP + GROUPS[package["name"]]
        if rule not in known:
            known.add(rule)
            provider.add(
                phone.voip_rules,
                id=rule,
                rule_group_id=group,
                prefix_group_id=GROUPS[package["name"]],
                settings=settings_of(package["total"], 1),
            )
        provider.add(
            phone.voip_rule_states,
            voip_account_id=accounts[package["customer_id"]],
            rule_id=rule,
            units_left=package["total"] - package["used"],
        )
