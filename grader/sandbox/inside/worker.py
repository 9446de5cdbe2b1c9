"""The cell's end of the pipe: runs the submission and answers requests until it is killed.

A request is [number, operation, {argument: value}], its reply

    [number, outcome, seconds of wall time, seconds of processor time, [names of stand-in modules]]

    outcome = ["value", value] | ["raised", type name, message, frames] | ["timeout", frames]
            | ["memory", message, frames] | ["rejected", reason] | ["refused", reason]
    frames  = [[filename, line, function], ...]      the submission's own files only, outermost first
"""

from __future__ import annotations

import copy
import faulthandler
import operator
import os
import signal
import sys
import time
import traceback
import types
from functools import partial
from types import FrameType
from typing import Any, Callable, NoReturn

import numpy as np

from . import chains, decoding, encoding, evaluations, keeping, recording, serving, standins, trials, watching
from .namespace import Namespace
from .time_limit import Limit, TimeLimit
from .wire import REQUEST_BOUNDS, Bounds, Column, Node, Unsendable

MAX_OBJECTS = 10_000
MAX_FRAMES = 30
MAX_MESSAGE = 2_000
REPEAT_SECONDS = 0.1  # the interruption comes again until it gets past a bare `except:`
RESERVE_BYTES = 1 << 20
_FOLDER = os.path.dirname(os.path.abspath(__file__))


def serve(request: int, reply: int, order: dict[str, Any], preloaded: dict[str, Any]) -> NoReturn:
    """Answer requests for ever."""
    worker = _Worker(request, reply, order, preloaded)
    worker.send(0, ["value", None], 0.0, 0.0)
    while True:
        parser = decoding.decode(worker.incoming, REQUEST_BOUNDS)
        try:
            number, operation, arguments = decoding.read_with(parser, lambda view: os.readv(request, [view]))
        except EOFError:
            os._exit(0)
        worker.answer(number, operation, arguments)


def refuse(reply: int, reason: str) -> None:
    """Report on the reply pipe that the cell could not lock itself."""
    message = [0, ["refused", reason], 0.0, 0.0, []]
    _write(reply, encoding.encode(message, encoding.encode_only, Bounds(array_bytes=0)))


def _write(descriptor: int, buffers: list[Any]) -> None:
    for buffer in buffers:
        view = memoryview(buffer)
        while len(view):
            view = view[os.write(descriptor, view) :]


class _Worker:
    def __init__(self, request: int, reply: int, order: dict[str, Any], preloaded: dict[str, Any]) -> None:
        self.reply = reply
        self.bounds = Bounds(array_bytes=order["result_bytes"])
        self.preloaded = preloaded
        self.namespace = Namespace()
        self.stand_ins = standins.install(self.namespace.files)
        self.objects: dict[int, Any] = {}
        self.handles: dict[int, int] = {}  # id() of a kept object -> its number
        self.next_handle = order["first_handle"]
        self.adaptation: Any = None
        self.held: trials.Trial | None = None
        self.serving = serving.Serving(self.namespace, request, reply, self.outgoing)
        self.reserve: Any = _reserved()
        self.operations: dict[str, Callable[..., Any]] = {
            "run": self.run,
            "call": self.call,
            "call_many": self.call_many,
            "call_chain": self.call_chain,
            "try_edits": self.try_edits,
            "hold_edits": self.hold_edits,
            "serve": self.serving.put,
            "measure": self.measure,
            "watch": self.watch,
            "evaluations": self.evaluations,
            "attribute": self.attribute,
            "names": self.names,
            "define": self.define,
            "adapt": self.adapt,
            "notes": self.notes,
            "release": self.release,
        }
        self.limit = Limit(0.0)
        faulthandler.enable(2)  # a crash shows its line in the submission's standard error
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(line_buffering=True)  # type: ignore[union-attr]

    # --- requests --------------------------------------------------------------------------------------

    def answer(self, number: int, operation: str, arguments: dict[str, Any]) -> None:
        started, started_cpu = time.perf_counter(), time.process_time()
        self.serving.number = number
        try:
            outcome: list[Any] = ["value", self.operations[operation](**arguments)]
        except BaseException as error:
            outcome = self.failure(error)
        seconds, cpu = time.perf_counter() - started, time.process_time() - started_cpu
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BaseException:
                pass  # the submission replaced or closed it
        self.send(number, outcome, seconds, cpu)

    def run(self, source: str, filename: str, seconds: float) -> None:
        self.within(seconds, lambda: self.namespace.run(source, filename))

    def call(
        self, target: Any, args: list[Any], kwargs: dict[str, Any], seconds: float, keep: list[int], watch: bool
    ) -> list[Any]:
        before = (watching.snapshot(args, self.handles), watching.snapshot(kwargs, self.handles)) if watch else None
        result = self.within(seconds, partial(self.quietly, target, args, kwargs))
        changed = watching.changed(args, kwargs, before, self.handles) if before else None
        return [keeping.marked(result, keep), changed]

    def call_many(
        self, target: Any, argument_lists: list[Any], seconds: float, keep: list[int], item: int | None
    ) -> list[Any]:
        """["all", results] when every call gave one, ["each", outcomes] otherwise; the time is shared by all."""
        deadline = time.perf_counter() + seconds
        results: list[Any] = []
        failures: dict[int, list[Any]] = {}

        def call_rest() -> None:
            with _quiet():
                for args in argument_lists[len(results) :]:
                    result = self.apply(target, args)
                    results.append(
                        keeping.marked(result, keep) if item is None else keeping.with_only(item, result, keep)
                    )

        while len(results) < len(argument_lists):
            try:
                left = deadline - time.perf_counter()
                if left <= 0:
                    raise TimeLimit
                self.within(left, call_rest)
            except BaseException as error:
                failures[len(results)] = self.failure(error)
                results.append(None)
        if not failures:
            return ["all", Column(results)]
        return ["each", [failures.get(i) or ["value", result] for i, result in enumerate(results)]]

    def call_chain(self, points: list[Any], steps: list[Any], seconds: float) -> list[Any]:
        """For each step what `call_many` gives, up to the first in which a call failed; each has so much time."""
        places = chains.Points(*points)
        outcomes: list[Any] = []
        given: list[Callable[[int], Any]] = []
        for target, arguments, keep, item in steps:
            kind, results = self.call_many(target, chains.argument_lists(places, arguments, given), seconds, keep, item)
            outcomes.append([kind, results])
            if kind != "all":
                break
            given.append(partial(keeping.given, results.values, item))
        return outcomes

    def try_edits(
        self,
        name: str,
        text: str,
        count: int,
        target: Any,
        args: list[Any],
        seconds: float,
        keep: list[int],
        reads: list[str],
    ) -> list[Any]:
        """For each alternative of a text that defines the function `name`, what a call gives; None where it failed."""

        def make() -> list[Any]:
            trial.rewind()
            again, given = copy.deepcopy((target, args))
            try:
                result = self.quietly(again, given)
                is_method = type(again) is _Method
                owner = again.owner if is_method else result
                values = [operator.attrgetter(attribute)(owner) for attribute in reads]
                return [keeping.without(result, keep if is_method or not reads else [-1]), *values]
            except Exception:
                return []

        outcomes: list[Any] = []
        slow = 0
        with trials.Trial(self.namespace, self.adaptation) as trial:
            trial.define(name, text, **{trials.SWITCH: 0})
            for number in range(1, count + 1):
                trial.switch(name, number)
                try:
                    outcomes.append(self.within(seconds, make) or None)
                except TimeLimit:
                    outcomes.append(None)
                    slow += 1
                    if slow > trials.SLOW_TRIALS:
                        raise
        return outcomes

    def hold_edits(self, edits: list[Any]) -> None:
        """Have functions be as texts define them until this is asked for again; without any, they are as they were."""
        if self.held is not None:
            self.held.__exit__()
            self.held = None
        if edits:
            self.held = trials.Trial(self.namespace, self.adaptation)
            self.held.__enter__()
            for name, text in edits:
                self.held.define(name, text)

    def measure(self, target: Any, args: list[Any], seconds: float) -> int:
        """How many function calls one call of the target makes."""
        call = copy.deepcopy((target, args))
        with trials.Trial(self.namespace, self.adaptation), trials.CallCounter() as counter:
            try:
                self.within(seconds, partial(self.quietly, *call))
            except Exception:
                pass
        return counter.calls

    def watch(self, definitions: list[Any], target: Any, args: list[Any], seconds: float) -> list[Any]:
        """What the functions' expressions were worth in a call: their texts call a recorder with each value."""
        recorder = recording.Recorder()
        call = copy.deepcopy((target, args))
        with trials.Trial(self.namespace, self.adaptation) as trial:
            for name, text in definitions:
                trial.define(name, text, **{recording.NAME: recorder})
            try:
                self.within(seconds, partial(self.quietly, *call))
            except Exception:
                pass  # how it ended is known; here is what led to it
        return recorder.report()

    def evaluations(self, target: Any, args: list[Any], kwargs: dict[str, Any], seconds: float) -> list[Any]:
        """How one call of the target comes by what it gives; see `evaluations`. Nothing of it is kept."""
        call = copy.deepcopy((target, args, kwargs))
        with evaluations.Evaluations(self.namespace.files) as seen:
            try:
                self.within(seconds, partial(self.quietly, *call))
            except Exception:
                pass
        return seen.report()

    def attribute(self, target: Any, name: str, seconds: float) -> Any:
        return self.within(seconds, lambda: getattr(self.resolve(target), name))

    def names(self, seconds: float) -> Any:
        return self.within(seconds, self.namespace.describe)

    def define(self, modules: dict[str, Any]) -> None:
        self.namespace.finder.define(modules)

    def adapt(self, modules: dict[str, str], options: dict[str, Any]) -> None:
        """Run the submission's text from now on as these modules, files of the grader's, see to it."""
        for name, source in modules.items():
            adaptation = types.ModuleType("%s.adaptation.%s" % (__package__, name))
            adaptation.__package__ = "%s.adaptation" % __package__
            adaptation.__file__ = "<adaptation>"
            sys.modules[adaptation.__name__] = adaptation
            exec(compile(source, adaptation.__file__, "exec"), adaptation.__dict__)
        self.adaptation = adaptation.install(self.namespace, **options)

    def notes(self) -> list[Any]:
        """What the adaptation noted: [kind, detail, filename, line] each."""
        return [list(note) for note in self.adaptation.notes]

    def release(self, handles: list[int]) -> None:
        for handle in handles:
            if handle in self.objects:
                del self.handles[id(self.objects.pop(handle))]

    # --- running the submission ------------------------------------------------------------------------

    def within(self, seconds: float, action: Callable[[], Any]) -> Any:
        """The result of `action`, into which `TimeLimit` is raised when it takes longer than `seconds`."""
        self.limit = Limit(seconds)
        signal.signal(signal.SIGALRM, self.interrupt)  # each time: the submission may have replaced it
        signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT_SECONDS)
        try:
            return action()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0.0)

    def interrupt(self, signum: int, frame: FrameType | None) -> None:
        # In our own code the submission has finished already, or not begun, or it waits for an answer.
        is_ours = frame is None or os.path.dirname(frame.f_code.co_filename) == _FOLDER or self.serving.is_asking
        if not is_ours and self.limit.is_over():
            raise TimeLimit

    def resolve(self, target: Any) -> Any:
        """What is called: a name, an object, or [object, name of its method]."""
        if type(target) is str:
            return self.namespace.find(target)
        if type(target) is _Method:
            return getattr(target.owner, target.name)
        return target

    def quietly(self, target: Any, args: list[Any], kwargs: dict[str, Any] | None = None) -> Any:
        with _quiet():
            return self.apply(target, args, kwargs)

    def apply(self, target: Any, args: list[Any], kwargs: dict[str, Any] | None = None) -> Any:
        return self.resolve(target)(*args, **(kwargs or {}))

    def failure(self, error: BaseException) -> list[Any]:
        """The outcome that tells what `error` was; the submission's own frames only."""
        self.reserve = None  # room to work in when the memory is used up
        frames = self.frames_of(error)
        if isinstance(error, Unsendable):
            outcome: list[Any] = ["rejected", str(error)]
        elif type(error) is TimeLimit:
            outcome = ["timeout", frames]
        elif isinstance(error, MemoryError):
            outcome = ["memory", _message_of(error), frames]
        else:
            outcome = ["raised", type(error).__name__[:MAX_MESSAGE], _message_of(error), frames]
        traceback.clear_frames(error.__traceback__)
        error.__traceback__ = None
        self.reserve = _reserved()
        return outcome

    def frames_of(self, error: BaseException) -> list[Any]:
        frames = []
        step = error.__traceback__
        while step is not None:
            code = step.tb_frame.f_code
            if code.co_filename in self.namespace.files:
                frames.append([code.co_filename, step.tb_lineno or 0, code.co_name])
            step = step.tb_next
        if isinstance(error, SyntaxError) and error.filename in self.namespace.files:
            frames.append([error.filename, error.lineno or 0, "<module>"])
        return frames[-MAX_FRAMES:]

    # --- values ----------------------------------------------------------------------------------------

    def send(self, number: int, outcome: list[Any], seconds: float, cpu: float) -> None:
        try:
            buffers = self.encoded(number, outcome, seconds, cpu)
        except BaseException as error:
            buffers = self.encoded(number, self.failure(error), seconds, cpu)
        _write(self.reply, buffers)

    def encoded(self, number: int, outcome: list[Any], seconds: float, cpu: float) -> list[Any]:
        message = [number, outcome, seconds, cpu, list(self.stand_ins)]
        return encoding.encode(message, self.outgoing, self.bounds)

    def outgoing(self, obj: Any) -> Any:
        """The handle under which an object that is not plain data stays here."""
        if type(obj) is keeping.Kept:
            obj = obj.value
        handle = self.handles.get(id(obj))
        if handle is None:
            if len(self.objects) >= MAX_OBJECTS:
                raise Unsendable("more than %d objects are kept in the cell" % MAX_OBJECTS)
            handle = self.next_handle
            self.next_handle += 1
            self.objects[handle] = obj
            self.handles[id(obj)] = handle
        return {"h": [handle, _type_name(obj)]}

    def incoming(self, node: Node) -> Any:
        if node.tag == "h":
            return self.objects[node.payload]
        if node.tag == "m":
            handle, name = node.payload
            return _Method(self.objects[handle], name)
        if node.tag == "o":
            return serving.Token(node.payload)
        name, start, stop, step = node.payload  # "p": rows of a preloaded array
        return self.preloaded[name].rows(slice(start, stop, step))


class _Method:
    def __init__(self, owner: Any, name: str) -> None:
        self.owner = owner
        self.name = name


def _quiet() -> Any:
    """A `with` block in which numpy does not warn of overflows and the like: the inputs are the grader's.

    What the submission has set otherwise, to raise an error say, stays.
    """
    return np.errstate(**{kind: "ignore" for kind, how in np.geterr().items() if how == "warn"})  # type: ignore[arg-type]


def _reserved() -> Any:
    """Address space to give back when there is no other left; memory that is not touched costs nothing."""
    return np.empty(RESERVE_BYTES, np.uint8)


def _message_of(error: BaseException) -> str:
    try:
        return str(error)[:MAX_MESSAGE]
    except BaseException as failure:
        return "(no message: its __str__ raised %s)" % type(failure).__name__[:100]


def _type_name(obj: Any) -> str:
    name = type(obj).__name__
    dtype = getattr(obj, "dtype", None) if name == "ndarray" else None
    return ("ndarray[%s]" % dtype if dtype is not None else name)[:200]
