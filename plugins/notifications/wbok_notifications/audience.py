"""To whom the office sends: everybody, named customers, a list in a file, those of a service, status or place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from wbok.api import (
    BillingError,
    CustomerStatus,
    NotFound,
    Panel,
    customers_by_street,
    is_blank,
    names_place,
    office_directory,
)

SHOWN = 10
MOST_STREETS = 20
NAMELESS = "neither street nor town is written"
STATUSES = [status.value for status in CustomerStatus]

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was typed; exactly one of the four ways, service, status and place being one together."""

    to_all: bool
    ids: tuple[str, ...]
    file: Path | None
    service: str | None
    status: str | None
    place: str | None

    @property
    def is_given(self) -> bool:
        return any(self._ways)

    @property
    def _ways(self) -> tuple[bool, ...]:
        segment = (self.service, self.status, self.place)
        return self.to_all, bool(self.ids), self.file is not None, any(one is not None for one in segment)

    def recipients(self, panel: Panel, *, by_name: bool = False) -> list[str] | None:
        """None for everybody, unless they must be named. Raises click.ClickException for what makes no sense."""
        if sum(self._ways) != 1:
            raise click.ClickException(
                "to whom? Give one of --all, --to ID, --list FILE, or --service, --status and --place."
            )
        if self.to_all and not by_name:
            return None
        try:
            return _known(panel, self._named()) if self.ids or self.file else self._segment(panel)
        except BillingError as error:
            raise click.ClickException(f"the billing cannot say who that is: {error}.") from error

    def streets(self, panel: Panel, recipients: Sequence[str] | None) -> list[str]:
        """Where the recipients live or have a service at the place, a line each. Raises click.ClickException."""
        if self.place is None:
            return []
        who = frozenset(recipients or ())
        try:
            directory = office_directory(panel, reason=f"addresses of recipients: place {self.place}")
            found = [(one, address) for one, address in directory.addresses_at(self.place) if one in who]
        except BillingError as error:
            raise click.ClickException(f"the billing cannot say where that is: {error}.") from error
        counts = customers_by_street(found)
        lines = [f"{one.street or NAMELESS}\t{in_words(one.customers)}" for one in counts[:MOST_STREETS]]
        more = len(counts) - MOST_STREETS
        return lines if more <= 0 else [*lines, f"and {more} more {'street' if more == 1 else 'streets'}"]

    def _named(self) -> list[str]:
        if self.file is None:
            return list(self.ids)
        try:
            lines = self.file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise click.ClickException(f"{self.file} cannot be read as a list: {error}.") from error
        return [line.strip() for line in lines if line.strip()]

    def _segment(self, panel: Panel) -> list[str]:
        where = self.place and f"place {self.place}"
        service = self.service and f"service {self.service}"
        reason = ", ".join(filter(None, (service, self.status, where))) or "everybody"
        directory = office_directory(panel, reason=f"recipients of a message: {reason}")
        status = CustomerStatus(self.status) if self.status else None
        found = directory.customers(on=panel.today, status=status, service=self.service, place=self.place)
        return list(found)


def _named_ones(context: click.Context, option: click.Parameter, typed: tuple[str, ...]) -> tuple[str, ...]:
    if any(map(is_blank, typed)):
        raise click.BadParameter("it is empty. Give the customer's ID Klienta.", context, option)
    return typed


def _service(context: click.Context, option: click.Parameter, typed: str | None) -> str | None:
    if typed is not None and is_blank(typed):
        raise click.BadParameter("it is empty. Give the service's name or tariff.", context, option)
    return typed


def _place(context: click.Context, option: click.Parameter, typed: str | None) -> str | None:
    if typed is not None and not names_place(typed):
        raise click.BadParameter(
            f'"{typed}" is no street, town or postcode that can be read as a whole. '
            'Write it like "Lipowa 12, Jasnowice", "Jasnowice" or "43-999".',
            context,
            option,
        )
    return typed


def to_whom(command: Callable[..., R]) -> Callable[..., R]:
    """The options by which customers are chosen; the command gets a `chosen`."""

    @click.option("--all", "to_all", is_flag=True, help="Everybody.")
    @click.option(
        "--to",
        "--customer",
        "ids",
        multiple=True,
        metavar="ID",
        callback=_named_ones,
        help="This customer; may be given several times.",
    )
    @click.option(
        "--list",
        "file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="The customers of a file, one ID Klienta a line.",
    )
    @click.option("--service", callback=_service, help="Who has this service today, by its name or tariff.")
    @click.option("--status", type=click.Choice(STATUSES), help="Who has this status.")
    @click.option(
        "--place",
        callback=_place,
        help='Who lives or has a service there, like "Lipowa 12, Jasnowice", "Jasnowice", "43-999" or "Lip*".',
    )
    @wraps(command)
    def with_chosen(
        *arguments: Any,
        to_all: bool,
        ids: tuple[str, ...],
        file: Path | None,
        service: str | None,
        status: str | None,
        place: str | None,
        **more: Any,
    ) -> R:
        chosen = Chosen(to_all=to_all, ids=ids, file=file, service=service, status=status, place=place)
        return command(*arguments, chosen=chosen, **more)

    return with_chosen


def in_words(number: int | None) -> str:
    """So many customers; None: everybody."""
    if number is None:
        return "everybody"
    return "1 customer" if number == 1 else f"{number} customers"


def whom_in_words(recipients: Sequence[str] | None) -> str:
    return in_words(None if recipients is None else len(recipients))


def _known(panel: Panel, typed: list[str]) -> list[str]:
    """ID Klienta of each, without zeros in front. Raises click.ClickException that names who is unknown."""
    login = panel.billing.customers.login_kind
    wanted = dict.fromkeys(login(one) or one for one in typed)
    unknown = list(_unknown(panel, wanted))
    if unknown:
        more = f" and {len(unknown) - SHOWN} more" if len(unknown) > SHOWN else ""
        raise click.ClickException(
            f"the billing knows no customer {', '.join(unknown[:SHOWN])}{more}. Nothing was sent."
            + _meant(panel, unknown[0])
        )
    return list(wanted)


def _unknown(panel: Panel, wanted: Iterable[str]) -> Iterator[str]:
    if panel.billing.directory is None:
        yield from (one for one in wanted if not _is_customer(panel, one))
        return
    directory = office_directory(panel, reason="recipients of a message: a list")
    everybody = set(directory.customers(on=panel.today))
    yield from (one for one in wanted if one not in everybody)


def _is_customer(panel: Panel, customer_id: str) -> bool:
    try:
        return panel.billing.customers.customer(customer_id).id == customer_id
    except NotFound:
        return False


def _meant(panel: Panel, typed: str) -> str:
    """Whom a name may have meant."""
    directory = panel.billing.directory
    found = directory.search(typed, limit=3) if directory else ()
    return f" Did you mean {', '.join(f'{who.id} ({who.name})' for who in found)}?" if found else ""
