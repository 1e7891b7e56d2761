"""What drivers complain of: how much of it may stand in a log, and what it means for a question.

A driver's message may quote the value at fault, which is a customer's: only messages of kinds that are known to
quote nothing but names and addresses are passed on.
"""

from __future__ import annotations

import re

from sqlalchemy import exc

from wbok.databases import code_of

# Classes of SQLSTATE: connection, login, no such database, names and syntax, resources, limits, the server itself.
SPEAKING_CLASSES = frozenset({"08", "0A", "25", "28", "3D", "3F", "42", "53", "54", "55", "57", "58"})
SPEAKING_NUMBERS = frozenset(
    {1040, 1044, 1045, 1049, 1054, 1064, 1130, 1142, 1143, 1146, 1203, 1205, 1213, 1267, 1290, 1305, 1317}
    | {1356, 1370, 1449, 1698, 1792, 1969, 2002, 2003, 2006, 2013, 3024}
)
SPEAKING_KINDS = frozenset({"OperationalError", "InterfaceError"})
QUOTED = re.compile(r" with text '.*", re.DOTALL)

REFUSED_VALUES = frozenset({"22P05", "22021", "1267", "1366"})
"""A text with a sign that the column's alphabet does not have. What a select stumbles over itself is not meant."""

STATEMENT_FAULTS = re.compile(r"42...|1054|1064|1142|1143|1146|1267|1305|1356")


def reason(error: BaseException | None) -> str:
    """What the driver says, in one line and without values."""
    code, kind = code_of(error), type(error).__name__
    speaks = (
        code[:2] in SPEAKING_CLASSES if len(code) == 5 else code.isdigit() and int(code) in SPEAKING_NUMBERS
    )
    if not speaks and (code or kind not in SPEAKING_KINDS):
        return f"{kind} {code}".strip()
    return (QUOTED.sub("", str(error)).strip().splitlines() or [kind])[0]


def refuses_value(error: exc.DBAPIError) -> bool:
    return code_of(error.orig) in REFUSED_VALUES


def is_fault_of_statement(error: BaseException | None) -> bool:
    """Something in the statement is wrong, so that asking in parts tells which part."""
    if not isinstance(error, exc.DBAPIError):
        return False
    code = code_of(error.orig)
    return bool(STATEMENT_FAULTS.fullmatch(code)) if code else "no such" in str(error.orig)
