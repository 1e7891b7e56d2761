"""An import changes everything or nothing, and whoever reads stays on what he began with."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from support.billing import finance, whole_ledger
from support.exports import CUSTOMERS, LEDGER, Exports

from wbok.adapters.csv.generations import Generations
from wbok.billing import Billing
from wbok.billing.imports import Step
from wbok.errors import ImportFailed, Unavailable

HOUR = 3600


def name_of(billing: Billing) -> str:
    return billing.customers.customer("1").name


def rename(exports: Exports, name: str) -> None:
    exports.write("customers.csv", CUSTOMERS.replace("Anna Żak", name))


def test_before_the_first_import_the_billing_is_unavailable(exports: Exports) -> None:
    billing = exports.billing()
    with billing.reading(), pytest.raises(Unavailable, match="nothing has been imported into"):
        billing.customers.customer("1")
    with pytest.raises(Unavailable):
        billing.customers.credentials("1")
    exports.take_in()
    assert name_of(billing) == "Anna Żak"


def test_a_dry_run_checks_everything_and_changes_nothing(exports: Exports) -> None:
    report = exports.take_in(dry_run=True)
    assert (report.generation, [one.rows for one in report.loaded]) == (None, [2, 2, 2, 1])
    assert [path.name for path in exports.generations.iterdir()] == ["lock"]
    exports.take_in()
    rename(exports, "Anna Nowa")
    exports.take_in(dry_run=True)
    assert name_of(exports.billing()) == "Anna Żak"
    exports.write("ledger.csv", LEDGER + "x")
    with pytest.raises(ImportFailed, match=r"ledger.csv, row 4 has 1 cells"):
        exports.take_in(dry_run=True)


def test_a_request_stays_on_the_generation_that_it_began_with(exports: Exports) -> None:
    exports.take_in()
    billing = exports.billing()
    with billing.reading():
        assert name_of(billing) == "Anna Żak"
        rename(exports, "Anna Nowa")
        exports.take_in()
        assert name_of(billing) == "Anna Żak"
        with billing.reading():
            assert name_of(billing) == "Anna Żak"
    assert name_of(billing) == "Anna Nowa"


def test_a_column_that_is_new_or_gone_is_noticed_without_a_restart(exports: Exports) -> None:
    exports.take_in()
    billing = exports.billing()
    assert billing.customers.customer("1").tax_id is None
    exports.write("customers.csv", "id,name,tax_id\n1,Anna,1234563218\n2,Jan,\n")
    exports.take_in()
    assert billing.customers.customer("1").tax_id == "1234563218"
    exports.write("customers.csv", CUSTOMERS)
    exports.take_in()
    assert billing.customers.customer("1").tax_id is None


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text(path.read_text() + "3,1,2026-11-03,1.00,x\n"),
        lambda path: os.utime(path, ns=(0, 0)),
        lambda path: shutil.copy2(path, path.with_name("copy")) and path.with_name("copy").replace(path),
        lambda path: path.unlink(),
    ],
    ids=["written", "touched", "replaced", "removed"],
)
def test_a_file_that_changes_while_it_is_read_stops_the_import(exports: Exports, change: object) -> None:
    exports.take_in()

    def meanwhile(step: Step) -> None:
        if step.file == "documents.csv":
            change(exports.folder / "ledger.csv")  # type: ignore[operator]

    with pytest.raises(ImportFailed) as failed:
        exports.take_in(progress=meanwhile)
    assert str(failed.value) == (
        "ledger.csv changed while it was read. Nothing was imported; try again when the export has ended."
    )
    assert exports.current().name == "g000001.sqlite"


def test_a_file_that_is_added_while_a_glob_is_read_stops_the_import(exports: Exports) -> None:
    exports.config["files"]["ledger"] = "ledger*.csv"

    def meanwhile(step: Step) -> None:
        exports.write("ledger-2.csv", LEDGER.replace("\n1,", "\n3,").replace("\n2,", "\n4,"))

    with pytest.raises(ImportFailed, match=r"ledger-2\.csv changed while it was read"):
        exports.take_in(progress=meanwhile)
    exports.take_in()
    assert exports.rows("SELECT count(*) FROM ledger") == [(4,)]


def test_a_relation_that_shrinks_by_more_than_a_fifth_stops_the_import(exports: Exports) -> None:
    entries = [f"{i},1,2026-11-01,1.00,x\n" for i in range(3, 11)]
    exports.write("ledger.csv", LEDGER + "".join(entries))
    exports.take_in()
    exports.write("ledger.csv", LEDGER + "".join(entries[:6]))
    exports.take_in()
    exports.write("ledger.csv", LEDGER + "".join(entries[:4]))
    exports.take_in(dry_run=True, allow_shrink=True)
    exports.write("ledger.csv", LEDGER + "".join(entries[:3]))
    with pytest.raises(ImportFailed) as failed:
        exports.take_in()
    assert str(failed.value) == (
        "ledger: 5 rows, and 8 at present.\n"
        "More than 20% less than at present: is the export whole? Nothing was imported. "
        "If it is right, import with --allow-shrink."
    )
    exports.take_in(allow_shrink=True)
    assert exports.rows("SELECT count(*) FROM ledger") == [(5,)]


def test_a_relation_that_is_gone_has_shrunk_too(exports: Exports) -> None:
    exports.take_in()
    del exports.config["files"]["documents"]
    with pytest.raises(ImportFailed, match="documents: 0 rows, and 1 at present"):
        exports.take_in()


def test_of_two_imports_at_once_the_second_says_so_and_ends(exports: Exports) -> None:
    said = []

    def meanwhile(step: Step) -> None:
        with pytest.raises(ImportFailed) as failed:
            exports.take_in()
        said.append(str(failed.value))

    exports.take_in(progress=meanwhile)
    assert set(said) == {
        f"Another import into {exports.generations} is running. Nothing was imported; try again when it has ended."
    }
    assert len(said) == 4
    assert name_of(exports.billing()) == "Anna Żak"


def test_what_a_killed_import_left_is_removed_by_the_next(exports: Exports) -> None:
    exports.take_in()
    leftovers = (
        "loading.sqlite",
        "loading-raw.sqlite",
        "loading.sqlite-journal",
        "current.new",
        "g000002.sqlite",
    )
    for name in leftovers:
        (exports.generations / name).write_bytes(b"half")
    exports.write("ledger.csv", "")
    with pytest.raises(ImportFailed):
        exports.take_in()
    left = {path.name for path in exports.generations.iterdir()}
    assert left == {"current", "lock", "g000001.sqlite", "faults.txt"}


def test_old_generations_go_when_no_request_can_use_them(tmp_path: Path) -> None:
    now = [1_000_000.0]
    generations = Generations(tmp_path, clock=lambda: now[0])

    def load() -> set[str]:
        with generations.importing():
            sqlite3.connect(generations.loading()).close()
            name = generations.flip()
            os.utime(tmp_path / name, (now[0], now[0]))
        return {path.stem for path in tmp_path.glob("g*.sqlite")}

    assert load() == {"g000001"}
    assert load() == {"g000001", "g000002"}
    assert load() == {"g000001", "g000002", "g000003"}
    now[0] += HOUR + 1
    assert load() == {"g000003", "g000004"}


def test_the_generation_before_is_kept_for_ever(exports: Exports) -> None:
    exports.take_in()
    old = exports.current()
    os.utime(old, (0, 0))
    exports.take_in()
    assert old.exists()


@pytest.mark.parametrize("content", ["", "../../etc/passwd", "g1.sqlite", "g000007.sqlite", "\x00\xff"])
def test_a_damaged_current_is_unavailable_until_the_next_import(exports: Exports, content: str) -> None:
    exports.take_in()
    (exports.generations / "current").write_text(content)
    billing = exports.billing()
    with pytest.raises(Unavailable):
        billing.customers.customer("1")
    exports.take_in()
    assert name_of(billing) == "Anna Żak"


def test_a_folder_that_cannot_be_used_is_named(exports: Exports) -> None:
    exports.generations.write_text("a file")
    with pytest.raises(
        ImportFailed, match=r"billing\.folder: .*generations cannot be used: File exists\. Nothing"
    ):
        exports.take_in()


def test_balances_are_computed_for_each_customer_and_currency_in_the_order_of_the_pages(
    exports: Exports,
) -> None:
    exports.write(
        "ledger.csv",
        "id,customer_id,booked_on,amount,currency,description\n"
        "5,1,2026-11-02,10.10,,e\n"
        "4,1,2026-11-02,0.20,PLN,d\n"
        "3,2,2026-11-01,7,PLN,c\n"
        "2,1,2026-11-01,3,EUR,b\n"
        "9,1,2026-10-01,-20.00,,a\n",
    )
    exports.take_in()
    assert exports.rows("SELECT id, balance_after FROM ledger ORDER BY id") == [
        (2, 300),
        (3, 700),
        (4, -1980),
        (5, -970),
        (9, -2000),
    ]
    entries = whole_ledger(exports.billing(), "1")
    shown = [(entry.id, str(entry.balance_after)) for entry in entries if entry.balance_after]
    assert [one[0] for one in shown] == ["5", "4", "2", "9"]
    assert str(finance(exports.billing()).settlement("1").balances) == (
        "(Money(amount=Decimal('3.00'), currency='EUR'), Money(amount=Decimal('-9.70'), currency='PLN'))"
    )
