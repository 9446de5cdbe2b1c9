"""The trusted side's view of the zygote process: start it, order cells from it, end it."""

import contextlib
import fcntl
import json
import mmap
import os
import signal
import socket
import stat
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from grader.sandbox.bubblewrap import INSIDE_MOUNT, UNPRIVILEGED_ID, bubblewrap_command
from grader.sandbox.errors import UPGRADE_KERNEL, SandboxUnavailable
from grader.sandbox.inside.wire import ITEM_BYTES
from grader.sandbox.interpreter import DEVICES, INSIDE, Interpreter
from grader.sandbox.seccomp import cell_filter, machine_architecture

START_SECONDS = 30.0
ANSWER_SECONDS = 10.0
END_SECONDS = 5.0
KEEP_USER = -1
_MESSAGE_BYTES = 65_536
_CREDENTIALS = 12  # struct ucred: pid, uid, gid
_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/",
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONIOENCODING": "utf-8:backslashreplace",
    # One thread each: the self-lock forbids more, and timings stay comparable.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    # What arrays give back is kept for the next ones: a page fault for every 4 kB of every temporary costs a
    # training run more than its sums. (The C library gets there by itself, but too late for a short life.)
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
    "MALLOC_TOP_PAD_": str(1 << 20),
}


class ZygoteLost(Exception):
    """The zygote ended or does not answer; `detail` is what it wrote on standard error."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True)
class Ending:
    """How the process of a cell ended."""

    status: int
    killed: bool
    cpu_seconds: float


class Zygote:
    """A started zygote.  It waits for `provide`; `wait` must have returned before the first `spawn`.

    locked      whether its cells lock themselves
    bubblewrap  the program to wrap it in, None for no second layer
    """

    def __init__(self, interpreter: Interpreter, *, locked: bool, bubblewrap: str | None) -> None:
        as_root = os.geteuid() == 0
        self.locked = locked
        self.wrapped = bubblewrap is not None
        self.fresh_namespaces = False
        self.base_bytes = 0
        self._lock = threading.Lock()
        drops = locked and as_root and (self.wrapped or readable_by_all(interpreter))
        folder = INSIDE_MOUNT if self.wrapped else str(INSIDE)
        command = [str(interpreter.executable), "-s", "-S", "-B", f"{folder}/start.py"]
        if bubblewrap is not None:
            command = bubblewrap_command(bubblewrap, interpreter, as_root=as_root) + command
        configuration = _configuration(interpreter, locked=locked, uid=UNPRIVILEGED_ID if drops else KEEP_USER)
        self._errors: IO[bytes] = os.fdopen(os.memfd_create("errors"), "w+b")
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        try:
            self._process = subprocess.Popen(
                [*command, str(theirs.fileno()), str(configuration)],
                pass_fds=(theirs.fileno(), configuration),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,  # no terminal, and one process group that can be killed as a whole
            )
        except OSError:
            self._control.close()
            self._errors.close()
            raise
        finally:
            theirs.close()
            os.close(configuration)

    def provide(self, arrays: Mapping[str, np.ndarray[Any, Any]]) -> None:
        """Give it the arrays that every cell has already, once.  What it does not take any more, `wait` tells."""
        descriptor, places = _file_of(arrays)
        try:
            with contextlib.suppress(OSError):
                socket.send_fds(self._control, [json.dumps({"arrays": places}).encode()], [descriptor])
        finally:
            os.close(descriptor)

    def wait(self) -> None:
        """Return when the zygote is ready.  Raises ZygoteLost, SandboxUnavailable when it cannot lock cells."""
        self._control.settimeout(START_SECONDS)
        try:
            message, ancillary, _, _ = self._control.recvmsg(_MESSAGE_BYTES, socket.CMSG_SPACE(_CREDENTIALS))
        except OSError as error:
            raise ZygoteLost(self._diagnostics()) from error
        if not message:
            raise ZygoteLost(self._diagnostics())
        self._control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        self._control.settimeout(ANSWER_SECONDS)
        answer = json.loads(message)
        if "refused" in answer:
            raise SandboxUnavailable(f"the self-lock ({answer['refused']})", UPGRADE_KERNEL)
        self.fresh_namespaces = bool(answer["fresh_namespaces"])
        pid = next(
            int.from_bytes(data[:4], "little")
            for level, kind, data in ancillary
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS)
        )
        # Room in its heap is not in use yet: it is a part of what a submission may take.
        self.base_bytes = _address_space(pid) - int(answer["room"])

    def spawn(self, order: Mapping[str, int], descriptors: Sequence[int]) -> None:
        """Fork a cell that uses the descriptors (request, reply, standard output, standard error)."""
        with self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(order).encode()], list(descriptors))
            except OSError as error:
                raise ZygoteLost(self._diagnostics()) from error

    def end(self, number: int, grace: float = 0.0) -> Ending:
        """Wait up to `grace` seconds for the cell to end by itself, kill it otherwise; none is left then."""
        with self._lock:
            try:
                self._control.send(json.dumps({"end": number, "grace": grace}).encode())
                fields = self._receive()
                while fields["end"] != number:  # an answer that came too late for its question
                    fields = self._receive()
            except OSError as error:
                raise ZygoteLost(self._diagnostics()) from error
        return Ending(fields["status"], fields["killed"], fields["cpu_seconds"])

    def _receive(self) -> dict[str, Any]:
        answer = self._control.recv(_MESSAGE_BYTES)
        if not answer:
            raise ConnectionResetError
        fields: dict[str, Any] = json.loads(answer)
        return fields

    def close(self) -> None:
        """End the zygote and every cell of it; returns when no process is left."""
        self._control.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._errors.close()

    def _diagnostics(self) -> str:
        """The end of what the process wrote on standard error."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.5)
        self._errors.seek(0)
        return self._errors.read()[-2_000:].decode(errors="replace").strip()


def _configuration(interpreter: Interpreter, *, locked: bool, uid: int) -> int:
    """A descriptor of what the zygote reads when it starts: one line of JSON."""
    settings: dict[str, Any] = {
        "packages": {name: [str(path) for path in files] for name, files in interpreter.packages.items()},
        "readable": [str(path) for path in interpreter.readable()] if locked else [],
        "devices": DEVICES,
        "locked": locked,
        "uid": uid,
        "program": (cell_filter(machine_architecture()) if locked else b"").hex(),
    }
    line = json.dumps(settings).encode() + b"\n"
    descriptor = os.memfd_create("configuration", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    _write_all(descriptor, memoryview(line), 0)
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
    return descriptor


def _file_of(arrays: Mapping[str, np.ndarray[Any, Any]]) -> tuple[int, dict[str, tuple[int, str, Sequence[int]]]]:
    """A descriptor of a file of the arrays, each on pages of its own; and name -> offset, type and shape."""
    if unknown := [name for name, array in arrays.items() if array.dtype.str not in ITEM_BYTES]:
        raise ValueError(f"no numbers to preload: {', '.join(unknown)}")
    descriptor = os.memfd_create("arrays", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    places: dict[str, tuple[int, str, Sequence[int]]] = {}
    offset = 0
    for name, array in arrays.items():
        places[name] = (offset, array.dtype.str, array.shape)
        _write_all(descriptor, np.ascontiguousarray(array).reshape(-1).view(np.uint8).data, offset)
        offset += -(-array.nbytes // mmap.PAGESIZE) * mmap.PAGESIZE
    os.truncate(descriptor, offset)
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
    return descriptor, places


def _write_all(descriptor: int, left: memoryview, offset: int) -> None:
    while left:
        written = os.pwrite(descriptor, left, offset)
        left, offset = left[written:], offset + written


def readable_by_all(interpreter: Interpreter) -> bool:
    """Whether a user without any rights could read the interpreter and its packages."""
    places = [Path(interpreter.executable), *(Path(files[0]) for files in interpreter.packages.values())]
    folders = {folder for place in places for folder in place.parents}
    return all(path.stat().st_mode & stat.S_IROTH for path in places) and all(
        folder.stat().st_mode & stat.S_IXOTH for folder in folders
    )


def _address_space(pid: int) -> int:
    """Bytes of address space that the process has mapped."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[0])
    except OSError as error:
        raise SandboxUnavailable("a readable /proc", "mount /proc where the grader runs") from error
    return pages * os.sysconf("SC_PAGE_SIZE")
