"""Tables as CSV that a Polish spreadsheet opens by a double click: UTF-8 with a mark, semicolons, decimal commas.

A spreadsheet takes a text that begins with one of `= + - @`, a tab or a line's end for a formula; such a text gets
an apostrophe in front, whoever wrote it. Numbers are no texts: they stay numbers, so that they can be added up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from wbok.domain.money import Money, with_grosze

Cell: TypeAlias = str | int | Decimal | Money | datetime | None
MARK = "\ufeff"
FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
UNSEEN = " \u200b\u200c\u200d\u2060\ufeff"
ROWS_IN_A_CHUNK = 500


def csv_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """In chunks, so that a table of any length needs no memory."""
    buffer = io.StringIO(MARK, newline="")
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_written(cell) for cell in row])
        if number % ROWS_IN_A_CHUNK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Money):
        # As many places as it needs, and never fewer than two, however the billing keeps it.
        return _written(with_grosze(cell.amount.normalize()))
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, int):
        return str(cell)
    text = cell.replace("\x00", "")
    return f"'{text}" if text.lstrip(UNSEEN).startswith(FORMULAS) else text


def _taken(buffer: io.StringIO) -> bytes:
    chunk = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return chunk
