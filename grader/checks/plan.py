"""What a cost will ask of a submission, learned before it is asked for: the calls travel as one chain.

The cost of a gradient check is a Python function that calls the submission's functions, each at all points at once. It
is run once on symbols in the place of numbers, which can be passed on and nothing else, and the calls it makes before
it does something else are its plan. The submission's answers are then there before the cost is run in earnest, and
each call that is what the plan says, object for object, is answered with them. Any other is made as ever.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import repeat
from operator import is_
from typing import Any

import numpy as np

from grader.checks.loaded import StepOutcome
from grader.checks.record import recording
from grader.sandbox import Points


class CannotPlan(Exception):
    """A cost did something with a symbol, or while it was planned, other than to pass it on."""


class Symbol:
    """Stands for an array of the point (a key), or for what an earlier call of the plan gave there (its number)."""

    def __init__(self, source: str | int) -> None:
        self.source = source

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise CannotPlan

    __array_ufunc__ = None


@dataclass(frozen=True)
class PlannedCall:
    """A function, its arguments with symbols in them, and how a `Step` says these."""

    function: Any
    arguments: tuple[Any, ...]
    described: list[Any]
    item: int | None


@dataclass
class Plan:
    """The calls, in order, of one implementation."""

    calls: list[PlannedCall] = field(default_factory=list)
    returned: Any = None  # what the cost gave in the end, where it could be foreseen as far as that

    def record(self, function: Any, lists: Sequence[tuple[Any, ...]], item: int | None) -> list[Any]:
        if len(lists) != 1 or (self.calls and self.calls[0].function.owner is not function.owner):
            raise CannotPlan
        (arguments,) = lists
        self.calls.append(PlannedCall(function, arguments, list(map(_described, arguments)), item))
        return [Symbol(len(self.calls) - 1)]


_plan: ContextVar[Plan | None] = ContextVar("plan", default=None)


def being_made() -> Plan | None:
    """The plan that calls belong to just now; None when they are meant in earnest."""
    return _plan.get()


def planned(costs: Callable[[Sequence[Mapping[str, Any]]], Any], keys: Sequence[str]) -> Plan:
    """The calls that `costs` makes at each point, as far as they can be foreseen."""
    plan = Plan()
    token = _plan.set(plan)
    try:
        with recording():  # of what is noted meanwhile nothing has been seen
            plan.returned = costs([{key: Symbol(key) for key in keys}])
    except Exception:
        pass  # arithmetic with a symbol, mostly: the end of what can be foreseen
    finally:
        _plan.reset(token)
    return plan


def is_whole(plan: Plan) -> bool:
    """Whether the calls are all there is to a cost: what the last one gives is what it gives."""
    match plan.returned:
        case [Symbol(source=int(last))]:
            return last == len(plan.calls) - 1
    return False


def _described(argument: Any) -> list[Any]:
    """An argument with symbols in it as a `Step` says it.  Raises CannotPlan."""
    if isinstance(argument, Symbol):
        return ["key" if isinstance(argument.source, str) else "step", argument.source]
    if not _has_symbols(argument):
        return ["value", argument]
    if isinstance(argument, dict):
        return ["dict", {key: _described(value) for key, value in argument.items()}]
    return ["tuple" if isinstance(argument, tuple) else "list", [_described(item) for item in argument]]


def _has_symbols(value: Any) -> bool:
    if type(value) is dict:
        return any(map(_has_symbols, value.values()))
    if type(value) in (tuple, list):
        return any(map(_has_symbols, value))
    if isinstance(value, np.ndarray) and value.dtype.kind == "O":
        raise CannotPlan
    return isinstance(value, Symbol)


class Answers:
    """What a chain gave, handed out to the calls that it was made for."""

    def __init__(self, plan: Plan, points: Points, outcomes: Sequence[StepOutcome]) -> None:
        self._calls = plan.calls[: len(outcomes)]
        self._points = points.mappings
        self._outcomes = list(outcomes)
        self._given: list[list[Any]] = []

    def outcome(self, function: Any, lists: Sequence[Sequence[Any]], item: int | None) -> StepOutcome | None:
        """What these calls gave; None if they are not the next of the plan."""
        if len(self._given) >= len(self._outcomes):
            return None
        call = self._calls[len(self._given)]
        if call.function != function or call.item != item or not self._are_expected(call.arguments, lists):
            self._outcomes = []  # from here on it is another story
            return None
        return self._outcomes[len(self._given)]

    def gave(self, values: Sequence[Any]) -> None:
        """Note what the last call gave to the check, so that its objects are known again."""
        self._given.append(list(values))

    def _are_expected(self, arguments: Sequence[Any], lists: Sequence[Sequence[Any]]) -> bool:
        return (
            len(lists) == len(self._points)
            and set(map(len, lists)) == {len(arguments)}
            and all(map(self._is_expected, arguments, zip(*lists, strict=True)))
        )

    def _is_expected(self, argument: Any, column: Sequence[Any]) -> bool:
        """Whether an argument was, at every point, the object that it was meant to be."""
        if isinstance(argument, Symbol):
            if isinstance(argument.source, str):
                return all(map(is_, column, [point[argument.source] for point in self._points]))
            return all(map(is_, column, self._given[argument.source]))
        if all(map(is_, column, repeat(argument))):
            return True
        kind = type(argument)
        if set(map(type, column)) != {kind}:
            return False
        if kind in (bool, int, float, str):
            return bool(column.count(argument) == len(column))
        if kind is dict:
            return all(list(one) == list(argument) for one in column) and (
                all(map(is_, column, self._points))
                or all(self._is_expected(value, [one[key] for one in column]) for key, value in argument.items())
            )
        if kind in (tuple, list):
            return set(map(len, column)) == {len(argument)} and all(
                map(self._is_expected, argument, zip(*column, strict=True))
            )
        return False


@contextmanager
def answered_ahead(plan: Plan, points: Points) -> Iterator[None]:
    """Have the owner of the planned calls make them now; it answers with what they gave as long as this lasts."""
    if not plan.calls:
        yield
        return
    with plan.calls[0].function.owner.ahead(plan, points):
        yield
