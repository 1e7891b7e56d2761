"""The link by which a customer refuses offers without logging in: who has it can do that, and nothing else."""

from __future__ import annotations

import base64
import binascii
import hmac

from wbok.access.seal import Sealer


class OptOut:
    """`key`: that of sessions; with another one the links of old letters end."""

    def __init__(self, key: bytes) -> None:
        self._seal = Sealer(key, purpose="wbok opt-out")

    def token(self, customer_id: str) -> str:
        """Of `[A-Za-z0-9_-]`, always the same."""
        named = base64.urlsafe_b64encode(customer_id.encode()).decode().rstrip("=")
        return f"{self._seal(customer_id)}{named}"

    def customer_id(self, token: str) -> str | None:
        """Whose it is; None for what we did not make."""
        named = token[Sealer.SIGNS :]
        try:
            customer_id = base64.b64decode(
                named + "=" * (-len(named) % 4), altchars=b"-_", validate=True
            ).decode()
        except (binascii.Error, ValueError):
            return None
        made = self.token(customer_id)
        return customer_id if hmac.compare_digest(made.encode(), token.encode("utf-8", "replace")) else None
