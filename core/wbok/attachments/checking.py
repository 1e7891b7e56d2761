"""The one way from what a browser sent to an Upload."""

from __future__ import annotations

from wbok.attachments.kinds import Kind, is_heic, kind_of
from wbok.attachments.names import name_for, shown_name
from wbok.attachments.pictures import PictureRefused, remade
from wbok.domain.attachments import Upload, UploadFault, UploadRefused


def check_upload(name: str, content: bytes, *, most_bytes: int) -> Upload:
    """A PDF stays as it is, a picture is made anew. Of a longer file `most_bytes` + 1 bytes are enough.

    Raises UploadRefused.
    """
    shown = shown_name(name) or "?"
    if not content:
        raise UploadRefused(shown, UploadFault.EMPTY)
    if is_heic(content):
        raise UploadRefused(shown, UploadFault.HEIC)
    kind = kind_of(content)
    if kind is None:
        raise UploadRefused(shown, UploadFault.WRONG_KIND)
    if len(content) > most_bytes:
        raise UploadRefused(shown, UploadFault.TOO_LARGE)
    if kind is not Kind.PDF:
        try:
            kind, content = remade(content, kind, most_bytes=most_bytes)
        except PictureRefused as refused:
            raise UploadRefused(shown, refused.fault) from refused
    return Upload(name_for(name, kind), kind.value, content)
