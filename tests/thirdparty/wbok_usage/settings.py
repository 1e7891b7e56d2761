"""`[tabs.usage]`: how much data a month has, and when customers are warned."""

from __future__ import annotations

from pydantic import Field

from wbok.api import Section

GIGABYTE = 10**9


class UsageSettings(Section):
    """Without `limit_gb` data is without a limit, and nobody is warned."""

    limit_gb: int | None = Field(default=None, ge=1)
    warn_percent: int = Field(default=80, ge=1, le=100)

    @property
    def limit(self) -> int | None:
        """Bytes."""
        return None if self.limit_gb is None else self.limit_gb * GIGABYTE

    @property
    def warn_at(self) -> int | None:
        """Bytes."""
        return None if self.limit is None else self.limit * self.warn_percent // 100
