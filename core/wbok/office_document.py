"""A text of the office as a PDF on its paper, ready to go with a message."""

from __future__ import annotations

from datetime import datetime

from wbok.attachments import check_upload
from wbok.documents import Party, PrintedMessage, message_pdf
from wbok.domain.attachments import Upload
from wbok.settings import Settings

NO_PATH = str.maketrans("/\\", "--")


def office_document(settings: Settings, *, title: str, text: str, at: datetime) -> Upload:
    """`text` in Markdown; `at` is the day that stands on it. In the panel's language, for all recipients alike.

    The same text at the same moment is the same bytes.
    """
    office = settings.office
    message = PrintedMessage(
        provider=Party(office.name, (office.address,)),
        title=title.strip(),
        text=text,
        sent_on=at.astimezone(settings.zone).date(),
    )
    made = message_pdf(message, language=settings.panel.language, made_at=at)
    return check_upload(f"{title.strip().translate(NO_PATH)}.pdf", made, most_bytes=len(made))
