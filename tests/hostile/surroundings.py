"""What a hostile submission could reach for on the machine of the grader, and whether it got there."""

import contextlib
import os
import secrets
import socket
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

_FOLDERS = ("/", "/tmp", "/var/tmp", "/dev/shm", ".")
_IPC_KEY = 0x7E57
_CONTENT = "what was there before\n"


class Surroundings:
    """A victim file, another submission, listening sockets and a secret in the environment; a context manager."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="hostile-")
        self.folder = Path(self._folder.name)
        self.folder.chmod(0o777)
        self.victim = self.folder / "victim.txt"
        self.victim.write_text(_CONTENT)
        self.victim.chmod(0o666)
        self.submission = self.folder / "other_submission.py"
        self.submission.write_text("def relu(z): return z * (z > 0)\n")
        os.environ["HOSTILE_SECRET"] = secrets.token_hex()
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        self.local = _listening(str(self.folder / "socket"))
        self.abstract = _listening("\0hostile-abstract-" + secrets.token_hex(8))
        for listener in (self.tcp, self.udp, self.local, self.abstract):
            listener.setblocking(False)
        self._victim_state = self._state()

    def _state(self) -> tuple[str, int, int, int]:
        status = self.victim.stat()
        return self.victim.read_text(), status.st_mode, status.st_mtime_ns, status.st_nlink

    @property
    def constants(self) -> Mapping[str, object]:
        """What the attacks are told, so that they need not search."""
        return {
            "VICTIM": str(self.victim),
            "PORT": self.port,
            "ABSTRACT": self.abstract.getsockname().decode(),
            "PARENT": os.getpid(),
            "SUBMISSION": str(self.submission),
            "SOCKET": str(self.folder / "socket"),
        }

    def traces(self) -> list[str]:
        """What an attack left behind or reached, outside processes and memory."""
        found = [str(path) for folder in _FOLDERS for path in Path(folder).glob("escaped-*")]
        found += [f"{path} was made" for path in self.folder.iterdir() if path.name not in _EXPECTED]
        if not self.victim.exists() or self._state() != self._victim_state:
            found.append(f"{self.victim} was changed")
        for listener in (self.tcp, self.local, self.abstract):
            try:
                listener.accept()
            except BlockingIOError:
                continue
            found.append(f"a connection to {listener.getsockname()!r}")
        with contextlib.suppress(BlockingIOError):
            found.append(f"a datagram {self.udp.recv(100)!r}")
        for table in Path("/proc/sysvipc").glob("*"):
            keys = [line.split()[0] for line in table.read_text().splitlines()[1:]]
            found += [f"System V {table.name}" for key in keys if int(key) == _IPC_KEY]
        return found

    def close(self) -> None:
        for listener in (self.tcp, self.udp, self.local, self.abstract):
            listener.close()
        os.environ.pop("HOSTILE_SECRET", None)
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


_EXPECTED = frozenset({"victim.txt", "other_submission.py", "socket"})


def _listening(address: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    if not address.startswith("\0"):
        Path(address).chmod(stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
    listener.listen()
    return listener


def descendants(pid: int) -> dict[int, str]:
    """The processes that `pid` started, and those that they started, zombies included, with their states."""
    parents, states = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended in between
        parents[int(status.parent.name)] = int(fields[1])
        states[int(status.parent.name)] = fields[0]
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {child: states[child] for child in found - {pid}}


def open_descriptors() -> int:
    """How many descriptors this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def reset_peak_memory() -> int:
    """Forget the peak of this process's memory; its bytes in memory now."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def peak_memory() -> int:
    return _memory("VmHWM")


def _memory(field: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) << 10
    raise ValueError(f"/proc/self/status has no {field}")
