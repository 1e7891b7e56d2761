"""Where an invoice of LMS stands in KSeF, the state's register of invoices."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import FromClause, Select, Subquery, and_, case, exists, func, literal, or_, select

from wbok.adapters.lms.lines import CORRECTION, INVOICE
from wbok.adapters.lms.site import THE_CUSTOMER, Element, Site, filled, plus
from wbok.adapters.lms.tables.finance import documents, ksefbatchsessions, ksefconfig, ksefdocuments
from wbok.adapters.lms.tables.people import customerconsents
from wbok.adapters.lms.tables.settings import uiconfig

SENT, ACCEPTED = 0, 200
COMPANY = 1
CONSENT_TO_KSEF = 34
NEVER = -1
"""The delay of a division that hands nothing in."""
EVERY = 2**31 - 1
BETWEEN = "|"
HOSTS = {"1": "qr-test.ksef.mf.gov.pl", "2": "qr.ksef.mf.gov.pl", "3": "qr-demo.ksef.mf.gov.pl"}
"""By the environment of LMS: test, production, demonstration."""
NUMBER = re.compile(r"[0-9]{10}-([0-9]{4})([0-9]{2})([0-9]{2})-", re.ASCII)
HASH = re.compile(r"[A-Za-z0-9+/]{43}=", re.ASCII)


class Ksef:
    """Of the document and the customer given by their tables; `number` and `state` want what `joined_to` adds."""

    def __init__(self, site: Site, document: FromClause, owner: FromClause) -> None:
        self._document = document
        self._latest = _latest_of_customer().subquery("latest")
        self._sent = ksefdocuments.alias("k")
        status = self._sent.c.status
        offline = site.is_on("ksef.offline_support", division=owner.c.divisionid)
        not_yet = case((and_(status == SENT, offline), "offline"), else_="waiting")
        division = document.c.div_ten
        self.code: Element = case(
            (
                status.in_((SENT, ACCEPTED)),
                plus(
                    self._environment(),
                    BETWEEN,
                    division,
                    BETWEEN,
                    document.c.cdate,
                    BETWEEN,
                    self._sent.c.hash,
                ),
            )
        )
        """What `verification_url` makes an address of."""
        self.number: Element = case((status == ACCEPTED, filled(self._sent.c.ksefnumber)))
        self.state: Element = case(
            (status == ACCEPTED, "accepted"), (_is_concerned(document, owner, self._sent), not_yet)
        )

    def _environment(self) -> Element:
        sessions = ksefbatchsessions.alias()
        return (
            select(sessions.c.environment)
            .where(sessions.c.id == self._sent.c.batchsessionid)
            .correlate(self._sent)
            .scalar_subquery()
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
    sent = ksefdocuments.alias()
    # With a limit a database finds the customer's documents first, and does not walk through everybody's.
    own = select(documents.c.id).where(documents.c.customerid == THE_CUSTOMER).limit(EVERY).subquery("own")
    return (
        select(sent.c.docid, func.max(sent.c.id).label("id"))
        .select_from(sent.join(own, own.c.id == sent.c.docid))
        .where(is_used())
        .group_by(sent.c.docid)
    )


def _is_concerned(document: FromClause, owner: FromClause, sent: FromClause) -> Element:
    rules, consents = ksefconfig.c, customerconsents.c
    # Named, since it stands in a question within a question: else it would be asked of anybody's documents.
    agreed = exists(
        select(literal(1))
        .where(consents.customerid == document.c.customerid, consents.type == CONSENT_TO_KSEF)
        .correlate(document)
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


def verification_url(code: str | None, zone: ZoneInfo) -> str | None:
    """Of environment, seller's NIP, moment of issue and hash; None when one of them cannot be used."""
    environment, _, rest = (code or "").partition(BETWEEN)
    nip, issued, digest = (*rest.split(BETWEEN), "", "", "")[:3]
    nip = "".join(filter(str.isdecimal, nip))
    if environment not in HOSTS or len(nip) != 10 or not issued.isdecimal() or not HASH.fullmatch(digest):
        return None
    day = datetime.fromtimestamp(int(issued), zone)
    # In an address "/" and "+" mean something else.
    digest = digest.rstrip("=").replace("+", "-").replace("/", "_")
    return f"https://{HOSTS[environment]}/invoice/{nip}/{day:%d-%m-%Y}/{digest}"


def assigned_on(number: str | None) -> str | None:
    """The day that stands in a number of KSeF: 5265877635-20250826-… was given on 2025-08-26."""
    found = NUMBER.match(number or "")
    return "-".join(found.groups()) if found else None
