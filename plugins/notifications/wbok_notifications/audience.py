"""To whom the office sends: everybody, named customers, a list in a file, those with a service or a status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from wbok.api import BillingError, CustomerStatus, NotFound, Panel, office_directory

SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was typed; exactly one of the four ways, a service and a status being one together."""

    to_all: bool
    ids: tuple[str, ...]
    file: Path | None
    service: str | None
    status: str | None

    def recipients(self, panel: Panel) -> list[str] | None:
        """None for everybody. Raises click.ClickException for what makes no sense."""
        ways = [self.to_all, bool(self.ids), self.file is not None, bool(self.service or self.status)]
        if sum(ways) != 1:
            raise click.ClickException(
                "to whom? Give one of --all, --to ID, --list FILE, or --service and --status."
            )
        if self.to_all:
            return None
        try:
            return self._segment(panel) if ways[3] else _known(panel, self._named())
        except BillingError as error:
            raise click.ClickException(f"the billing cannot say who that is: {error}.") from error

    def _named(self) -> list[str]:
        if self.file is None:
            return list(self.ids)
        try:
            lines = self.file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise click.ClickException(f"{self.file} cannot be read as a list: {error}.") from error
        return [line.strip() for line in lines if line.strip()]

    def _segment(self, panel: Panel) -> list[str]:
        reason = ", ".join(filter(None, (self.service and f"service {self.service}", self.status)))
        directory = office_directory(panel, reason=f"recipients of a message: {reason}")
        status = CustomerStatus(self.status) if self.status else None
        return list(directory.customers(on=panel.today, status=status, service=self.service))


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
