"""An operation of the field: its formula, and what is known about it, said once for every contract that uses it.

    softmax = Operation(reference.softmax, words=...)

    @softmax.mistake("softmax.overflow", step="shifted", title="…", explain="…", hints=("…",))
    def overflow(z, *, axis): ...

    @softmax.check("softmax", share=4, title="Probabilities of random logits")
    def random_logits(student, solution, rng, *, axis): ...

A contract says with `softmax.use("softmax", points=12, axis=1)` that a function of its own is this one. Steps, mistakes
and checks get the conventions that they name as keyword-only arguments; texts have `<words>` in them, for which each
use has its own.
"""

import functools
import inspect
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from types import ModuleType
from typing import Any

from grader.assignments.declarations import (
    Check,
    Convention,
    Mistake,
    Place,
    Probe,
    Quantities,
    QuantitiesHook,
)
from grader.assignments.errors import AssignmentError
from grader.assignments.specialise import Formula, Step, read_formula

F = Callable[..., Any]
Only = Mapping[str, Any]
Words = Mapping[str, str]

_WORD = re.compile(r"<([a-z][a-z0-9_]*)>", re.IGNORECASE)


def _conventions_of(function: F) -> tuple[str, ...]:
    code = function.__code__
    return code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]


@dataclass(frozen=True)
class _Known:
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


@dataclass(frozen=True)
class _Verified:
    """A check in the operation's own terms; `share` is its part of the function's points."""

    function: str
    share: float
    title: str
    run: F
    only: Only
    needs: tuple[str, ...]


@dataclass(frozen=True)
class _Asked:
    """A probe, or a hook that names quantities, in the operation's own terms."""

    function: str
    run: F
    only: Only
    tolerance: float | None = None


class Operation:
    """One operation: `formula` is the module of the reference that has its steps.

    Args:
        formula: the module.
        words: texts for `<words>` of titles, explanations and hints; a function is called with the conventions that
            it names.
        conventions: others than the formula's own, with their defaults: what only mistakes, checks and words ask for.
        goes_with: operations without which it cannot be graded: what trains needs what is trained.
    """

    def __init__(
        self,
        formula: ModuleType,
        *,
        words: Words | Callable[..., Words] | None = None,
        conventions: Mapping[str, Any] | None = None,
        goes_with: Sequence[str] = (),
    ) -> None:
        self.goes_with = tuple(goes_with)
        self._module, self._own_conventions = formula, conventions or {}
        self.words = words or {}
        self.known: list[_Known] = []
        self.verified: list[_Verified] = []
        self.asked: list[_Asked] = []

    @cached_property
    def formula(self) -> Formula:
        return read_formula(self._module)

    @cached_property
    def conventions(self) -> Mapping[str, Any]:
        """Every convention with its default."""
        return {**self.formula.all_conventions, **self._own_conventions}

    @cached_property
    def graded(self) -> tuple[str, ...]:
        """The functions of the formula that the operation has checks of; a contract may have others from elsewhere."""
        checked = dict.fromkeys(entry.function for entry in self.verified)
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
    ) -> Callable[[F], F]:
        """Declare the decorated function as a known wrong replacement for a step of the formula.

        Args:
            code: `function.what-is-wrong`; the function takes the name that it has in the contract.
            step, title, explain, hints, place: as for `grader.assignments.mistake`.
            only: conventions under which it is one: `{"layout": "rows"}`, `{"mean": ("delta", "none")}`.
        """

        def declare(replacement: F) -> F:
            self.known.append(_Known(code, step, title, explain, tuple(hints), replacement, place, only or {}))
            return replacement

        return declare

    def convention(self, code: str, *, step: str, only: Only | None = None) -> Callable[[F], F]:
        """Declare the decorated function as an accepted replacement; see `grader.assignments.convention`."""

        def declare(replacement: F) -> F:
            self.known.append(_Known(code, step, "", "", (), replacement, None, only or {}, accepted=True))
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
            self.verified.append(_Verified(function, share, title, run, only or {}, tuple(needs)))
            return run

        return declare

    def probe(self, function: str, *, tolerance: float = 1e-5, only: Only | None = None) -> Callable[[F], F]:
        """Declare the decorated function as a probe; see `grader.assignments.probe`."""

        def declare(run: F) -> F:
            self.asked.append(_Asked(function, run, only or {}, tolerance))
            return run

        return declare

    def quantities(self, function: str, *, only: Only | None = None) -> Callable[[F], F]:
        """Declare the decorated function as the one that names quantities; see `grader.assignments.quantities`."""

        def declare(run: F) -> F:
            self.asked.append(_Asked(function, run, only or {}))
            return run

        return declare

    def use(
        self,
        *functions: str,
        points: float | Mapping[str, float] | None = None,
        names: Mapping[str, str] | None = None,
        codes: Mapping[str, str] | None = None,
        prefix: str = "",
        where: str = "",
        words: Words | None = None,
        without: Collection[str] = (),
        only: Collection[str] | None = None,
        **conventions: Any,
    ) -> "Use":
        """Say that a contract has this operation.

        Args:
            functions: the contract's names for the formula's functions of the same place, or nothing when they are
                called the same.
            points: of the function, or of each by its name in the contract; None when the contract has own checks.
            names: what functions and steps are called instead: `{"backward": "affine_backward"}`. Codes follow.
            codes: how codes begin instead, where that is no name: `{"backward": "loss"}`; what ends in a hyphen is
                followed by the rest at once, `{"backward": "softmax_loss.gradient-"}`.
            prefix: of all steps and codes, for one of several uses: with `"hidden_"` the steps of a dense layer are
                `hidden_affine`, `hidden_propagate` …, its mistakes `forward.hidden-bias-missing` …
            where: what titles add then: `"the hidden layer"`.
            words: texts in the place of the operation's own.
            without: codes (as in the operation) of mistakes that the contract cannot show; `"relu.*"` is all of a part.
            only: codes of the only mistakes to take; all when None.
            conventions: a value for each convention whose default is not meant.

        Raises:
            AssignmentError: there is no such convention, name or code.
        """
        known = self.conventions
        if unknown := conventions.keys() - known.keys():
            raise AssignmentError(
                f"{self.name} has no convention {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}"
            )
        given = dict(zip(self.formula.functions, functions, strict=False)) | dict(names or {})
        for pattern in (*without, *(only or ())):
            if not any(fnmatchcase(entry.code, pattern) for entry in self.known):
                raise AssignmentError(f"{self.name} knows no mistake {pattern}")
        return Use(
            self,
            conventions,
            given,
            prefix,
            where,
            dict(codes or {}),
            dict(words or {}),
            frozenset(without),
            None if only is None else frozenset(only),
            points,
        )


def _needs_of(entry: _Verified) -> set[str]:
    asked = entry.run.__code__.co_varnames[: entry.run.__code__.co_argcount]
    return {*entry.needs, *(name for name in asked if name == "dataset")}


@dataclass(frozen=True)
class Use:
    """One use of an operation in a contract; made by `Operation.use`."""

    operation: Operation
    given: Mapping[str, Any]
    names: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    where: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    own_words: Words = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    points: float | Mapping[str, float] | None = None
    of_contract: Mapping[str, Any] = field(default_factory=dict)

    @functools.cached_property
    def conventions(self) -> Mapping[str, Any]:
        """The value of each: the use's own, else the contract's, else the default."""
        known = self.operation.conventions
        shared = {name: value for name, value in self.of_contract.items() if name in known}
        return {**known, **shared, **self.given}

    def name(self, step: str) -> str:
        """What a function or step of the formula is called in the contract's solution."""
        return self.names.get(step, self.prefix + step if step in self.operation.formula.functions else step)

    @functools.cached_property
    def words(self) -> Words:
        own = self.operation.words
        if callable(own):
            own = own(**{name: self.conventions[name] for name in _conventions_of(own)})
        return {**own, **self.own_words}

    def declarations(self, available: Collection[str]) -> tuple[Mistake | Check | Probe | QuantitiesHook, ...]:
        """What the operation knows, in the terms of the contract; `available` are its functions, and "dataset"."""
        return (*self._mistakes(), *self._checks(available), *self._asked())

    def _mistakes(self) -> tuple[Mistake, ...]:
        found: list[Mistake] = []
        for entry in self.operation.known:
            if self._is_taken(entry.code) and self._holds(entry.only):
                kind = Convention if entry.accepted else Mistake
                found.append(
                    kind(
                        self._code(entry.code),
                        self.name(entry.step),
                        self.said(entry.title, entry.code) + (f", in {self.where}" if self.where else ""),
                        self.said(entry.explain, entry.code),
                        tuple(self.said(hint, entry.code) for hint in entry.hints),
                        self._bound(entry.replacement),
                        entry.place,
                        self.operation.name,
                    )
                )
        return tuple(found)

    def _is_taken(self, code: str) -> bool:
        def is_in(patterns: Collection[str]) -> bool:
            return any(fnmatchcase(code, pattern) for pattern in patterns)

        return not is_in(self.without) and (self.only is None or is_in(self.only))

    def _code(self, code: str) -> str:
        part, _, what = code.partition(".")
        begins = self.codes.get(part, self.names.get(part, part))
        what = self.prefix.replace("_", "-") + what
        return begins + what if begins.endswith("-") else f"{begins}.{what}"

    def _checks(self, available: Collection[str]) -> tuple[Check, ...]:
        if self.points is None:
            return ()
        held = [
            entry for entry in self.operation.verified if self._holds(entry.only) and _needs_of(entry) <= set(available)
        ]
        totals = self.points
        if not isinstance(totals, Mapping):
            totals = {self.name(entry.function): totals for entry in held[:1]}
        return tuple(check for name, total in totals.items() for check in self._checks_of(name, total, held))

    def _checks_of(self, name: str, total: float, held: Sequence[_Verified]) -> list[Check]:
        entries = [entry for entry in held if self.name(entry.function) == name]
        if not entries:
            raise AssignmentError(
                f"{self.operation.name} has no checks for {name}; write some, and leave its points out"
            )
        points = shared_out(total, [entry.share for entry in entries])
        return [
            Check(name, own, self.said(entry.title, name), *self._check_run(entry))
            for entry, own in zip(entries, points, strict=True)
        ]

    def _check_run(self, entry: _Verified) -> tuple[F, tuple[str, ...]]:
        arguments = tuple(name for name in entry.run.__code__.co_varnames[: entry.run.__code__.co_argcount])
        bound = self._bound(entry.run)

        def run(**given: Any) -> None:
            bound(
                **{name: Renamed(v, self) if name in ("student", "solution") else v for name, v in given.items()},
            )

        run.__name__ = entry.run.__name__.removeprefix(f"{entry.function}_")
        return run, arguments

    def _asked(self) -> tuple[Probe | QuantitiesHook, ...]:
        found: list[Probe | QuantitiesHook] = []
        for entry in self.operation.asked:
            if self._holds(entry.only):
                run = self._renaming(entry.run)
                function = self.name(entry.function)
                found.append(
                    QuantitiesHook(function, run) if entry.tolerance is None else Probe(function, run, entry.tolerance)
                )
        return tuple(found)

    def _renaming(self, run: F) -> F:
        bound = self._bound(run)

        @functools.wraps(run)
        def with_names(implementation: Any, *rest: Any) -> Any:
            return bound(Renamed(implementation, self), *rest)

        return with_names

    def _bound(self, function: F) -> F:
        """The function with the conventions that it names; without such, the function itself."""
        named = _conventions_of(function)
        if not named:
            return function
        known: dict[str, Any] = {"called": self.name, **self.conventions}
        values = {name: known[name] for name in named}

        @functools.wraps(function)
        def bound(*arguments: Any, **given: Any) -> Any:
            return function(*arguments, **given, **values)

        signature = inspect.signature(function)
        left = [parameter for name, parameter in signature.parameters.items() if name not in values]
        bound.conventions = values  # type: ignore[attr-defined]
        bound.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return bound

    def _holds(self, only: Only) -> bool:
        return all(
            self.conventions[name] in (value if isinstance(value, tuple) else (value,)) for name, value in only.items()
        )

    def said(self, text: str, where: str) -> str:
        """A text with this use's words in it."""

        def word(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in self.words:
                return self.said(self.words[name], where)
            if name[0].isupper() and (lower := name[0].lower() + name[1:]) in self.words:
                said = self.said(self.words[lower], where)
                return said[:1].upper() + said[1:]
            raise AssignmentError(f"{self.operation.name}, {where}: there is no word for <{name}>")

        return _WORD.sub(word, text)


class Renamed:
    """An implementation of a contract that answers to the names of one operation."""

    def __init__(self, implementation: Any, use: Use) -> None:
        self._implementation, self._use = implementation, use

    def __getattr__(self, name: str) -> Any:
        value = self._implementation
        for part in self._use.name(name).split("."):
            value = getattr(value, part)
        return value


def shared_out(total: float, shares: Sequence[float]) -> list[float]:
    """A total in parts as near to the shares as halves allow (or whole numbers, where the total has enough of them)."""
    unit = 1.0 if total >= 2 * len(shares) and float(total).is_integer() else 0.5
    exact = [total * share / sum(shares) / unit for share in shares]
    parts = [int(part) for part in exact]
    left = round(total / unit - sum(parts))
    by_rest = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in by_rest[:left]:
        parts[i] += 1
    return [part * unit for part in parts]


def table(*uses: Use, words: Words | None = None, **conventions: Any) -> tuple[Use, ...]:
    """The uses of a contract, with conventions and words that hold for all of them that know such.

    Raises:
        AssignmentError: a convention is none of any of these operations.
    """
    if unknown := [name for name in conventions if not any(name in use.operation.conventions for use in uses)]:
        raise AssignmentError(f"none of the operations has a convention {', '.join(unknown)}")
    return tuple(replace(use, of_contract=conventions, own_words={**(words or {}), **use.own_words}) for use in uses)


def step(name: str) -> Step:
    """The value of a convention that is a function: `hidden=step("relu")`."""
    return Step(name)


__all__ = ["Operation", "Quantities", "Renamed", "Use", "shared_out", "step", "table"]
