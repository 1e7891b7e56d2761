"""Who the customers are and what they have: all rows but those of money and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random

from wbok.domain.customer import ContactKind, CustomerKind, Period, ServiceStatus
from wbok_demo.months import HISTORY, Calendar
from wbok_demo.numbers import bank_account, random_nip, random_pesel
from wbok_demo.schema import Row
from wbok_demo.subscriber import Place, Subscriber, Taken
from wbok_demo.tariffs import ANTENNA, GATEWAY, ONT, ROUTER, TV_BOX

# The three networks that are set aside for examples.
NETWORKS = ("192.0.2", "198.51.100", "203.0.113")
SERIALS = {ONT: "SN-ONT", ROUTER: "SN-BOX", GATEWAY: "SN-VT", TV_BOX: "SN-TV", ANTENNA: "SN-ANT"}

INVOICES_BY_MAIL = "Faktury pocztą elektroniczną"
OFFERS_BY_MAIL = "Informacje handlowe pocztą elektroniczną"

# The four digits of a bank account that follow the bank.
SELLER_ACCOUNT, CUSTOMER_ACCOUNT, EURO_ACCOUNT = 1000, 1234, 1978


def seller_rows() -> Iterator[Row]:
    """The provider has two companies; the second one serves business customers."""
    random = Random("sellers")
    sellers = (
        ("Światłonet sp. z o.o.", "ul. Świetlana 7"),
        ("Światłonet Biznes sp. z o.o.", "ul. Świetlana 9"),
    )
    for number, (name, street) in enumerate(sellers, start=1):
        yield {
            "id": number,
            "name": name,
            "street": street,
            "postcode": "43-999",
            "city": "Jasnowice",
            "tax_id": random_nip(random),
            "account": bank_account(SELLER_ACCOUNT, number),
        }


class Registry:
    """Collects the rows of one customer after another; ids are counted through all of them."""

    def __init__(self, calendar: Calendar) -> None:
        self.rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._calendar = calendar

    def add(self, subscriber: Subscriber) -> None:
        self._identity(subscriber)
        for place in subscriber.places:
            self._address(subscriber, place)
        self._contacts(subscriber)
        self._consents(subscriber)
        self._contracts(subscriber)
        for taken in subscriber.services:
            self._service(subscriber, taken)
        self._accounts(subscriber)

    def _identity(self, subscriber: Subscriber) -> None:
        random = Random(f"papers of {subscriber.id}")
        company = subscriber.kind is CustomerKind.COMPANY
        self.rows["customers"].append(
            {
                "id": subscriber.id,
                "name": subscriber.name,
                "kind": subscriber.kind,
                "status": subscriber.status,
                "tax_id": random_nip(random) if company else None,
                "personal_id": None if company else random_pesel(random, woman=subscriber.woman),
                "since": self._calendar.first_day(subscriber.tenure),
                "seller_id": subscriber.seller_id,
            }
        )
        self.rows["credentials"].append(
            {"login": str(subscriber.id), "customer_id": subscriber.id, "pin": subscriber.pin}
        )

    def _address(self, subscriber: Subscriber, place: Place) -> None:
        self.rows["addresses"].append(
            {
                "id": self._next("addresses"),
                "customer_id": subscriber.id,
                "kind": place.kind,
                "street": place.street,
                "postcode": place.postcode,
                "city": place.city,
                "recipient": place.recipient,
            }
        )

    def _contacts(self, subscriber: Subscriber) -> None:
        contacts = [(ContactKind.PHONE, phone) for phone in subscriber.phones]
        contacts += [(ContactKind.EMAIL, subscriber.mail)] if subscriber.mail else []
        contacts += [(ContactKind.OTHER, subscriber.fax)] if subscriber.fax else []
        for kind, value in contacts:
            number = self._next("contacts")
            self.rows["contacts"].append(
                {"id": number, "customer_id": subscriber.id, "kind": kind, "value": value}
            )

    def _consents(self, subscriber: Subscriber) -> None:
        """Whoever has an e-mail address has agreed to invoices by it, and every third one to offers."""
        names = [INVOICES_BY_MAIL] if subscriber.mail else []
        names += [OFFERS_BY_MAIL] if subscriber.mail and subscriber.id % 3 == 0 else []
        for name in names:
            self.rows["consents"].append(
                {
                    "id": self._next("consents"),
                    "customer_id": subscriber.id,
                    "name": name,
                    "given_on": self._calendar.first_day(subscriber.tenure),
                }
            )

    def _contracts(self, subscriber: Subscriber) -> None:
        """Whoever has a contract for a definite time and is here for longer has renewed it once."""
        if not subscriber.services:
            return
        began = subscriber.tenure
        if subscriber.contract_until is not None and began >= HISTORY:
            renewed = began % HISTORY
            self._contract(subscriber, began, valid_to=self._calendar.last_day(renewed + 1))
            began = renewed
        if subscriber.left is not None:
            self._contract(subscriber, began, valid_to=self._calendar.last_day(subscriber.left))
        elif subscriber.contract_until is not None:
            end = self._calendar.last_day_ahead(subscriber.contract_until)
            self._contract(subscriber, began, valid_to=end)
        else:
            self._contract(subscriber, began, valid_to=None)

    def _contract(self, subscriber: Subscriber, months_ago: int, *, valid_to: date | None) -> None:
        first = self._calendar.first_day(months_ago)
        self.rows["contracts"].append(
            {
                "id": self._next("contracts"),
                "customer_id": subscriber.id,
                "number": f"{first:%Y/%m}/{subscriber.id}",
                "signed_on": first,
                "valid_from": first,
                "valid_to": valid_to,
            }
        )

    def _service(self, subscriber: Subscriber, taken: Taken) -> None:
        calendar, tariff = self._calendar, taken.tariff
        valid_to = None
        if taken.ended is not None:
            valid_to = calendar.last_day(taken.ended)
        elif taken.until is not None:
            valid_to = calendar.last_day_ahead(taken.until)
        suspended = taken.suspended is not None
        self.rows["services"].append(
            {
                "id": self._next("services"),
                "customer_id": subscriber.id,
                "name": tariff.service,
                "tariff": tariff.name,
                "speed_down": tariff.down,
                "speed_up": tariff.up,
                "price": tariff.price,
                "currency": "PLN",
                "period": tariff.period,
                "status": ServiceStatus.SUSPENDED if suspended else ServiceStatus.ACTIVE,
                "valid_from": calendar.first_day(
                    subscriber.tenure if taken.started is None else taken.started
                ),
                "valid_to": valid_to,
                "charged_on": calendar.invoiced(self._first_charge(subscriber, taken)),
            }
        )
        if taken.ended is None:
            for name in tariff.devices:
                self._device(subscriber, name, online=not suspended)

    def _first_charge(self, subscriber: Subscriber, taken: Taken) -> int:
        """So many months ago; a yearly service is charged in the month in which the customer came."""
        if taken.tariff.period is Period.MONTH:
            return 0
        return subscriber.tenure % 12

    def _device(self, subscriber: Subscriber, name: str, *, online: bool) -> None:
        number = self._next("devices")
        network, host = divmod(number, 250)
        mac = f"02:00:5E:{number >> 8:02X}:{number & 255:02X}"
        self.rows["devices"].append(
            {
                "id": number,
                "customer_id": subscriber.id,
                "name": name,
                "serial": f"{SERIALS.get(name, 'SN-PRO')}-{subscriber.id % 100000:05d}{number % 10}",
                "mac": f"{mac}:10,{mac}:11" if name == ROUTER else f"{mac}:10",
                "ip": None if name == ONT else f"{NETWORKS[network]}.{host + 1}",
                "address": None,
                # Here and there one does not answer.
                "online": int(online and number % 17 != 0),
            }
        )

    def _accounts(self, subscriber: Subscriber) -> None:
        purposes = [(CUSTOMER_ACCOUNT, "PLN")] if subscriber.own_account else []
        purposes += [(EURO_ACCOUNT, "EUR")] if subscriber.euro_account else []
        for purpose, currency in purposes:
            number = bank_account(purpose, subscriber.id)
            self.rows["accounts"].append(
                {"number": number, "customer_id": subscriber.id, "currency": currency}
            )

    def _next(self, table: str) -> int:
        return len(self.rows[table]) + 1
