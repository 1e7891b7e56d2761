"""Which signs the tables of LMS's helpdesk can hold. MySQL's `utf8` knows none beyond U+FFFF: no pictures."""

from __future__ import annotations

import unicodedata

from sqlalchemy import Connection, text

LAST_OF_BASIC_PLANE = "\uffff"
NOT_TO_BE_WRITTEN = "\ufffd"
NARROW_COLUMNS = text(
    "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()"
    " AND table_name IN ('rttickets', 'rtmessages') AND column_name IN ('subject', 'body')"
    " AND character_set_name <> 'utf8mb4'"
)


def writable(typed: str, connection: Connection) -> str:
    """The text as the tables can hold it: MySQL would drop everything from a sign on that it cannot, or refuse it.

    Ornate letters become plain ones, everything else beyond becomes one sign that says that something stood there.
    """
    if _is_within(typed) or connection.dialect.name != "mysql":
        return typed
    is_narrow = connection.execute(NARROW_COLUMNS).scalar_one() > 0
    return "".join(map(_plainer, typed)) if is_narrow else typed


def _plainer(sign: str) -> str:
    same = sign if _is_within(sign) else unicodedata.normalize("NFKC", sign)
    return same if _is_within(same) else NOT_TO_BE_WRITTEN


def _is_within(text: str) -> bool:
    return all(sign <= LAST_OF_BASIC_PLANE for sign in text)
