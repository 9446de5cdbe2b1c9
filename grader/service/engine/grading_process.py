"""The worker's side of the processes that grade, and pack, for it."""

import time
from collections.abc import Iterator, Sequence

from grader.child import ChildProcess, Ready, Refused
from grader.sandbox import Mode, SandboxUnavailable
from grader.service.engine.messages import Begun, Explained, ExplainTask, Graded, Packed, PackOrder, Task, Told
from grader.service.errors import Unavailable

_START_SECONDS = 120.0
_PACKING_SECONDS = 900.0


class ProcessLost(Exception):
    """The process has ended, or is as good as that."""


class GradingProcess:
    """A process that grades one submission at a time, ready when the constructor returns.

    Raises SandboxUnavailable: this machine cannot isolate submissions. ProcessLost: it doesn't start.
    """

    def __init__(self, sandbox: Mode) -> None:
        self._child = ChildProcess("grader.service.engine.process")
        self.is_alive = True
        self._deadline = time.monotonic() + _START_SECONDS
        self._send(sandbox)
        while not isinstance(self._hear(1.0), Ready):
            pass

    def explain(self, task: ExplainTask) -> Explained:
        """Raises as `grade`."""
        *_, explained = self._work(task, 1.0)
        assert isinstance(explained, Explained)
        return explained

    def grade(self, task: Task, look_seconds: float) -> Iterator[Sequence[Told] | Graded | None]:
        """What it tells, and at last the result; None after `look_seconds` of silence, so that one can look around.

        Raises ProcessLost, or SandboxUnavailable: the sandbox was lost.
        """
        for message in self._work(task, look_seconds):
            if message is None or isinstance(message, tuple | Graded):
                yield message

    def _work(self, task: Task | ExplainTask, look_seconds: float) -> Iterator[object]:
        self._deadline = time.monotonic() + _START_SECONDS
        self._send(task)
        while True:
            message = self._hear(look_seconds)
            if isinstance(message, Begun):
                self._deadline = time.monotonic() + message.seconds
                continue
            if isinstance(message, Graded | Explained) and message.is_tired:
                self.end()
            yield message
            if isinstance(message, Graded | Explained):
                return

    def interrupt(self) -> None:
        """Kill it, from another thread than the one that listens to it, which then gets ProcessLost."""
        self._child.kill()

    def end(self) -> str:
        """Kill it, in the midst of a submission if need be; its last words."""
        self.is_alive = False
        return self._child.end()

    def _send(self, message: object) -> None:
        try:
            self._child.connection.send(message)
        except OSError:
            raise ProcessLost(f"the process that grades has ended: {self.end()}") from None

    def _hear(self, seconds: float) -> object:
        """The next message, None if there is none for so long."""
        try:
            if self._child.connection.poll(seconds):
                message = self._child.connection.recv()
                if isinstance(message, Refused):
                    self.end()
                    raise SandboxUnavailable(message.missing, message.remedy)
                return message
        except (EOFError, OSError):
            raise ProcessLost(f"the process that grades has ended: {self.end()}") from None
        if time.monotonic() > self._deadline:
            self.end()
            raise ProcessLost("grading took too long")
        return None


class PackingProcess:
    """A process for one archive."""

    def __init__(self) -> None:
        self._child = ChildProcess("grader.service.engine.packing_process")

    def pack(self, order: PackOrder) -> None:
        """Raises ProcessLost, or Unavailable: it cannot be packed as things are."""
        try:
            self._child.connection.send(order)
            if not self._child.connection.poll(_PACKING_SECONDS):
                raise ProcessLost("packing took too long")
            packed: Packed = self._child.connection.recv()
        except (EOFError, OSError):
            raise ProcessLost(f"the process that packs has ended: {self._child.end()}") from None
        if packed.reason:
            raise Unavailable(packed.reason)

    def interrupt(self) -> None:
        """Kill it, from another thread than the one that listens to it, which then gets ProcessLost."""
        self._child.kill()

    def end(self) -> None:
        if not self._child.connection.closed:
            self._child.end()
