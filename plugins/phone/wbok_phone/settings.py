"""`[tabs.phone]`: what of the calls is shown, and to whom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from wbok.api import Panel, Section, beginning_of

SHORTEST = 3
"""A shorter beginning would leave out half of all calls."""


def _beginning(text: str) -> str:
    digits = beginning_of(text)
    if digits is None or len(digits) < SHORTEST:
        raise ValueError(
            f'"{text}" is no beginning of a number; write at least {SHORTEST} digits, as "116 111"'
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
