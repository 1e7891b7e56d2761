"""The billing is told of logins one after the other, and nobody waits for it."""

from __future__ import annotations

import logging
from threading import Event, active_count

import pytest

from wbok.access.recording import MAX_WAITING, Recording
from wbok.errors import Unavailable


class Recorder:
    """Waits before each entry until it may go on."""

    def __init__(self) -> None:
        self.go_on = Event()
        self.told: list[tuple[str, str, str]] = []
        self.fails: Exception | None = None

    def succeeded(self, customer_id: str, *, address: str) -> None:
        self._tell("succeeded", customer_id, address)

    def failed(self, customer_id: str, *, address: str) -> None:
        self._tell("failed", customer_id, address)

    def _tell(self, what: str, customer_id: str, address: str) -> None:
        assert self.go_on.wait(timeout=30)
        if self.fails is not None:
            raise self.fails
        self.told.append((what, customer_id, address))


def test_it_is_told_in_order_and_nobody_waits() -> None:
    recorder = Recorder()
    recording = Recording(recorder)
    recording.failed("7", address="a")
    recording.succeeded("7", address="b")
    assert recorder.told == []
    recorder.go_on.set()
    recording.wait()
    assert recorder.told == [("failed", "7", "a"), ("succeeded", "7", "b")]


@pytest.mark.parametrize("fault", [Unavailable("away"), KeyError("a fault of its own")])
def test_what_fails_is_logged_and_the_next_is_told(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder()
    recorder.fails = fault
    recorder.go_on.set()
    recording = Recording(recorder)
    with caplog.at_level(logging.WARNING):
        recording.failed("7", address="a")
        recording.wait()
    assert "the billing is not told of a login" in caplog.text
    recorder.fails = None
    recording.succeeded("7", address="b")
    recording.wait()
    assert recorder.told == [("succeeded", "7", "b")]


def test_a_billing_that_hangs_does_not_fill_the_memory(caplog: pytest.LogCaptureFixture) -> None:
    recorder = Recorder()
    recording = Recording(recorder)
    for _ in range(MAX_WAITING + 50):
        recording.failed("7", address="a")
    recorder.go_on.set()
    recording.wait()
    assert MAX_WAITING <= len(recorder.told) <= MAX_WAITING + 1


def test_without_a_recorder_nothing_happens() -> None:
    before = active_count()
    recording = Recording(None)
    recording.succeeded("7", address="a")
    recording.wait()
    assert active_count() <= before
