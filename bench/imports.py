"""What an import costs: `wbok import` with all its checks, against merely writing the same rows into SQLite."""

from __future__ import annotations

import csv
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from wbok.adapters.csv import connect
from wbok.relations import CANONICAL
from wbok.testing import adapter_context

LINES_FOR_ONE_ENTRY, ENTRIES_OF_A_CUSTOMER = 5, 60
MOST_RATIO, MOST_MEGABYTES = 5, 500
PRICES = 2_000
CHUNK = 50_000
FIRST_DAY = date(2016, 1, 1)
FILES = ("customers", "credentials", "ledger", "documents", "document_lines")


@dataclass(frozen=True, slots=True)
class Imported:
    """Of a process that does nothing else: how long it took, seconds of CPU, the most memory."""

    rows: int
    seconds: float
    cpu: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Compared:
    """`executemany` and `program` (sqlite3's `.import`; None where there is none) in seconds of CPU."""

    imported: Imported
    executemany: float
    program: float | None


def measure_import(folder: Path, *, rows: int) -> Compared:
    """`rows` of the ledger, and five times as many lines of documents."""
    exports = folder / "exports"
    exports.mkdir()
    write_exports(exports, entries=rows, lines=rows * LINES_FOR_ONE_ENTRY)
    imported = _in_a_process(folder, exports)
    generations = folder / "generations"
    generation = generations / (generations / "current").read_text().strip()
    return Compared(imported, _executemany(generation, folder), _program(exports, folder))


def write_exports(folder: Path, *, entries: int, lines: int) -> None:
    """One charge and document each month, paid by the next entry; as a program of this country writes numbers."""
    customers = max(entries // ENTRIES_OF_A_CUSTOMER, 1)
    documents = max(entries // 2, 1)
    _write(folder, "customers", ("id", "name"), ((i, f"Jan Próbny {i}") for i in range(1, customers + 1)))
    _write(
        folder,
        "credentials",
        ("login", "customer_id", "pin"),
        ((i, i, 1000 + i % 9000) for i in range(1, customers + 1)),
    )
    _write(
        folder,
        "documents",
        ("id", "customer_id", "number", "kind", "issued_on", "due_on", "gross", "net"),
        (
            (i, _owner(i, customers), f"FV/{i}", "invoice", _day(i), _day(i + 14), _amount(i), _amount(i + 7))
            for i in range(1, documents + 1)
        ),
    )
    _write(
        folder,
        "ledger",
        ("id", "customer_id", "booked_on", "amount", "description", "document_id"),
        (_entry(i, customers) for i in range(2, entries + 2)),
    )
    _write(
        folder,
        "document_lines",
        (
            *("document_id", "customer_id", "position", "description", "quantity"),
            *("unit", "vat_rate", "net", "vat", "gross"),
        ),
        (_line(i, max(lines // documents, 1), customers) for i in range(lines)),
    )


def _entry(i: int, customers: int) -> tuple[object, ...]:
    document, is_payment = i // 2, i % 2
    what = f"Wpłata za FV/{document}" if is_payment else f"Faktura FV/{document}"
    amount = _amount(document) if is_payment else f"-{_amount(document)}"
    return i, _owner(document, customers), _day(document + 10 * is_payment), amount, what, document


def _line(i: int, lines_of_a_document: int, customers: int) -> tuple[object, ...]:
    document, position = i // lines_of_a_document + 1, i % lines_of_a_document + 1
    owner = _owner(document, customers)
    return (
        *(document, owner, position, f"Abonament za internet {position}", "1,00", "szt.", "23%"),
        *(_amount(i), _amount(i + 1), _amount(i + 2)),
    )


def _owner(document: int, customers: int) -> int:
    return document % customers + 1


def _day(i: int) -> str:
    return f"{FIRST_DAY + timedelta(days=i % 3650):%d.%m.%Y}"


def _amount(i: int) -> str:
    return f"{i * 7919 % PRICES // 10},{i * 31 % 10}9"


def _write(folder: Path, name: str, header: Sequence[str], rows: Iterator[tuple[object, ...]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(header)
        writer.writerows(rows)


def _in_a_process(folder: Path, exports: Path) -> Imported:
    command = [sys.executable, "-m", "bench.imports", str(folder / "generations"), str(exports)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Imported(**json.loads(done.stdout))


def _import(generations: Path, exports: Path) -> Imported:
    config = {"folder": str(generations), "files": {name: f"{name}.csv" for name in FILES}}
    importer = connect(config, adapter_context()).importer
    if importer is None:
        raise RuntimeError("the adapter csv has no importer")
    begun, cpu = time.perf_counter(), time.process_time()
    report = importer(exports, dry_run=False, allow_shrink=False, progress=lambda step: None)
    rows = sum(one.rows for one in report.loaded)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return Imported(rows, seconds, cpu, _most_megabytes())


def _most_megabytes() -> float:
    """Of this process alone: what getrusage tells begins with the memory of the one that started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (kilobytes,) = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(kilobytes) / 1024


def _executemany(generation: Path, folder: Path) -> float:
    """Seconds to write the converted rows of a generation once more, without index or check."""
    seconds = 0.0
    with (
        closing(sqlite3.connect(generation)) as source,
        closing(sqlite3.connect(folder / "executemany.sqlite", isolation_level=None)) as target,
    ):
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        target.execute("BEGIN")
        for name in CANONICAL:
            declared = source.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
            if declared is None:
                continue
            target.execute(declared[0])
            rows = source.execute(f"SELECT * FROM {name}")
            insert = f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows.description))})"
            while chunk := rows.fetchmany(CHUNK):
                begun = time.process_time()
                target.executemany(insert, chunk)
                seconds += time.process_time() - begun
        begun = time.process_time()
        target.execute("COMMIT")
    return seconds + time.process_time() - begun


def _program(exports: Path, folder: Path) -> float | None:
    program = shutil.which("sqlite3")
    if program is None:
        return None
    imports = [f".import {exports / name}.csv {name}" for name in FILES]
    command = [program, "-separator", ";", "-cmd", ".mode csv", "-cmd", '.separator ";"']
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, str(folder / "program.sqlite"), *imports], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    print(json.dumps(asdict(_import(Path(sys.argv[1]), Path(sys.argv[2])))))
