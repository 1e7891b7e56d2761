"""`[tabs.phone]`: what of the calls is shown, and to whom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from wbok.api import Panel, Section, beginning_of

SHORTEST, LONGEST, WHOLE = 3, 15, 9
"""Digits. A shorter beginning would leave out half of all calls, and no number is longer (ITU-T E.164).

A Polish number has nine, without the country.
"""
COUNTRY = "48"


def _beginning(text: str) -> str:
    """Raises ValueError for what no call's number begins with: its calls would be listed, and nobody would know."""
    digits = beginning_of(text)
    if digits is None or len(digits) < SHORTEST:
        raise ValueError(
            f'"{text}" is no beginning of a number; write at least {SHORTEST} digits, as "116 111"'
        )
    if len(digits) > LONGEST:
        raise ValueError(f'"{text}" is longer than any number; write at most {LONGEST} digits, as "116 111"')
    if digits.startswith("0"):
        raise ValueError(
            f'"{text}" begins with 0, as no number does today; write it without, as "800 100 200"'
        )
    names_country = "+" in text or text.strip().startswith("00")
    if digits.startswith(COUNTRY) and len(digits) != WHOLE and not names_country:
        raise ValueError(
            f'"{text}" may begin with the country or with a zone; write the number without the country, '
            f'as "116 111", or with +{COUNTRY} in front'
        )
    return text


class PhoneSettings(Section):
    """`helplines`: what their free numbers begin with."""

    mask_numbers: Literal["never", "choice", "always"] = "choice"
    helplines: tuple[Annotated[str, AfterValidator(_beginning)], ...] = (
        "116 000",
        "116 006",
        "116 111",
        "116 123",
    )
    ask_pin: bool = False

    @property
    def left_out(self) -> tuple[str, ...]:
        """As a request for calls takes it."""
        return tuple(digits for text in self.helplines if (digits := beginning_of(text)))


def settings_of(panel: Panel) -> PhoneSettings:
    settings: PhoneSettings = panel.tab_settings("phone")
    return settings
