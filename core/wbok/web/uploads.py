"""Files that come with a form: how large it may be, what each file is, and what is wrong with one in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, current_app, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException

from wbok.attachments import check_upload
from wbok.domain.attachments import Upload, UploadFault, UploadLimits, UploadRefused
from wbok.web.current import panel

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"
"""A telephone that is asked for these makes them of what it has."""

V = TypeVar("V", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class SentFiles:
    """Whatever stands in `faults` keeps the form from being sent; then `uploads` is empty."""

    uploads: tuple[Upload, ...] = ()
    faults: tuple[str, ...] = ()


def install(app: Flask) -> None:
    app.jinja_env.globals["accepted_files"] = ACCEPTED


def takes_uploads(view: V) -> V:
    """For a POST view whose form may have files: it may be larger than others."""
    view.takes_uploads = True  # type: ignore[attr-defined]
    return view


def allow_uploads() -> None:
    """Before anything of the request's body is read."""
    view = current_app.view_functions.get(request.endpoint or "")
    # Whatever is sent in another way would be read into memory as a whole.
    if getattr(view, "takes_uploads", False) and request.mimetype == "multipart/form-data":
        most = current_app.config["MAX_CONTENT_LENGTH"]
        request.max_content_length = most + panel().settings.attachments.most_sent


def had_files() -> bool:
    """Whether files came with the form at hand, which no page can put into it again."""
    try:
        return any(file.filename for file in request.files.values())
    except HTTPException:
        return False


def read_uploads(field: str, limits: UploadLimits | None) -> SentFiles:
    """The files of that field. `limits` None: they have no place."""
    sent = [file for file in request.files.getlist(field) if file.filename]
    if not sent:
        return SentFiles()
    if limits is None or not limits.most_files:
        return SentFiles(faults=(_("Files cannot be sent here. Please send the text alone."),))
    if len(sent) > limits.most_files:
        return SentFiles(faults=(_too_many(len(sent), limits.most_files),))
    uploads, faults = list[Upload](), list[str]()
    for file in sent:
        try:
            uploads.append(_read(file, limits))
        except UploadRefused as refused:
            faults.append(_in_words(refused, limits))
    return SentFiles(faults=tuple(faults)) if faults else SentFiles(tuple(uploads))


def _read(file: FileStorage, limits: UploadLimits) -> Upload:
    content = file.stream.read(limits.most_bytes + 1)
    return check_upload(file.filename or "", content, most_bytes=limits.most_bytes)


def _too_many(number: int, most: int) -> str:
    words = ngettext(
        "%(number)s files were chosen, and only one can be sent at a time. Please send the others in a reply.",
        "%(number)s files were chosen, and at most %(num)d can be sent at a time. "
        "Please send the others in a reply.",
        most,
        number=number,
    )
    return str(words)


def _in_words(refused: UploadRefused, limits: UploadLimits) -> str:
    """Which file, what is wrong with it, and what to do."""
    words: Mapping[UploadFault, Callable[[], str]] = {
        UploadFault.EMPTY: lambda: _(
            "The file “%(name)s” is empty. Please choose it once more.", name=refused.name
        ),
        UploadFault.TOO_LARGE: lambda: _(
            "The file “%(name)s” is too large: it may have %(size)s MB. "
            "Please send a smaller photo, for example a screenshot of it.",
            name=refused.name,
            size=limits.most_megabytes,
        ),
        UploadFault.WRONG_KIND: lambda: _(
            "The file “%(name)s” cannot be sent: it is neither a photo (JPEG, PNG, WebP) nor a PDF. "
            "Please send a photo or a screenshot of it.",
            name=refused.name,
        ),
        UploadFault.HEIC: lambda: _(
            "The photo “%(name)s” has the format HEIC, which cannot be read here. Please send a screenshot "
            "of it, or choose on the iPhone: Settings, Camera, Formats, Most Compatible, and take it again.",
            name=refused.name,
        ),
        UploadFault.DAMAGED: lambda: _(
            "The photo “%(name)s” is damaged and cannot be opened. Please choose it once more, "
            "or send a screenshot of it.",
            name=refused.name,
        ),
        UploadFault.TOO_MANY_PIXELS: lambda: _(
            "The photo “%(name)s” has too many pixels. Please send a smaller one, "
            "for example a screenshot of it.",
            name=refused.name,
        ),
        UploadFault.MOVING: lambda: _(
            "The picture “%(name)s” moves. Please send a photo or a screenshot, which stands still.",
            name=refused.name,
        ),
    }
    return str(words[refused.fault]())
