"""What customers type: read, cleaned, and each fault said in words. What was typed always comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from flask_babel import format_decimal
from flask_babel import gettext as _

from wbok.api import SentFiles, TicketKind, form_key, had_files, is_blank, is_own_key
from wbok_helpdesk.answers import read_values, value_faults
from wbok_helpdesk.fields import LAYOUTS
from wbok_helpdesk.settings import Category, HelpdeskSettings
from wbok_helpdesk.typed import clean, one_line

MAX_TITLE = 120
MAX_BODY = 10_000
MAX_PHONE = 30


@dataclass(frozen=True, slots=True)
class TicketForm:
    """`faults` says for each field what is wrong with it. `key` is the customer's own in any case.

    `values`: of the fields that its kind asks besides, as they were typed.
    """

    key: str
    category: str = ""
    title: str = ""
    body: str = ""
    phone: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReplyForm:
    key: str
    body: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)


def read_ticket(fields: Mapping[str, str], settings: HelpdeskSettings) -> TicketForm:
    category = settings.offered_category(fields.get("category", ""))
    layout = category.layout if category else LAYOUTS[TicketKind.QUESTION]
    asked = category.fields if category else ()
    title = one_line(fields.get("title", "")) if layout.asks_title else ""
    body = clean(fields.get("body", ""))
    phone = one_line(fields.get("phone", ""))
    values = read_values(fields, asked)
    faults = {
        "category": _category_fault(category),
        "title": _title_fault(title) if layout.asks_title else None,
        "body": body_fault(body, is_required=layout.body.is_required),
        **dict(value_faults(values, asked)),
        "phone": phone_fault(phone),
    }
    return TicketForm(
        key=_own_key(fields),
        category=category.name if category else "",
        title=title[:MAX_TITLE],
        body=body[:MAX_BODY],
        phone=phone[:MAX_PHONE],
        values={one.name: values[one.name][: one.longest] for one in asked},
        faults={name: fault for name, fault in faults.items() if fault},
    )


def read_reply(fields: Mapping[str, str]) -> ReplyForm:
    body = clean(fields.get("body", ""))
    fault = body_fault(body)
    return ReplyForm(_own_key(fields), body[:MAX_BODY], {"body": fault} if fault else {})


F = TypeVar("F", TicketForm, ReplyForm)


def with_files(form: F, files: SentFiles) -> F:
    """With what is wrong with its files; when it is shown again, no page can put them into it."""
    faults = list(files.faults)
    if (form.faults or faults) and had_files():
        faults.append(choose_again())
    return replace(form, faults={**form.faults, "attachments": " ".join(faults)}) if faults else form


def choose_again() -> str:
    """A browser lets no page put files into a form."""
    return str(_("The files must be chosen once more."))


def body_fault(body: str, *, is_required: bool = True) -> str | None:
    if is_required and is_blank(body):
        return str(_("Please describe the matter in a few words."))
    if len(body) > MAX_BODY:
        return str(
            _(
                "The text is too long. The first %(most)s characters are kept below.",
                most=format_decimal(MAX_BODY),
            )
        )
    return None


def _own_key(fields: Mapping[str, str]) -> str:
    key = fields.get("form_key", "")
    return key if is_own_key(key) else form_key()


def _category_fault(category: Category | None) -> str | None:
    return None if category else str(_("Please choose what it is about."))


def _title_fault(title: str) -> str | None:
    if is_blank(title):
        return str(_("Please type a subject, for example: “The telephone has no signal”."))
    if len(title) > MAX_TITLE:
        return str(
            _("The subject is too long. Its first %(most)s characters are kept below.", most=MAX_TITLE)
        )
    return None


def phone_fault(phone: str) -> str | None:
    if not phone:
        return None
    digits = sum(c in "0123456789" for c in phone)
    if len(phone) > MAX_PHONE or digits < 7 or set(phone) - set("0123456789 +-()"):
        return str(_("This is no telephone number. Please type it, or leave the field empty."))
    return None
