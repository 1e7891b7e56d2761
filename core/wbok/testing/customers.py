"""The contract of the capability `customers`: who may come in, who he is, what he has. It times nothing."""

from __future__ import annotations

import pytest

from wbok.access.pins import PinCheck
from wbok.billing import PIN_FORMATS, Billing, Credential, Customers
from wbok.domain.customer import Contract, Device, Profile, Service
from wbok.errors import NotFound
from wbok.testing.asked import asked
from wbok.testing.paging import check_apart, check_distinct
from wbok.testing.sample import PINS, Sample

NO_LOGINS = ("", " ", "x" * 300, "\x00", "\ud800", "٣", "' OR '1'='1", "%", "NULL")


class CustomersContract:
    """Inherit it and give the fixtures `billing` and `sample`."""

    @pytest.fixture
    def customers(self, billing: Billing) -> Customers:
        return asked(billing.customers, Customers)

    def test_the_login_leads_to_its_customer(self, customers: Customers, sample: Sample) -> None:
        found = [credential.customer_id for credential in _credentials(customers, sample)]
        assert found, (
            f"login {sample.login!r}: found nobody, expected customer {sample.customer_id!r}. credentials() is "
            "asked with what login_kind makes of the typed text."
        )
        assert sample.customer_id in found, (
            f"login {sample.login!r}: leads to {found}, expected customer {sample.customer_id!r}. "
            "credentials() gives the id of the customer, which need not be the login."
        )

    def test_the_beginning_of_a_login_is_another_login(self, customers: Customers, sample: Sample) -> None:
        beginning = sample.login[:-1]
        found = (
            [credential.customer_id for credential in customers.credentials(beginning)] if beginning else []
        )
        assert sample.customer_id not in found, (
            f"credentials({beginning!r}): leads to {found}, but the login is {sample.login!r}. Compare the "
            "whole login, not how it begins."
        )

    def test_the_right_pin_opens_and_a_wrong_one_does_not(self, customers: Customers, sample: Sample) -> None:
        usual = customers.pin_format
        own = [c for c in _credentials(customers, sample) if c.customer_id == sample.customer_id]
        assert any(_opens(PINS, sample.pin, credential, usual=usual) for credential in own), (
            f"login {sample.login!r}: the sample's PIN does not open it. Give the PIN as it is stored, and "
            f"say with pin_format how ({', '.join(PIN_FORMATS)}); found {usual!r}."
        )
        wrong = sample.pin + "1"
        assert not any(_opens(PINS, wrong, credential, usual=usual) for credential in own), (
            f"login {sample.login!r}: a wrong PIN opens it too."
        )

    def test_the_pin_format_is_one_that_the_panel_can_compare(
        self, customers: Customers, sample: Sample
    ) -> None:
        formats = {customers.pin_format, *(c.pin_format for c in _credentials(customers, sample))}
        assert formats <= set(PIN_FORMATS), (
            f"pin_format: found {sorted(formats)}, expected one of {', '.join(PIN_FORMATS)}."
        )

    def test_nobodys_login_gives_an_empty_tuple(self, customers: Customers, sample: Sample) -> None:
        try:
            found = customers.credentials(sample.unknown_login)
        except NotFound:
            pytest.fail(
                f"credentials({sample.unknown_login!r}): found NotFound, expected (). An unknown login is a "
                "usual thing, which the panel answers exactly as a wrong PIN."
            )
        assert found == (), f"credentials({sample.unknown_login!r}): found {found!r}, expected ()."

    def test_a_senseless_login_is_nobodys(self, customers: Customers, sample: Sample) -> None:
        for login in NO_LOGINS:
            customers.login_kind(login)
            try:
                found = customers.credentials(login)
            except NotFound:
                pytest.fail(f"credentials({login!r:.40}): found NotFound, expected ().")
            assert found == (), (
                f"credentials({login!r:.40}): found {found!r}, expected (): nobody has such a login."
            )

    def test_each_customer_is_himself(self, customers: Customers, sample: Sample) -> None:
        for customer_id in sample.customers:
            found = customers.customer(customer_id)
            assert found.id == customer_id, (
                f"customer({customer_id!r}): found the customer {found.id!r}, expected exactly the one "
                "asked for."
            )
            assert found.name.strip(), (
                f"customer({customer_id!r}): has no name; the panel greets him with it."
            )

    def test_the_profile_is_of_the_same_customer(self, customers: Customers, sample: Sample) -> None:
        for customer_id in sample.customers:
            profile, customer = customers.profile(customer_id), customers.customer(customer_id)
            assert profile.customer == customer, (
                f"profile({customer_id!r}): found {profile.customer!r}, but customer() gives {customer!r}."
            )

    def test_an_unknown_customer_is_not_found(self, customers: Customers, sample: Sample) -> None:
        for name in ("customer", "profile"):
            try:
                found = getattr(customers, name)(sample.unknown_customer_id)
            except NotFound:
                continue
            pytest.fail(
                f"{name}({sample.unknown_customer_id!r}): found {found!r}, expected NotFound: nobody has "
                "this id."
            )

    def test_a_senseless_id_is_not_found(self, customers: Customers, sample: Sample) -> None:
        for senseless in sample.senseless_ids:
            for name in ("customer", "profile"):
                try:
                    found = getattr(customers, name)(senseless)
                except NotFound:
                    continue
                found_id = found.customer.id if isinstance(found, Profile) else found.id
                pytest.fail(
                    f"{name}({senseless!r:.40}): found the customer {found_id!r}, expected NotFound. "
                    "Compare ids exactly: databases match text without case and trailing blanks, and make "
                    "numbers of texts."
                )

    def test_two_customers_share_nothing(self, customers: Customers, sample: Sample) -> None:
        profiles = {customer_id: customers.profile(customer_id) for customer_id in sample.customers}
        for whose in sample.pairs:
            one, other = (profiles[customer_id] for customer_id in whose)
            check_apart("contracts", one.contracts, other.contracts, whose=whose)
            check_apart("devices", one.devices, other.devices, whose=whose)
        whose = (sample.customer_id, sample.other_customer_id)
        mine, theirs = (profiles[customer_id] for customer_id in whose)
        for words in sample.others_words:
            assert words in repr(theirs), (
                f"profile({whose[1]!r}): has no {words!r}, which Sample.others_words says. Correct the "
                "sample."
            )
            assert words not in repr(mine), (
                f"profile({whose[0]!r}): found {words!r}, which is customer {whose[1]!r}'s. Select by "
                "customer_id."
            )

    def test_what_a_customer_has_is_there_once(self, customers: Customers, sample: Sample) -> None:
        for customer_id in sample.customers:
            profile = customers.profile(customer_id)
            for name, rows in _rows(profile).items():
                check_distinct(f"{name} of customer {customer_id!r}", [row.id for row in rows])

    def test_contracts_come_newest_first(self, customers: Customers, sample: Sample) -> None:
        days = [c.signed_on for c in customers.profile(sample.customer_id).contracts if c.signed_on]
        assert days == sorted(days, reverse=True), (
            f"profile({sample.customer_id!r}).contracts: found signed_on {[d.isoformat() for d in days]}, "
            "expected the newest first."
        )

    def test_prices_are_in_a_known_currency(self, customers: Customers, sample: Sample) -> None:
        for customer_id in sample.customers:
            for service in customers.profile(customer_id).services:
                check_currency(f"service {service.id!r}", service.price.currency, sample)

    def test_a_request_reads_one_state(self, billing: Billing, customers: Customers, sample: Sample) -> None:
        expected = customers.profile(sample.customer_id)
        for _ in range(2):
            with billing.reading():
                found = customers.profile(sample.customer_id)
            assert found == expected, (
                f"profile({sample.customer_id!r}) within billing.reading(): found {found!r}, but "
                f"{expected!r} outside. It stands around every request, and may be entered as often as "
                "there are requests."
            )

    def test_an_empty_customer_has_a_profile(self, customers: Customers, sample: Sample) -> None:
        try:
            customers.profile(sample.empty_customer_id)
        except NotFound:
            pytest.fail(
                f"profile({sample.empty_customer_id!r}): found NotFound, expected a profile with empty "
                "tuples. Who has no services yet is a customer all the same: use an outer join, or ask one "
                "by one."
            )


def check_currency(what: str, currency: str, sample: Sample) -> None:
    assert currency in sample.currencies, (
        f"{what}: found the currency {currency!r}, expected {' or '.join(sample.currencies)}. Write it as "
        "ISO 4217, and where the billing names none take AdapterContext.currency. If it is right, add it "
        "to Sample.currencies."
    )


def _credentials(customers: Customers, sample: Sample) -> tuple[Credential, ...]:
    """As the panel asks: with the login as the adapter reads what was typed."""
    login = customers.login_kind(sample.login)
    assert login is not None, (
        f"login_kind({sample.login!r}): found None, expected the login that the sample has."
    )
    return customers.credentials(login)


def _opens(pins: PinCheck, typed: str, credential: Credential, *, usual: str) -> bool:
    return credential.pin_format in PIN_FORMATS and pins.matches(typed, credential, usual_format=usual)


def _rows(profile: Profile) -> dict[str, tuple[Contract | Service | Device, ...]]:
    return {"contracts": profile.contracts, "services": profile.services, "devices": profile.devices}
