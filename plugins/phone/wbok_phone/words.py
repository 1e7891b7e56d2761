"""What a call says of itself, on the page as on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from wbok.api import Call, CallKind, CallTotals, Direction, duration, grouped_number, masked_number, size

TALK = (CallKind.VOICE, CallKind.VIDEO)


@dataclass(frozen=True, slots=True)
class CallWords:
    """In the language of the request; made once for a table. `packages`: names by key."""

    shown: Callable[[str], str]
    packages: Mapping[str, str]
    kinds: Mapping[tuple[CallKind, Direction], str]
    hidden: str
    unanswered: str
    beyond: str

    def number(self, call: Call) -> str:
        if call.number:
            return self.shown(call.number)
        return self.kinds[call.kind, call.direction] if call.kind is CallKind.DATA else self.hidden

    def kind(self, call: Call) -> str:
        is_missed = call.answered is False and call.kind in TALK
        parts = (self.kinds[call.kind, call.direction], call.destination, is_missed and self.unanswered)
        return ", ".join(part for part in parts if part)

    def length(self, call: Call) -> str:
        if not (call.seconds or call.size) and call.kind is CallKind.VOICE:
            return duration(0)
        return length_of(call.seconds, call.size or 0)

    def package(self, call: Call) -> str:
        name = self.packages.get(call.allowance_id or "")
        return name or (self.beyond if call.price.amount > 0 else "")


def call_words(*, masked: bool, packages: Mapping[str, str]) -> CallWords:
    return CallWords(
        shown=masked_number if masked else grouped_number,
        packages=packages,
        kinds={
            (CallKind.VOICE, Direction.OUTGOING): _("call"),
            (CallKind.VOICE, Direction.INCOMING): _("incoming call"),
            (CallKind.SMS, Direction.OUTGOING): "SMS",
            (CallKind.SMS, Direction.INCOMING): _("incoming SMS"),
            (CallKind.MMS, Direction.OUTGOING): "MMS",
            (CallKind.MMS, Direction.INCOMING): _("incoming MMS"),
            (CallKind.DATA, Direction.OUTGOING): _("internet"),
            (CallKind.DATA, Direction.INCOMING): _("internet"),
            (CallKind.VIDEO, Direction.OUTGOING): _("video call"),
            (CallKind.VIDEO, Direction.INCOMING): _("incoming video call"),
        },
        hidden=_("hidden number"),
        unanswered=_("not answered"),
        beyond=_("charged apart"),
    )


def length_of(seconds: int, carried: int) -> str:
    """Bytes and time, whichever there is."""
    return ", ".join([*([size(carried)] if carried else []), *([duration(seconds)] if seconds else [])])


def totals_length(totals: CallTotals) -> str:
    return length_of(totals.seconds, totals.size)
