"""A PostgreSQL server of the tests' own: in a folder, on a socket in it, and gone with the tests."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.batch.processes import descendants

_NOBODY = 65534
_START_SECONDS = 60.0


def find_binaries() -> Path | None:
    """Debian keeps them out of the PATH, a folder for each version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


class Cluster:
    """A server that can be killed and started again; its data survive that."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="grader-pg-", dir="/tmp"))  # a socket's path must be short
        # PostgreSQL refuses to run as root.
        self._user = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        if self._user:
            os.chown(self._folder, _NOBODY, _NOBODY)
        command = [binaries / "initdb", "--auth=trust", "--username=grader", "--encoding=UTF8", "--no-sync", "data"]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True, **self._user)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        with (self._folder / "log").open("ab") as log:
            options = ["-c", "listen_addresses=", "-k", str(self._folder), "-c", "max_connections=200"]
            self._server = subprocess.Popen(
                [self._binaries / "postgres", "-D", "data", *options],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._user,
            )
        end = time.monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > end or self._server.poll() is not None:
                    raise AssertionError(f"PostgreSQL does not start: {self._last_words()}") from None
                time.sleep(0.02)

    def kill(self) -> None:
        """End it at once, as a power cut would: all of its processes."""
        assert self._server is not None
        processes = [self._server.pid, *descendants(self._server.pid)]
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._server.wait()
        while any(Path(f"/proc/{process}").exists() for process in processes):
            time.sleep(0.01)

    def close(self) -> None:
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql://grader@/{database}?host={self._folder}"

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a new database: empty, or a copy of another one that nobody is connected to."""
        name = f"test_{uuid4().hex[:12]}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name} template {template}")
        yield self.url(name)
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)")

    def _last_words(self) -> str:
        return (self._folder / "log").read_text("utf-8", "replace")[-500:]
