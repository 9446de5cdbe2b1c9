"""What is known about an operation of the field, in its own terms: mistakes, checks, probes, each declared once."""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType
from typing import Any

from grader.assignments.allowed import Allowed, allowed_by_default
from grader.assignments.declarations import Lesson, Place
from grader.assignments.errors import AssignmentError
from grader.assignments.specialise import Formula, read_formula

F = Callable[..., Any]
Only = Mapping[str, Any]
Words = Mapping[str, str]


def holds(only: Only, conventions: Mapping[str, Any]) -> bool:
    """Whether each convention has the value that is asked for, one of several, or one that a function says yes to."""

    def is_one_of(value: Any, wanted: Any) -> bool:
        if callable(wanted):
            return bool(wanted(value))
        return value in (wanted if isinstance(wanted, tuple) else (wanted,))

    return all(is_one_of(conventions[name], values) for name, values in only.items())


@dataclass(frozen=True)
class KnownMistake:
    """A mistake (or accepted convention) in the operation's own terms."""

    code: str
    step: str
    title: str
    explain: str
    hints: tuple[str, ...]
    replacement: F
    place: Place | None
    only: Only
    accepted: bool = False
    lesson: Lesson | None = None
    unless_beside: str = ""
    family: str = ""


@dataclass(frozen=True)
class KnownCheck:
    """A check in the operation's own terms; `share` is its part of the function's points."""

    function: str
    share: float
    title: str
    run: F
    only: Only
    needs: tuple[str, ...]


@dataclass(frozen=True)
class KnownHook:
    """A probe, or a hook that names quantities, in the operation's own terms."""

    function: str
    run: F
    only: Only
    tolerance: float | None = None


class Knowledge:
    """What an operation declares about `formula`, the module of the reference that has its steps."""

    def __init__(
        self,
        formula: ModuleType,
        *,
        words: Words | Callable[..., Words] | None = None,
        conventions: Mapping[str, Any] | None = None,
        values: Mapping[str, Allowed] | None = None,
        goes_with: Sequence[str] = (),
        parts: Mapping[str, Mapping[str, Any]] | Callable[..., Mapping[str, Mapping[str, Any]]] | None = None,
    ) -> None:
        self.goes_with, self._parts = tuple(goes_with), parts or {}
        self._values = values or {}
        self._module, self._own_conventions = formula, conventions or {}
        self.words = words or {}
        self.known: list[KnownMistake] = []
        self.verified: list[KnownCheck] = []
        self.asked: list[KnownHook] = []
        self.worked: list[KnownHook] = []

    @cached_property
    def formula(self) -> Formula:
        return read_formula(self._module)

    @cached_property
    def conventions(self) -> Mapping[str, Any]:
        """Every convention with its default."""
        return {**self.formula.all_conventions, **self._own_conventions}

    def parts(self, conventions: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        """How operations whose steps it is made of are used beside it, with these conventions of its own."""
        if not callable(self._parts):
            return self._parts
        known = {**self.conventions, **conventions}
        return self._parts(**{name: known[name] for name in inspect.signature(self._parts).parameters})

    def allowed(self, convention: str) -> Allowed:
        """What the value of a convention may be.

        Raises:
            AssignmentError: neither its default nor the operation's `values` tell.
        """
        found = self._values.get(convention) or allowed_by_default(self.conventions[convention])
        if found is None:
            raise AssignmentError(f"{self.name}: say in `values` what the convention {convention} may be")
        return found

    def demand(self, conventions: Mapping[str, Any]) -> None:
        """Accept values of conventions.

        Raises:
            AssignmentError: there is no such convention, or it cannot have that value.
        """
        known = self.conventions
        if unknown := sorted(conventions.keys() - known.keys()):
            there_are = f"it has {', '.join(sorted(known))}" if known else "it has none"
            raise AssignmentError(f"{self.name} has no convention {', '.join(unknown)}; {there_are}")
        for name, value in conventions.items():
            if not (allowed := self.allowed(name)).holds(value):
                raise AssignmentError(
                    f"the convention {name} of {self.name} is to be {allowed.said}, but it is {value!r}"
                )

    @cached_property
    def graded(self) -> tuple[str, ...]:
        """The functions of the formula that the operation has checks of; a contract may have others from elsewhere."""
        return self.graded_with({})

    def graded_with(self, conventions: Mapping[str, Any]) -> tuple[str, ...]:
        """Those that it has checks of under these conventions."""
        known = {**self.conventions, **conventions}
        checked = dict.fromkeys(entry.function for entry in self.verified if holds(entry.only, known))
        return tuple(name for name in checked if hasattr(self._module, name))

    def function(self, name: str) -> Callable[..., Any]:
        """A function of the formula's module."""
        found: Callable[..., Any] = getattr(self._module, name)
        return found

    @property
    def written_in(self) -> frozenset[str]:
        """Names of the modules that declare something about it."""
        functions = [
            *(entry.replacement for entry in self.known),
            *(entry.run for entry in self.verified),
            *(entry.run for entry in self.asked),
            *(entry.run for entry in self.worked),
        ]
        return frozenset(function.__module__ for function in functions)

    @property
    def name(self) -> str:
        return self.formula.name.rpartition(".")[2]

    def mistake(
        self,
        code: str,
        *,
        step: str,
        title: str,
        explain: str,
        hints: Sequence[str],
        place: Place | None = None,
        only: Only | None = None,
        unless_beside: str = "",
        family: str = "",
    ) -> Callable[[F], F]:
        """Declare the decorated function as a known wrong replacement for a step of the formula.

        Args:
            code: `function.what-is-wrong`; the function takes the name that it has in the contract.
            step, title, explain, hints, place: as for `grader.assignments.mistake`.
            only: conventions under which it is one: `{"layout": "rows"}`, `{"mean": ("delta", "none")}`, or a function
                of the value that tells.
            unless_beside: an operation that knows the same mistake in a step of its own: in a table that has it, this
                one is left out, so that nothing is told twice.
            family: of mistakes that say the same where they give the same numbers: "the last of the layers is left
                out" and "the first alone is in" are one mistake in a network of two.
        """

        def declare(replacement: F) -> F:
            entry = KnownMistake(code, step, title, explain, tuple(hints), replacement, place, only or {})
            self.known.append(replace(entry, unless_beside=unless_beside, family=family))
            return replacement

        return declare

    def teach(self, lessons: Mapping[str, Lesson]) -> None:
        """Say what there is to learn from known mistakes, by their codes.

        An experiment calls the formula's functions by their own names, and may mention conventions.

        Raises:
            AssignmentError: there is no such mistake.
        """
        for code, lesson in lessons.items():
            places = [i for i, entry in enumerate(self.known) if entry.code == code]
            if not places:
                raise AssignmentError(f"{self.name} knows no mistake {code}, of which there is a lesson")
            for i in places:
                self.known[i] = replace(self.known[i], lesson=lesson)

    def convention(self, code: str, *, step: str, only: Only | None = None) -> Callable[[F], F]:
        """Declare the decorated function as an accepted replacement; see `grader.assignments.convention`."""

        def declare(replacement: F) -> F:
            self.known.append(KnownMistake(code, step, "", "", (), replacement, None, only or {}, accepted=True))
            return replacement

        return declare

    def check(
        self, function: str, *, share: float, title: str, only: Only | None = None, needs: Sequence[str] = ()
    ) -> Callable[[F], F]:
        """Declare the decorated function as a check of a function of the formula.

        It is left out, and its share goes to the others, where the contract lacks a function that it `needs`, or where
        it asks for a `dataset` and the assignment has none.

        It asks for `student`, `solution`, `rng`, `dataset` like any check; student and solution answer to the
        operation's own names. A keyword-only `called` is what the contract calls a function: `called("softmax")`.
        """

        def declare(run: F) -> F:
            self.verified.append(KnownCheck(function, share, title, run, only or {}, tuple(needs)))
            return run

        return declare

    def probe(self, function: str, *, tolerance: float = 1e-5, only: Only | None = None) -> Callable[[F], F]:
        """Declare the decorated function as a probe; see `grader.assignments.probe`."""

        def declare(run: F) -> F:
            self.asked.append(KnownHook(function, run, only or {}, tolerance))
            return run

        return declare

    def by_hand(self, function: str, *, only: Only | None = None) -> Callable[[F], F]:
        """Declare the decorated function as the one that works numbers out; see `declarations.ByHand`."""

        def declare(run: F) -> F:
            self.worked.append(KnownHook(function, run, only or {}))
            return run

        return declare

    def quantities(self, function: str, *, only: Only | None = None) -> Callable[[F], F]:
        """Declare the decorated function as the one that names quantities; see `grader.assignments.quantities`."""

        def declare(run: F) -> F:
            self.asked.append(KnownHook(function, run, only or {}))
            return run

        return declare


def number(value: Any) -> str:
    """A number inside a term: whole if it is, in brackets if it is negative."""
    text = f"{float(value):.12g}"
    return f"({text})" if text.startswith("-") else text


def products(left: Iterable[Any], right: Iterable[Any]) -> str:
    """`1 * 3 + 2 * (-1)`."""
    return " + ".join(f"{number(a)} * {number(b)}" for a, b in zip(left, right, strict=True))
