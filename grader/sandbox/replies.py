"""What a cell answers, read with suspicion: every field is checked before it is believed to be one."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.sandbox.errors import (
    UPGRADE_KERNEL,
    CellFailure,
    CellMemoryExceeded,
    CellTimeout,
    Frame,
    ResultRejected,
    SandboxUnavailable,
    SubmissionRaised,
)
from grader.sandbox.inside.wire import ProtocolError
from grader.sandbox.values import Value

_TEXT = 4_000
_MAX_FRAMES = 100
_MAX_STAND_INS = 200
_MAX_NOTES = 500
_MAX_NAMES = 2_000  # similar ones are looked for among them, which takes time


class Reply(NamedTuple):
    """A value that the submission returned.

    seconds, cpu_seconds   as measured inside the cell, never more than the wall time seen outside
    changed                with `watch`: positions and names of the arguments that the call changed in place
    """

    value: Value
    seconds: float
    cpu_seconds: float
    changed: tuple[int | str, ...] = ()


@dataclass(frozen=True)
class Replies:
    """What several calls of one target gave, and how long they took together."""

    results: Sequence["Value | CellFailure"]
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class ChainReplies:
    """What the calls of each step of a chain gave, up to the first step in which one failed, and how long all took."""

    steps: Sequence[Sequence["Value | CellFailure"]]
    seconds: float


@dataclass(frozen=True)
class RunOutcome:
    """How running one unit of the submission went; `failure` is None when it ran to its end."""

    failure: CellFailure | None
    seconds: float


@dataclass(frozen=True)
class Described:
    """A name in the submission's namespace.  `filename` and `line` are None for what its files do not define."""

    name: str
    kind: str  # "function", "class", "module" or "value"
    type_name: str
    signature: str | None
    filename: str | None
    line: int | None


@dataclass(frozen=True)
class Note:
    """What an adaptation noted about a line of the submission: its `kind`, and the name it is about."""

    kind: str
    detail: str
    filename: str
    line: int


@dataclass(frozen=True)
class Seen:
    """What an expression was worth: a number, an array, or words for something else ("list 3", "array float64 7 4").

    time     when the last value came, counted in values
    count    how many came
    between  those between the first and the last; None where they were not all kept
    """

    time: int
    count: int
    first: int | float | NDArray[Any] | str
    last: int | float | NDArray[Any] | str
    between: "tuple[int | float | NDArray[Any] | str, ...] | None" = ()

    @property
    def passes(self) -> "tuple[int | float | NDArray[Any] | str, ...]":
        """Every value in order, one for each time that the expression was run; nothing where some are not known."""
        if self.between is None or self.count < 1:
            return ()
        return (self.first,) if self.count == 1 else (self.first, *self.between, self.last)


@dataclass(frozen=True)
class Evaluated:
    """How a call came by what it gave.

    alike          how many different numbers, almost equal ones, a function that it calls returned
    complex_ones   how many complex numbers one returned
    noting         the class of arguments that note what is done with them; "" if there were none
    """

    alike: int
    complex_ones: int
    noting: str


@dataclass(frozen=True)
class ServedFunction:
    """How a function of the submission is served.

    most        how many arguments the right function takes
    attributes  of a method's object that are told with a question, as far as the object has them
    own_form    positions in its result, -1 for all of it, at which the submission's own object is handed on: what its
                own function gives there, with right numbers
    updates     positions of arguments that it changes in place; the answer has them behind the other results
    """

    most: int
    attributes: Sequence[str] = ()
    own_form: Sequence[int] = ()
    updates: Sequence[int] = ()


@dataclass(frozen=True)
class Question:
    """What a submission asks of a served function while it works on a request.

    arguments, named  what the function is called with; the object of a method comes first, as a `Handle`
    state             the attributes of that object that the method is told of
    """

    function: str
    arguments: tuple[Value, ...]
    named: dict[str, Value]
    state: dict[str, Value]


class Answer(NamedTuple):
    """One reply frame, its outcome not yet interpreted."""

    outcome: list[Any]
    seconds: float
    cpu_seconds: float
    stand_ins: tuple[str, ...]


def expect(condition: bool, what: str) -> None:
    """Raise ProtocolError unless the answer is as it should be."""
    if not condition:
        raise ProtocolError(f"{what} is not as expected")


def read_answer(message: Any, expected: int, wall_seconds: float) -> Answer:
    """Check that the message is the answer to the request with the `expected` number."""
    expect(type(message) is list and len(message) == 5, "the answer")
    number, outcome, seconds, cpu, stand_ins = message
    expect(type(number) is int and number == expected, "the number of the answer")
    expect(type(outcome) is list and 1 <= len(outcome) <= 4 and type(outcome[0]) is str, "the outcome")
    expect(type(stand_ins) is list and len(stand_ins) <= _MAX_STAND_INS, "the list of stand-ins")
    return Answer(
        outcome=outcome,
        seconds=_duration(seconds, wall_seconds),
        cpu_seconds=_duration(cpu, wall_seconds),
        stand_ins=tuple(_text(name) for name in stand_ins),
    )


def is_question(message: Any) -> bool:
    """Whether a message asks; whether it may, and what, `read_question` tells."""
    return type(message) is list and len(message) == 2


def read_question(message: Any, expected: int, functions: Sequence[str]) -> Question:
    """The question that was asked while the request with the `expected` number was worked on."""
    number, asked = message
    expect(type(number) is int and number == expected, "the number of the question")
    expect(type(asked) is list and len(asked) == 5 and asked[0] == "ask", "the question")
    _, place, arguments, named, state = asked
    expect(type(place) is int and 0 <= place < len(functions), "the function that is asked for")
    expect(type(arguments) is list and type(named) is dict and type(state) is dict, "the arguments of a question")
    expect(all(type(name) is str for name in (*named, *state)), "the names in a question")
    return Question(functions[place], tuple(arguments), named, state)


def read_outcome(outcome: Any, seconds: float, memory_bytes: int) -> Any:
    """The value of an outcome; raises the CellFailure that it stands for."""
    expect(type(outcome) is list and len(outcome) >= 1 and type(outcome[0]) is str, "the outcome")
    kind, *rest = outcome
    match kind, rest:
        case "value", [value]:
            return value
        case "raised", [type_name, message, frames]:
            raise SubmissionRaised(_text(type_name), _text(message), _frames(frames))
        case "timeout", [frames]:
            raise CellTimeout.interrupted(seconds, _frames(frames))
        case "memory", [message, frames]:
            raise CellMemoryExceeded(memory_bytes, _text(message), _frames(frames))
        case "rejected", [reason]:
            raise ResultRejected(_text(reason))
    raise ProtocolError("unknown outcome")


def read_ready(outcome: list[Any]) -> None:
    """The first answer, sent before the cell has seen anything of a submission; SandboxUnavailable if refused."""
    match outcome:
        case ["refused", str(reason)]:
            raise SandboxUnavailable(f"the self-lock ({reason})", UPGRADE_KERNEL)
    expect(outcome == ["value", None], "the first answer")


def read_call(payload: Any, count: int, names: Collection[str]) -> tuple[Value, tuple[int | str, ...]]:
    """(value, arguments changed in place) of a call with `count` positional arguments and some by name."""
    expect(type(payload) is list and len(payload) == 2, "the result of a call")
    value, changed = payload
    if changed is None:
        return value, ()
    expect(type(changed) is list and len(changed) <= count + len(names), "the list of changed arguments")
    for argument in changed:
        known = argument in names if type(argument) is str else type(argument) is int and 0 <= argument < count
        expect(known, "a changed argument")
    return value, tuple(changed)


def read_calls(payload: Any, expected: int, *, seconds: float, memory_bytes: int) -> "list[Value | CellFailure]":
    """What each of several calls gave."""
    expect(type(payload) is list and len(payload) == 2, "the result of several calls")
    kind, entries = payload
    expect(type(entries) is list and len(entries) == expected, "the list of results")
    if type(kind) is str and kind == "all":
        return list(entries)
    expect(type(kind) is str and kind == "each", "the kind of the list of results")
    return [_read_each(outcome, seconds, memory_bytes) for outcome in entries]


def read_chain(
    payload: Any, steps: int, points: int, *, seconds: float, memory_bytes: int
) -> "list[list[Value | CellFailure]]":
    """What each step of a chain gave, up to the first with a failure."""
    expect(type(payload) is list and 1 <= len(payload) <= steps, "the outcomes of the steps")
    return [read_calls(outcome, points, seconds=seconds, memory_bytes=memory_bytes) for outcome in payload]


def read_trials(payload: Any, count: int, values: int) -> "list[list[Value] | None]":
    """What a call gave with each of several alternatives; None where it failed."""
    expect(type(payload) is list and len(payload) == count, "the outcomes of the trials")
    for outcome in payload:
        expect(outcome is None or (type(outcome) is list and len(outcome) == values), "the outcome of a trial")
    return list(payload)


def read_new_values(payload: Any, count: int) -> "list[list[NDArray[Any]] | None]":
    """What expressions were worth with each of several alternatives."""
    expect(type(payload) is list and len(payload) == count, "the values of the trials")
    found: list[list[NDArray[Any]] | None] = []
    for outcome in payload:
        expect(outcome is None or type(outcome) is list, "the values of a trial")
        found.append(None if outcome is None else [np.asarray(_plain(value)) for value in outcome])
    for value in (value for values in found for value in values or ()):
        expect(value.dtype.kind in "iuf", "a value of a trial")
    return found


def read_count(payload: Any) -> int:
    """How many function calls a call made."""
    expect(type(payload) is int and payload >= 0, "the number of calls")
    return int(payload)


def read_evaluated(payload: Any) -> Evaluated:
    """How a call came by what it gave."""
    expect(type(payload) is list and len(payload) == 3, "how a call came by its result")
    alike, complex_ones, noting = payload
    expect(type(alike) is int and type(complex_ones) is int, "the numbers of evaluations")
    return Evaluated(alike, complex_ones, _text(noting))


def read_seen(payload: Any) -> dict[int, Seen]:
    """What a recorder saw, by key."""
    expect(type(payload) is list, "the recorded values")
    seen = {}
    for entry in payload:
        expect(type(entry) is list and len(entry) == 6, "a recorded value")
        key, time, count, first, last, between = entry
        expect(all(type(number) is int for number in (key, time, count)), "the key of a recorded value")
        expect(between is None or type(between) is list, "the values between the first and the last")
        kept = None if between is None else tuple(map(_plain, between))
        seen[key] = Seen(time, count, _plain(first), _plain(last), kept)
    return seen


def _plain(value: Any) -> "int | float | NDArray[Any] | str":
    """A number, an array of numbers or a short text."""
    if isinstance(value, np.ndarray | np.generic):
        expect(value.dtype.kind in "biuf", "a recorded array")
        return np.asarray(value)
    expect(type(value) in (int, float, bool, str), "a recorded value")
    return value if not isinstance(value, str) else _text(value)[:200]


def _read_each(outcome: Any, seconds: float, memory_bytes: int) -> "Value | CellFailure":
    try:
        value: Value = read_outcome(outcome, seconds, memory_bytes)
    except CellFailure as failure:
        return failure
    return value


def read_names(payload: Any) -> dict[str, Described]:
    expect(type(payload) is list and len(payload) <= _MAX_NAMES, "the list of names")
    names = {}
    for entry in payload:
        expect(type(entry) is list and len(entry) == 6, "an entry of the list of names")
        name, kind, type_name, signature, filename, line = entry
        expect(type(kind) is str and kind in ("function", "class", "module", "value"), "the kind of a name")
        expect(line is None or type(line) is int, "the line of a name")
        described = Described(
            _text(name),
            kind,
            _text(type_name),
            None if signature is None else _text(signature),
            None if filename is None else _text(filename),
            line,
        )
        names[described.name] = described
    return names


def read_notes(payload: Any) -> list[Note]:
    expect(type(payload) is list and len(payload) <= _MAX_NOTES, "the list of notes")
    notes = []
    for entry in payload:
        expect(type(entry) is list and len(entry) == 4 and type(entry[3]) is int, "a note")
        kind, detail, filename, line = entry
        notes.append(Note(_text(kind), _text(detail), _text(filename), line))
    return notes


def _frames(frames: Any) -> tuple[Frame, ...]:
    expect(type(frames) is list and len(frames) <= _MAX_FRAMES, "the list of frames")
    checked = []
    for frame in frames:
        expect(type(frame) is list and len(frame) == 3 and type(frame[1]) is int, "a frame")
        checked.append(Frame(_text(frame[0]), frame[1], _text(frame[2])))
    return tuple(checked)


def _text(text: Any) -> str:
    expect(type(text) is str, "a text")
    return str(text[:_TEXT])


def _duration(seconds: Any, bound: float) -> float:
    expect(type(seconds) in (int, float) and math.isfinite(seconds), "a duration")
    return min(max(float(seconds), 0.0), bound)
