"""A Python process of our own that does part of our work: talked to through a pair of sockets, it ends when we do.

`ChildProcess` is our side of it; `parent` and `inbox` are the child's, and `python -m grader.child MODULE` starts it.
"""

import os
import queue
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from typing import IO, Any

from grader.garbage import collect_seldom

_ORPHANED = 1

# One thread each: there are as many processes as cores, and the time of a submission stays comparable.
_ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)


@dataclass(frozen=True)
class Ready:
    """What a child that grades says first."""


@dataclass(frozen=True)
class Refused:
    """What it says where it cannot isolate submissions; see `SandboxUnavailable`."""

    missing: str
    remedy: str


class ChildProcess:
    """The `main` of a module in a process that is given the descriptor of its end of `connection`."""

    def __init__(self, module: str) -> None:
        ours, theirs = socket.socketpair()
        self.connection: Connection = Connection(ours.detach())
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        with theirs:
            self.process = subprocess.Popen(
                [*command(module), str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                env={**os.environ, **_ONE_THREAD},
                start_new_session=True,  # an interruption at the terminal is for us, who end our children
            )

    def kill(self) -> None:
        """Kill it, from any thread; whoever listens to it hears of that."""
        self.process.kill()

    def end(self) -> str:
        """Kill it, in the midst of its work if need be, and tell why it had ended if it had: its last words."""
        self.process.kill()
        self.connection.close()
        status = self.process.wait()
        self._errors.seek(0)
        lines = self._errors.read()[-2000:].decode("utf-8", "replace").split("\n")
        self._errors.close()
        return next((line.strip() for line in reversed(lines) if line.strip()), "") or f"exit status {status}"


def command(module: str) -> list[str]:
    """What runs the `main` of a module in a Python process."""
    return [sys.executable, "-m", "grader.child", module]


def parent() -> Connection:
    """In the child: the connection to whoever started it."""
    return Connection(int(sys.argv[-1]))


def inbox(connection: Connection) -> "queue.SimpleQueue[Any]":
    """In the child: what comes in from now on. Its parent's end is its end, even in the midst of something."""
    received: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def receive() -> None:
        try:
            while True:
                received.put(connection.recv())
        except (EOFError, OSError):
            os._exit(_ORPHANED)  # cells end with the process that holds their pipes

    threading.Thread(target=receive, daemon=True).start()
    return received


if __name__ == "__main__":
    collect_seldom()  # before all that the module imports
    import_module(sys.argv[1]).main()
