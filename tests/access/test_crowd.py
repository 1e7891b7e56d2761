"""The lockout's invariant, with real processes on one store: at most three wrong PINs are compared between two
successes, however many try at once."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from pathlib import Path
from typing import Any

from support.billing import people, write_tables
from support.crowd import OTHER, PROCESSES, RIGHT, SHARED, THREADS, WRONG, pins_of, second_of, try_all
from support.rounds import part_of

from wbok.domain.clock import system_clock
from wbok.store import Store
from wbok.store.guard import LoginGuard, customer_subject

ROUNDS = ("wrong", "few", "half", "again") * part_of(13) + ("shared", "twins") * part_of(8)


def test_at_most_three_wrong_pins_are_compared_between_two_successes(
    tmp_path: Path, store: Store, store_url: str
) -> None:
    write_tables(tmp_path / "billing.sqlite", **_people())
    counts = _crowd(tmp_path, store_url)
    guard = LoginGuard(store, clock=system_clock)
    assert PROCESSES * THREADS == 30
    for number, kind in enumerate(ROUNDS):
        whole = Counter(outcome for round_number, _, outcome in counts if round_number == number)
        assert whole["entered"] + whole["out"] == 30
        for customer in [number + 1, *([second_of(number)] if kind in SHARED else [])]:
            count = Counter(outcome for _, whose, outcome in counts if whose == str(customer))
            state = guard.state(customer_subject(str(customer)))
            assert state is not None
            assert state.pending == 0
            assert count["in"] <= count["right"]
            assert count["wrong"] <= 3 * (count["in"] + 1), (kind, count)
            if kind == "wrong":
                assert count["wrong"] == 3
                assert state.locked_at is not None
            if state.locked_at is None:
                assert state.wrong < 3


def test_the_crowd_mixes_right_and_wrong() -> None:
    kinds = ("wrong", "few", "half", "shared", "twins")
    typed = {kind: [pins_of(kind, place) for place in range(30)] for kind in kinds}
    assert [typed[kind].count(WRONG) for kind in kinds] == [30, 25, 15, 20, 20]
    assert [typed["shared"].count(pin) for pin in (RIGHT, OTHER)] == [5, 5]


def _people() -> dict[str, list[dict[str, Any]]]:
    """Customer r+1 has the login of round r; in some rounds another one has it too."""
    tables = people(len(ROUNDS))
    for number, kind in enumerate(ROUNDS):
        if kind in SHARED:
            customer = second_of(number)
            tables["customers"].append({"id": customer, "name": f"Klient {customer}"})
            tables["credentials"].append(
                {"login": str(number + 1), "customer_id": customer, "pin": SHARED[kind]}
            )
    return tables


def _crowd(folder: Path, store_url: str) -> list[tuple[int, str, str]]:
    """Round, customer, and what was seen of him."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(PROCESSES)
    reports = [folder / f"report{i}" for i in range(PROCESSES)]
    processes = [
        context.Process(target=try_all, args=(folder, store_url, i, barrier, ROUNDS, reports[i]))
        for i in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    lines = [line.split() for report in reports for line in report.read_text().splitlines()]
    return [(int(number), whose, outcome) for number, whose, outcome in lines]
