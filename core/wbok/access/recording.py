"""Tells the billing of logins, where it wants to know: behind the customer's back, one after the other.

A login neither waits for it nor fails by it, and one that nobody has takes as long, though nothing is told of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from queue import Empty, Full, Queue
from threading import Lock, Thread

from wbok.billing import LoginRecorder
from wbok.errors import BillingError

log = logging.getLogger(__name__)

MAX_WAITING = 1000
IDLE_SECONDS = 1.0


class Recording:
    """With no recorder nothing is told. Safe from several threads; a process that forks later has its own."""

    def __init__(self, recorder: LoginRecorder | None) -> None:
        self._recorder = recorder
        self._waiting: Queue[Callable[[], None]] = Queue(MAX_WAITING)
        self._lock = Lock()
        self._thread: Thread | None = None

    def succeeded(self, customer_id: str, *, address: str) -> None:
        recorder = self._recorder
        if recorder is not None:
            self._tell(lambda: recorder.succeeded(customer_id, address=address))

    def failed(self, customer_id: str, *, address: str) -> None:
        recorder = self._recorder
        if recorder is not None:
            self._tell(lambda: recorder.failed(customer_id, address=address))

    def wait(self) -> None:
        """Until everything is told."""
        self._waiting.join()

    def _tell(self, work: Callable[[], None]) -> None:
        # In the lock, so that a thread that ends has nothing left behind.
        with self._lock:
            try:
                self._waiting.put_nowait(work)
            except Full:
                log.error("the billing is not told of a login: %d others are waiting", MAX_WAITING)
                return
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, name="wbok-logins", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            try:
                work = self._waiting.get(timeout=IDLE_SECONDS)
            except Empty:
                with self._lock:
                    if self._waiting.empty():
                        self._thread = None
                        return
                continue
            try:
                work()
            except BillingError as error:
                log.warning("the billing is not told of a login: %s", error)
            except Exception:
                log.exception("the billing is not told of a login")
            finally:
                self._waiting.task_done()
