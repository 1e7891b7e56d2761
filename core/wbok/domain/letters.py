"""Letters: e-mail that leaves the panel, before it is written out for one recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wbok.domain.messages import MessageKind


class Topic(StrEnum):
    """A copy of a message of that kind, or news of a ticket for its customer or the staff."""

    COMMERCIAL = "commercial"
    BILLING = "billing"
    SERVICE = "service"
    ANSWER = "answer"
    SOLVED = "solved"
    FILED = "filed"
    """A complaint was filed: what it says, and by when it is answered."""
    NEW_TICKET = "new_ticket"
    NEW_REPLY = "new_reply"


COPY_OF: Mapping[MessageKind, Topic] = {
    MessageKind.COMMERCIAL: Topic.COMMERCIAL,
    MessageKind.BILLING: Topic.BILLING,
    MessageKind.SERVICE: Topic.SERVICE,
}


OF_TICKETS = frozenset({Topic.ANSWER, Topic.SOLVED, Topic.FILED})
"""What customers get about their tickets."""


class To(StrEnum):
    """What the recipient's name is: a customer's id, an address, or a billing's ticket, whose staff is meant."""

    CUSTOMER = "customer"
    ADDRESS = "address"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Recipient:
    to: To
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The same for all of its recipients; wording and language around it come when it is sent.

    `key`: 64 hexadecimal digits at most, the same for the same letter, however often it is put. `customer_id`,
    `author` and `phone` are told to the staff alone. `link`: a path of the panel. `valid_to`: not sent later.
    """

    key: str
    topic: Topic
    title: str
    body: str
    number: str | None = None
    customer_id: str | None = None
    author: str | None = None
    phone: str | None = None
    link: str | None = None
    valid_to: datetime | None = None


class Delivery(StrEnum):
    """What became of a letter for one recipient.

    `sending`: its text is on the way to the mail server right now. `unknown`: it was on the way when the sender
    died or the server fell silent; only the office can decide. `dropped`: it is not wanted, or too late.
    """

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    GIVEN_UP = "given_up"
    NO_ADDRESS = "no_address"
    DROPPED = "dropped"


ENDED = frozenset({Delivery.SENT, Delivery.UNKNOWN, Delivery.GIVEN_UP, Delivery.NO_ADDRESS, Delivery.DROPPED})
"""Nothing happens to these any more unless the office says so."""
RETRIED = frozenset({Delivery.UNKNOWN, Delivery.GIVEN_UP, Delivery.NO_ADDRESS})
"""What the office may have sent once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailChoice:
    """What a customer wants by e-mail. Without a choice: answers to his tickets, and nothing else.

    `commercial` is his consent. `address_key`: which of his addresses (see `address_key`); None: the first.
    """

    commercial: bool = False
    billing: bool = False
    service: bool = False
    answers: bool = True
    address_key: str | None = None
    language: str | None = None

    def wants(self, topic: Topic) -> bool:
        if topic in OF_TICKETS:
            return self.answers
        return {
            Topic.COMMERCIAL: self.commercial,
            Topic.BILLING: self.billing,
            Topic.SERVICE: self.service,
        }.get(topic, False)
