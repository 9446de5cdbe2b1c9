"""The process of one submission, seen from the trusted side: requests to it, its answers, and how it ends."""

import math
import os
import re
import secrets
import signal
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, ParamSpec, TypeVar

from grader.closing import Closing
from grader.sandbox.channel import Channel, Output, PipeClosed
from grader.sandbox.errors import CellCrashed, CellFailure, CellTimeout, Frame
from grader.sandbox.inside.decoding import decode, printable
from grader.sandbox.inside.encoding import encode
from grader.sandbox.inside.time_limit import PATIENCE
from grader.sandbox.inside.wire import REQUEST_BOUNDS, Bounds, Node, ProtocolError, Unsendable
from grader.sandbox.replies import (
    Answer,
    Question,
    expect,
    is_question,
    read_answer,
    read_outcome,
    read_question,
    read_ready,
)
from grader.sandbox.values import Handle, Method, Preloaded, Token, Value
from grader.sandbox.zygote import Ending, Zygote, ZygoteLost


@dataclass(frozen=True)
class Limits:
    """The limits of one cell.

    call_seconds   wall time of one call, unless the call names its own; see `inside.time_limit` for a busy machine
    total_seconds  wall and processor time of all that the cell does
    memory_bytes   address space beyond what the interpreter and numpy take
    output_bytes   how much of each of standard output and standard error is kept
    result_bytes   arrays of one reply
    """

    call_seconds: float = 10.0
    total_seconds: float = 120.0
    memory_bytes: int = 1 << 30
    output_bytes: int = 65_536
    result_bytes: int = 64 << 20

    def __post_init__(self) -> None:
        for name in ("call_seconds", "total_seconds", "memory_bytes", "result_bytes"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be positive, not {getattr(self, name)!r}")
        if self.output_bytes < 0:
            raise ValueError(f"output_bytes must not be negative, is {self.output_bytes!r}")


GRACE_SECONDS = 0.5  # for a submission to react to the interruption, and for the answer to travel
READY_SECONDS = 10.0
_CRASH_SECONDS = 1.0  # for a process whose pipe has closed to be gone
_HANDLES = 1 << 32  # numbers of handles that each cell has for itself
QUESTIONS = 200_000  # of one request
MAX_RAISED = 500  # characters of an exception that answers a question

#: What answers a question: a value, and the attributes that a method has set. Raises `Unanswered`, or `Raised`.
Answerer = Callable[[Question], tuple[Value, Mapping[str, Value]]]
P = ParamSpec("P")
T = TypeVar("T")


class Unanswered(Exception):
    """A question of the submission gets no answer; the message says why, and is raised in the cell."""


class Raised(Exception):
    """What answers a question is an exception: of this kind, with this message, it is raised in the cell."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind, self.message = kind[:MAX_RAISED], message[:MAX_RAISED]


class Result(NamedTuple):
    """What a request gave, and how long the cell says it took."""

    value: Any
    seconds: float
    cpu_seconds: float


class CellProcess(Closing):
    """A process that answers requests, and asks as far as it is served; a context manager that leaves nothing."""

    def __init__(self, zygote: Zygote, number: int, limits: Limits, seed: int, preloaded: Mapping[int, str]) -> None:
        """`preloaded` maps the id of an array that the zygote has to its name."""
        self.limits = limits
        self.alive = True
        self.imported_stand_ins: tuple[str, ...] = ()
        self._zygote = zygote
        self._number = number
        self._preloaded = preloaded
        self._used_seconds = 0.0
        self._released: set[int] = set()
        self._filenames: set[str] = set()
        self._ending: Ending | None = None
        self._served: tuple[str, ...] = ()
        self._answer: Answerer | None = None
        self._channel, theirs = Channel.open(limits.output_bytes)
        self._bounds = Bounds(array_bytes=limits.result_bytes)
        try:
            zygote.spawn(
                {
                    "spawn": number,
                    "seed": seed,
                    "address_space": zygote.base_bytes + limits.memory_bytes,
                    "cpu_seconds": math.ceil(limits.total_seconds) + 1,
                    "result_bytes": limits.result_bytes,
                    "first_handle": number * _HANDLES,
                },
                theirs,
            )
        except BaseException:
            self._channel.close()
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)

    def wait(self) -> None:
        """Return when the cell has locked itself.  Raises SandboxUnavailable or CellFailure."""
        answer = self._read_answer([], 0, READY_SECONDS, READY_SECONDS)
        self.checked(read_ready, answer.outcome)

    @property
    def output(self) -> Output:
        """What the submission has printed so far."""
        return self._channel.output

    def close(self) -> None:
        """Kill the process, if it still runs, and wait until it is gone."""
        if self._ending is None:
            self._end()
        self._channel.close()

    # --- requests --------------------------------------------------------------------------------------

    def permitted(self, seconds: float | None) -> float:
        """How long the next request may take."""
        left = self.limits.total_seconds - self._used_seconds
        if left <= 0:
            raise CellTimeout.exhausted(self.limits.total_seconds)
        return min(self.limits.call_seconds if seconds is None else seconds, left)

    def timed_request(self, operation: str, arguments: dict[str, Any], seconds: float | None) -> Result:
        permitted = self.permitted(seconds)
        return self.request(operation, {**arguments, "seconds": permitted}, permitted)

    def request(self, operation: str, arguments: dict[str, Any], seconds: float) -> Result:
        """What a request gives; raises the CellFailure that it gives otherwise."""
        if not self.alive:
            raise CellCrashed("it had ended before this call")
        number = secrets.randbits(62)
        try:
            buffers = encode([number, operation, arguments], self._outgoing, REQUEST_BOUNDS, self._preloaded)
        except Unsendable as error:
            raise ValueError(f"what is to be sent to the submission is too large: {error}") from error
        started = time.monotonic()
        try:
            # On a machine that is too busy the cell itself is patient.
            left = self.limits.total_seconds - self._used_seconds
            answer = self._read_answer(buffers, number, seconds, max(seconds, min(PATIENCE * seconds, left)))
        finally:
            self._used_seconds += time.monotonic() - started
        self.imported_stand_ins = answer.stand_ins
        value = self.checked(read_outcome, answer.outcome, seconds, self.limits.memory_bytes)
        return Result(value, answer.seconds, answer.cpu_seconds)

    def _read_answer(self, buffers: Sequence[Any], number: int, seconds: float, patience: float) -> Answer:
        """Send a request and read the answer to it; whatever else happens is the end of the cell."""
        started = time.monotonic()
        deadline = started + patience + GRACE_SECONDS
        try:
            message = self._channel.exchange(buffers, decode(_incoming, self._bounds), deadline)
            for _ in range(QUESTIONS):
                if not is_question(message):
                    break
                buffers = self._answered(message, number)
                message = self._channel.exchange(buffers, decode(_incoming, self._bounds), deadline)
            return read_answer(message, number, time.monotonic() - started)
        except TimeoutError:
            self._end()
            raise CellTimeout.killed(seconds) from None
        except PipeClosed:
            raise self._death() from None
        except ProtocolError as error:
            raise self._nonsense(error) from error

    def _answered(self, message: Any, number: int) -> Sequence[Any]:
        """The frame that answers a question; a cell in which no function is served has none to ask."""
        expect(self._answer is not None, "a question")
        assert self._answer is not None
        question = read_question(message, number, self._served)
        try:
            value, changed = self._answer(question)
            answer: list[Any] = ["value", value, dict(changed)]
            return encode([number, answer], self._outgoing, REQUEST_BOUNDS, self._preloaded)
        except Raised as error:
            return encode([number, ["raised", error.kind, error.message]], self._outgoing, REQUEST_BOUNDS)
        except (Unanswered, Unsendable, TypeError) as error:
            return encode([number, ["refused", str(error)]], self._outgoing, REQUEST_BOUNDS)

    def checked(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Apply a reader of `replies`; an answer that it refuses is the end of the cell."""
        try:
            return read(*args, **kwargs)
        except ProtocolError as error:
            raise self._nonsense(error) from error

    def _outgoing(self, obj: Any) -> dict[str, Any]:
        if id(obj) in self._preloaded:
            obj = Preloaded(self._preloaded[id(obj)])
        elif hasattr(type(obj), "__handle__"):
            obj = obj.__handle__()
        if type(obj) is Handle:
            return {"h": self._valid(obj)}
        if type(obj) is Token:
            return {"o": obj.number}
        if type(obj) is Method:
            return {"m": [self._valid(obj.handle), obj.name]}
        if type(obj) is Preloaded:
            return {"p": [obj.name, obj.rows.start, obj.rows.stop, obj.rows.step]}
        raise TypeError(f"a {type(obj).__name__} cannot be passed to a submission")

    def _valid(self, handle: Handle) -> int:
        if handle.id // _HANDLES != self._number or handle.id in self._released:
            raise ValueError(f"the {handle.type_name} of this handle is not in this cell")
        return handle.id

    # --- the end ---------------------------------------------------------------------------------------

    def _end(self, grace: float = 0.0) -> Ending:
        self.alive = False
        try:
            ending = self._zygote.end(self._number, grace)
        except ZygoteLost:
            ending = Ending(status=0, killed=True, cpu_seconds=0.0)  # its cells end with it
        self._ending = ending
        return ending

    def _nonsense(self, error: ProtocolError) -> CellCrashed:
        self._end()
        return CellCrashed(f"sent bytes that are no reply ({error})")

    def _death(self) -> CellFailure:
        """The failure that tells why the process closed its pipe."""
        ending = self._end(_CRASH_SECONDS)
        if ending.killed:
            return CellCrashed("it closed the pipe for its answers")
        if os.WIFSIGNALED(ending.status):
            number = os.WTERMSIG(ending.status)
            if number == signal.SIGKILL and ending.cpu_seconds >= self.limits.total_seconds:
                return CellTimeout.exhausted(self.limits.total_seconds)
            return CellCrashed(signal_reason(number), crash_frames(self.output.stderr, self._filenames))
        return CellCrashed(f"exit code {os.WEXITSTATUS(ending.status)}")


def _incoming(node: Node) -> Handle | Token:
    payload = node.payload
    if node.tag == "o":
        expect(type(payload) is int, "a token")
        return Token(payload)
    expect(node.tag == "h" and type(payload) is list and len(payload) == 2, "a handle")
    number, type_name = payload
    expect(type(number) is int and type(type_name) is str, "a handle")
    return Handle(number, printable(type_name[:200]))


_REASONS: dict[int, str] = {
    signal.SIGSEGV: "segmentation fault (an endless recursion, or a fault in native code)",
    signal.SIGBUS: "bus error",
    signal.SIGFPE: "arithmetic fault in native code",
    signal.SIGILL: "illegal instruction",
    signal.SIGABRT: "abort in native code",
    signal.SIGKILL: "killed by the system, which had no memory left",
    signal.SIGSYS: "a system call of a foreign architecture",
}
_LINE = re.compile(r'^  File "(.{1,1000})", line (\d{1,9}) in (.{1,200})$', re.MULTILINE)


def signal_reason(number: int) -> str:
    """What the end by this signal means."""
    return _REASONS.get(number, f"signal {number}")


def crash_frames(stderr: str, filenames: Collection[str]) -> tuple[Frame, ...]:
    """The submission's own lines, outermost first, from what the interpreter wrote when a signal ended it.

    `faulthandler` writes the innermost line first.  The submission can write the same, about itself alone.
    """
    report = stderr.rpartition("Fatal Python error")[2]
    frames = [Frame(name, int(line), function) for name, line, function in _LINE.findall(report)]
    return tuple(frame for frame in reversed(frames) if frame.filename in filenames)
