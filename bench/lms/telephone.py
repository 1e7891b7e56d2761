"""Telephone accounts, numbers, calls and packages."""

from __future__ import annotations

from datetime import datetime, timedelta

from bench.lms import people as made
from bench.lms.odd import Odd
from bench.lms.writer import Writer
from wbok.adapters.lms.tables import phone, tariffs

MOBILE, LANDLINE, ABROAD = 1, 2, 3
DESTINATIONS = {MOBILE: "Polska, komórkowe", LANDLINE: "Polska, stacjonarne", ABROAD: "Zagranica"}
USUAL, ODD_RULES = 1, 2
NET_TELEPHONE = 60
INCOMING, OUTGOING = 1, 2
VOICE, SMS, MMS, DATA, VIDEO = 0, 1, 2, 3, 4
BUSY, ANSWERED, NO_ANSWER, FAILED, UNKNOWN = 1, 2, 3, 4, 5
OVER_DAYS = 90
TALKERS_HOME, TALKERS_OTHER, TALKERS_SECOND = "48326000001", "48326000002", "48326000003"
NEIGHBOURS, MOVED = "48326000004", "48326000005"
HOSTILE_SETTINGS = (
    None,
    "",
    "nonsense",
    'O:8:"stdClass":1:{s:5:"units";i:1;}',
    'a:2:{s:5:"units";i:100;s:9:"unit_size";i:60',
    'a:1:{s:5:"units";s:3:"abc";}',
    'a:2:{s:5:"units";i:0;s:9:"unit_size";i:60;}',
    "a:1:{i:0;" * 2000,
    "a:99999:{}",
    'a:2:{s:99999:"units";i:1;s:9:"unit_size";i:60;}',
)
"""What may stand where LMS keeps the array of a rule."""


def settings_of(units: int, unit_size: int) -> str:
    """As PHP writes it, units as a text, which is what comes from a form."""
    text = str(units)
    return f'a:3:{{s:5:"price";d:0.0;s:5:"units";s:{len(text)}:"{text}";s:9:"unit_size";i:{unit_size};}}'


def write_plans(writer: Writer) -> None:
    for number, name in DESTINATIONS.items():
        writer.add(phone.voip_prefix_groups, id=number, name=name)
    writer.add(phone.voip_rule_groups, id=USUAL, name="Pakiet domowy")
    writer.add(phone.voip_rule_groups, id=ODD_RULES, name="")
    for group, units, size in ((MOBILE, 100, 60), (LANDLINE, 36_000, 1)):
        writer.add(
            phone.voip_rules, rule_group_id=USUAL, prefix_group_id=group, settings=settings_of(units, size)
        )
    for settings in (*HOSTILE_SETTINGS, settings_of(30, 60)):
        writer.add(phone.voip_rules, rule_group_id=ODD_RULES, prefix_group_id=ABROAD, settings=settings)
    writer.add(
        tariffs.tariffs,
        id=NET_TELEPHONE,
        name="Telefon dla firm",
        type=4,
        value=12.3,
        netvalue=10,
        period=3,
        taxid=made.VAT_23,
        flags=16,
        voip_tariff_rule_id=ODD_RULES,
    )


class Telephone:
    """Writes calls, and links numbers with what is paid for them; numbers are named by themselves."""

    def __init__(self, writer: Writer, *, now: datetime) -> None:
        self._writer = writer
        self._now = now
        self._numbers: dict[str, int] = {}
        self._made = 0

    def account(self, customer: int | None, *numbers: str, access: int = 1) -> int:
        account = self._writer.add(
            phone.voipaccounts, ownerid=customer, login=f"sip{customer}", access=access, flags=0
        )
        for place, number in enumerate(numbers, start=1):
            self._numbers[number] = self._writer.add(
                phone.voip_numbers, voip_account_id=account, phone=number, number_index=place
            )
        return account

    def plan(self, customer: int, tariff: int, *numbers: str, **more: object) -> None:
        """An assignment of this tariff for these numbers."""
        assignment = made.write_assignment(self._writer, customer, tariff, now=self._now, **more)
        for number in numbers:
            self._writer.add(
                phone.voip_number_assignments, number_id=self._numbers[number], assignment_id=assignment
            )

    def call(self, caller: str, callee: str, *, minutes_ago: float, **more: object) -> None:
        """One record; accounts are NULL unless given."""
        self._made += 1
        values = {
            "caller": caller,
            "callee": callee,
            "call_start_time": int((self._now - timedelta(minutes=minutes_ago)).timestamp()),
            "totaltime": 75,
            "billedtime": 60,
            "price": 0,
            "status": ANSWERED,
            "direction": OUTGOING,
            "type": VOICE,
            "callervoipaccountid": None,
            "calleevoipaccountid": None,
            "caller_prefix_group": None,
            "callee_prefix_group": DESTINATIONS[MOBILE],
            "uniqueid": f"{self._made}.0",
        }
        self._writer.add(phone.voip_cdr, **values | more)

    def plain(self, customer: int, *, calls: int) -> None:
        """One account with one number, and calls over the last three months."""
        number = f"4833{customer:07d}"
        account = self.account(customer, number)
        self.plan(customer, made.TELEPHONE, number)
        for place in range(calls):
            ago = (place + 0.5) * OVER_DAYS * 1440 / calls + customer % 60
            is_charged = place % 4 == 0 and place % 3 != 2
            other = f"{4930 if is_charged else 48600}{(customer * 31 + place) % 1_000_000:06d}"
            if place % 3 == 2:
                self.call(other, number, minutes_ago=ago, direction=INCOMING, calleevoipaccountid=account)
            else:
                self.call(
                    number,
                    other,
                    minutes_ago=ago,
                    callervoipaccountid=account,
                    callee_prefix_group=DESTINATIONS[ABROAD if is_charged else MOBILE],
                    price=0.123 if is_charged else 0,
                )


def write_odd_telephone(telephone: Telephone, writer: Writer) -> None:
    home = telephone.account(Odd.TALKER, TALKERS_HOME, TALKERS_OTHER)
    second = telephone.account(Odd.TALKER, TALKERS_SECOND, access=0)
    theirs = telephone.account(Odd.NEIGHBOUR, NEIGHBOURS, MOVED)
    telephone.account(None, "48326000009")
    telephone.plan(Odd.TALKER, made.TELEPHONE, TALKERS_HOME, TALKERS_OTHER)
    telephone.plan(Odd.TALKER, NET_TELEPHONE, TALKERS_SECOND, dateto=1)
    telephone.plan(Odd.NEIGHBOUR, NET_TELEPHONE, NEIGHBOURS)
    writer.add(phone.voip_rule_states, voip_account_id=home, rule_id=1, units_left=37)
    _calls_of_each_kind(telephone, home)
    _calls_between_two(telephone, home, theirs)
    _calls_of_numbers_that_moved(telephone, home, second, theirs)


def _calls_of_each_kind(telephone: Telephone, home: int) -> None:
    mine = {"callervoipaccountid": home}
    abroad = {"callee_prefix_group": DESTINATIONS[ABROAD]}
    telephone.call(TALKERS_HOME, "48600100200", minutes_ago=10, price=0.35, **mine)
    telephone.call(TALKERS_HOME, "48600100200", minutes_ago=20, type=SMS, billedtime=1, price=0.1, **mine)
    telephone.call(TALKERS_HOME, "48600100200", minutes_ago=30, type=MMS, billedtime=1, **mine)
    telephone.call(TALKERS_HOME, "", minutes_ago=40, type=DATA, billedtime=5_000_000_000, price=1, **mine)
    telephone.call(TALKERS_HOME, "4930123456", minutes_ago=50, type=VIDEO, price=2.5, **mine, **abroad)
    telephone.call(TALKERS_HOME, "48600100200", minutes_ago=55, type=9, price=900, **mine)
    for place, status in enumerate((BUSY, NO_ANSWER, FAILED, UNKNOWN)):
        telephone.call(
            TALKERS_HOME, "48320104270", minutes_ago=60 + place, status=status, billedtime=-1, **mine
        )
    telephone.call(TALKERS_HOME, "48600100200", minutes_ago=70, call_start_time=0, **mine)
    # Nobody's: LMS does not know whose account it was.
    telephone.call(TALKERS_HOME, "48600777777", minutes_ago=80, price=500)
    telephone.call("", TALKERS_OTHER, minutes_ago=90, direction=INCOMING, calleevoipaccountid=home, price=0)


def _calls_between_two(telephone: Telephone, home: int, theirs: int) -> None:
    """Each side has its record, which names both accounts."""
    both = {"callervoipaccountid": home, "calleevoipaccountid": theirs}
    for place, direction in enumerate((OUTGOING, INCOMING)):
        telephone.call(
            TALKERS_HOME,
            NEIGHBOURS,
            minutes_ago=100,
            direction=direction,
            uniqueid="between",
            price=0.2 * (1 - place),
            **both,
        )
    back = {"callervoipaccountid": theirs, "calleevoipaccountid": home}
    telephone.call(NEIGHBOURS, TALKERS_HOME, minutes_ago=110, price=1, uniqueid="back", **back)


def _calls_of_numbers_that_moved(telephone: Telephone, home: int, second: int, theirs: int) -> None:
    """One was TALKER's and is NEIGHBOUR's; another went from one account of TALKER to his other."""
    telephone.call(MOVED, "48600111111", minutes_ago=5000, callervoipaccountid=second, price=7)
    telephone.call(MOVED, "48600222222", minutes_ago=1000, callervoipaccountid=theirs, price=0.5)
    telephone.call(TALKERS_OTHER, "48600333333", minutes_ago=2000, callervoipaccountid=second)
    telephone.call(TALKERS_OTHER, "48600444444", minutes_ago=1500, callervoipaccountid=home)
