"""Where an invoice of LMS stands in KSeF, the state's register of invoices."""

from __future__ import annotations

from sqlalchemy import FromClause, Select, Subquery, and_, case, exists, func, literal, or_, select

from wbok.adapters.lms.lines import CORRECTION, INVOICE
from wbok.adapters.lms.site import THE_CUSTOMER, Element, Site, filled
from wbok.adapters.lms.tables.finance import documents, ksefconfig, ksefdocuments
from wbok.adapters.lms.tables.people import customerconsents
from wbok.adapters.lms.tables.settings import uiconfig

SENT, ACCEPTED = 0, 200
COMPANY = 1
CONSENT_TO_KSEF = 34
NEVER = -1
"""The delay of a division that hands nothing in."""


class Ksef:
    """Of the document and the customer given by their tables; `number` and `state` want what `joined_to` adds."""

    def __init__(self, site: Site, document: FromClause, owner: FromClause) -> None:
        self._document = document
        self._latest = _latest_of_customer().subquery("latest")
        self._sent = ksefdocuments.alias("k")
        status = self._sent.c.status
        offline = site.is_on("ksef.offline_support", division=owner.c.divisionid)
        concerned = _is_concerned(document, owner, self._sent)
        self.number: Element = case((and_(concerned, status == ACCEPTED), filled(self._sent.c.ksefnumber)))
        self.state: Element = case(
            (and_(concerned, status == ACCEPTED), "accepted"),
            (and_(concerned, status == SENT, offline), "offline"),
            (concerned, "waiting"),
        )

    def joined_to(self, origin: FromClause) -> FromClause:
        latest: Subquery = self._latest
        return origin.outerjoin(latest, latest.c.docid == self._document.c.id).outerjoin(
            self._sent, self._sent.c.id == latest.c.id
        )


def is_used() -> Element:
    return exists(select(literal(1)).where(uiconfig.c.section == "ksef", uiconfig.c.disabled == 0))


def _latest_of_customer() -> Select[tuple[object, ...]]:
    """A document may have been handed in several times. `ksefdocuments` has no index on it: it is read once."""
    sent, document = ksefdocuments.alias(), documents.alias()
    return (
        select(sent.c.docid, func.max(sent.c.id).label("id"))
        .select_from(sent.join(document, document.c.id == sent.c.docid))
        .where(document.c.customerid == THE_CUSTOMER, is_used())
        .group_by(sent.c.docid)
    )


def _is_concerned(document: FromClause, owner: FromClause, sent: FromClause) -> Element:
    rules, consents = ksefconfig.c, customerconsents.c
    agreed = exists(
        select(literal(1)).where(
            consents.customerid == document.c.customerid, consents.type == CONSENT_TO_KSEF
        )
    )
    handed_in = or_(sent.c.id.is_not(None), rules.delay.is_(None), rules.delay != NEVER)
    by_rule = exists(
        select(literal(1)).where(
            rules.divisionid == document.c.divisionid,
            document.c.cdate >= rules.boundarydate,
            or_(owner.c.type == COMPANY, rules.allconsumers == 1, agreed),
            handed_in,
        )
    )
    return and_(document.c.type.in_((INVOICE, CORRECTION)), is_used(), by_rule)
