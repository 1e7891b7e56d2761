"""Many people trying one login at once, from several processes: each process counts what its verifier compared."""

from __future__ import annotations

import threading
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

from support.scene import make_settings, sql_billing
from wbok.access.login import Choice, Confirmed, Outcome, Welcome
from wbok.access.pins import PinCheck
from wbok.billing import Credential
from wbok.panel import build_panel

PROCESSES, THREADS = 6, 5
RIGHT, OTHER, WRONG = "4711", "8150", "9999"
SHARED = {"shared": OTHER, "twins": RIGHT}
"""Rounds in which two customers have the login, and the PIN of the second."""
SECOND = 1000


def second_of(round_number: int) -> int:
    """The other customer behind the login of this round."""
    return SECOND + round_number + 1


def pins_of(kind: str, place: int) -> str:
    """Who types what: nobody knows the PIN, or one in six does, or half; of two customers each a sixth."""
    if kind in SHARED and place % 6 == 1:
        return SHARED[kind]
    every = {"wrong": 0, "few": 6, "half": 2, "shared": 6, "twins": 6, "again": 5}[kind]
    return RIGHT if every and place % every == 0 else WRONG


def try_all(
    folder: Path, store_url: str, number: int, barrier: Barrier, kinds: tuple[str, ...], report: Path
) -> None:
    """One process of the crowd: five threads, one round for each of `kinds`; customer r+1 in round r."""
    billing = sql_billing(folder / "billing.sqlite", ["customers", "credentials"])
    settings = make_settings(folder, billing, store={"url": store_url})
    panel = build_panel(settings)
    lines: list[str] = []
    verify = PinCheck.matches
    here = threading.local()

    def counted(self: PinCheck, typed: str, credential: Credential | None, *, usual_format: str) -> bool:
        outcome = verify(self, typed, credential, usual_format=usual_format)
        whose = credential.customer_id if credential else None
        lines.append(f"{here.round} {whose} {'right' if outcome else 'wrong'}")
        return outcome

    PinCheck.matches = counted  # type: ignore[method-assign]

    def one(round_number: int, kind: str, place: int) -> None:
        here.round = round_number
        pin = pins_of(kind, place)
        login, address = str(round_number + 1), f"10.{round_number}.0.{place}"
        if kind == "again" and place % 2:
            # Somebody who is in already, and is asked for the PIN once more.
            outcome = panel.login.confirm(login, login, pin, address=address)
            inside = [login] if isinstance(outcome, Confirmed) else []
        else:
            inside = _entered(panel.login.attempt(login, pin, address=address))
        lines.extend(f"{round_number} {customer_id} in" for customer_id in inside)
        lines.append(f"{round_number} None {'entered' if inside else 'out'}")

    for round_number, kind in enumerate(kinds):
        barrier.wait()
        _at_once(lambda i, r=round_number, k=kind: one(r, k, number * THREADS + i))  # type: ignore[misc]
    report.write_text("\n".join(lines))


def _entered(outcome: Outcome) -> list[str]:
    if isinstance(outcome, Choice):
        return [welcome.customer_id for welcome in outcome.customers]
    return [outcome.customer_id] if isinstance(outcome, Welcome) else []


def _at_once(work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(i,)) for i in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
