"""The companies worth logging in as, one for each odd case. The notes say what is odd."""

from __future__ import annotations

from decimal import Decimal

from wbok.domain.customer import AddressKind, CustomerKind
from wbok.domain.finance import DocumentKind
from wbok_demo import tariffs
from wbok_demo.subscriber import Extra, Place, Subscriber, Taken
from wbok_demo.tariffs import Line

LONG_NAME = Subscriber(
    id=20015,
    pin="200150",
    name=(
        "Przedsiębiorstwo Produkcyjno-Handlowo-Usługowe „Jasnowickie Zakłady Przetwórstwa"
        " Owocowo-Warzywnego” Grzegorz Szczebrzeszyński i Wspólnicy spółka komandytowa"
    ),
    kind=CustomerKind.COMPANY,
    places=(
        Place("ul. Bohaterów Ochotniczej Straży Pożarnej Ziemi Jasnowickiej 128A lok. 17"),
        Place("skr. poczt. 12", recipient="Biuro Rachunkowe „Bilans” s.c.", kind=AddressKind.MAILING),
    ),
    tenure=83,
    phones=("600 000 015",),
    mail="ksiegowosc@przetworstwo.firma.example",
    fax="faks 32 010 00 15",
    services=(Taken(tariffs.BUSINESS_1000), Taken(tariffs.PHONE_COMPANY), Taken(tariffs.DOMAIN)),
    contract_until=13,
    seller_id=2,
    unbilled=Decimal("14.40"),
    phone_lines=2,
    note="firma o bardzo długiej nazwie i ulicy; dwa numery telefonu i dużo połączeń",
)

PRO_FORMA = Subscriber(
    id=20031,
    pin="2031",
    name="Stolarnia „Modrzew” sp. z o.o.",
    kind=CustomerKind.COMPANY,
    places=(Place("ul. Tartaczna 4"),),
    tenure=26,
    phones=("600 000 031",),
    mail="biuro@modrzew.firma.example",
    services=(Taken(tariffs.BUSINESS_1000), Taken(tariffs.STATIC_IP)),
    seller_id=2,
    extras=(
        Extra(
            DocumentKind.PRO_FORMA,
            months_ago=0,
            days_after=2,
            lines=(Line("Doprowadzenie światłowodu do hali nr 2", Decimal("1845.00")),),
        ),
    ),
    note="firma z fakturą pro forma, która nie jest długiem",
)

EURO = Subscriber(
    id=20044,
    pin="440044",
    name="„Bursztyn Cargo” sp. z o.o.",
    kind=CustomerKind.COMPANY,
    places=(Place("ul. Graniczna 70"),),
    tenure=38,
    phones=("600 000 044",),
    mail="faktury@bursztyn.firma.example",
    services=(Taken(tariffs.BUSINESS_1000),),
    seller_id=2,
    euro_account=True,
    extras=tuple(
        Extra(
            DocumentKind.INVOICE,
            months_ago=months_ago,
            days_after=1,
            lines=(Line("Łącze dzierżawione do węzła we Frankfurcie, kwartał", Decimal("369.00")),),
            currency="EUR",
            paid=months_ago > 0,
        )
        for months_ago in range(0, 24, 3)
    ),
    note="faktury w złotych i w euro",
)

ODD_COMPANIES = (LONG_NAME, PRO_FORMA, EURO)
