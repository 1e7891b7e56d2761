"""Papers of a complaint: for its customer on a page, for the office by command."""

from __future__ import annotations

from wbok.api import Complaint, Panel, Party, TicketKind
from wbok_helpdesk import complaints
from wbok_helpdesk.fields import facts_of


def confirmation_pdf(panel: Panel, complaint: Complaint, *, language: str) -> bytes:
    facts = facts_of(TicketKind.COMPLAINT, complaint.filing.details, language=language)
    return complaints.confirmation(complaint, facts, _printing(panel, language))


def answer_pdf(panel: Panel, complaint: Complaint, *, language: str) -> bytes:
    """Raises NotFound as long as there is no answer."""
    return complaints.answer_paper(complaint, _printing(panel, language))


def _printing(panel: Panel, language: str) -> complaints.Printing:
    office = panel.settings.office
    provider = Party(office.name, (office.address,))
    return complaints.Printing(provider, panel.zone, language)
