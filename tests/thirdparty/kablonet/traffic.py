"""How much data a customer used on which day: a capability that the tab `usage` knows, and WBOK does not."""

from __future__ import annotations

from datetime import date

from kablonet.client import Client, part_of_path, understood
from wbok_usage.source import DayUsage


class Traffic:
    def __init__(self, client: Client) -> None:
        self._client = client

    def days(self, customer_id: str, *, since: date, until: date) -> tuple[DayUsage, ...]:
        answer = self._client.get(
            f"/v1/customers/{part_of_path(customer_id)}/traffic",
            since=since.isoformat(),
            until=until.isoformat(),
        )
        with understood():
            return tuple(
                DayUsage(date.fromisoformat(row["day"]), down=int(row["down"]), up=int(row["up"]))
                for row in answer["days"]
            )
