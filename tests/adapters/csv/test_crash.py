"""`kill -9` at any moment leaves what was served, and no reader ever sees a mixed page."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from support.billing import finance
from support.exports import Exports
from support.rounds import ROUNDS

from wbok.billing import Billing
from wbok.domain.finance import LedgerRequest

TESTS = Path(__file__).parents[2]
CUSTOMERS, ENTRIES = 200, 100


def write_round(exports: Exports, number: int) -> None:
    """Every amount and text of this round says which round it is."""
    ids = range(1, CUSTOMERS + 1)
    exports.write("customers.csv", "id,name\n" + "".join(f"{i},runda {number}\n" for i in ids))
    exports.write("credentials.csv", "login,customer_id,pin\n" + "".join(f"{i},{i},4711\n" for i in ids))
    exports.write(
        "ledger.csv",
        "id,customer_id,booked_on,amount,description\n"
        + "".join(
            f"{customer * ENTRIES + i},{customer},2026-11-{i % 28 + 1:02},{number}.00,runda {number}\n"
            for customer in ids
            for i in range(ENTRIES)
        ),
    )


@contextmanager
def importing(exports: Exports) -> Iterator[subprocess.Popen[str]]:
    """A process that has begun to import."""
    command = [sys.executable, "-m", "support.import_process", str(exports.folder.parent)]
    with subprocess.Popen(command, cwd=TESTS, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        yield process


def read_round(billing: Billing) -> int:
    """In one request. What customer, ledger and balances say must be of one round, or the page is mixed."""
    with billing.reading():
        return _read_round(billing)


def _read_round(billing: Billing) -> int:
    name = billing.customers.customer("7").name
    number = int(name.split()[1])
    after, balance, seen = None, Decimal(number * ENTRIES), 0
    while True:
        page = finance(billing).ledger("7", LedgerRequest(after=after, limit=30))
        for entry in page.rows:
            assert (entry.description, entry.amount.amount) == (name, Decimal(number))
            assert entry.balance_after is not None
            assert entry.balance_after.amount == balance
            balance -= number
            seen += 1
        after = page.next
        if after is None:
            assert seen == ENTRIES
            return number


def test_kill_9_at_any_moment_leaves_what_was_served_and_the_next_import_works(tmp_path: Path) -> None:
    exports = Exports.written(tmp_path)
    moments = random.Random(20261124)
    write_round(exports, 1)
    with importing(exports) as process:
        begun = time.monotonic()
        assert process.wait() == 0
    whole = time.monotonic() - begun
    number, served, killed = 1, 1, 0
    # On a busy machine an import may be over before its moment: then more rounds, until enough were killed.
    while number <= ROUNDS or killed <= ROUNDS // 3:
        number += 1
        assert number <= ROUNDS * 10, f"only {killed} of {number} imports were killed"
        write_round(exports, number)
        with importing(exports) as process:
            try:
                process.wait(moments.uniform(0, whole))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
        now = read_round(exports.billing())
        # Killed after the flip, the new generation is served; before it, the old one.
        assert now in (served, number)
        served = now
    exports.take_in()
    assert read_round(exports.billing()) == number
    assert not list(exports.generations.glob("loading*"))


def test_a_reader_never_sees_a_mixed_page_while_imports_go_on(tmp_path: Path) -> None:
    exports = Exports.written(tmp_path)
    write_round(exports, 1)
    exports.take_in()
    rounds = max(2, ROUNDS * 2 // 3)
    ended = threading.Event()

    def imports() -> None:
        try:
            for number in range(2, rounds + 2):
                write_round(exports, number)
                with importing(exports) as process:
                    assert process.wait() == 0
        finally:
            ended.set()

    importer = threading.Thread(target=imports)
    importer.start()
    billing = exports.billing()
    seen = []
    while not ended.is_set():
        seen.append(read_round(billing))
    importer.join()
    seen.append(read_round(billing))
    assert seen == sorted(seen)
    assert len(set(seen)) > rounds // 2
    assert seen[-1] == rounds + 1
