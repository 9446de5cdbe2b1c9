"""The solution with functions of a submission in it: what it gives is what these functions make of right callers.

Functions that pass on what nobody else can read (a cache) and methods, which live in an object with a state, are
borrowed as well. A borrowed function that gives such an object gives two: the submission's, for its own functions, and
the solution's, for those that are not borrowed. A borrowed method runs on a twin of the solution's object, an instance
of the submission's class with the same attributes.
"""

import functools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from grader.assignments import Assignment, ContractFunction
from grader.checks.implementation import CallFailed, Function, Hidden, Implementation
from grader.checks.plain import copied, is_plain

MOST_CALLS = 1500  # of borrowed functions, in all the runs of one question
_TWIN = "_grader_twin"


class BorrowedTooOften(CallFailed):
    """A question would take too long to be answered."""


@dataclass(frozen=True)
class _Both:
    """What stays inside an implementation, of both."""

    submission: Any
    solution: Any


class Borrowing:
    """One module of the solution with some of a submission's functions in it.

    Attributes:
        module: the solution's functions.
        used: the borrowed functions that were called so far.
        given: what they gave.
    """

    def __init__(
        self, assignment: Assignment, names: Collection[str], student: Implementation, attributes: Collection[str]
    ) -> None:
        """`attributes` are those that an instance of the submission and one of the solution have in common."""
        self.used: set[str] = set()
        self.given: list[Any] = []
        self._student, self._attributes = student, attributes
        self._left = self._left_after_first = MOST_CALLS
        self._contract: Mapping[str, ContractFunction] = {entry.name: entry for entry in assignment.contract}
        self.module: ModuleType = assignment.new_solution()
        for name, entry in self._contract.items():
            owner, _, attribute = name.rpartition(".")
            holder: Any = getattr(self.module, owner) if owner else self.module
            right = getattr(holder, attribute)
            if entry.kind == "class":
                _note_arguments(right)
            elif name in names:
                setattr(holder, attribute, self._method(name, right) if owner else self._function(name, right))
            elif not owner:
                setattr(holder, attribute, _on_solutions_own(right))

    def affords(self, number: int, count: int) -> bool:
        """Whether enough calls are left for `count` alike results, of which the one of this `number` was made last.

        Where they would be used up on the way, none is left from now on.
        """
        if number == 0:
            self._left_after_first = self._left
            return True
        price = (self._left_after_first - self._left) / number
        if price * (count - number - 1) > self._left:
            self._left = 0
        return self._left > 0

    def _function(self, name: str, right: Callable[..., Any]) -> Callable[..., Any]:
        function, kept = Function(self._student, name), self._contract[name].kept

        @functools.wraps(right)
        def call(*arguments: Any, **named: Any) -> Any:
            found = self._called(function, *_of("submission", (arguments, named)))
            if not kept:
                return found
            try:
                beside = right(*_of("solution", copied(arguments)), **_of("solution", copied(named)))
            except Exception:
                beside = None
            return _joined(found, beside, kept)

        return call

    def _method(self, name: str, right: Callable[..., Any]) -> Callable[..., Any]:
        entry = self._contract[name]

        @functools.wraps(right)
        def call(instance: Any, *arguments: Any, **named: Any) -> Any:
            twin = self._twin(instance, name.rpartition(".")[0])
            own = vars(instance)
            for attribute in self._attributes & own.keys():
                if is_plain(own[attribute]):
                    self._student.write(twin, attribute, own[attribute])
            found = self._called(Function(self._student, name, twin), *_of("submission", (arguments, named)))
            if not entry.returns:
                for attribute in self._attributes & own.keys():
                    own[attribute] = self._student.read(twin, attribute)
            return found

        return call

    def _twin(self, instance: Any, name: str) -> Hidden:
        if _TWIN not in vars(instance):
            arguments, named = getattr(instance, _ARGUMENTS, ((), {}))
            vars(instance)[_TWIN] = self._student.call(Function(self._student, name), arguments, named)
        twin: Hidden = vars(instance)[_TWIN]
        return twin

    def _called(self, function: Function, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        self.used.add(function.name)
        self._left -= 1
        if self._left < 0:
            raise BorrowedTooOften(function.name, "it was called too often", raised="too often")
        given = self._student.call(function, arguments, named)
        self.given.append(given)
        return given


_ARGUMENTS = "_grader_arguments"


def _note_arguments(kind: type) -> None:
    """Have instances remember what they were made with."""
    constructor = kind.__init__  # type: ignore[misc]

    @functools.wraps(constructor)
    def noting(self: Any, *arguments: Any, **named: Any) -> None:
        vars(self)[_ARGUMENTS] = copied(arguments), copied(named)
        constructor(self, *arguments, **named)

    kind.__init__ = noting  # type: ignore[misc]


def _on_solutions_own(right: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the solution that takes its own part of what a borrowed one gave; what is nested it passes on."""

    @functools.wraps(right)
    def call(*arguments: Any, **named: Any) -> Any:
        own = [argument.solution if isinstance(argument, _Both) else argument for argument in arguments]
        return right(*own, **{key: v.solution if isinstance(v, _Both) else v for key, v in named.items()})

    return call


def _of(side: str, value: Any) -> Any:
    """A value with one side's part in the place of what both gave."""
    if isinstance(value, _Both):
        return getattr(value, side)
    if type(value) in (tuple, list):
        return type(value)(_of(side, item) for item in value)
    if type(value) is dict:
        return {key: _of(side, item) for key, item in value.items()}
    return value


def _joined(found: Any, beside: Any, kept: Collection[int]) -> Any:
    """A result whose opaque parts come from both sides, all others from the submission."""
    if -1 in kept:
        return _Both(found, beside)
    if not isinstance(found, tuple):
        return found
    other = beside if isinstance(beside, tuple) and len(beside) == len(found) else (None,) * len(found)
    return tuple(_Both(a, b) if i in kept else a for i, (a, b) in enumerate(zip(found, other, strict=True)))
