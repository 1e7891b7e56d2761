"""Which documents have no file yet."""

from __future__ import annotations

from wbok.api import Document, KsefState
from wbok_finance.settings import FinanceSettings


def is_withheld(document: Document, settings: FinanceSettings) -> bool:
    """An invoice that has to go through KSeF does not exist before KSeF has accepted it."""
    return settings.withhold_until_accepted and document.ksef_state is KsefState.WAITING
