"""Files of LMS's messages: `<documents>/<first two of the md5>/<md5>`; the names are in its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wbok.adapters.lms.desk_reading import KEY, customer_key
from wbok.adapters.lms.folders import DOCUMENTS, open_in
from wbok.adapters.lms.notices import files_of_notice
from wbok.adapters.lms.site import Site
from wbok.adapters.sql.database import Database
from wbok.attachments import size_of
from wbok.domain.attachments import Attachment, AttachmentContent
from wbok.errors import NotFound, Unavailable

MD5 = re.compile(r"[0-9a-f]{32}", re.ASCII)


class LmsNoticeFiles:
    def __init__(self, database: Database, site: Site, folder: Path) -> None:
        self._database = database
        self._statement = files_of_notice(site)
        self._folder = folder

    def of(self, customer_id: str, notice_id: str) -> tuple[Attachment, ...]:
        return tuple(
            replace(attachment, size=size_of(self._folder, *place))
            for attachment, place in self._found(customer_id, notice_id)
        )

    def content(self, customer_id: str, notice_id: str, attachment_id: str) -> AttachmentContent:
        for attachment, place in self._found(customer_id, notice_id):
            if attachment.id != attachment_id:
                continue
            file = open_in(DOCUMENTS, self._folder, *place)
            if file is not None:
                return AttachmentContent(replace(attachment, size=file.size), file)
        raise NotFound("attachment")

    def _found(self, customer_id: str, notice_id: str) -> Iterator[tuple[Attachment, tuple[str, str]]]:
        """With the place of each in the folder."""
        customer, notice = customer_key(customer_id), KEY.key(notice_id)
        given = {"customer_id": customer, "notice": notice}
        for owner, key, name, content_type, md5 in self._database.rows(self._statement, given):
            if owner != customer:
                raise Unavailable("the billing gave a file of another customer")
            yield Attachment(str(key), name, content_type, None), _place(md5)


def _place(md5: str) -> tuple[str, str]:
    """Where nothing can be, for what is no sum."""
    return (md5[:2], md5) if MD5.fullmatch(md5) else ("", "")
