"""Informacje over LMS: what the customer is shown, and what not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import insert
from support.billing import CONTEXT, finance
from support.clock import HandClock
from support.lms import Change

from bench.lms.odd import Odd
from wbok.adapters.lms import connect
from wbok.adapters.lms.tables.finance import documents
from wbok.billing import Billing
from wbok.domain.customer import AddressKind, ContactKind, CustomerKind, CustomerStatus, Period, ServiceStatus
from wbok.domain.documents import DocumentRequest
from wbok.errors import NotFound


def test_a_private_person(lms: Billing) -> None:
    profile = lms.customers.profile(str(Odd.FULL.value))
    customer = profile.customer
    assert (customer.name, customer.kind, customer.status) == (
        "Halina Brzozowska",
        CustomerKind.PRIVATE,
        CustomerStatus.ACTIVE,
    )
    assert (customer.personal_id, customer.since) == ("50010112345", date(2023, 11, 19))
    assert [(c.kind, c.value) for c in profile.contacts] == [
        (ContactKind.PHONE, "600 000 427"),
        (ContactKind.PHONE, "32 010 42 70"),
        (ContactKind.EMAIL, "halina@example.pl"),
    ]


def test_consents_with_their_days(lms: Billing) -> None:
    consents = lms.customers.profile(str(Odd.FULL.value)).consents
    assert [consent.name for consent in consents] == [
        "Przetwarzanie danych osobowych",
        "Faktury elektroniczne",
        "Informacje handlowe pocztą elektroniczną",
    ]
    assert {consent.given_on for consent in consents} == {date(2025, 10, 19)}


def test_all_kinds_of_addresses(lms: Billing) -> None:
    home, mailing, village, elsewhere = lms.customers.profile(str(Odd.FULL.value)).addresses
    assert (home.kind, home.street, home.postcode, home.city) == (
        AddressKind.HOME,
        "ul. Lipowa 12",
        "43-100",
        "Jasnowice",
    )
    assert (mailing.kind, mailing.recipient) == (AddressKind.MAILING, "Jan Brzozowski")
    assert (village.kind, village.street, village.city) == (AddressKind.SERVICE, "Dąbrówka 18", "Jasnowice")
    # The street alone would be looked for in the town of the post office.
    assert (elsewhere.street, elsewhere.city) == ("Dąbrówka, ul. Leśna 5", "JASNOWICE")


def test_prices_after_discounts_and_for_several(lms: Billing) -> None:
    internet, television, telephone, ended = lms.customers.profile(str(Odd.FULL.value)).services
    assert internet.price.amount == Decimal("70.00")
    assert (internet.speed_down, internet.speed_up) == (600_000, 60_000)
    assert (television.price.amount, television.period) == (Decimal("66.67"), Period.MONTH)
    assert (telephone.status, telephone.price.amount) == (ServiceStatus.SUSPENDED, Decimal("0.00"))
    assert ended.valid_to == date(2026, 5, 7)


def test_a_net_account_pays_vat_on_what_is_charged(lms: Billing) -> None:
    profile = lms.customers.profile(str(Odd.COMPANY.value))
    (service,) = profile.services
    assert (service.price.amount, service.period) == (Decimal("553.50"), Period.QUARTER)
    assert (profile.customer.name, profile.customer.tax_id) == (
        "Zakład Ślusarski „Kęsik” sp. z o.o.",
        "526-000-12-46",
    )


def test_devices_have_all_their_cards(lms: Billing) -> None:
    home, old, *_ = lms.customers.profile(str(Odd.FULL.value)).devices
    assert (home.name, home.ip, home.online) == ("DOM_HALINA", "83.0.0.12", True)
    # Without a place of its own it stands where the customer's things do.
    assert (home.address, old.address) == ("ul. Świetlana 7, Jasnowice", "Dąbrówka 18")
    assert len((home.mac or "").split(",")) == 2
    assert (old.ip, old.online) == ("10.1.17.112", False)
    (company,) = lms.customers.profile(str(Odd.COMPANY.value)).devices
    assert len((company.mac or "").split(",")) == 3


def test_what_the_customers_own_devices_are_reached_by(lms: Billing) -> None:
    _, _, *plugged = lms.customers.profile(str(Odd.FULL.value)).devices
    assert [(device.name, device.address) for device in plugged] == [
        ("Router w piwnicy", "Dąbrówka 18"),
        ("ZARZADZANIE_2", "ul. Świetlana 7, Jasnowice"),
    ]
    # What is somebody else's, though plugged to that device, is shown to him alone.
    (others,) = lms.customers.profile(str(Odd.NO_ADDRESS.value)).devices
    assert (others.name, others.address) == ("OBCY", None)


def test_an_annex_is_no_contract_and_no_invoice(lms: Billing) -> None:
    assert lms.customers.profile(str(Odd.FULL.value)).contracts == ()
    numbers = [one.number for one in finance(lms).documents("1", DocumentRequest()).rows]
    assert numbers == ["FV/H/1"]


@pytest.mark.parametrize(
    ("customer", "status"),
    [
        (Odd.DISCONNECTED, CustomerStatus.ENDED),
        (Odd.DEBT_COLLECTION, CustomerStatus.ENDED),
        (Odd.WAITING, None),
        (Odd.ALL_SUSPENDED, CustomerStatus.SUSPENDED),
    ],
)
def test_what_the_status_says(lms: Billing, customer: Odd, status: CustomerStatus | None) -> None:
    assert lms.customers.customer(str(customer.value)).status is status


def test_when_everything_is_suspended_each_service_is(lms: Billing) -> None:
    services = lms.customers.profile(str(Odd.ALL_SUSPENDED.value)).services
    assert [service.status for service in services] == [ServiceStatus.SUSPENDED]


def test_a_part_of_the_unit_is_charged_of_what_is_suspended(lms: Billing, lms_url: str) -> None:
    # 79.00 → 26.307, and three of them; 100.00 net → 33.300, seven of them, and 23 % VAT.
    assert prices_of(lms, Odd.HALF) == ["78.92", "286.71"]
    # Everybody else's division takes nothing.
    assert prices_of(lms, Odd.ALL_SUSPENDED) == ["0.00"]
    for name, value, charged in (
        ("payments", "50.5", ["119.69", "434.81"]),
        ("payments", "half", ["0.00", "0.00"]),
        ("payments", "", ["23.70", "86.10"]),
    ):
        settings = {f"{name}.suspension_percentage": value, "finances.suspension_percentage": 10}
        billing = connect({"url": lms_url, "settings": settings}, replace(CONTEXT, clock=HandClock()))
        assert prices_of(billing, Odd.HALF) == charged, value


def prices_of(billing: Billing, customer: Odd) -> list[str]:
    return [str(service.price.amount) for service in billing.customers.profile(str(customer.value)).services]


@pytest.mark.parametrize("customer", [Odd.EMPTY, Odd.NO_ADDRESS, Odd.NO_DIVISION])
def test_what_is_not_there_is_left_out(lms: Billing, customer: Odd) -> None:
    profile = lms.customers.profile(str(customer.value))
    assert profile.services == ()
    assert [device.name for device in profile.devices] == (["OBCY"] if customer is Odd.NO_ADDRESS else [])


def test_a_contract_without_a_date_hides_nothing_else(change: Change) -> None:
    contract = insert(documents).values(type=-1, number=77, customerid=Odd.EMPTY.value, cdate=0)
    profile = change(contract).customers.profile(str(Odd.EMPTY.value))
    assert [one.number for one in profile.contracts] == ["77"]


@pytest.mark.parametrize("customer", [Odd.DELETED, Odd.CONTRACTOR])
def test_who_is_deleted_or_only_a_contractor_is_no_customer(lms: Billing, customer: Odd) -> None:
    with pytest.raises(NotFound):
        lms.customers.profile(str(customer.value))


def test_a_place_names_who_lives_in_the_street_and_not_who_gets_letters_there(lms: Billing) -> None:
    full, today = str(Odd.FULL.value), date(2026, 11, 24)
    assert lms.directory is not None
    for place, is_there in {
        "lesna 5, DABROWKA": True,
        "Dąbrówka": True,
        "Dąbrówka 18": True,
        "Dąbrówka 1": False,
        "Leśna, Jasnowice": False,
        "Leś": False,
        "Polna 3": False,
    }.items():
        assert (full in lms.directory.customers(on=today, place=place)) is is_there, place
    assert list(lms.directory.customers(on=today, service="")) == []
