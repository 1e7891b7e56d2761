"""Complaints (reklamacje): the rules that the panel keeps, where they come from, and all of their wording.

Sources: Prawo komunikacji elektronicznej of 12.07.2024 (Dz.U. 2024 poz. 1221), art. 378; rozporządzenie Ministra
Cyfryzacji of 29.09.2025 on complaints (Dz.U. 2025 poz. 1371), in force since 14.03.2026.

What follows from them here:

- A complaint has: who complains and his address, its subject, the period, the circumstances, the telephone number
  or the customer's number, the day of the contract when the beginning was late, the amount asked for with an
  account or the wish to set it off, and the way in which the answer is to come. See LAYOUTS in fields.py.
- Receipt is confirmed on a durable medium within 14 days when it came electronically. Here: at once, as PDF.
- The answer is due within ANSWER_DAYS; without one the complaint counts as accepted.
- An answer says: provider, day of filing, decision, amount and day of payment, reasons when it is refused, the way
  to a court and to the regulator's out-of-court procedure, and who decided, with his position.

Not confirmed; a lawyer should read it before a provider relies on it:

- whether a last day on a Saturday or a holiday moves to the next working day: the panel does not move it, which is
  safe for the provider;
- whether a PDF to be fetched in a panel is by itself a durable medium (CJEU C-375/15 asks that the customer is told
  of it): so it is offered at once and, where a mail server is set up, sent as the text of an e-mail; of the answer
  he is told by message and e-mail;
- the number of the article by which an unanswered complaint counts as accepted, and the 12 months to complain,
  which are known of the former act;
- the call to complete a complaint (7 days, else it is left unexamined) and a second sending on demand (3 working
  days) are the office's work; nothing of them is counted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from wbok.api import (
    Complaint,
    ComplaintAnswer,
    Decision,
    LetterPart,
    NotFound,
    Party,
    PrintedLetter,
    day_text,
    letter_pdf,
    money_text,
    with_details,
)
from wbok_helpdesk.texts import N_, texts

ANSWER_DAYS = 30

HINT = N_(
    "The confirmation can be fetched at once as PDF. The answer comes within 30 days; without it the complaint "
    "counts as accepted."
)
DECISIONS = {
    Decision.ACCEPTED: N_("The complaint is accepted."),
    Decision.PARTLY: N_("The complaint is accepted in part."),
    Decision.REJECTED: N_("The complaint is rejected."),
}
WAY_ON = N_(
    "Whoever does not agree with this answer can go to a court. A consumer can also ask the President of UKE "
    "(Office of Electronic Communications) for an out-of-court settlement of the dispute; how to do it stands at "
    "cik.uke.gov.pl."
)


def answer_due(filed_on: date) -> date:
    """The last day for the answer; the day of filing does not count."""
    return filed_on + timedelta(days=ANSWER_DAYS)


@dataclass(frozen=True, slots=True)
class Printing:
    """Who hands the paper out, and in which language. Days are those of `zone`."""

    provider: Party
    zone: ZoneInfo
    language: str

    def day(self, moment: datetime) -> str:
        return day_text(moment.astimezone(self.zone).date(), self.language)


def confirmation(complaint: Complaint, facts: tuple[tuple[str, str], ...], printing: Printing) -> bytes:
    """PDF: that it was filed, when, and everything that was filed. `facts`: its fields with their captions."""
    say, filing = texts(printing.language), complaint.filing
    filed = f"{printing.day(complaint.filed_at)}, {complaint.filed_at.astimezone(printing.zone):%H:%M}"
    head = _head(complaint, filed, printing.language)
    contact = ((say.gettext("Contact phone"), filing.phone),) if filing.phone else ()
    files = ((say.gettext("Attachments"), ", ".join(filing.attachments)),) if filing.attachments else ()
    parts = (
        LetterPart(facts=head),
        LetterPart(say.gettext("What was filed"), (*facts, *contact, *files)),
        LetterPart(say.gettext("What happened, and what is asked for"), text=filing.body),
        LetterPart(say.gettext("What happens next"), text=_next_step(complaint, printing.language)),
    )
    title = say.gettext("Confirmation of the complaint %(number)s") % {"number": complaint.number}
    return _paper(title, complaint, parts, printing, at=complaint.filed_at)


def receipt(complaint: Complaint, *, language: str) -> tuple[str, str]:
    """Title and text of the e-mail that confirms it: the same that stands on paper."""
    say = texts(language)
    title = say.gettext("Confirmation of the complaint %(number)s") % {"number": complaint.number}
    filed_on = day_text(complaint.due_on - timedelta(days=ANSWER_DAYS), language)
    head = "\n".join(f"{label}: {value}" for label, value in _head(complaint, filed_on, language))
    filing = complaint.filing
    return title, "\n\n".join(
        (head, with_details(filing.body, filing.details), _next_step(complaint, language))
    )


def answer_paper(complaint: Complaint, printing: Printing) -> bytes:
    """PDF: what was decided, why, and what one can do then. Raises NotFound as long as there is no answer."""
    answer, answered_at = complaint.answer, complaint.answered_at
    if answer is None or answered_at is None:
        raise NotFound("answer")
    say = texts(printing.language)
    head = (
        (say.gettext("Number"), complaint.number),
        (say.gettext("Filed"), printing.day(complaint.filed_at)),
        (say.gettext("Answered on"), printing.day(answered_at)),
        (say.gettext("Subject"), complaint.filing.title),
    )
    clerk = ", ".join(part for part in (answer.author, answer.position) if part)
    parts = (
        LetterPart(facts=head),
        LetterPart(say.gettext(DECISIONS[answer.decision]), _amount(answer, printing.language), answer.text),
        LetterPart(say.gettext("What can be done next"), text=say.gettext(WAY_ON)),
        LetterPart(facts=((say.gettext("Decided by"), clerk),)),
    )
    title = say.gettext("Answer to the complaint %(number)s") % {"number": complaint.number}
    return _paper(title, complaint, parts, printing, at=answered_at)


def _head(complaint: Complaint, filed: str, language: str) -> tuple[tuple[str, str], ...]:
    say = texts(language)
    return (
        (say.gettext("Number"), complaint.number),
        (say.gettext("Filed"), filed),
        (say.gettext("Answer at the latest"), day_text(complaint.due_on, language)),
        (say.gettext("Subject"), complaint.filing.title),
    )


def _next_step(complaint: Complaint, language: str) -> str:
    words = texts(language).gettext(
        "The answer comes by %(day)s at the latest, within %(days)d days of filing. If there is none by then, "
        "the complaint counts as accepted."
    )
    return words % {"day": day_text(complaint.due_on, language), "days": ANSWER_DAYS}


def _paper(
    title: str, complaint: Complaint, parts: tuple[LetterPart, ...], printing: Printing, *, at: datetime
) -> bytes:
    """Of the moment at which it was first to be had, whenever it is fetched: the same paper is the same bytes."""
    letter = PrintedLetter(
        title=title,
        provider=printing.provider,
        customer=Party(complaint.filing.author, customer_id=complaint.customer_id),
        parts=parts,
        printed_on=at.astimezone(printing.zone).date(),
    )
    return letter_pdf(letter, language=printing.language, made_at=at)


def _amount(answer: ComplaintAnswer, language: str) -> tuple[tuple[str, str], ...]:
    say, facts = texts(language), list[tuple[str, str]]()
    if answer.amount is not None:
        facts.append((say.gettext("Amount granted"), money_text(answer.amount, language=language)))
    if answer.paid_by is not None:
        facts.append((say.gettext("Paid by"), day_text(answer.paid_by, language)))
    return tuple(facts)
