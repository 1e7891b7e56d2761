"""The many ordinary customers among whom the odd ones stand, put together by chance from lists of words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from wbok.domain.customer import AddressKind, CustomerKind
from wbok_demo import tariffs
from wbok_demo.months import HISTORY
from wbok_demo.subscriber import DIRECT_DEBIT, OFFICE, POST, TRANSFER, Place, Subscriber, Taken

SEED = 20210301
PERSONS = 36

# fmt: off
WOMEN = (
    "Alicja", "Barbara", "Beata", "Celina", "Danuta", "Elżbieta", "Ewa", "Grażyna", "Irena", "Jadwiga",
    "Krystyna", "Łucja", "Maria", "Natalia", "Renata", "Stanisława", "Urszula", "Zofia",
)
MEN = (
    "Adam", "Bogdan", "Czesław", "Dariusz", "Edward", "Grzegorz", "Henryk", "Jerzy", "Kazimierz",
    "Leszek", "Marcin", "Norbert", "Piotr", "Roman", "Sławomir", "Tomasz", "Wiesław", "Zenon",
)
# The same for a woman and a man.
SURNAMES = (
    "Bereza", "Borowiec", "Cholewa", "Czapla", "Drozd", "Dudek", "Fiołek", "Gajda", "Gil", "Głąb",
    "Jagoda", "Jeż", "Kania", "Kmieć", "Kołodziej", "Krzemień", "Kukułka", "Lis", "Łoś", "Majcher",
    "Mróz", "Nawrot", "Ogórek", "Pająk", "Piórko", "Rębacz", "Sikora", "Słowik", "Szyszka", "Śliwa",
    "Topór", "Trzmiel", "Wójcik", "Wrona", "Zając", "Żuraw",
)
# fmt: on
STREETS = (
    "ul. Akacjowa",
    "ul. Brzozowa",
    "ul. Dworcowa",
    "ul. Górna",
    "ul. Jesionowa",
    "ul. Kościelna",
    "ul. Młyńska",
    "ul. Polna",
    "ul. Rzeczna",
    "al. Wojewódzka",
    "os. Zielone Wzgórze",
)
VILLAGES = (("Dębówka", "43-998"), ("Olszyny", "43-998"), ("Zalesie Letnie", "43-997"), ("Wólka", "43-997"))
COMPANIES = (
    ("Apteka „Rumianek”", "rumianek"),
    ("Piekarnia „Bochenek” s.c.", "bochenek"),
    ("Zakład Fryzjerski „Loczek”", "loczek"),
    ("Hurtownia „Cegiełka” sp. z o.o.", "cegielka"),
    ("Warsztat Samochodowy „Tłok”", "tlok"),
    ("Gabinet Stomatologiczny „Perełka”", "perelka"),
    ("Kwiaciarnia „Nasturcja”", "nasturcja"),
    ("Pensjonat „Pod Lipami”", "podlipami"),
    ("Biuro Projektów „Pion” sp. z o.o.", "pion"),
    ("Sklep Spożywczy „U Zosi”", "uzosi"),
)
# How many days after the invoice, and in which ways.
HABITS = (
    ((3, 8), (TRANSFER,)),
    ((5, 13), (TRANSFER, TRANSFER, OFFICE)),
    ((6, 14), (POST, OFFICE)),
    ((13, 14), (DIRECT_DEBIT,)),
    ((10, 24), (TRANSFER, POST)),
)
ASCII = str.maketrans("ąćęłńóśźż", "acelnoszz")


def ordinary_customers() -> Iterator[Subscriber]:
    """Always the same ones."""
    random = Random(SEED)
    surnames = random.sample(SURNAMES, PERSONS)
    for number, surname in enumerate(surnames):
        first = (WOMEN, MEN)[number % 2][number // 2]
        yield _person(random, number, first, surname)
    for number, (name, domain) in enumerate(COMPANIES):
        yield _company(random, number, name, domain)


def _person(random: Random, number: int, first: str, surname: str) -> Subscriber:
    tenure = random.choice((random.randint(2, HISTORY - 1), random.randint(HISTORY, 120)))
    contract = random.choice((None, HISTORY - tenure % HISTORY))
    mail = f"{first[0]}.{surname}".lower().translate(ASCII)
    pays_after, pays_by = random.choice(HABITS)
    return Subscriber(
        id=10100 + number * 53 + random.randrange(40),
        pin=_pin(random),
        name=f"{first} {surname}",
        places=_places(random, first, surname),
        tenure=tenure,
        phones=(f"600 000 {600 + number:03d}",) if random.random() < 0.9 else (),
        mail=f"{mail}@poczta.example" if random.random() < 0.7 else None,
        services=tuple(_home_services(random, contract)),
        contract_until=contract,
        own_account=random.random() < 0.92,
        pays_after=pays_after,
        pays_by=pays_by,
        paid=_arrears(random),
    )


def _company(random: Random, number: int, name: str, domain: str) -> Subscriber:
    tenure = random.randint(6, 100)
    services = [Taken(random.choice((tariffs.BUSINESS_1000, tariffs.FIBRE_1000)))]
    services += [Taken(tariffs.PHONE_COMPANY)] * (number % 3 > 0)
    services += [Taken(random.choice((tariffs.STATIC_IP, tariffs.DOMAIN)))] * (number % 2)
    return Subscriber(
        id=20100 + number * 7,
        pin=_pin(random),
        name=name,
        kind=CustomerKind.COMPANY,
        places=(_home(random),),
        tenure=tenure,
        phones=(f"600 000 {800 + number:03d}",),
        mail=f"biuro@{domain}.firma.example",
        services=tuple(services),
        contract_until=random.choice((None, HISTORY - tenure % HISTORY)),
        seller_id=1 + number % 2,
        pays_after=(8, 21),
        paid=_arrears(random),
    )


def _pin(random: Random) -> str:
    digits = random.choice((4, 4, 6))
    return f"{random.randrange(10**digits):0{digits}d}"


def _home(random: Random) -> Place:
    if random.random() < 0.3:
        village, postcode = random.choice(VILLAGES)
        return Place(f"{village} {random.randint(1, 140)}", postcode)
    street = f"{random.choice(STREETS)} {random.randint(1, 60)}"
    return Place(f"{street} m. {random.randint(1, 40)}" if random.random() < 0.5 else street)


def _places(random: Random, first: str, surname: str) -> tuple[Place, ...]:
    places = [_home(random)]
    if random.random() < 0.2:
        street = f"ul. Warszawska {random.randint(1, 90)} m. {random.randint(1, 60)}"
        places.append(Place(street, "43-950", "Stare Wrzosy", kind=AddressKind.MAILING))
    if random.random() < 0.15:
        places.append(Place(f"Wólka {random.randint(1, 80)}", "43-997", kind=AddressKind.SERVICE))
    return tuple(places)


def _home_services(random: Random, contract: int | None) -> Iterator[Taken]:
    fibre = (tariffs.FIBRE_150, tariffs.FIBRE_300, tariffs.FIBRE_600, tariffs.FIBRE_1000, tariffs.RADIO_40)
    yield Taken(random.choice(fibre), until=contract)
    if random.random() < 0.4:
        yield Taken(random.choice((tariffs.PHONE_120, tariffs.PHONE_60)), until=contract)
    if random.random() < 0.35:
        yield Taken(random.choice((tariffs.TV_FAMILY, tariffs.TV_SMALL)), until=contract)


def _arrears(random: Random) -> dict[int, Decimal]:
    """Most owe nothing old; some have left the newest invoices unpaid."""
    months = random.choice((0,) * 20 + (1, 2, 4))
    return dict.fromkeys(range(months), Decimal(0))
