"""The pages of Powiadomienia: the list in its parts, one message, confirming."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wbok.api import (
    NEWEST,
    Attachment,
    AttachmentContent,
    MessageKind,
    NotFound,
    Origin,
    Page,
    Panel,
    attachment_download,
    current_customer_id,
    page_before,
    panel,
    render,
    search_words,
    signals,
)
from wbok_notifications import copies
from wbok_notifications.items import Item, of_message, of_notice, read_ref
from wbok_notifications.listing import Asked, read_page
from wbok_notifications.settings import settings_of
from wbok_notifications.unread import note_read, unread, waiting

blueprint = Blueprint("notifications", __name__, template_folder="templates")

NEW, ARCHIVE = "new", "archive"


@blueprint.get("/")
def index() -> ResponseReturnValue:
    this, customer_id, part = panel(), current_customer_id(), request.args.get("part", "")
    typed = request.args.get("q", "").strip()
    asked, fresh = _asked(part, typed), unread(this, customer_id)
    is_new = part == NEW and not asked.words
    page = Page(tuple(waiting(this, customer_id))) if is_new else read_page(this, customer_id, asked)
    return render(
        "notifications/index.html",
        page=page,
        part=part,
        typed=typed if asked.words else "",
        is_first="after" not in request.args,
        new={item.ref for item in fresh},
        unread=len(fresh),
        has_copies=this.outbox.is_open,
        local=lambda moment: moment.astimezone(this.zone).date(),
    )


blueprint.add_url_rule("/email", "copies", copies.show)
blueprint.add_url_rule("/email", "save_copies", copies.save, methods=["POST"])


@blueprint.get("/<id:ref>")
def message(ref: str) -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    item = _find(this, customer_id, ref)
    # A HEAD shows nothing.
    if item.mark is None and request.method == "GET":
        this.marks.read(customer_id, [item.seen])
        note_read([item])
    return render(
        "notifications/message.html",
        item=item,
        is_over=item.valid_to is not None and item.valid_to <= this.clock(),
        local=lambda moment: moment.astimezone(this.zone),
        attachments=_attachments(this, customer_id, item),
        file_address=lambda key: url_for("notifications.attachment", ref=item.ref, attachment_id=key),
    )


@blueprint.get("/<id:ref>/attachments/<id:attachment_id>")
def attachment(ref: str, attachment_id: str) -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    return attachment_download(_content(this, customer_id, *read_ref(ref), attachment_id))


@blueprint.post("/<id:ref>/confirm")
def confirm(ref: str) -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    item = _find(this, customer_id, ref)
    this.marks.confirm(customer_id, item.seen)
    flash(_("Thank you, it is confirmed. The notification stays in the list."), "ok")
    return redirect(page_before() or url_for("notifications.index"), code=303)


@blueprint.post("/read")
def read_all() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    items = unread(this, customer_id)
    this.marks.read(customer_id, [item.seen for item in items])
    if len(items) < NEWEST:
        flash(_("All notifications are marked as read."), "ok")
    else:
        flash(_("The newest %(number)s notifications are marked as read.", number=NEWEST), "ok")
    return redirect(url_for("notifications.index"), code=303)


def _asked(part: str, typed: str) -> Asked:
    """A part that nobody knows is the whole list."""
    kind = MessageKind(part) if part in tuple(MessageKind) else None
    after = request.args.get("after") or None
    return Asked(kind=kind, archived=part == ARCHIVE, words=search_words(typed), after=after)


def _attachments(this: Panel, customer_id: str, item: Item) -> tuple[Attachment, ...]:
    """All but the legal document, which stands apart."""
    if item.seen.origin is Origin.PANEL:
        return tuple(file.attachment for file in item.files if not file.is_legal)
    files = this.billing.notice_files
    return () if files is None else files.of(customer_id, item.seen.id)


def _content(
    this: Panel, customer_id: str, origin: Origin, item_id: str, attachment_id: str
) -> AttachmentContent:
    """Raises NotFound, for what is another customer's too."""
    if origin is Origin.PANEL:
        return this.message_files.of_customer(customer_id, item_id, attachment_id)
    files, notifications = this.billing.notice_files, this.billing.notifications
    if files is None or notifications is None:
        raise NotFound("attachment")
    # Whatever the billing gives, the notice must be one of his.
    notice = notifications.notice(customer_id, item_id)
    return files.content(customer_id, notice.id, attachment_id)


def _find(this: Panel, customer_id: str, ref: str) -> Item:
    """Raises NotFound, for what is another customer's too."""
    origin, item_id = read_ref(ref)
    if origin is Origin.PANEL:
        return of_message(this.inbox.message(customer_id, item_id))
    if this.billing.notifications is None:
        raise NotFound("message")
    notice = this.billing.notifications.notice(customer_id, item_id)
    return of_notice(notice, signals().notice_marks, is_markdown=settings_of(this).billing_markdown)
