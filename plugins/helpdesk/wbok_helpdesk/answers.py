"""What was typed into the fields of a form: read, checked, and written down in the office's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flask_babel import gettext as _

from wbok.api import (
    Detail,
    Money,
    clean_address,
    clean_nrb,
    day_text,
    grouped_nrb,
    is_blank,
    money_text,
    typed_day,
)
from wbok_helpdesk.fields import FieldType, FormField
from wbok_helpdesk.texts import texts
from wbok_helpdesk.typed import clean, one_line, typed_amount


def read_values(fields: Mapping[str, str], asked: Iterable[FormField]) -> dict[str, str]:
    """As they were typed, whole; only fields that are asked."""
    return {
        one.name: (clean if one.type is FieldType.TEXT else one_line)(fields.get(one.name, ""))
        for one in asked
    }


def value_faults(values: Mapping[str, str], asked: Iterable[FormField]) -> Iterator[tuple[str, str]]:
    """What is wrong with each of them, in words."""
    for one in asked:
        fault = _fault(one, values)
        if fault:
            yield one.name, fault


def details_of(values: Mapping[str, str], asked: Iterable[FormField], *, language: str) -> tuple[Detail, ...]:
    """Of values without faults; what was left empty, or filled in by the panel and not needed, is left out."""
    return tuple(
        _detail(one, values[one.name], language)
        for one in asked
        if not is_blank(values[one.name]) and (one.known is None or _is_needed(one, values))
    )


def _fault(asked: FormField, values: Mapping[str, str]) -> str | None:
    value = values[asked.name]
    if is_blank(value):
        return str(_("Please fill in this field.")) if _is_needed(asked, values) else None
    if len(value) > asked.longest:
        return str(_("This is too long. The first %(most)s characters are kept.", most=asked.longest))
    if asked.type is FieldType.CHOICE and value not in asked.choices:
        return str(_("Please choose one of the answers."))
    if asked.type is FieldType.DAY and typed_day(value) is None:
        return str(_("This is no day. Please choose it, or leave the field empty."))
    if asked.type is FieldType.AMOUNT and typed_amount(value) is None:
        return str(_("This is no amount. Please type it like 49.90, or leave the field empty."))
    if asked.type is FieldType.ACCOUNT and clean_nrb(value) is None:
        return str(_("This is no right account number. It has 26 digits; please check each of them."))
    if asked.type is FieldType.EMAIL and clean_address(value) is None:
        return str(_("This is no e-mail address. Please check it, or leave the field empty."))
    return None


def _is_needed(asked: FormField, values: Mapping[str, str]) -> bool:
    if asked.needed_with is None:
        return asked.is_required
    other, choice = asked.needed_with
    return values.get(other) == choice


def _detail(asked: FormField, value: str, language: str) -> Detail:
    say = texts(language)
    choice, day, amount = None, typed_day(value), typed_amount(value)
    if asked.type is FieldType.CHOICE:
        choice, value = value, say.gettext(asked.choices[value])
    elif asked.type is FieldType.DAY and day is not None:
        value = day_text(day, language)
    elif asked.type is FieldType.AMOUNT and amount is not None:
        value = money_text(Money(amount), language=language)
    elif asked.type is FieldType.ACCOUNT:
        value = grouped_nrb(clean_nrb(value) or value)
    return Detail(asked.name, say.gettext(asked.label), value, choice)
