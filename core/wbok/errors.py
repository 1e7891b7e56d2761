"""The errors that may cross a border. Nothing else leaves an adapter; pages are made of them in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wbok.billing.imports import Fault


class BillingError(Exception):
    """What an adapter may raise; the text is for the log, never for the customer."""


class NotFound(BillingError):
    """There is no such thing, or it is another customer's: the two cannot be told apart."""


class Rejected(BillingError):
    """The request makes no sense, for example a page mark that we did not write."""


class Unavailable(BillingError):
    """The billing system does not answer or answers what cannot be understood; later it may."""


class FileUnusable(Unavailable):
    """An original file is missing, too large or not what it must be: what was to be shown can be drawn instead."""


class ConfigError(Exception):
    """The configuration cannot be used. The text says what, where and what to do."""


class ImportFailed(Exception):
    """Nothing was imported, and what was served before is served on. The text says what, where and what to do.

    `faults` are the first of those in the files.
    """

    def __init__(self, text: str, *, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(text)
        self.faults = faults


class StoreUnavailable(Exception):
    """The panel's own store does not answer."""


class KeptFileUnusable(StoreUnavailable):
    """A file that the panel itself keeps is missing or not what it was. The text names it and where it is kept."""


class MessageRefused(Exception):
    """The message cannot be sent; nothing of it was. The text says why, for the office."""
