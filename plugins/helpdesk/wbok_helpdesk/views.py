"""The pages of Helpdesk: list, new ticket, one ticket with its thread."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wbok.api import (
    DeskRules,
    NewReply,
    NewTicket,
    PageRequest,
    Refusal,
    TicketKind,
    TicketRefused,
    TicketStatus,
    UploadLimits,
    attachment_download,
    current_customer_id,
    current_customer_name,
    download,
    forget_kept_form,
    form_key,
    had_files,
    keeps_form,
    kept_form,
    language,
    panel,
    read_uploads,
    render,
    takes_uploads,
)
from wbok_helpdesk import complaints
from wbok_helpdesk.answers import details_of
from wbok_helpdesk.fields import LAYOUTS, facts_of
from wbok_helpdesk.forms import ReplyForm, TicketForm, choose_again, read_reply, read_ticket, with_files
from wbok_helpdesk.news import note_opened
from wbok_helpdesk.offers import Offers, offers_for
from wbok_helpdesk.papers import answer_pdf, confirmation_pdf
from wbok_helpdesk.settings import Category, HelpdeskSettings

REFUSED = {
    Refusal.TOO_MANY_REPLIES: 429,
    Refusal.TOO_MANY_OPEN: 429,
    Refusal.TOO_MANY_NEW: 429,
    Refusal.TOO_MUCH_ATTACHED: 413,
    Refusal.NO_QUEUE: 503,
}

PDF = "application/pdf"

blueprint = Blueprint("helpdesk", __name__, template_folder="templates")


@blueprint.get("/")
def index() -> ResponseReturnValue:
    after = request.args.get("after") or None
    page = panel().desk.customer.tickets(current_customer_id(), PageRequest(after=after))
    return render("helpdesk/index.html", page=page, is_first=after is None, settings=_settings())


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    """`category`: which form; without it what there is to choose from."""
    kept, settings = kept_form(), _settings()
    if kept:
        return _ticket_form(replace(read_ticket(kept, settings), faults={}))
    category = settings.offered_category(request.args.get("category", ""))
    if category is None:
        return render("helpdesk/choose.html", settings=settings)
    offers = offers_for(panel(), current_customer_id())
    form = TicketForm(
        key=form_key(),
        category=category.name,
        phone=offers.phone,
        values={one.name: offers.known(one) for one in category.fields},
    )
    return _ticket_form(form, offers=offers)


@blueprint.post("/new")
@keeps_form
@takes_uploads
def send() -> ResponseReturnValue:
    settings, files = _settings(), read_uploads("attachments", upload_limits())
    form = with_files(read_ticket(request.form, settings), files)
    category = settings.offered_category(form.category)
    if form.faults or category is None:
        return _ticket_form(form), 400
    ticket = replace(_new_ticket(form, category), uploads=files.uploads)
    try:
        number = panel().desk.customer.open(current_customer_id(), ticket, key=form.key, rules=_rules())
    except TicketRefused as refusal:
        return _ticket_form(form, _refusal_words(refusal.reason)), REFUSED.get(refusal.reason, 409)
    forget_kept_form()
    sent = _("Ticket %(number)s was sent.", number=number)
    flash(f"{sent} {_after_sending(category)}", "ok")
    return redirect(url_for("helpdesk.thread", number=number), code=303)


@blueprint.get("/<id:number>")
def thread(number: str) -> ResponseReturnValue:
    kept = kept_form()
    return _thread(number, replace(read_reply(kept), faults={}) if kept else ReplyForm(form_key()))


@blueprint.get("/<id:number>/attachments/<id:attachment_id>")
def attachment(number: str, attachment_id: str) -> ResponseReturnValue:
    return attachment_download(panel().desk.customer.attachment(current_customer_id(), number, attachment_id))


@blueprint.get("/<id:number>/confirmation.pdf")
def confirmation(number: str) -> ResponseReturnValue:
    complaint = panel().desk.customer.complaint(current_customer_id(), number)
    paper = confirmation_pdf(panel(), complaint, language=language())
    return download([paper], name=f"reklamacja-{number}.pdf", mimetype=PDF)


@blueprint.get("/<id:number>/answer.pdf")
def answer(number: str) -> ResponseReturnValue:
    complaint = panel().desk.customer.complaint(current_customer_id(), number)
    paper = answer_pdf(panel(), complaint, language=language())
    return download([paper], name=f"odpowiedz-na-reklamacje-{number}.pdf", mimetype=PDF)


@blueprint.post("/<id:number>")
@keeps_form
@takes_uploads
def act(number: str) -> ResponseReturnValue:
    """`action`: reply, reopen (with a reply) or close."""
    desk, customer_id, action = panel().desk.customer, current_customer_id(), request.form.get("action")
    if action == "close":
        desk.close(customer_id, number)
        flash(_("Ticket %(number)s is closed.", number=number), "ok")
        return redirect(url_for("helpdesk.thread", number=number), code=303)
    files = read_uploads("attachments", upload_limits())
    form = with_files(read_reply(request.form), files)
    if form.faults:
        return _thread(number, form), 400
    send = desk.reopen if action == "reopen" else desk.reply
    try:
        send(
            customer_id,
            number,
            NewReply(current_customer_name(), form.body, files.uploads),
            key=form.key,
            rules=_rules(),
        )
    except TicketRefused as refusal:
        return _thread(number, form, refusal.reason), REFUSED.get(refusal.reason, 409)
    forget_kept_form()
    flash(_("The reply was sent."), "ok")
    return redirect(url_for("helpdesk.thread", number=number), code=303)


def _after_sending(category: Category) -> str:
    if category.kind is TicketKind.COMPLAINT:
        return str(_("The confirmation (PDF) can be fetched below."))
    return _settings().after_sending.in_language(language())


def _new_ticket(form: TicketForm, category: Category) -> NewTicket:
    """Without its files."""
    settings, office = _settings(), panel().settings.panel.language
    is_complaint = category.kind is TicketKind.COMPLAINT
    return NewTicket(
        kind=category.kind,
        category=category.name,
        queue=category.queue,
        title=form.title or category.words.in_language(office),
        body=form.body,
        author=current_customer_name(),
        phone=form.phone or None,
        billing_queue=settings.billing_queue(category.queue),
        details=details_of(form.values, category.fields, language=office),
        answer_due=complaints.answer_due(panel().today) if is_complaint else None,
    )


def _ticket_form(form: TicketForm, refusal: str | None = None, *, offers: Offers | None = None) -> str:
    settings = _settings()
    category = settings.offered_category(form.category)
    return render(
        "helpdesk/new.html",
        form=form,
        refusal=refusal,
        settings=settings,
        category=category,
        layout=category.layout if category else LAYOUTS[TicketKind.QUESTION],
        offers=offers or offers_for(panel(), current_customer_id()),
        limits=upload_limits(),
    )


def _thread(number: str, form: ReplyForm, refusal: Refusal | None = None) -> str:
    this, customer_id, settings = panel(), current_customer_id(), _settings()
    found = this.desk.customer.thread(customer_id, number, before=request.args.get("before") or None)
    ticket = found.ticket
    # Only the newest page shows the answer; a HEAD shows nothing.
    if ticket.is_unread and request.method == "GET" and "before" not in request.args:
        this.desk.customer.mark_read(customer_id, number, version=found.version)
    note_opened(number)
    may_reopen = found.may_reopen
    if may_reopen is None:
        ended_at = ticket.ended_at
        may_reopen = ended_at is not None and settings.rules.may_reopen(ended_at, now=this.clock())
    return render(
        "helpdesk/thread.html",
        ticket=ticket,
        entries=found.entries,
        older=found.older,
        is_newest="before" not in request.args,
        form=form,
        refusal=refusal and _refusal_words(refusal),
        was_ended=refusal is Refusal.HAS_ENDED,
        may_reopen=may_reopen,
        may_close=this.desk.customer.can_close and ticket.status is not TicketStatus.CLOSED,
        category=settings.category(ticket.category),
        complaint=found.complaint,
        facts=lambda details: facts_of(ticket.kind, details, language=language()),
        limits=upload_limits(),
        file_address=lambda key: url_for("helpdesk.attachment", number=ticket.number, attachment_id=key),
    )


def _refusal_words(reason: Refusal) -> str:
    words = _reason_in_words(reason)
    is_about_files = reason is Refusal.TOO_MUCH_ATTACHED
    return f"{words} {choose_again()}" if had_files() and not is_about_files else words


def _reason_in_words(reason: Refusal) -> str:
    settings = _settings()
    if reason is Refusal.TOO_MANY_OPEN and not panel().desk.customer.can_close:
        text = _(
            "There are already %(most)s open tickets. Please write in one of them.", most=settings.max_open
        )
        return str(text)
    if reason is Refusal.TOO_MANY_OPEN:
        text = _(
            "There are already %(most)s open tickets. Please close one, or write in one of them.",
            most=settings.max_open,
        )
        return str(text)
    if reason is Refusal.TOO_MANY_NEW:
        return str(_("Many tickets came in the last hour. Please try again later, or call the office."))
    if reason is Refusal.TOO_MANY_REPLIES:
        return str(_("Many replies came here in the last hour. Please try again later, or call the office."))
    if reason is Refusal.TOO_MUCH_ATTACHED:
        text = _(
            "Nothing was sent: all the files sent so far may have %(most)s MB together, and with these "
            "they would have more. Please send the text without files, or call the office.",
            most=panel().settings.attachments.quota_mb,
        )
        return str(text)
    if reason is Refusal.HAS_ENDED:
        return str(_("The ticket has ended, so the reply was not sent. It is kept below."))
    if reason is Refusal.NO_QUEUE:
        text = _(
            "It cannot be taken here at the moment. Please call the office: %(phone)s. "
            "What you typed is kept below.",
            phone=panel().settings.office.phone,
        )
        return str(text)
    return str(_("It is too late to open this ticket again. Please send a new one."))


def upload_limits() -> UploadLimits | None:
    """None where files have no place."""
    limits = panel().settings.attachments.limits
    return limits if limits.most_files and panel().desk.customer.takes_attachments else None


def _rules() -> DeskRules:
    return replace(_settings().rules, most_attached=panel().settings.attachments.quota)


def _settings() -> HelpdeskSettings:
    found: HelpdeskSettings = panel().tab_settings("helpdesk")
    return found
