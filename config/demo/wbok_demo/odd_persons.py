"""The persons worth logging in as: one ordinary, then one for each odd case. The notes say what is odd."""

from __future__ import annotations

from decimal import Decimal

from wbok.domain.customer import AddressKind, CustomerStatus
from wbok.domain.finance import DocumentKind
from wbok_demo import tariffs
from wbok_demo.subscriber import DIRECT_DEBIT, OFFICE, POST, TRANSFER, Extra, Place, Subscriber, Taken
from wbok_demo.tariffs import Line

NOTHING = Decimal(0)

ORDINARY = Subscriber(
    id=10427,
    pin="4271",
    name="Halina Brzozowska",
    places=(Place("ul. Lipowa 12 m. 4"),),
    tenure=68,
    phones=("600 000 427",),
    mail="h.brzozowska@poczta.example",
    services=(Taken(tariffs.FIBRE_600), Taken(tariffs.PHONE_120, until=3), Taken(tariffs.STATIC_IP)),
    pays_after=(10, 13),
    pays_by=(TRANSFER, TRANSFER, OFFICE),
    overage={0: Decimal("3.72"), 1: Decimal("0.20"), 2: Decimal("6.25"), 4: Decimal("1.50")},
    unbilled=Decimal("2.61"),
    paid={0: NOTHING, 1: Decimal("70.00")},
    note="zwykły klient: 45,00 zł po terminie i bieżąca faktura do zapłaty",
)

FULLY_PAID = Subscriber(
    id=4213,
    pin="8150",
    name="Zbigniew Malinowski",
    places=(Place("ul. Krótka 3"),),
    tenure=97,
    phones=("600 000 213",),
    mail="z.malinowski@poczta.example",
    services=(Taken(tariffs.FIBRE_300), Taken(tariffs.TV_FAMILY)),
    pays_after=(3, 8),
    pays_by=(DIRECT_DEBIT,),
    note="wszystko opłacone; w umowie ID Klienta 004213, zera na początku można pominąć; "
    "biuro odpowiedziało na pytanie",
)

OVERPAID = Subscriber(
    id=10588,
    pin="0042",
    name="Wanda Jastrzębska",
    places=(
        Place("Dębówka 41", "43-998"),
        Place("ul. Szkolna 8 m. 15", "43-950", "Stare Wrzosy", "Anna Jastrzębska", AddressKind.MAILING),
    ),
    tenure=51,
    phones=("600 000 588", "600 000 589"),
    services=(Taken(tariffs.FIBRE_150), Taken(tariffs.PHONE_60)),
    overage={},
    pays_after=(3, 8),
    pays_by=(OFFICE, POST),
    paid={2: Decimal("312.80")},
    note="nadpłata 240,00 zł; osobny adres do korespondencji; zer przed numerem PIN też nie trzeba wpisywać",
)

IN_DEBT = Subscriber(
    id=11206,
    pin="9034",
    name="Krzysztof Wilczek",
    places=(Place("ul. Robotnicza 27 m. 9"),),
    tenure=33,
    phones=("600 000 206",),
    mail="k.wilczek@poczta.example",
    services=(Taken(tariffs.FIBRE_600), Taken(tariffs.PHONE_120), Taken(tariffs.TV_SMALL, started=10)),
    pays_after=(12, 27),
    paid={**dict.fromkeys(range(5), NOTHING), 5: Decimal("50.00")},
    note="nieopłacone faktury z kilku miesięcy; pilne powiadomienie; usterka właśnie rozwiązana",
)

SUSPENDED = Subscriber(
    id=10931,
    pin="118830",
    name="Rafał Ostrowski",
    places=(Place("ul. Kolejowa 2 m. 31"),),
    status=CustomerStatus.SUSPENDED,
    tenure=29,
    phones=("600 000 931",),
    services=(Taken(tariffs.FIBRE_300, suspended=0), Taken(tariffs.PHONE_60, suspended=0)),
    paid=dict.fromkeys(range(3), NOTHING),
    note="usługi zawieszone z powodu zaległości",
)

PAUSED = Subscriber(
    id=10745,
    pin="2745",
    name="Teresa Konwalia",
    places=(Place("ul. Ogrodowa 19"), Place("Zalesie Letnie 6", "43-997", kind=AddressKind.SERVICE)),
    tenure=44,
    phones=("600 000 745",),
    mail="teresa.konwalia@poczta.example",
    services=(
        Taken(tariffs.FIBRE_300),
        Taken(tariffs.TV_FAMILY, suspended=3),
        Taken(tariffs.PHONE_60, ended=7),
    ),
    note="telewizja zawieszona na prośbę klienta, telefon już zakończony",
)

NEW = Subscriber(
    id=12001,
    pin="0001",
    name="Oliwia Sikorska",
    places=(Place("ul. Nowa 1 m. 2"),),
    tenure=0,
    own_account=False,
    note="nowy klient: jeszcze bez umowy, usług, faktur i wpłat",
)

LEFT = Subscriber(
    id=9318,
    pin="7719",
    name="Eugeniusz Kowalik",
    places=(Place("ul. Parkowa 5 m. 1"),),
    status=CustomerStatus.ENDED,
    tenure=61,
    phones=("600 000 318",),
    services=(Taken(tariffs.FIBRE_150, ended=6), Taken(tariffs.STATIC_IP, ended=6)),
    note="umowa i usługi zakończone, wszystko rozliczone",
)

CORRECTED = Subscriber(
    id=10863,
    pin="5863",
    name="Joanna Lewandowicz",
    places=(Place("ul. Słoneczna 33"),),
    tenure=22,
    phones=("600 000 863",),
    mail="j.lewandowicz@poczta.example",
    services=(Taken(tariffs.FIBRE_1000),),
    contract_until=2,
    pays_after=(7, 9),
    paid={1: Decimal("79.90")},
    extras=(
        Extra(
            DocumentKind.CORRECTION,
            months_ago=1,
            days_after=5,
            lines=(Line("Obniżka za przerwę w działaniu internetu (6 dni)", Decimal("-20.00")),),
            corrects_invoice=True,
        ),
    ),
    note="korekta faktury za przerwę w działaniu internetu; bez telefonu",
)

DEBIT_NOTE = Subscriber(
    id=10174,
    pin="6174",
    name="Mirosław Chabrowski",
    places=(Place("Olszyny 112", "43-998"),),
    tenure=57,
    phones=("600 000 174",),
    services=(Taken(tariffs.RADIO_40), Taken(tariffs.TV_SMALL, ended=1)),
    pays_after=(4, 8),
    extras=(
        Extra(
            DocumentKind.DEBIT_NOTE,
            months_ago=0,
            days_after=3,
            lines=(Line("Niezwrócony dekoder „SN-TV”", Decimal("150.00"), "np.", unit="szt."),),
        ),
    ),
    note="nota obciążeniowa za niezwrócony dekoder, do zapłaty",
)

CANCELLED = Subscriber(
    id=11477,
    pin="3344",
    name="Agnieszka Różycka",
    places=(Place("ul. Kwiatowa 14 m. 7"),),
    tenure=18,
    phones=("600 000 477",),
    mail="a.rozycka@poczta.example",
    services=(Taken(tariffs.FIBRE_600),),
    extras=(
        Extra(
            DocumentKind.INVOICE,
            months_ago=3,
            days_after=1,
            lines=(Line(tariffs.FIBRE_600.service, tariffs.FIBRE_600.price, unit="mies."),),
            cancelled=True,
        ),
    ),
    note="jedna faktura anulowana, bo wystawiono ją dwa razy",
)

SHARED_ACCOUNT = Subscriber(
    id=990000100234,
    pin="1002",
    name="Feliks Dąb-Zaleski",
    places=(Place("ul. Leśna 88"),),
    tenure=9,
    phones=("600 000 234",),
    mail="feliks@poczta.example",
    services=(Taken(tariffs.FIBRE_300), Taken(tariffs.PHONE_120)),
    contract_until=15,
    own_account=False,
    note="długi numer klienta; wpłaty na wspólny rachunek dostawcy",
)

ODD_CALLS = Subscriber(
    id=10682,
    pin="6820",
    name="Leokadia Dzwonek",
    places=(Place("ul. Lipowa 30 m. 2"),),
    tenure=31,
    phones=("600 000 682",),
    services=(Taken(tariffs.FIBRE_150), Taken(tariffs.PHONE_60)),
    overage={},
    odd_calls=True,
    note="telefon: pakiet przekroczony, rabat, połączenia nieodebrane, ukryte i trwające trzy dni",
)

ODD_PERSONS = (
    ORDINARY,
    FULLY_PAID,
    OVERPAID,
    IN_DEBT,
    SUSPENDED,
    PAUSED,
    NEW,
    LEFT,
    CORRECTED,
    DEBIT_NOTE,
    CANCELLED,
    SHARED_ACCOUNT,
    ODD_CALLS,
)
