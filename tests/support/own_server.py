"""A database server of the test's own, that can be stopped and started under a running panel."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, exc, pool

from support.places import missing
from support.server import free_port

PATIENCE_SECONDS = 60
READER_MAY_COME_WITH_A_PASSWORD = (
    "host all reader 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"
)


@dataclass
class OwnServer:
    """`admin_url` may do everything; `user` is whom the program runs as when the test is root."""

    program: list[str]
    admin_url: str
    user: str
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.program, user=_as(self.user), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert self.process.poll() is None, f"{self.program[0]} ended"
            assert time.monotonic() < deadline, f"{self.program[0]} does not answer"

    def stop(self, how: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(PATIENCE_SECONDS)

    @contextmanager
    def silent(self) -> Iterator[None]:
        """It takes connections and questions, and says nothing: a computer that hangs."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        """To the server and the processes that it has for its connections."""
        assert self.process is not None
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in [pid, *map(int, children)]:
            os.kill(one, number)

    def run(self, *statements: str) -> None:
        """As the administrator."""
        engine = create_engine(self.admin_url, isolation_level="AUTOCOMMIT", poolclass=pool.NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def _answers(self) -> bool:
        try:
            self.run("SELECT 1")
        except exc.OperationalError:
            return False
        return True


@contextmanager
def own_server(kind: str) -> Iterator[OwnServer]:
    """`postgresql` or `mysql`, running; gone at the end with all its files."""
    with tempfile.TemporaryDirectory(prefix="wbok-server-", ignore_cleanup_errors=True) as name:
        server = {"postgresql": _postgresql, "mysql": _mysql}[kind](Path(name), free_port())
        server.start()
        try:
            yield server
        finally:
            if server.process is not None and server.process.poll() is None:
                server.stop(signal.SIGKILL)


def _postgresql(folder: Path, port: int) -> OwnServer:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    program = found[-1] if found else Path(shutil.which("postgres") or missing("PostgreSQL is not installed"))
    data = _prepared(folder, "postgres", program.with_name("initdb"), "-U", "postgres", "-A", "trust", "-D")
    (data / "pg_hba.conf").write_text(READER_MAY_COME_WITH_A_PASSWORD)
    options = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "fsync": "off",
        "unix_socket_directories": folder,
    }
    return OwnServer(
        [str(program), "-D", str(data), *(f"-c{name}={value}" for name, value in options.items())],
        f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres",
        "postgres",
    )


def _mysql(folder: Path, port: int) -> OwnServer:
    program = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
    install = shutil.which("mariadb-install-db")
    if program is None or install is None:
        missing("MariaDB is not installed")
    data = _prepared(
        folder,
        "mysql",
        Path(install),
        "--no-defaults",
        "--auth-root-authentication-method=normal",
        "--datadir",
    )
    return OwnServer(
        [
            program,
            "--no-defaults",
            f"--datadir={data}",
            f"--port={port}",
            "--bind-address=127.0.0.1",
            # Else a new installation takes everybody on this machine for its anonymous user.
            "--skip-name-resolve",
            f"--socket={folder / 'socket'}",
            f"--pid-file={folder / 'pid'}",
        ],
        f"mysql+pymysql://root@127.0.0.1:{port}/mysql?charset=utf8mb4",
        "mysql",
    )


def _prepared(folder: Path, user: str, program: Path, *arguments: str) -> Path:
    """An empty data folder that the server may use."""
    if _as(user):
        shutil.chown(folder, user)
    command = [str(program), *arguments[:-1]]
    data = folder / "data"
    command += [arguments[-1], str(data)] if arguments[-1] == "-D" else [f"{arguments[-1]}={data}"]
    subprocess.run(command, user=_as(user), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return data


def _as(user: str) -> str | None:
    """Servers refuse to run as root."""
    return user if os.geteuid() == 0 else None
