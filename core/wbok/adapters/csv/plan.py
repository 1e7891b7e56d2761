"""How the rows of one file become rows of a generation: made once for a file's header, then run row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wbok.adapters.csv.cells import Cell
from wbok.adapters.csv.combined import OfRow, difference, hashed_pin, joined_key
from wbok.adapters.csv.mapping import FileMapping
from wbok.adapters.csv.records import Records
from wbok.adapters.csv.values import Convert, converter
from wbok.adapters.rules import Refused
from wbok.billing import AdapterContext
from wbok.billing.imports import Fault
from wbok.relations import Column, Rule

ConvertRow = Callable[[int, list[str]], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Single:
    """A column of ours that comes from one of the file's."""

    column: str
    label: str
    index: int
    convert: Convert


@dataclass(frozen=True, slots=True)
class Several:
    """A column of ours that comes from several of the file's, or from one and the row's customer."""

    column: str
    convert: OfRow


class Plan:
    """`columns` are those of ours that the file gives, in the order in which `convert` has them after the rowid.

    `convert` is for rows that are as wide as the header. When it raises Refused, `faults` says all that is wrong.
    """

    def __init__(self, mapping: FileMapping, records: Records, context: AdapterContext) -> None:
        self._file = records.text.name
        self.width = len(records.header)
        self._singles: list[Single] = []
        self._several: list[Several] = []
        for name, cell in mapping.cells.items():
            if set(cell.headers) <= set(records.header):
                self._add(mapping, mapping.source.columns[name], cell, records.header, context)
        self.convert = _compiled(self._singles, self._several)
        self.columns = (*(single.column for single in self._singles), *(s.column for s in self._several))

    def faults(self, number: int, row: list[str]) -> Iterator[Fault]:
        """All that is wrong in one row; nothing for a row of empty cells, which is no row."""
        if not any(cell.strip() for cell in row):
            return
        if len(row) != self.width:
            yield Fault(self._file, f"has {len(row)} cells, and the header has {self.width}", row=number)
            return
        for single in self._singles:
            try:
                single.convert(row[single.index])
            except Refused as refused:
                yield self._fault(number, refused, single.label, row[single.index].strip() or None)
        for several in self._several:
            try:
                several.convert(row)
            except Refused as refused:
                yield self._fault(number, refused, refused.header, refused.value)

    def _fault(self, number: int, refused: Refused, label: str | None, value: str | None) -> Fault:
        return Fault(self._file, str(refused), row=number, column=label, value=value)

    def _add(
        self,
        mapping: FileMapping,
        column: Column,
        cell: Cell,
        header: tuple[str, ...],
        context: AdapterContext,
    ) -> None:
        kind = mapping.source.types[column.name]
        convert = converter(column, kind, cell, currency=context.currency)
        at = [header.index(name) for name in cell.headers]
        if cell.constant is not None:
            value = convert(cell.constant)
            self._singles.append(Single(column.name, column.name, 0, lambda _text: value))
        elif column.rule is Rule.PIN:
            whose = _whose(mapping, header)
            self._several.append(Several(column.name, hashed_pin(cell, at[0], whose, context.hash_pin)))
        elif cell.is_difference:
            self._several.append(Several(column.name, difference(column, cell, at)))
        elif cell.is_key:
            self._several.append(Several(column.name, joined_key(column, cell, at)))
        else:
            self._singles.append(Single(column.name, cell.label, at[0], convert))


def _compiled(singles: Sequence[Single], several: Sequence[Several]) -> ConvertRow:
    """One expression for a whole row, as `namedtuple` makes one: a loop over the columns takes twice as long.

    Its source holds nothing but numbers.
    """
    cells = [f"single{i}(row[{single.index}])" for i, single in enumerate(singles)]
    cells += [f"several{i}(row)" for i in range(len(several))]
    names: dict[str, Any] = {f"single{i}": single.convert for i, single in enumerate(singles)}
    names |= {f"several{i}": one.convert for i, one in enumerate(several)}
    compiled: ConvertRow = eval(f"lambda rowid, row: (rowid, {', '.join(cells)})", names)  # noqa: S307
    return compiled


def _whose(mapping: FileMapping, header: tuple[str, ...]) -> OfRow:
    """A row's customer, as the panel will know him."""
    column, cell = mapping.source.columns["customer_id"], mapping.cells["customer_id"]
    kind = mapping.source.types["customer_id"]
    at = [header.index(name) for name in cell.headers]
    if cell.is_key:
        return joined_key(column, cell, at)
    read = converter(column, kind, cell, currency="")
    return lambda row: kind.key_text(read(row[at[0]]))
