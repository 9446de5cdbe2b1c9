"""The cell's end of the pipe: runs the submission and answers requests until it is killed.

A request is [number, operation, {argument: value}], its reply

    [number, outcome, seconds of wall time, seconds of processor time, [names of stand-in modules]]

    outcome = ["value", value] | ["raised", type name, message, frames] | ["timeout", frames]
            | ["memory", message, frames] | ["rejected", reason] | ["refused", reason]
    frames  = [[filename, line, function], ...]      the submission's own files only, outermost first
"""

from __future__ import annotations

import faulthandler
import marshal
import os
import signal
import sys
import time
import types
from functools import partial
from importlib.util import MAGIC_NUMBER
from types import FrameType
from typing import Any, Callable, NoReturn

import numpy as np

from . import chains, decoding, encoding, failures, keeping, serving, standins, watching
from .looks import Looks, Method
from .namespace import Namespace
from .time_limit import Limit, TimeLimit
from .wire import ADAPTATION, REQUEST_BOUNDS, Bounds, Column, Node, Unsendable

MAX_OBJECTS = 10_000
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
        self.looks = Looks(self.namespace, self.within, self.quietly)
        self.serving = serving.Serving(self.namespace, request, reply, self.outgoing)
        self.reserve: Any = _reserved()
        self.operations: dict[str, Callable[..., Any]] = {
            "run": self.run,
            "call": self.call,
            "call_many": self.call_many,
            "call_chain": self.call_chain,
            "try_edits": self.looks.try_edits,
            "new_values": self.looks.new_values,
            "hold_edits": self.looks.hold_edits,
            "serve": self.serving.put,
            "measure": self.looks.measure,
            "watch": self.looks.watch,
            "evaluations": self.looks.evaluations,
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

    def attribute(self, target: Any, name: str, seconds: float) -> Any:
        return self.within(seconds, lambda: getattr(self.resolve(target), name))

    def names(self, seconds: float) -> Any:
        return self.within(seconds, self.namespace.describe)

    def define(self, modules: dict[str, Any]) -> None:
        self.namespace.finder.define(modules)

    def adapt(self, modules: dict[str, Any], magic: str, options: dict[str, Any]) -> None:
        """Run the submission's text from now on as these modules, files of the grader's, see to it.

        Their bytecode is that of the grader's own Python, which need not be this one.
        """
        is_ours = magic == MAGIC_NUMBER.hex()
        for name, (source, bytecode) in modules.items():
            adaptation = types.ModuleType("%s.adaptation.%s" % (__package__, name))
            adaptation.__package__ = "%s.adaptation" % __package__
            adaptation.__file__ = ADAPTATION
            sys.modules[adaptation.__name__] = adaptation
            code = marshal.loads(bytecode) if is_ours else compile(bytes(source), ADAPTATION, "exec")
            exec(code, adaptation.__dict__)
        self.looks.adaptation = adaptation.install(self.namespace, **options)

    def notes(self) -> list[Any]:
        """What the adaptation noted: [kind, detail, filename, line] each."""
        return [list(note) for note in self.looks.adaptation.notes]

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
        if type(target) is Method:
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
        outcome = failures.outcome_of(error, self.namespace.files)
        self.reserve = _reserved()
        return outcome

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
            return Method(self.objects[handle], name)
        if node.tag == "o":
            return serving.Token(node.payload)
        name, start, stop, step = node.payload  # "p": rows of a preloaded array
        return self.preloaded[name].rows(slice(start, stop, step))


def _quiet() -> Any:
    """A `with` block in which numpy does not warn of overflows and the like: the inputs are the grader's.

    What the submission has set otherwise, to raise an error say, stays.
    """
    return np.errstate(**{kind: "ignore" for kind, how in np.geterr().items() if how == "warn"})  # type: ignore[arg-type]


def _reserved() -> Any:
    """Address space to give back when there is no other left; memory that is not touched costs nothing."""
    return np.empty(RESERVE_BYTES, np.uint8)


def _type_name(obj: Any) -> str:
    name = type(obj).__name__
    dtype = getattr(obj, "dtype", None) if name == "ndarray" else None
    return ("ndarray[%s]" % dtype if dtype is not None else name)[:200]
