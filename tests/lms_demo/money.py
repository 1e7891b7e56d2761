"""Documents with their lines, and what was booked: of a document one entry for each line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from lms_demo.people import TAXES
from lms_demo.provider import AFTERNOON, MORNING, Provider, Row, epoch
from wbok.adapters.lms.tables import finance

KINDS = {"invoice": 1, "correction": 3, "debit_note": 5, "pro_forma": 6}
CHARGE, PAYMENT = 0, 1
TRANSFER = 2
NO_DAY_TO_PAY = -1
RATES = {"PLN": Decimal(1), "EUR": Decimal("4.25")}
Lines = Mapping[int, list[Row]]


def write(provider: Provider) -> None:
    lines: dict[int, list[Row]] = {}
    for line in provider.rows["document_lines"]:
        lines.setdefault(line["document_id"], []).append(line)
    for document in provider.rows["documents"]:
        _write_document(provider, document)
        if document["kind"] == "correction":
            _write_correction(provider, document, lines)
        else:
            _write_lines(provider, document, lines[document["id"]])
    for entry in provider.rows["ledger"]:
        _write_entry(provider, entry, lines)


def _write_document(provider: Provider, document: Row) -> None:
    issued, due = document["issued_on"], document["due_on"]
    name = next(c["name"] for c in provider.rows["customers"] if c["id"] == document["customer_id"])
    provider.add(
        finance.documents,
        id=document["id"],
        type=KINDS[document["kind"]],
        number=int(document["number"].rpartition("/")[2]),
        fullnumber=document["number"],
        customerid=document["customer_id"],
        name=name,
        cdate=epoch(issued, MORNING),
        sdate=epoch(issued, MORNING),
        paytime=(due - issued).days if due else NO_DAY_TO_PAY,
        paytype=TRANSFER,
        reference=document["corrects_id"],
        cancelled=int(document["cancelled"]),
        published=1,
        **_currency(document),
    )


def _write_lines(provider: Provider, document: Row, lines: Iterable[Row]) -> None:
    for line in lines:
        row = {
            "docid": document["id"],
            "itemid": line["position"],
            "value": line["gross"] / line["quantity"],
            "description": line["description"],
        }
        if document["kind"] == "debit_note":
            provider.add(finance.debitnotecontents, **row)
        else:
            provider.add(
                finance.invoicecontents,
                **row,
                taxid=TAXES[line["vat_rate"]],
                count=line["quantity"],
                content=line["unit"],
            )


def _write_correction(provider: Provider, document: Row, lines: Lines) -> None:
    """LMS writes the whole new state: here the first line of the invoice, less what is taken off."""
    change, *more = lines[document["id"]]
    first, *others = lines[document["corrects_id"]]
    assert not more
    new = first | {"gross": first["gross"] + change["gross"], "description": change["description"]}
    _write_lines(provider, document, [new, *others])


def _write_entry(provider: Provider, entry: Row, lines: Lines) -> None:
    row = {"customerid": entry["customer_id"], **_currency(entry)}
    if entry["document_id"] is None:
        at = epoch(entry["booked_on"], AFTERNOON)
        provider.add(
            finance.cash, time=at, type=PAYMENT, value=entry["amount"], comment=entry["description"], **row
        )
        return
    for line in lines[entry["document_id"]]:
        provider.add(
            finance.cash,
            time=epoch(entry["booked_on"], MORNING),
            type=CHARGE,
            value=-line["gross"],
            comment=line["description"],
            docid=entry["document_id"],
            itemid=line["position"],
            **row,
        )


def _currency(row: Row) -> dict[str, object]:
    return {"currency": row["currency"], "currencyvalue": RATES[row["currency"]]}
