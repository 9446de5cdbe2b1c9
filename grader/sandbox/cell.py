"""A cell: one process that runs one submission, seen from the trusted side."""

import math
import os
import secrets
import signal
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from types import TracebackType
from typing import Any, NamedTuple, ParamSpec, Self, TypeVar

from grader.sandbox.chains import Points, Step
from grader.sandbox.channel import Channel, Output, PipeClosed
from grader.sandbox.crashes import crash_frames, signal_reason
from grader.sandbox.errors import CellCrashed, CellFailure, CellTimeout
from grader.sandbox.inside.decoding import decode, printable
from grader.sandbox.inside.encoding import encode
from grader.sandbox.inside.wire import REQUEST_BOUNDS, Bounds, Column, Node, ProtocolError, Unsendable
from grader.sandbox.limits import Limits
from grader.sandbox.replies import (
    Answer,
    ChainReplies,
    Described,
    Evaluated,
    Note,
    Question,
    Replies,
    Reply,
    RunOutcome,
    Seen,
    expect,
    is_question,
    read_answer,
    read_call,
    read_calls,
    read_chain,
    read_count,
    read_evaluated,
    read_names,
    read_notes,
    read_outcome,
    read_question,
    read_ready,
    read_seen,
    read_trials,
)
from grader.sandbox.values import Handle, Method, Preloaded, Token, Value
from grader.sandbox.zygote import Ending, Zygote, ZygoteLost

GRACE_SECONDS = 0.5  # for a submission to react to the interruption, and for the answer to travel
READY_SECONDS = 10.0
_CRASH_SECONDS = 1.0  # for a process whose pipe has closed to be gone
_HANDLES = 1 << 32  # numbers of handles that each cell has for itself
QUESTIONS = 200_000  # of one request

Target = str | Handle | Method
#: What answers a question: a value, and the attributes that a method has set. Raises `Unanswered`.
Answerer = Callable[[Question], tuple[Value, Mapping[str, Value]]]
P = ParamSpec("P")
T = TypeVar("T")


class Unanswered(Exception):
    """A question of the submission gets no answer; the message says why, and is raised in the cell."""


class Result(NamedTuple):
    """What a request gave, and how long the cell says it took."""

    value: Any
    seconds: float
    cpu_seconds: float


class Cell:
    """One submission's process.  Made by `Sandbox.cell`; a context manager that leaves nothing behind.

    Every method that makes the submission work raises a `CellFailure`.  After a `CellCrashed`, and after a
    `CellTimeout` that had to kill, `alive` is false and the cell is of no more use.
    """

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
        answer = self._read_answer([], 0, READY_SECONDS)
        self._checked(read_ready, answer.outcome)

    def define_modules(self, modules: Mapping[str, tuple[str, str]]) -> None:
        """Make modules importable: dotted name -> (source, filename).  None of them runs by itself."""
        sources: dict[str, Value] = {name: tuple(module) for name, module in modules.items()}
        self._filenames.update(filename for _, filename in modules.values())
        self._request("define", {"modules": sources}, self.limits.call_seconds)

    def adapt(self, modules: Mapping[str, str], options: Mapping[str, Value]) -> None:
        """Have the submission's text run as modules of the grader's see to it: name -> source, in this order.

        They import numpy, the standard library and each other; the last one's `install` gets the options.
        """
        arguments = {"modules": dict(modules), "options": dict(options)}
        self._request("adapt", arguments, self.limits.call_seconds)

    def notes(self) -> list[Note]:
        """What the adaptation noted about the submission's text."""
        return self._checked(read_notes, self._request("notes", {}, self.limits.call_seconds).value)

    def run(self, source: str, filename: str, *, seconds: float) -> RunOutcome:
        """Run source in the submission's namespace.  What goes wrong is part of the outcome."""
        started = time.monotonic()
        self._filenames.add(filename)
        failure = None
        try:
            self._timed_request("run", {"source": source, "filename": filename}, seconds)
        except CellFailure as raised:
            failure = raised
        return RunOutcome(failure, time.monotonic() - started)

    def names(self) -> dict[str, Described]:
        """What the namespace holds, names with two leading underscores left out."""
        return self._checked(read_names, self._timed_request("names", {}, None).value)

    def call(
        self,
        target: Target,
        args: Sequence[Value] = (),
        kwargs: Mapping[str, Value] | None = None,
        *,
        seconds: float | None = None,
        keep: Collection[int] = (),
        watch: bool = False,
    ) -> Reply:
        """Call a function by name, an object, or a method of an object.

        keep   indices of a returned tuple (-1: the whole value) that stay in the cell as handles
        watch  tell which arguments the call changed in place as well
        """
        arguments: dict[str, Any] = {
            "target": target,
            "args": list(args),
            "kwargs": dict(kwargs or {}),
            "keep": list(keep),
            "watch": watch,
        }
        result = self._timed_request("call", arguments, seconds)
        value, changed = self._checked(read_call, result.value, len(args), kwargs or {})
        return Reply(value, result.seconds, result.cpu_seconds, changed)

    def call_many(
        self,
        target: Target,
        argument_lists: Sequence[Sequence[Value]],
        *,
        seconds: float | None = None,
        keep: Collection[int] = (),
        item: int | None = None,
    ) -> Replies:
        """Call the same target once for every list of arguments, in one round trip within `seconds` in all.

        An array that several lists hold travels once; each call still gets a copy of its own.

        item  of tuples that are returned, the position of what alone is wanted: None comes for the rest
        """
        arguments: dict[str, Any] = {
            "target": target,
            "argument_lists": Column([tuple(args) for args in argument_lists]),
            "keep": list(keep),
            "item": item,
        }
        seconds = self._permitted(seconds)
        result = self._timed_request("call_many", arguments, seconds)
        results = self._checked(
            read_calls, result.value, len(argument_lists), seconds=seconds, memory_bytes=self.limits.memory_bytes
        )
        return Replies(results, result.seconds, result.cpu_seconds)

    def call_chain(self, points: Points, steps: Sequence[Step], *, seconds: float | None = None) -> ChainReplies:
        """Call the target of each step at every point, in one round trip; each step has so many seconds."""
        seconds = self._permitted(seconds)
        arguments: dict[str, Any] = {
            "points": points.request(),
            "steps": [step.request() for step in steps],
            "seconds": seconds,
        }
        result = self._request("call_chain", arguments, self._permitted(seconds * len(steps)))
        replies = self._checked(
            read_chain,
            result.value,
            len(steps),
            len(points.changes),
            seconds=seconds,
            memory_bytes=self.limits.memory_bytes,
        )
        return ChainReplies(replies, result.seconds)

    def try_edits(
        self,
        name: str,
        text: str,
        count: int,
        target: Target,
        args: Sequence[Value],
        *,
        seconds: float,
        keep: Collection[int] = (),
        reads: Sequence[str] = (),
    ) -> list[list[Value] | None]:
        """What a call of `target` gives when a text defines the function `name`, for each of its `count` alternatives.

        The text asks a switch which alternative is meant; None where something failed. `seconds` is for one
        alternative. Afterwards the function is what it was. With `reads`, attributes of the object are given as well:
        of the one that a method is called of, or else of the one that the call makes, which itself stays there.
        """
        arguments: dict[str, Any] = {
            "name": name,
            "text": text,
            "count": count,
            "target": target,
            "args": list(args),
            "seconds": seconds,
            "keep": list(keep),
            "reads": list(reads),
        }
        result = self._request("try_edits", arguments, self._permitted(seconds * (count + 1)))
        return self._checked(read_trials, result.value, count, 1 + len(reads))

    def hold_edits(self, edits: Mapping[str, str]) -> None:
        """Have functions be as texts define them, until other edits are held; what they print meanwhile is lost."""
        self._request("hold_edits", {"edits": [list(edit) for edit in edits.items()]}, self.limits.call_seconds)

    def serve(self, functions: Mapping[str, tuple[int, Collection[str]]], answer: Answerer) -> None:
        """Have calls of these functions of the submission, and of no others, be answered here from now on.

        Args:
            functions: the names, `Class.method` for methods, each with the number of its parameters and the
                attributes of a method's object that are told with a question, as far as the object has them.
            answer: gives the value of a call. It runs within the time of the request during which it is asked.
        """
        entries = [[name, most, list(attributes)] for name, (most, attributes) in functions.items()]
        self._request("serve", {"functions": entries}, self.limits.call_seconds)
        self._served, self._answer = tuple(functions), answer

    def measure(self, target: Target, args: Sequence[Value], *, seconds: float) -> int:
        """How many function calls one call makes, as far as it gets."""
        result = self._timed_request("measure", {"target": target, "args": list(args)}, seconds)
        return self._checked(read_count, result.value)

    def watch(
        self, definitions: Mapping[str, str], target: Target, args: Sequence[Value], *, seconds: float
    ) -> dict[int, Seen]:
        """What was seen in one call of functions whose texts call the recorder, by the keys that they call it with."""
        arguments = {"definitions": [list(one) for one in definitions.items()], "target": target, "args": list(args)}
        return self._checked(read_seen, self._timed_request("watch", arguments, seconds).value)

    def evaluations(
        self, target: Target, args: Sequence[Value], kwargs: Mapping[str, Value], *, seconds: float
    ) -> Evaluated:
        """How one call comes by what it gives."""
        arguments = {"target": target, "args": list(args), "kwargs": dict(kwargs)}
        return self._checked(read_evaluated, self._timed_request("evaluations", arguments, seconds).value)

    def attribute(self, owner: Handle | str, name: str) -> Value:
        """The attribute `name` of an object in the cell, or of what a name stands for."""
        value: Value = self._timed_request("attribute", {"target": owner, "name": name}, None).value
        return value

    def release(self, handles: Collection[Handle]) -> None:
        """Let go of objects in the cell; their handles are invalid from now on."""
        numbers = [handle.id for handle in handles]
        self._request("release", {"handles": numbers}, self.limits.call_seconds)
        self._released.update(numbers)

    @property
    def output(self) -> Output:
        """What the submission has printed so far."""
        return self._channel.output

    def close(self) -> None:
        """Kill the process, if it still runs, and wait until it is gone."""
        if self._ending is None:
            self._end()
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # --- requests --------------------------------------------------------------------------------------

    def _permitted(self, seconds: float | None) -> float:
        """How long the next request may take."""
        left = self.limits.total_seconds - self._used_seconds
        if left <= 0:
            raise CellTimeout.exhausted(self.limits.total_seconds)
        return min(self.limits.call_seconds if seconds is None else seconds, left)

    def _timed_request(self, operation: str, arguments: dict[str, Any], seconds: float | None) -> Result:
        permitted = self._permitted(seconds)
        return self._request(operation, {**arguments, "seconds": permitted}, permitted)

    def _request(self, operation: str, arguments: dict[str, Any], seconds: float) -> Result:
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
            answer = self._read_answer(buffers, number, seconds)
        finally:
            self._used_seconds += time.monotonic() - started
        self.imported_stand_ins = answer.stand_ins
        value = self._checked(read_outcome, answer.outcome, seconds, self.limits.memory_bytes)
        return Result(value, answer.seconds, answer.cpu_seconds)

    def _read_answer(self, buffers: Sequence[Any], number: int, seconds: float) -> Answer:
        """Send a request and read the answer to it; whatever else happens is the end of the cell."""
        started = time.monotonic()
        deadline = started + seconds + GRACE_SECONDS
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
        except (Unanswered, Unsendable, TypeError) as error:
            return encode([number, ["refused", str(error)]], self._outgoing, REQUEST_BOUNDS)

    def _checked(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
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
