"""The submission as an implementation of the contract: `student.softmax(z)` is a call into its cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import takewhile
from typing import Any, TypeVar

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.arguments import is_adapted, target_of
from grader.checks.implementation import CallFailed, Function, Hidden, Implementation
from grader.checks.loaded import LoadedSubmission
from grader.checks.memory import Ledger
from grader.checks.notebook_access import GET_STATE, NOT_WRITTEN, READ_VARIABLE, SET_STATE
from grader.checks.noted_calls import NotedCall, NotedCalls
from grader.checks.plan import Answers, Plan
from grader.checks.record import Finding, note_finding, remark
from grader.checks.stubs import NOT_IMPLEMENTED, absent_attribute, absent_method
from grader.meanings import in_plain_words
from grader.report import StudentError
from grader.sandbox import (
    CellFailure,
    CellMemoryExceeded,
    CellTimeout,
    Evaluated,
    Handle,
    Points,
    Reply,
    Step,
    SubmissionRaised,
)

T = TypeVar("T")
REFUSALS_ALLOWED = 2  # of one function's results; to read another would cost seconds
WATCH_UP_TO_BYTES = 256 * 1024  # arguments up to this size are compared, to see whether the function changed them


class Student(Implementation):
    """Functions of a submission, called in its cell.

    Arguments travel by value. A function that changes one in place gets a remark, whatever it is asked for.
    """

    role = "submission"

    def __init__(
        self,
        contract: Sequence[ContractFunction],
        loaded: LoadedSubmission,
        missing: Mapping[str, str],
        ledger: Ledger | None = None,
    ) -> None:
        """`missing` maps the functions that are not there, or only stubs, to what to tell about them.

        What they give is entered into the ledger, which may be shared with other runs of the same submission.
        """
        super().__init__(contract)
        self.loaded = loaded
        self.missing = dict(missing)
        self._ledger = ledger or Ledger()
        self.noted = NotedCalls()
        self._answers: Answers | None = None
        self._shares_random_state = False

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        self._demand_presence(function)
        if self.is_variable(function.name):
            return self._variable(function)
        if self._shares_random_state:
            self._attempt(function, lambda: self.loaded.call("", SET_STATE, [list(_random_state())], {}))
        watch = _size(arguments) <= WATCH_UP_TO_BYTES
        reply: Reply = self._attempt(
            function,
            lambda: self.loaded.call(
                function.name,
                self._target(function),
                self._given(function, arguments),
                named,
                keep=self.kept(function.name),
                watch=watch,
            ),
        )
        if self._shares_random_state:
            state = self._attempt(function, lambda: self.loaded.call("", GET_STATE, [], {})).value
            self._adopt_random_state(state)
        self._remark_changes(function, reply.changed)
        self._demand_room(function, reply.value)
        self.demand_result(function, reply.value)
        if watch:
            self.noted.note(function, arguments, named, reply.value)
        return self._received(function.name, reply.value)

    def evaluations(self, call: NotedCall) -> Evaluated:
        """How a call, made once more, comes by what it gives.  Raises CellFailure."""
        given = self._given(call.function, call.arguments)
        return self.loaded.evaluations(self._target(call.function), given, call.named)

    def gives_one_thing_twice(self, function: Function, arguments: Sequence[Any]) -> bool:
        self._demand_presence(function)
        count = self.contract[function.name].outputs or 0
        target, given = self._target(function), self._given(function, arguments)
        value = self._attempt(
            function, lambda: self.loaded.call(function.name, target, given, {}, keep=range(count))
        ).value
        handles = [one for one in value if type(one) is Handle] if isinstance(value, tuple) else []
        return len({one.id for one in handles}) < len(handles)

    @property
    def has_used_half_its_time(self) -> bool:
        return self.loaded.used.seconds > self.loaded.limits.total_seconds / 2

    def call_many(
        self, function: Function, argument_lists: Sequence[Sequence[Any]], item: int | None = None
    ) -> list[Any]:
        self._demand_presence(function)
        ahead = self._answers.outcome(function, argument_lists, item) if self._answers else None

        def call() -> list[Any]:
            if ahead is not None:
                return self.loaded.answer(function.name, ahead)
            keep = self.kept(function.name)
            given = [self._given(function, arguments) for arguments in argument_lists]
            return self.loaded.call_many(function.name, self._target(function), given, keep=keep, item=item)

        results = self._attempt(function, call)
        self._demand_room(function, results)
        self.demand_results(function, results)
        received = [self._received(function.name, value) for value in results]
        if ahead is not None and self._answers:
            self._answers.gave([value if item is None else value[item] for value in received])
        return received

    @contextmanager
    def ahead(self, plan: Plan, points: Points) -> Iterator[None]:
        calls = list(takewhile(lambda call: call.function.name not in self.missing, plan.calls))
        steps = [
            Step(self._target(call.function), call.described, self.kept(call.function.name), call.item)
            for call in calls
        ]
        outcomes = self.loaded.call_chain([call.function.name for call in calls], points, steps) if steps else []
        self._answers = Answers(plan, points, outcomes)
        try:
            yield
        finally:
            self._answers = None

    @contextmanager
    def sharing_random_state(self) -> Iterator[None]:
        self._shares_random_state = True
        try:
            yield
        finally:
            self._shares_random_state = False

    @contextmanager
    def apart(self) -> Iterator[Implementation]:
        with self.loaded.apart() as loaded:
            yield Student([*self.contract.values()], loaded, self.missing, self._ledger)

    def keeping_nothing(self) -> AbstractContextManager[None]:
        """A `with` block of which no result is kept: what they take up does not count afterwards."""
        return self._ledger.keeping_nothing()

    def _variable(self, function: Function) -> Any:
        """The value that the submission left under a name; a placeholder is none."""
        name = function.name
        value = self._attempt(function, lambda: self.loaded.call(name, READ_VARIABLE, [name], {})).value
        if value is None or (type(value) is Handle and value.type_name == "ellipsis"):
            raise CallFailed(name, NOT_WRITTEN.format(name=name), status="missing")
        return self._received("", value)

    def _adopt_random_state(self, state: Any) -> None:
        with suppress(ValueError, TypeError, IndexError):  # what a cell answers may be anything
            np.random.set_state(("MT19937", np.asarray(state[0], np.uint32), *state[1:4]))

    def read(self, instance: Hidden, attribute: str) -> Any:
        name = f"{instance._class_name}.{attribute}"
        value = self._attempt(Function(self, name), lambda: self.loaded.attribute(instance._inner, attribute))
        self._demand_room(Function(self, name), value)
        return self._received(name, value)

    def write(self, instance: Hidden, attribute: str, value: Any) -> None:
        name = f"{instance._class_name}.{attribute}"
        setter = instance._inner.method("__setattr__")
        self._attempt(Function(self, name), lambda: self.loaded.call(name, setter, [attribute, value], {}))

    def _target(self, function: Function) -> Any:
        if function.instance is None or is_adapted(self.contract.get(function.name)):
            return target_of(self.contract.get(function.name), function.name)
        return function.instance._inner.method(function.name.rpartition(".")[2])

    def takes_all(self, name: str) -> bool:
        return name not in self.loaded.taken

    def _given(self, function: Function, arguments: Sequence[Any]) -> Sequence[Any]:
        """What its target is given: the adapter of a method, the instance as well."""
        is_method = function.instance is not None and is_adapted(self.contract.get(function.name))
        return (function.instance._inner, *arguments) if function.instance is not None and is_method else arguments

    def _demand_presence(self, function: Function) -> None:
        if reason := self.missing.get(function.name):
            raise CallFailed(function.name, reason, status="missing")
        if self._ledger.refused[function.name] >= REFUSALS_ALLOWED:
            raise self._no_room(function)

    def _demand_room(self, function: Function, value: Any) -> None:
        if not self._ledger.admits(value):
            self._ledger.refused[function.name] += 1
            raise self._no_room(function)

    def _no_room(self, function: Function) -> CallFailed:
        message = (
            f"`{function.name}`: what the functions returned takes more than "
            f"{self._ledger.limit / 1e6:.0f} MB together; a result is as large as its contract says"
        )
        return CallFailed(function.name, message, raised="memory")

    def _attempt(self, function: Function, call: Callable[[], T]) -> T:
        try:
            return call()
        except CellFailure as failure:
            raise self._call_failed(function.name, failure) from failure

    def _call_failed(self, name: str, failure: CellFailure) -> CallFailed:
        error = self.loaded.student_error(failure)
        where = _place(error)
        match failure:
            case CellTimeout():
                if failure.seconds >= self.loaded.limits.total_seconds:
                    message = f"`{name}` was not called: {failure}"
                else:
                    message = f"`{name}` was still running after {failure.seconds:g} s{where}"
                return CallFailed(name, message, status="timeout", error=error)
            case SubmissionRaised(type_name="NotImplementedError") if _raised_by(error) == name.rpartition(".")[2]:
                return CallFailed(name, NOT_IMPLEMENTED.format(name=name), status="missing", error=error)
            case SubmissionRaised(type_name="NotImplementedError") if (absent := _raised_by(error)) in self.missing:
                return CallFailed(str(absent), self.missing[str(absent)], status="missing", error=error)
            case SubmissionRaised(type_name="NameError") if absent := self._absent_name(failure.message):
                return CallFailed(absent, self.missing[absent], status="missing", error=error)
            case SubmissionRaised(type_name="AttributeError") if _is_absent(name, error):
                if name not in self.contract:
                    message = absent_attribute(name, self.loaded.submission)
                    return CallFailed(name, message, raised="AttributeError", error=error)
                return CallFailed(name, absent_method(name, self.loaded.submission, self.contract), status="missing")
            case SubmissionRaised():
                said = f": {in_plain_words(failure.message)}" if failure.message else ""
                message = f"`{name}` raised {failure.type_name}{said}{where}"
                return CallFailed(name, message, raised=failure.type_name, error=error)
            case CellMemoryExceeded():
                size = f"{failure.limit_bytes / (1 << 30):g} GB"
                return CallFailed(
                    name, f"`{name}` used more than {size} of memory{where}", raised="memory", error=error
                )
        return CallFailed(name, f"`{name}`: {failure}", raised=type(failure).__name__, error=error)

    def _absent_name(self, message: str) -> str:
        """The function of the contract that a NameError is about, if the submission lacks it."""
        return next((name for name in self.missing if f"'{name}'" in message), "")

    def _received(self, name: str, value: Any) -> Any:
        kind = type(value)
        if kind is Handle:
            is_class = name in self.contract and self.contract[name].kind == "class"
            return Hidden(self, value, name if is_class else value.type_name)
        if kind is tuple:
            return value if _CHANGED.isdisjoint(map(type, value)) else tuple([self._received("", v) for v in value])
        if kind is list:
            return [self._received("", item) for item in value]
        if kind is dict:
            return {key: self._received("", item) for key, item in value.items()}
        return value

    def _remark_changes(self, function: Function, changed: Sequence[int | str]) -> None:
        contract = self.contract.get(function.name)
        names = contract.parameters if contract else ()
        if function.instance is not None and is_adapted(contract):
            names = ("self", *names)
        for argument in changed:
            if isinstance(argument, str):
                name = argument
            else:
                name = names[argument] if argument < len(names) else f"argument {argument + 1}"
            if contract and name in (*contract.updates, *contract.may_change):
                continue
            remark(f"`{function.name}` changes its argument `{name}` in place")
            note_finding(Finding("changes-its-argument", function.name, name))


_CHANGED = frozenset([Handle, tuple, list, dict])  # types of what is not received just as it comes


def _random_state() -> tuple[Any, ...]:
    """The state of the global generator, in parts that travel by value."""
    _, keys, *rest = np.random.get_state()
    return keys, *rest


def _is_absent(name: str, error: StudentError) -> bool:
    """Whether it is the method itself that was not found, before a line of the submission had its turn."""
    owner, _, method = name.rpartition(".")
    return bool(owner) and not error.frames and error.message.endswith(f"object has no attribute '{method}'")


def _raised_by(error: StudentError) -> str | None:
    return error.frames[-1].function if error.frames else None


def _place(error: StudentError) -> str:
    if not error.frames:
        return ""
    frame = error.frames[-1]
    inside = f" in `{frame.function}`" if not frame.function.startswith("<") else ""
    return f" ({frame.location}{inside})"


def _size(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if isinstance(value, tuple | list):
        return sum(map(_size, value))
    if isinstance(value, dict):
        return sum(map(_size, value.values()))
    return 16
