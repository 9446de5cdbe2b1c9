"""The zygote: an interpreter with numpy imported that forks one cell for every submission.

It never sees a byte of a submission.  The first message on its control socket brings what every cell has already:

    {"arrays": {name: [offset, type, shape]}}                                with the descriptor of their file

It answers when it is ready.  Orders follow as JSON, each answered but `spawn`, which the new cell answers on its own
pipe:

    {"spawn": number, "seed": n, "address_space": bytes, "cpu_seconds": n}   with 4 file descriptors
    {"end": number, "grace": seconds}      -> {"end": number, "status": wait status, "cpu_seconds": s}

When the control socket closes, it kills every cell and ends.
"""

from __future__ import annotations

import array
import fcntl
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import signal
import socket
import sys
import time
from typing import Any, NoReturn, Sequence

MESSAGE_BYTES = 65_536
DESCRIPTORS = 4
REQUEST, REPLY, RULESET = 3, 4, 5


class PackageFinder(importlib.abc.MetaPathFinder):
    """Finds the installed packages that a submission may import, and no others.

    Looked up before the self-lock, since a locked cell cannot list the folder that they are installed in.
    """

    def __init__(self, packages: dict[str, list[str]]) -> None:
        self.specs = {}
        for name, files in packages.items():
            folder = os.path.dirname(files[0])
            self.specs[name] = importlib.machinery.PathFinder.find_spec(name, [folder])

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        return self.specs.get(fullname) if path is None else None


def main(control_fd: int, configuration_fd: int) -> NoReturn:
    with os.fdopen(configuration_fd, "rb") as file:
        configuration = json.loads(file.readline())
        sys.meta_path.append(PackageFinder(configuration["packages"]))
    control = socket.socket(fileno=control_fd)
    try:
        zygote = _Zygote(control, configuration)  # from here on numpy can be imported, which this needs
    except OSError as error:
        control.recv(MESSAGE_BYTES)  # a socket closed with what nobody has read takes what it had sent along
        control.send(json.dumps({"refused": str(error)}).encode())
        os._exit(1)
    zygote.serve()


class _Zygote:
    def __init__(self, control: socket.socket, configuration: dict[str, Any]) -> None:
        from . import heap, lock, rehearsal, worker

        self.control = control
        self.worker = worker
        self.lock = lock
        self.uid = configuration["uid"]
        self.locked = configuration["locked"]
        self.program = bytes.fromhex(configuration["program"])
        self.pids: dict[int, int] = {}
        self.ruleset = -1
        self.own_namespace = -1
        rehearsal.rehearse()
        if self.locked:
            self.ruleset = lock.landlock_ruleset(configuration["readable"], configuration["devices"])
            self.own_namespace = self._namespace_handle()
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        gc.collect()  # before the arrays come, which is the last that the grader waits for
        self.preloaded = self._arrays()
        gc.freeze()  # what the cells share stays shared: no collection touches it
        self.room = heap.grow_into_large_pages()

    def _arrays(self) -> dict[str, Any]:
        from .preloaded import PreloadedArray

        order, descriptors = self._receive()
        if order is None:
            self._end_everything()
        try:
            return {name: PreloadedArray(descriptors[0], *place) for name, place in order["arrays"].items()}
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _namespace_handle(self) -> int:
        """A handle for returning to the own process namespace, -1 where cells cannot have one of their own."""
        try:
            handle = self.lock.pidfd_of_self()
            self.lock.fresh_namespaces(self.lock.CLONE_NEWPID)
            self.lock.enter_own_pid_namespace(handle)
        except OSError:
            return -1
        return handle

    def serve(self) -> NoReturn:
        self._send({"fresh_namespaces": self.own_namespace >= 0, "room": self.room})
        while True:
            order, descriptors = self._receive()
            if order is None:
                self._end_everything()
            elif "spawn" in order:
                self._spawn(order, descriptors)
            else:
                self._send(self._end(order["end"], order["grace"]))

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self.control.send(json.dumps(message).encode())
        except OSError:
            self._end_everything()

    def _receive(self) -> tuple[dict[str, Any] | None, list[int]]:
        descriptors = array.array("i")
        try:
            message, ancillary, _, _ = self.control.recvmsg(
                MESSAGE_BYTES, socket.CMSG_SPACE(DESCRIPTORS * descriptors.itemsize)
            )
        except OSError:
            return None, []
        for level, kind, data in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
        return (json.loads(message) if message else None), list(descriptors)

    def _spawn(self, order: dict[str, Any], descriptors: list[int]) -> None:
        if self.own_namespace >= 0:
            self.lock.fresh_namespaces(self.lock.CLONE_NEWPID)
        pid = os.fork()
        if pid == 0:
            try:
                self._become_cell(order, descriptors)
            finally:
                os._exit(1)
        if self.own_namespace >= 0:
            self.lock.enter_own_pid_namespace(self.own_namespace)
        self.pids[order["spawn"]] = pid
        for descriptor in descriptors:
            os.close(descriptor)

    def _become_cell(self, order: dict[str, Any], descriptors: list[int]) -> None:
        ruleset = self._keep_only(descriptors)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
        try:
            if self.locked:
                self._lock(ruleset, order)
            else:
                self.lock.set_budget(order["address_space"], order["cpu_seconds"])
        except OSError as error:
            self.worker.refuse(REPLY, str(error))
            return
        seed_generators(order["seed"])
        self.worker.serve(REQUEST, REPLY, order, self.preloaded)

    def _keep_only(self, descriptors: list[int]) -> int:
        """Leave open nothing but the pipes at their places; returns the ruleset's new number."""
        above = RULESET + 1
        request, reply, stdout, stderr = [fcntl.fcntl(number, fcntl.F_DUPFD, above) for number in descriptors]
        ruleset = fcntl.fcntl(self.ruleset, fcntl.F_DUPFD, above) if self.locked else -1
        self.control.close()
        with open(os.devnull, "rb") as null:
            os.dup2(null.fileno(), 0)
        for source, place in ((stdout, 1), (stderr, 2), (request, REQUEST), (reply, REPLY), (ruleset, RULESET)):
            if source >= 0:
                os.dup2(source, place, inheritable=False)
        os.closerange(RULESET + 1 if self.locked else RULESET, 256)
        return RULESET

    def _lock(self, ruleset: int, order: dict[str, Any]) -> None:
        lock = self.lock
        if self.own_namespace >= 0:
            lock.fresh_namespaces(lock.CLONE_NEWNS | lock.CLONE_NEWNET | lock.CLONE_NEWIPC | lock.CLONE_NEWUTS)
        lock.set_limits()
        lock.drop_privileges(self.uid)
        lock.die_with_parent()
        lock.set_budget(order["address_space"], order["cpu_seconds"])
        lock.lock(ruleset, self.program)

    def _end(self, number: int, grace: float) -> dict[str, Any]:
        """Wait up to `grace` seconds for the cell to end by itself, then kill it; tell how it ended."""
        pid = self.pids.pop(number)
        deadline = time.monotonic() + grace
        while True:
            ended, status, usage = os.wait4(pid, os.WNOHANG)
            left = deadline - time.monotonic()
            if ended or left <= 0:
                break
            signal.sigtimedwait([signal.SIGCHLD], left)
        killed = not ended
        if killed:
            os.kill(pid, signal.SIGKILL)
            _, status, usage = os.wait4(pid, 0)
        return {"end": number, "status": status, "killed": killed, "cpu_seconds": usage.ru_utime + usage.ru_stime}

    def _end_everything(self) -> NoReturn:
        for number in list(self.pids):
            self._end(number, 0.0)
        os._exit(0)


def seed_generators(seed: int) -> None:
    """Make every generator of the submission reproducible, `numpy.random.default_rng()` without a seed too."""
    import numpy as np

    random.seed(seed)
    np.random.seed(seed % (1 << 32))
    bit_generator: Any = getattr(np.random, "bit_generator", None)
    if hasattr(bit_generator, "randbits"):  # where numpy takes the entropy of an unseeded generator from
        bit_generator.randbits = random.Random(seed).getrandbits
