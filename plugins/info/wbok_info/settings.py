"""`[tabs.info]`: which of the customer's data are shown."""

from __future__ import annotations

from typing import Literal, get_args

from wbok.api import Section

Field = Literal[
    "kind",
    "status",
    "since",
    "tax_id",
    "personal_id",
    "addresses",
    "contacts",
    "contracts",
    "consents",
    "services",
    "devices",
]


class InfoSettings(Section):
    """Name and ID Klienta are always shown; the rest is left out when it does not stand in `fields`."""

    fields: tuple[Field, ...] = get_args(Field)
