"""What an assignment's `checks.py` and `mistakes.py` declare, and the decorators they declare it with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CheckFunction = Callable[..., None]


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

    @property
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
        arguments = run.__code__.co_varnames[: run.__code__.co_argcount]
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
class Mistake:
    """A known wrong replacement for one named step of the solution."""

    code: str
    step: str
    title: str
    explain: str
    hints: tuple[str, ...]
    replacement: Callable[..., Any]
    functions: tuple[str, ...] = ()


def mistake(
    code: str, *, step: str, title: str, explain: str, hints: tuple[str, ...] | list[str]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare the decorated function as a known wrong replacement for the solution's `step`.

    Args:
        code: stable name, `function.what-is-wrong`.
        step: name of the function in `solution.py` that it replaces; the signature is the same.
        title: the mistake in one line, in the words of the report.
        explain: why it is one; Unicode text, code in backticks, formulas between `$`.
        hints: from a nudge to a pointer.
    """

    def declare(replacement: Callable[..., Any]) -> Callable[..., Any]:
        function = code.partition(".")[0]
        replacement.declaration = Mistake(  # type: ignore[attr-defined]
            code, step, title, explain, tuple(hints), replacement, (function,)
        )
        return replacement

    return declare
