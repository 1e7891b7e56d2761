"""The panel as its users start it: a process of its own."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

WBOK = Path(sys.executable).parent / "wbok"
PATIENCE_SECONDS = 60
ENVIRONMENT = {"WBOK_ACCESS__LOGIN_RATE": "100000 per minute"}


@dataclass(frozen=True)
class Demo:
    """What `wbok demo` printed: logins (ID Klienta, PIN, what is special), address, commands for the office."""

    logins: tuple[tuple[str, str, str], ...]
    address: str
    unlock: list[str]
    answer: list[str]


@contextmanager
def start_demo(port: int) -> Iterator[Demo]:
    with _process(["demo", "--port", str(port)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if " answer " in line:
                break
        *logins, address, unlock, answer = lines
        rows = (login.split("\t") for login in logins)
        yield Demo(
            tuple((customer, pin, note) for customer, pin, note in rows),
            address.rstrip("/"),
            shlex.split(unlock),
            shlex.split(answer),
        )


@contextmanager
def serve(
    config: Path,
    *,
    address: str,
    log: Path | None = None,
    program: Path = WBOK,
    stop: signal.Signals = signal.SIGINT,
) -> Iterator[None]:
    """`wbok run` until the block ends; what it logs goes into `log`.

    `stop`: Ctrl+C waits for nobody who keeps a connection open; SIGTERM, as systemd sends it, does.
    """
    with ExitStack() as stack:
        stderr = stack.enter_context(log.open("w")) if log else subprocess.DEVNULL
        stack.enter_context(
            _process(
                ["--config", str(config), "run"],
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                program=program,
                stop=stop,
            )
        )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not _answers(f"{address}/healthz"):
            assert time.monotonic() < deadline, "the server does not answer"
        yield


@contextmanager
def _process(
    arguments: list[str],
    *,
    stdout: int,
    stderr: int | IO[str] = subprocess.DEVNULL,
    program: Path = WBOK,
    stop: signal.Signals = signal.SIGINT,
) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, **ENVIRONMENT}
    process = subprocess.Popen(
        [str(program), *arguments], stdout=stdout, stderr=stderr, text=True, env=environment
    )
    try:
        yield process
    finally:
        process.send_signal(stop)
        assert process.wait(PATIENCE_SECONDS) == 0
        if process.stdout is not None:
            process.stdout.close()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
