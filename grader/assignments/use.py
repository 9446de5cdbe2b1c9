"""One use of an operation in a contract: what the operation knows, in the contract's names, words and conventions."""

import functools
import inspect
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from grader.assignments.declarations import ByHand, Check, Convention, Lesson, Mistake, Probe, QuantitiesHook
from grader.assignments.errors import AssignmentError
from grader.assignments.knowledge import F, Knowledge, KnownCheck, Only, Words, holds
from grader.assignments.specialise import Binding, specialised_lines

_WORD = re.compile(r"<([a-z][a-z0-9_]*)>", re.IGNORECASE)


def _conventions_of(function: F) -> tuple[str, ...]:
    code = function.__code__
    return code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]


def begins(code: str, known: str) -> bool:
    """Whether a code is `known`, or begins with it as with a whole part: `"backward"`, `"softmax_loss.cost-"`."""
    return code == known or (code.startswith(known) and (known.endswith((".", "-")) or code[len(known)] == "."))


def _needs_of(entry: KnownCheck) -> set[str]:
    asked = entry.run.__code__.co_varnames[: entry.run.__code__.co_argcount]
    return {*entry.needs, *(name for name in asked if name == "dataset")}


@dataclass(frozen=True)
class Use:
    """One use of an operation in a contract; made by `Operation.use`."""

    operation: Knowledge
    given: Mapping[str, Any]
    names: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    where: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    own_words: Words = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    points: float | Mapping[str, float] | None = None
    replaces: frozenset[str] = frozenset()
    of_contract: Mapping[str, Any] = field(default_factory=dict)
    made_at: str = ""
    functions: tuple[str, ...] = ()

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

    def declarations(
        self, available: Collection[str], beside: Collection[str] = ()
    ) -> tuple[Mistake | Check | Probe | QuantitiesHook | ByHand, ...]:
        """What the operation knows, in the terms of the contract.

        Args:
            available: the contract's functions, and "dataset" if there is one.
            beside: names of the operations in the table with the same prefix.
        """
        return (*self._mistakes(beside), *self._checks(available), *self._asked(), *self._worked())

    def _mistakes(self, beside: Collection[str]) -> tuple[Mistake, ...]:
        found: list[Mistake] = []
        for entry in self.operation.known:
            if self._is_taken(entry.code) and self._holds(entry.only) and entry.unless_beside not in beside:
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
                        self._lesson(entry.lesson, entry.code),
                        entry.family,
                    )
                )
        return tuple(found)

    def _lesson(self, lesson: Lesson | None, where: str) -> Lesson | None:
        return None if lesson is None else _LessonOfUse(self, lesson, where)

    def fault(self, message: str) -> AssignmentError:
        """The error that this use is wrong, with the line of the table in which it stands."""
        return AssignmentError(f"{self.made_at}: {message}" if self.made_at else message)

    def _is_taken(self, code: str) -> bool:
        def is_in(patterns: Collection[str]) -> bool:
            return any(fnmatchcase(code, pattern) for pattern in patterns)

        return not is_in(self.without) and (self.only is None or is_in(self.only))

    def _code(self, code: str) -> str:
        """What the contract calls it: the longest beginning that is renamed decides."""
        part = code.partition(".")[0]
        renamed = {part: self.names.get(part, part), **self.codes}
        start = max((known for known in renamed if begins(code, known)), key=len)
        beginning, rest = renamed[start], code[len(start) :].removeprefix(".")
        if not rest or beginning.endswith(("-", ".")):
            return beginning + rest
        return f"{beginning}.{self.prefix.replace('_', '-')}{rest}"

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

    def _checks_of(self, name: str, total: float, held: Sequence[KnownCheck]) -> list[Check]:
        entries = [entry for entry in held if self.name(entry.function) == name]
        if not entries:
            able = ", ".join(dict.fromkeys(self.name(entry.function) for entry in held))
            there_are = f"it has those of {able}" if able else "it has none of any function"
            raise self.fault(
                f"{self.operation.name} has no checks for {name}, {there_are}; "
                "write some into checks.py, and leave its points out"
            )
        points = shared_out(total, [entry.share for entry in entries])
        return [
            Check(name, own, self.said(entry.title, name), *self._check_run(entry))
            for entry, own in zip(entries, points, strict=True)
        ]

    def _check_run(self, entry: KnownCheck) -> tuple[F, tuple[str, ...]]:
        arguments = tuple(name for name in entry.run.__code__.co_varnames[: entry.run.__code__.co_argcount])
        bound = self._bound(entry.run)

        def run(**given: Any) -> None:
            bound(**{name: Renamed(v, self) if name in ("student", "solution") else v for name, v in given.items()})

        run.__name__ = entry.run.__name__.removeprefix(f"{entry.function}_")
        run.place = Path(self.made_at).name  # type: ignore[attr-defined]
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

    def _worked(self) -> tuple[ByHand, ...]:
        held = [entry for entry in self.operation.worked if self._holds(entry.only)]
        return tuple(ByHand(self.name(entry.function), self._bound(entry.run)) for entry in held)

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
        return holds(only, self.conventions)

    def said(self, text: str, where: str) -> str:
        """A text with this use's words in it."""

        def word(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in self.words:
                return self.said(self.words[name], where)
            if name[0].isupper() and (lower := name[0].lower() + name[1:]) in self.words:
                said = self.said(self.words[lower], where)
                return said[:1].upper() + said[1:]
            raise self.fault(f"{self.operation.name}, {where}: there is no word for <{name}>")

        return _WORD.sub(word, text)


class _LessonOfUse(Lesson):
    """A lesson in the words and names of one use, which are found when it is told: of most it never is."""

    _use: Use
    _lesson: Lesson
    _where: str

    def __init__(self, use: Use, lesson: Lesson, where: str) -> None:
        self.__dict__.update(_use=use, _lesson=lesson, _where=where)

    @functools.cached_property
    def symptom(self) -> str:
        return self._use.said(self._lesson.symptom, self._where)

    @functools.cached_property
    def why(self) -> str:
        return self._use.said(self._lesson.why, self._where)

    @functools.cached_property
    def experiment(self) -> str:
        formula = self._use.operation.formula

        def names(mentioned: str) -> tuple[str, frozenset[str]] | None:
            return (self._use.name(mentioned), frozenset()) if mentioned in formula.functions else None

        known = {name: value for name, value in self._use.conventions.items() if value is not ...}
        return "\n".join(specialised_lines(self._lesson.experiment, Binding(known, names)))


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
        AssignmentError: a convention is none of any of these operations, or cannot have this value in one of them.
    """
    if unknown := [name for name in conventions if not any(name in use.operation.conventions for use in uses)]:
        raise AssignmentError(f"none of the operations has a convention {', '.join(unknown)}")
    for use in uses:
        known = use.operation.conventions.keys() - use.given.keys()
        use.operation.demand({name: value for name, value in conventions.items() if name in known})
    return tuple(replace(use, of_contract=conventions, own_words={**(words or {}), **use.own_words}) for use in uses)
