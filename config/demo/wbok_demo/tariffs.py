"""What the made-up provider sells, and a line of an invoice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from wbok.domain.customer import Period
from wbok.domain.money import GROSZ

VAT_PERCENT = {"23%": Decimal(23), "8%": Decimal(8), "np.": Decimal(0)}


@dataclass(frozen=True, slots=True)
class Tariff:
    """`price` is gross; speeds are in kbit/s; `devices` are what the provider lends for it.

    `free_minutes` of calls in a month come with a telephone, and nothing else has any.
    """

    service: str
    price: Decimal
    name: str | None = None
    vat_rate: str = "23%"
    down: int | None = None
    up: int | None = None
    period: Period = Period.MONTH
    devices: tuple[str, ...] = ()
    free_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    description: str
    gross: Decimal
    vat_rate: str = "23%"
    quantity: int = 1
    unit: str = "usł."

    @property
    def net(self) -> Decimal:
        """Prices are gross, so the net amount follows from them."""
        return (self.gross * 100 / (100 + VAT_PERCENT[self.vat_rate])).quantize(GROSZ, ROUND_HALF_UP)

    @property
    def vat(self) -> Decimal:
        return self.gross - self.net


ONT = "Terminal światłowodowy"
ROUTER = "Router Wi-Fi „SN-Box 6”"
GATEWAY = "Bramka telefoniczna"
TV_BOX = "Dekoder „SN-TV”"
ANTENNA = "Antena radiowa"


def _fibre(mbits: int, up: int, price: str) -> Tariff:
    return Tariff(
        f"Internet światłowodowy {mbits}",
        Decimal(price),
        f"Światło {mbits}/{up}",
        down=mbits * 1000,
        up=up * 1000,
        devices=(ONT, ROUTER),
    )


FIBRE_150 = _fibre(150, 50, "54.90")
FIBRE_300 = _fibre(300, 100, "64.90")
FIBRE_600 = _fibre(600, 100, "79.90")
FIBRE_1000 = _fibre(1000, 300, "99.90")
RADIO_40 = Tariff(
    "Internet radiowy 40", Decimal("59.90"), "Radio 40/10", down=40_000, up=10_000, devices=(ANTENNA, ROUTER)
)
BUSINESS_1000 = Tariff(
    "Internet dla firm 1000",
    Decimal("246.00"),
    "Biznes symetryczny 1000",
    down=1_000_000,
    up=1_000_000,
    devices=(ONT, "Router brzegowy"),
)
PHONE_120 = Tariff(
    "Telefon „Domowy 120”", Decimal("24.90"), "Domowy 120", devices=(GATEWAY,), free_minutes=120
)
PHONE_60 = Tariff("Telefon „Domowy 60”", Decimal("17.90"), "Domowy 60", devices=(GATEWAY,), free_minutes=60)
PHONE_COMPANY = Tariff(
    "Telefon „Firmowy 600”", Decimal("61.50"), "Firmowy 600", devices=(GATEWAY,), free_minutes=600
)
TV_FAMILY = Tariff("Telewizja „Rodzinna”", Decimal("49.90"), "Rodzinna", vat_rate="8%", devices=(TV_BOX,))
TV_SMALL = Tariff("Telewizja „Mała”", Decimal("29.90"), "Mała", vat_rate="8%", devices=(TV_BOX,))
STATIC_IP = Tariff("Stały adres IP", Decimal("10.00"))
DOMAIN = Tariff("Utrzymanie domeny internetowej", Decimal("98.40"), period=Period.YEAR)
