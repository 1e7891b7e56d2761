"""What the form of each kind of ticket asks: the one place where its fields stand.

Texts are English; they are translated where they are shown, so that one field is known in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wbok.api import Detail, TicketKind
from wbok_helpdesk import complaints
from wbok_helpdesk.texts import N_, texts


class FieldType(StrEnum):
    LINE = "line"
    TEXT = "text"
    EMAIL = "email"
    DAY = "day"
    AMOUNT = "amount"
    ACCOUNT = "account"
    CHOICE = "choice"
    SERVICE = "service"
    DEVICE = "device"


class Known(StrEnum):
    """What the billing knows of the customer, so that he need not type it."""

    ADDRESS = "address"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class FormField:
    """`choices`: by name. `needed_with`: a field and its choice with which this one must be filled in, too."""

    name: str
    label: str
    type: FieldType = FieldType.LINE
    help: str = ""
    is_required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    needed_with: tuple[str, str] | None = None
    known: Known | None = None
    longest: int = 200


@dataclass(frozen=True, slots=True)
class Layout:
    """`hint` stands where the category is chosen, and above its form; `heading` above those that may be empty.

    Without `asks_title` the category is the title.
    """

    body: FormField
    fields: tuple[FormField, ...] = ()
    asks_title: bool = True
    title_help: str = N_("For example: “The telephone has no signal”.")
    body_first: bool = False
    hint: str = ""
    heading: str = ""

    def without(self, names: Iterable[str]) -> tuple[FormField, ...]:
        return tuple(one for one in self.fields if one.name not in names)


BODY = FormField("body", N_("Description"), FieldType.TEXT, is_required=True)
ANYTHING_ELSE = FormField("body", N_("Anything else"), FieldType.TEXT)
SERVICE = FormField("service", N_("Which service is it about?"), FieldType.SERVICE)
AT_HOME = FormField(
    "at_home",
    N_("When is somebody at home?"),
    help=N_("For a technician's visit, for example: “on weekdays after 4 pm”."),
)

LAYOUTS: Mapping[TicketKind, Layout] = {
    TicketKind.QUESTION: Layout(BODY),
    TicketKind.FAULT: Layout(
        FormField(
            "body",
            N_("Description"),
            FieldType.TEXT,
            help=N_("What happens, on which device, what was already tried."),
            is_required=True,
        ),
        (
            SERVICE,
            FormField("device", N_("Which device is it about?"), FieldType.DEVICE),
            FormField(
                "since",
                N_("Since when?"),
                help=N_("For example: “since yesterday evening, after the storm”."),
            ),
            FormField(
                "extent",
                N_("How does it work?"),
                FieldType.CHOICE,
                choices={
                    "not": N_("not at all"),
                    "poorly": N_("badly or slowly"),
                    "at_times": N_("it breaks off from time to time"),
                },
            ),
            FormField(
                "lamps",
                N_("Which lamps are lit on the device?"),
                help=N_("Name and colour, for example: “LOS red, Power green”."),
            ),
            FormField(
                "connection",
                N_("How is the computer connected?"),
                FieldType.CHOICE,
                choices={
                    "cable": N_("by cable"),
                    "wifi": N_("by Wi-Fi"),
                    "both": N_("one by cable, another one by Wi-Fi"),
                },
            ),
            AT_HOME,
        ),
        body_first=True,
        heading=N_("What helps the technician (all of it may be left empty)"),
    ),
    # Which elements a complaint must have stands in complaints.py, with its source.
    TicketKind.COMPLAINT: Layout(
        FormField(
            "body",
            N_("What happened, and what is asked for"),
            FieldType.TEXT,
            help=N_("The circumstances that justify the complaint."),
            is_required=True,
        ),
        (
            FormField(
                "period",
                N_("Which period is it about?"),
                help=N_("For example: “from 3 to 10 November 2026” or the month of the invoice."),
                is_required=True,
            ),
            FormField(
                "address",
                N_("Address of who complains"),
                FieldType.TEXT,
                is_required=True,
                known=Known.ADDRESS,
                longest=300,
            ),
            SERVICE,
            FormField("number", N_("Telephone number, if it is about one")),
            FormField(
                "contract_day",
                N_("Day of the contract and the day agreed for the beginning"),
                help=N_("Only when the service began too late."),
            ),
            FormField(
                "amount",
                N_("Amount asked for, in złoty"),
                FieldType.AMOUNT,
                help=N_("Compensation or another payment. For example: 49.90"),
            ),
            FormField(
                "payout",
                N_("How to pay it"),
                FieldType.CHOICE,
                choices={
                    "bills": N_("set off against the next invoices"),
                    "account": N_("to a bank account"),
                },
            ),
            FormField(
                "account",
                N_("Number of the bank account"),
                FieldType.ACCOUNT,
                needed_with=("payout", "account"),
                longest=60,
            ),
            FormField(
                "reply_by",
                N_("How to send the answer"),
                FieldType.CHOICE,
                help=N_("It will be on the page of the complaint in any case."),
                choices={
                    "panel": N_("on this page is enough"),
                    "email": N_("by e-mail"),
                    "letter": N_("by letter, to the address above"),
                },
            ),
            FormField(
                "email",
                N_("E-mail address for the answer"),
                FieldType.EMAIL,
                needed_with=("reply_by", "email"),
                known=Known.EMAIL,
            ),
        ),
        body_first=True,
        title_help=N_("For example: “No internet for three days” or “Wrong amount on an invoice”."),
        hint=complaints.HINT,
        heading=N_("What else may matter (what does not may be left empty)"),
    ),
    TicketKind.DATA_CHANGE: Layout(
        ANYTHING_ELSE,
        (
            FormField(
                "what",
                N_("What changes?"),
                FieldType.CHOICE,
                is_required=True,
                choices={
                    "name": N_("name and surname, or the company's name"),
                    "mailing_address": N_("address for letters"),
                    "phone": N_("telephone number"),
                    "email": N_("e-mail address"),
                    "other": N_("something else"),
                },
            ),
            FormField(
                "new_data",
                N_("The new data"),
                FieldType.TEXT,
                help=N_("As they are to be written on invoices and letters."),
                is_required=True,
                longest=600,
            ),
            FormField("from_day", N_("From which day"), FieldType.DAY),
        ),
        asks_title=False,
        hint=N_("The office may ask for a document, for example after a change of the name."),
    ),
    TicketKind.MOVING: Layout(
        ANYTHING_ELSE,
        (
            FormField(
                "new_address",
                N_("The new address"),
                FieldType.TEXT,
                help=N_("Street, number, flat, postcode and town."),
                is_required=True,
                longest=300,
            ),
            FormField("moving_day", N_("From which day the services are needed there"), FieldType.DAY),
            SERVICE,
            AT_HOME,
        ),
        asks_title=False,
        hint=N_("The office checks whether the services can be had at the new address, and answers here."),
    ),
    TicketKind.RESIGNATION: Layout(
        ANYTHING_ELSE,
        (
            FormField(
                "service",
                N_("Which service is it about?"),
                FieldType.SERVICE,
                help=N_("Left empty: all services."),
            ),
            FormField("last_day", N_("The last day wished for"), FieldType.DAY),
            FormField("reason", N_("Why")),
            FormField(
                "devices_back",
                N_("How the devices come back"),
                FieldType.CHOICE,
                choices={
                    "office": N_("brought to the office"),
                    "courier": N_("sent by post or courier"),
                    "collected": N_("collected by a technician"),
                },
            ),
        ),
        asks_title=False,
        hint=N_(
            "The office answers with the day on which the contract ends, and with what follows from it. "
            "Whether a signed letter is needed stands in the contract."
        ),
    ),
}


def label_of(kind: TicketKind, detail: Detail, *, language: str) -> str:
    """In that language; of a field that is asked no more, as it was written down."""
    known = _field(kind, detail.name)
    return texts(language).gettext(known.label) if known else detail.label


def value_of(kind: TicketKind, detail: Detail, *, language: str) -> str:
    """What was typed, or the choice in that language."""
    known = _field(kind, detail.name)
    words = known.choices.get(detail.choice) if known and detail.choice else None
    return texts(language).gettext(words) if words else detail.value


def facts_of(kind: TicketKind, details: Iterable[Detail], *, language: str) -> tuple[tuple[str, str], ...]:
    """Captions and values, as a page or a paper shows them."""
    return tuple(
        (label_of(kind, one, language=language), value_of(kind, one, language=language)) for one in details
    )


def _field(kind: TicketKind, name: str) -> FormField | None:
    return next((one for one in LAYOUTS[kind].fields if one.name == name), None)
