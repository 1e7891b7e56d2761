"""`wbok outbox send`: everything that is due, one letter after the other. Several may do so at once."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from wbok.billing import Billing
from wbok.billing.helpdesk import TicketStaff
from wbok.domain.email import addresses_of, clean_address
from wbok.domain.letters import Delivery, To
from wbok.errors import BillingError, NotFound
from wbok.mail.headers import one_line
from wbok.mail.server import MailServer, NotTaken, Unclear, Unreachable
from wbok.mail.writing import LetterWriting, WrittenLetter
from wbok.settings import Settings
from wbok.store.dispatch import Claimed, Dispatch
from wbok.store.email_choices import chosen_address

log = logging.getLogger(__name__)

PATIENCE = 3
"""So many customers one after the other whom the billing could not tell: then it is the billing that is away."""


@dataclass(slots=True)
class Report:
    """What became of the letters of one run. `trouble`: why it ended early; then the rest waits for the next."""

    ended: Counter[Delivery] = field(default_factory=Counter)
    trouble: str | None = None


class Stopped(Exception):
    """This run is over; what it had claimed is given back."""


class Sending:
    def __init__(
        self,
        dispatch: Dispatch,
        writing: LetterWriting,
        billing: Billing,
        settings: Settings,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._dispatch = dispatch
        self._writing = writing
        self._billing = billing
        self._settings = settings
        self._clock = clock
        self._failed_in_row = 0

    def __call__(self) -> Report:
        """Raises StoreUnavailable; whatever was on its way then will be unknown."""
        report = Report()
        report.ended[Delivery.UNKNOWN] += self._dispatch.recover()
        with MailServer(self._settings.mail) as server:
            for mine in self._claims(report):
                try:
                    became = self._send(mine, server)
                except Stopped as error:
                    report.trouble = str(error)
                    continue
                if became is not None:
                    report.ended[became] += 1
        self._dispatch.clear(keep_days=self._settings.mail.keep_days)
        return report

    def _claims(self, report: Report) -> Iterator[Claimed]:
        """Claims what is due until nothing is left, or there is trouble."""
        while claims := self._dispatch.claim():
            for mine in claims:
                if report.trouble is None:
                    yield mine
                else:
                    self._dispatch.give_back(mine, report.trouble)
            if report.trouble is not None:
                return

    def _send(self, mine: Claimed, server: MailServer) -> Delivery | None:
        """What became of it; None when it is somebody else's by now, or has become several. Raises Stopped."""
        if mine.letter.valid_to is not None and mine.letter.valid_to <= self._clock():
            return self._end(mine, Delivery.DROPPED, "its time is over")
        if mine.recipient.to is To.STAFF:
            return self._spread(mine)
        if mine.recipient.to is To.CUSTOMER and not mine.choice.wants(mine.letter.topic):
            return self._end(mine, Delivery.DROPPED, "the customer does not want it any more")
        try:
            address = self._address(mine)
        except NotFound:
            return self._end(mine, Delivery.NO_ADDRESS, "the billing knows no such customer")
        except BillingError as error:
            return self._billing_failed(mine, error)
        if address is None:
            return self._end(mine, Delivery.NO_ADDRESS, _why_no_address(mine))
        return self._hand_over(mine, server, address)

    def _address(self, mine: Claimed) -> str | None:
        """Raises BillingError."""
        name = mine.recipient.name
        if mine.recipient.to is To.ADDRESS:
            return clean_address(name)
        addresses = addresses_of(self._billing.customers.profile(name).contacts)
        self._failed_in_row = 0
        return chosen_address(name, addresses, mine.choice)

    def _hand_over(self, mine: Claimed, server: MailServer, address: str) -> Delivery | None:
        try:
            letter = self._written(mine, address)
        except Exception as error:
            # Whatever is wrong with one letter, it keeps no other one from leaving.
            log.exception("letter %s of the outbox cannot be written", mine.id)
            return self._end(mine, Delivery.GIVEN_UP, f"it cannot be written as e-mail: {error}")
        try:
            if not server.hand_over(letter, begin=lambda: self._dispatch.begin(mine)):
                return None
        except Unreachable as error:
            trouble = f"the mail server does not answer: {error}"
            self._dispatch.give_back(mine, trouble)
            raise Stopped(trouble) from error
        except NotTaken as error:
            if error.for_good:
                return self._end(mine, Delivery.GIVEN_UP, str(error))
            return self._dispatch.failed(mine, str(error))
        except Unclear as error:
            self._dispatch.unclear(mine, str(error))
            return Delivery.UNKNOWN
        self._dispatch.sent(mine)
        return Delivery.SENT

    def _written(self, mine: Claimed, address: str) -> WrittenLetter:
        is_customer = mine.recipient.to is To.CUSTOMER
        return self._writing.write(
            mine.letter,
            entry=mine.id,
            address=address,
            language=(mine.choice.language or "pl") if is_customer else self._settings.panel.language,
            customer_id=mine.recipient.name if is_customer else None,
        )

    def _spread(self, mine: Claimed) -> Delivery | None:
        staff: TicketStaff | None = self._billing.ticket_staff
        try:
            found = staff(mine.recipient.name) if staff is not None else ()
        except NotFound:
            found = ()
        except BillingError as error:
            return self._billing_failed(mine, error)
        addresses = _each_once(address for one in found if (address := clean_address(one)) is not None)
        if not addresses:
            return self._end(mine, Delivery.NO_ADDRESS, "nobody of the staff wants to be told")
        self._dispatch.spread(mine, addresses)
        return None

    def _billing_failed(self, mine: Claimed, error: BillingError) -> Delivery:
        trouble = one_line(f"the billing does not answer: {error}")
        became = self._dispatch.failed(mine, trouble)
        self._failed_in_row += 1
        if self._failed_in_row >= PATIENCE:
            raise Stopped(trouble) from error
        return became

    def _end(self, mine: Claimed, status: Delivery, reason: str) -> Delivery:
        self._dispatch.end(mine, status, one_line(reason))
        return status


def _why_no_address(mine: Claimed) -> str:
    if mine.recipient.to is To.ADDRESS:
        return "this is no e-mail address"
    if mine.choice.address_key is not None:
        return "the address that the customer chose is not among his any more"
    return "the customer has no e-mail address"


def _each_once(addresses: Iterable[str]) -> list[str]:
    """However its owners write it: no mail server tells `Marta@` from `marta@`."""
    return list({address.casefold(): address for address in addresses}.values())
