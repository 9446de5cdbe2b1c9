"""A cell: one process that runs one submission, with all that may be asked of it."""

import marshal
import time
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from importlib.util import MAGIC_NUMBER
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.sandbox.chains import Points, Step
from grader.sandbox.errors import CellFailure
from grader.sandbox.inside.wire import ADAPTATION, QUESTION_BOUNDS, Bounds, Column
from grader.sandbox.process import Answerer, CellProcess
from grader.sandbox.replies import (
    ChainReplies,
    Described,
    Evaluated,
    Note,
    Replies,
    Reply,
    RunOutcome,
    Seen,
    ServedFunction,
    read_call,
    read_calls,
    read_chain,
    read_count,
    read_evaluated,
    read_names,
    read_new_values,
    read_notes,
    read_seen,
    read_trials,
)
from grader.sandbox.values import Handle, Method, Value

Target = str | Handle | Method


class Cell(CellProcess):
    """One submission's process.  Made by `Sandbox.cell`; a context manager that leaves nothing behind.

    Every method that makes the submission work raises a `CellFailure`.  After a `CellCrashed`, and after a
    `CellTimeout` that had to kill, `alive` is false and the cell is of no more use.
    """

    def define_modules(self, modules: Mapping[str, tuple[str, str]]) -> None:
        """Make modules importable: dotted name -> (source, filename).  None of them runs by itself."""
        sources: dict[str, Value] = {name: tuple(module) for name, module in modules.items()}
        self._filenames.update(filename for _, filename in modules.values())
        self.request("define", {"modules": sources}, self.limits.call_seconds)

    def adapt(self, modules: Mapping[str, str], options: Mapping[str, Value]) -> None:
        """Have the submission's text run as modules of the grader's see to it: name -> source, in this order.

        They import numpy, the standard library and each other; the last one's `install` gets the options.
        """
        arguments: dict[str, Value] = {
            "modules": {name: _encoded(source) for name, source in modules.items()},
            "magic": MAGIC_NUMBER.hex(),
            "options": dict(options),
        }
        self.request("adapt", arguments, self.limits.call_seconds)

    def notes(self) -> list[Note]:
        """What the adaptation noted about the submission's text."""
        return self.checked(read_notes, self.request("notes", {}, self.limits.call_seconds).value)

    def run(self, source: str, filename: str, *, seconds: float) -> RunOutcome:
        """Run source in the submission's namespace.  What goes wrong is part of the outcome."""
        started = time.monotonic()
        self._filenames.add(filename)
        failure = None
        try:
            self.timed_request("run", {"source": source, "filename": filename}, seconds)
        except CellFailure as raised:
            failure = raised
        return RunOutcome(failure, time.monotonic() - started)

    def names(self) -> dict[str, Described]:
        """What the namespace holds, names with two leading underscores left out."""
        return self.checked(read_names, self.timed_request("names", {}, None).value)

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
        arguments: dict[str, Any] = {"target": target, "args": list(args), "kwargs": dict(kwargs or {})}
        result = self.timed_request("call", {**arguments, "keep": list(keep), "watch": watch}, seconds)
        value, changed = self.checked(read_call, result.value, len(args), kwargs or {})
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
        lists = Column([tuple(args) for args in argument_lists])
        arguments: dict[str, Any] = {"target": target, "argument_lists": lists, "keep": list(keep), "item": item}
        seconds = self.permitted(seconds)
        result = self.timed_request("call_many", arguments, seconds)
        results = self.checked(
            read_calls, result.value, len(argument_lists), seconds=seconds, memory_bytes=self.limits.memory_bytes
        )
        return Replies(results, result.seconds, result.cpu_seconds)

    def call_chain(self, points: Points, steps: Sequence[Step], *, seconds: float | None = None) -> ChainReplies:
        """Call the target of each step at every point, in one round trip; each step has so many seconds."""
        seconds = self.permitted(seconds)
        described: list[Any] = [step.request() for step in steps]
        arguments: dict[str, Any] = {"points": points.request(), "steps": described, "seconds": seconds}
        result = self.request("call_chain", arguments, self.permitted(seconds * len(steps)))
        counts, most = (len(steps), len(points.changes)), self.limits.memory_bytes
        replies = self.checked(read_chain, result.value, *counts, seconds=seconds, memory_bytes=most)
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
        result = self.request("try_edits", arguments, self.permitted(seconds * (count + 1)))
        return self.checked(read_trials, result.value, count, 1 + len(reads))

    def new_values(
        self,
        definitions: Mapping[str, str],
        name: str,
        text: str,
        count: int,
        target: Target,
        args: Sequence[Value],
        *,
        seconds: float,
        sizes: Collection[int],
    ) -> list[list[NDArray[Any]] | None]:
        """What expressions are worth with each of the `count` alternatives of a text, and none is with `definitions`.

        Numbers and arrays with so many entries alone are looked at; None where a call did not end in time.
        """
        arguments: dict[str, Any] = {
            "definitions": [list(one) for one in definitions.items()],
            "name": name,
            "text": text,
            "count": count,
            "target": target,
            "args": list(args),
            "seconds": seconds,
            "sizes": sorted(sizes),
        }
        result = self.request("new_values", arguments, self.permitted(seconds * (count + 2)))
        return self.checked(read_new_values, result.value, count)

    def hold_edits(self, edits: Mapping[str, str]) -> None:
        """Have functions be as texts define them, until other edits are held; what they print meanwhile is lost."""
        self.request("hold_edits", {"edits": [list(edit) for edit in edits.items()]}, self.limits.call_seconds)

    def serve(self, functions: Mapping[str, ServedFunction], answer: Answerer) -> None:
        """Have calls of these functions of the submission, and of no others, be answered here from now on.

        Args:
            functions: the names, `Class.method` for methods.
            answer: gives the value of a call. It runs within the time of the request during which it is asked.
        """
        entries = [
            [name, one.most, [*one.attributes], [*one.own_form], [*one.updates]] for name, one in functions.items()
        ]
        self.request("serve", {"functions": entries}, self.limits.call_seconds)
        self._served, self._answer = tuple(functions), answer
        # Whether a frame is a question or a result shows when it is read, so both may be as large from now on.
        self._bounds = Bounds(array_bytes=max(self.limits.result_bytes, QUESTION_BOUNDS.array_bytes))

    def measure(self, target: Target, args: Sequence[Value], *, seconds: float) -> tuple[int, float]:
        """How many function calls one call makes, as far as it gets, and its processor time while they are counted."""
        result = self.timed_request("measure", {"target": target, "args": list(args)}, seconds)
        return self.checked(read_count, result.value), result.cpu_seconds

    def watch(
        self, definitions: Mapping[str, str], target: Target, args: Sequence[Value], *, seconds: float
    ) -> dict[int, Seen]:
        """What was seen in one call of functions whose texts call the recorder, by the keys that they call it with."""
        arguments = {"definitions": [list(one) for one in definitions.items()], "target": target, "args": list(args)}
        return self.checked(read_seen, self.timed_request("watch", arguments, seconds).value)

    def evaluations(
        self, target: Target, args: Sequence[Value], kwargs: Mapping[str, Value], *, seconds: float
    ) -> Evaluated:
        """How one call comes by what it gives."""
        arguments = {"target": target, "args": list(args), "kwargs": dict(kwargs)}
        return self.checked(read_evaluated, self.timed_request("evaluations", arguments, seconds).value)

    def attribute(self, owner: Handle | str, name: str) -> Value:
        """The attribute `name` of an object in the cell, or of what a name stands for."""
        value: Value = self.timed_request("attribute", {"target": owner, "name": name}, None).value
        return value

    def release(self, handles: Collection[Handle]) -> None:
        """Let go of objects in the cell; their handles are invalid from now on."""
        numbers = [handle.id for handle in handles]
        self.request("release", {"handles": numbers}, self.limits.call_seconds)
        self._released.update(numbers)


@lru_cache(maxsize=64)
def _encoded(source: str) -> tuple[Value, Value]:
    """A module of the grader's as bytes, and its bytecode: a cell took longer to compile it than for many a run."""
    code = marshal.dumps(compile(source, ADAPTATION, "exec", dont_inherit=True))
    return np.frombuffer(source.encode(), np.uint8), np.frombuffer(code, np.uint8)
