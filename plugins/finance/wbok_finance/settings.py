"""`[tabs.finance]`: what the tab offers, and where one pays."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, model_validator

from wbok.api import AccountTemplate, ConfigError, Section, read_account_template

PLACES = ("amount", "currency", "title", "id", "signature")
MIN_KEY_BYTES = 32


def _template(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    try:
        return read_account_template(written)
    except ConfigError as error:
        raise ValueError(str(error).rstrip(".")) from None


class FinanceSettings(Section):
    """What is switched off has no route.

    `withhold_until_accepted`: the file of a document that waits for KSeF is not handed out. `account_template`: see
    `wbok.bank.template`. `payment_link`: an address with {amount}, {currency}, {title}, {id}, {signature}, which
    are filled in and escaped; `payment_key` signs them (see `online`).
    """

    slip: bool = True
    transfer_code: bool = True
    files: bool = True
    statement: bool = True
    withhold_until_accepted: bool = True
    account_template: Annotated[AccountTemplate | None, BeforeValidator(_template)] = None
    payment_link: str | None = None
    payment_key: str | None = Field(default=None, min_length=MIN_KEY_BYTES, repr=False)

    @model_validator(mode="after")
    def _link_can_be_filled(self) -> Self:
        if self.payment_link is None:
            return self
        address = urlsplit(self.payment_link)
        if address.scheme != "https" or not address.hostname:
            raise ValueError("payment_link: must be a whole address that begins with https://")
        if "{" in address.netloc or "}" in address.netloc:
            raise ValueError("payment_link: the name of the server cannot be filled in")
        unknown = sorted(set(re.findall(r"\{([^}]*)\}", self.payment_link)) - set(PLACES))
        if unknown:
            raise ValueError(
                f"payment_link: there is no {{{unknown[0]}}}. There are: "
                + ", ".join(f"{{{place}}}" for place in PLACES)
            )
        if "{signature}" in self.payment_link and self.payment_key is None:
            raise ValueError("payment_key_file: is missing; {signature} in payment_link needs it")
        return self
