"""What an assignment's checks and mistakes declare, and the decorators they declare it with."""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

CheckFunction = Callable[..., float | None]  # what it returns, if anything, are points: for work that is right in part


@dataclass(frozen=True)
class Check:
    """One thing verified about one function of the contract.

    `run` is called with the arguments that it names, of: `student` and `solution` (which look alike), `rng`
    (a `numpy.random.Generator`, the same for every submission of one grading seed) and `dataset`.
    """

    function: str
    points: float
    title: str
    run: CheckFunction
    arguments: tuple[str, ...]

    @cached_property
    def id(self) -> str:
        """`softmax.one-sample` for a check of `softmax` that is written as `softmax_one_sample`."""
        prefix = self.function.replace(".", "_").lower() + "_"
        return f"{self.function}.{self.run.__name__.removeprefix(prefix).replace('_', '-')}"


CHECK_ARGUMENTS = ("student", "solution", "rng", "dataset")


def check(function: str, *, points: float, title: str) -> Callable[[CheckFunction], CheckFunction]:
    """Declare the decorated function as a check of `function`.

    Args:
        function: name in the contract; `Class.method` for a method.
        points: what passing is worth; 0 for a check that only informs.
        title: what is verified, in the words of the report.

    Raises:
        TypeError: when the check asks for an argument that the grader does not have.
    """
    if points < 0:
        raise ValueError(f"points of a check cannot be negative, got {points} for {title!r}")

    def declare(run: CheckFunction) -> CheckFunction:
        arguments = tuple(inspect.signature(run).parameters)
        unknown = [name for name in arguments if name not in CHECK_ARGUMENTS]
        if unknown:
            raise TypeError(
                f"check {run.__name__!r} asks for {', '.join(unknown)}; a check can ask for "
                f"{', '.join(CHECK_ARGUMENTS)}"
            )
        run.declaration = Check(function, points, title, run, arguments)  # type: ignore[attr-defined]
        return run

    return declare


@dataclass(frozen=True)
class Place:
    """What the student's line looks like where a mistake is made, for pointing at it.

    All are regular expressions; an empty one is not asked for.

    Attributes:
        assigns: the name or string key that the statement assigns to, whole: `db3`, or `b` of `grads[f"b{layer}"]`.
        calls: a function or method that the statement calls, whole: `sum`, `log`.
        looks: something in the statement as `ast.unparse` writes it: `pad:-pad`, or `^dx.* = ` at its beginning.
        first: whether every statement that looks so has the mistake, so that the first of several can be shown.
    """

    assigns: str = ""
    calls: str = ""
    looks: str = ""
    first: bool = False


@dataclass(frozen=True)
class Lesson:
    """What there is to learn from a mistake, for where there is room for more than its explanation.

    Short sentences in plain words. Several mistakes may share one.

    Attributes:
        symptom: what it does to the network, and where that shows: what one sees who does not know the mistake.
        why: what lies behind it, so that it is not only mended.
        experiment: a line of Python, or a few, of which the last is an expression, that shows it: it calls functions
            of the contract (an operation's by its own names) and otherwise needs `np` alone. What it gives in the
            submission and in the solution is found by running it.
    """

    symptom: str
    why: str = ""
    experiment: str = ""


@dataclass(frozen=True)
class ByHand:
    """How one number that a function gives is worked out by hand.

    `run(arguments, path, index)` returns a term in Python's syntax with the numbers in it, `1 * 1 + 2 * 2`, of `+`,
    `-`, `*`, `/`, `**`, `exp`, `log`, `sqrt`, `tanh` and `max`; "" where it cannot. `path` leads to an array in the
    result, `index` to a number in it.
    """

    function: str
    run: Callable[..., str]


@dataclass(frozen=True)
class Mistake:
    """A known wrong replacement for one named step of the solution.

    A replacement whose first parameter is named `right` is handed the step that it replaces there, and the step's
    own arguments after it: for mistakes that spoil a right result.
    """

    code: str
    step: str
    title: str
    explain: str
    hints: tuple[str, ...]
    replacement: Callable[..., Any]
    place: Place | None = None
    operation: str = ""  # the one that it is known of; "" for an assignment's own
    lesson: Lesson | None = None
    family: str = ""  # of mistakes in one step that are one and the same wherever their numbers are

    def is_also(self, other: "Mistake") -> bool:
        """Whether another mistake, that gives the same numbers, is this one by another name."""
        return bool(self.family) and (self.step, self.family) == (other.step, other.family)

    @property
    def is_wrapper(self) -> bool:
        return next(iter(inspect.signature(self.replacement).parameters), "") == "right"


def mistake(
    code: str,
    *,
    step: str,
    title: str,
    explain: str,
    hints: Sequence[str],
    place: Place | None = None,
    lesson: Lesson | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare the decorated function as a known wrong replacement for the solution's `step`.

    Args:
        code: stable name, `function.what-is-wrong`.
        step: name of the function in `solution.py` that it replaces; the signature is the same.
        title: the mistake in one line, in the words of the report.
        explain: why it is one; Unicode text, code in backticks, formulas between `$`.
        hints: from a nudge to a pointer; the explanation is the last rung.
        place: what the line looks like; None when it cannot be told from others.
        lesson: what it does to the network, why, and how to see it; shown beside the explanation.
    """

    def declare(replacement: Callable[..., Any]) -> Callable[..., Any]:
        replacement.declaration = Mistake(  # type: ignore[attr-defined]
            code, step, title, explain, tuple(hints), replacement, place, lesson=lesson
        )
        return replacement

    return declare


@dataclass(frozen=True)
class Convention(Mistake):
    """Another way to write a step that the checks accept: the ground on which mistakes are then looked for."""


def convention(code: str, *, step: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare the decorated function as an accepted replacement for the solution's `step`.

    A check that finds a submission to follow it says so with `grader.checks.follows_convention(code)`. Otherwise what
    is right by the convention would be told as a difference from the solution.
    """

    def declare(replacement: Callable[..., Any]) -> Callable[..., Any]:
        replacement.declaration = Convention(code, step, "", "", (), replacement)  # type: ignore[attr-defined]
        return replacement

    return declare


@dataclass(frozen=True)
class Quantities:
    """What is in play in one call of a function: the material of numeric explanations.

    Attributes:
        symbols: numbers that a factor may stand for: `{"n": 9, "λ": 0.37}`.
        terms: arrays that a result may hold too much or too little of; those of a result's shape are tried.
        parts: like `terms`, for one part of a result alone: `{"W1": {"sign(W1)": …}}` for `grads["W1"]`.
        result: what students call the result: `grads`.
    """

    symbols: Mapping[str, float]
    terms: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[Any, Mapping[str, Any]] = field(default_factory=dict)
    result: str = ""


@dataclass(frozen=True)
class QuantitiesHook:
    """`run(solution, *arguments)` tells the quantities in play in a call of `function`."""

    function: str
    run: Callable[..., Quantities]


def quantities(function: str) -> Callable[[Callable[..., Quantities]], Callable[..., Quantities]]:
    """Declare the decorated function as the one that names what is in play in a call of `function`.

    It is called with the solution's module and the arguments of the call; objects that the contract keeps opaque
    are the solution's own.
    """

    def declare(run: Callable[..., Quantities]) -> Callable[..., Quantities]:
        run.declaration = QuantitiesHook(function, run)  # type: ignore[attr-defined]
        return run

    return declare


@dataclass(frozen=True)
class Probe:
    """An experiment for a function whose numbers are its own (random ones): what it gives does not depend on them.

    `run` is called with `student` and `rng`, and returns named numbers or arrays; a known mistake put into the
    solution must give the same up to `tolerance`. `checks` are those whose numbers are random, by the names of their
    functions: the experiment is made when no others fail. Without any it stands for all checks of the function.
    """

    function: str
    run: Callable[..., Mapping[str, Any]]
    tolerance: float
    checks: frozenset[str] = frozenset()

    def is_for(self, function: str, failed: Iterable[Check]) -> bool:
        """Whether it tells what is wrong with a function that failed these checks."""
        return self.function == function and (
            not self.checks or all(check.run.__name__ in self.checks for check in failed)
        )


def probe(
    function: str, *, tolerance: float = 1e-5, checks: Iterable[str] = ()
) -> Callable[[Callable[..., Mapping[str, Any]]], Callable[..., Mapping[str, Any]]]:
    """Declare the decorated function as a probe of `function`; `tolerance` is relative to the larger of value and 1.

    `checks` are names of check functions, if it stands for some of them only.
    """

    def declare(run: Callable[..., Mapping[str, Any]]) -> Callable[..., Mapping[str, Any]]:
        run.declaration = Probe(function, run, tolerance, frozenset(checks))  # type: ignore[attr-defined]
        return run

    return declare


@dataclass(frozen=True)
class WrittenQuestion:
    """One such question.

    Attributes:
        name: its name in the notebook, in reports and in gradebooks.
        prompt: what is asked, Markdown.
        rubric: for the person who reads the answer; students never see it.
        stub: what stands in the students' notebook before anything is written.
        is_code: the answer is a code cell (a plot), no text.
    """

    name: str
    points: float
    prompt: str = ""
    rubric: str = ""
    stub: str = ""
    is_code: bool = False
