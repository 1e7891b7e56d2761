"""The `finance` capability over relations: what is owed and where to pay, the ledger, the documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wbok.adapters.originals import Originals
from wbok.adapters.sql.customers import read_services
from wbok.adapters.sql.documents import SqlDocuments
from wbok.adapters.sql.ledger import SqlLedger
from wbok.adapters.sql.reader import Reader
from wbok.adapters.sql.settling import Settling
from wbok.domain.finance import Account, Seller, Settlement, Terms
from wbok.domain.settlement import summarise
from wbok.errors import NotFound

Values = Mapping[str, Any]
TERMS = ("customers", "services", "accounts", "sellers")
PARTS = ("ledger", "documents", "document_lines", "document_payments", "document_files")


class SqlFinance(SqlLedger, SqlDocuments):
    def __init__(self, reader: Reader, originals: Originals) -> None:
        SqlLedger.__init__(self, reader)
        SqlDocuments.__init__(self, reader, Settling(reader), originals)

    @property
    def parts(self) -> frozenset[str]:
        return frozenset({name for name in PARTS if self._reader.has(name)} | {"terms"})

    def settlement(self, customer_id: str) -> Settlement:
        now = self._settling.now(customer_id)
        return summarise(now.documents, now.balances)

    def terms(self, customer_id: str) -> Terms:
        found = self._reader.gather(TERMS, customer_id=customer_id)
        if self._reader.has("customers") and not found["customers"]:
            raise NotFound("customer")
        customer = found["customers"][0] if found["customers"] else {}
        # By number they are in order already.
        accounts = sorted(found["accounts"], key=lambda values: values["position"] or 0)
        return Terms(
            services=read_services(found["services"], currency=self._reader.currency),
            accounts=tuple(Account(v["number"], v["currency"]) for v in accounts),
            seller=_seller(found["sellers"], customer.get("seller_id")),
            payment_title=customer.get("payment_title"),
        )


def _seller(rows: list[Values], seller_id: str | None) -> Seller | None:
    """The customer's own seller; where the billing names none, the only one there is.

    One who is named but not there is nobody: the money of his customers is not another firm's.
    """
    chosen = [v for v in rows if seller_id in (None, v["id"])]
    if len(chosen) != 1:
        return None
    v = chosen[0]
    return Seller(
        id=v["id"],
        name=v["name"],
        street=v["street"],
        postcode=v["postcode"],
        city=v["city"],
        tax_id=v["tax_id"],
        account=v["account"],
    )
