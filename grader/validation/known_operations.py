"""Which functions of a solution are known operations: told by their values alone, whatever they are called.

A function is one if it passes every check that the library has of the operation, in one of its conventions and with
several draws of random inputs: so it takes the same arguments in the same order, and gives the same results on them.
What two operations would fit, or none entirely, is none.
"""

import inspect
import io
import itertools
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from grader.assignments import Assignment, AssignmentError, ContractFunction, read_assignment
from grader.assignments.chosen_operations import Choice, operations, write_chosen
from grader.assignments.operation import Operation
from grader.checks.local import Solution, Variant
from grader.checks.run import CheckFault, CheckSetting, run_check

_SEEDS = (0, 1, 2, 3)
_SECONDS = 2.0  # for all checks of one function: what is none of these may wait for something that never comes
_MOST_VALUES = 4  # of a convention that are tried


@dataclass(frozen=True)
class Known:
    """A function of a solution that is an operation: `function` is what its formula calls it."""

    name: str
    operation: str
    function: str
    conventions: Mapping[str, Any]
    codes: tuple[str, ...]

    def __str__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.conventions.items())
        what = self.function if self.function == self.operation else f"{self.function} of {self.operation}"
        return f"{what}({given})" if given else what

    @property
    def use(self) -> str:
        """Its lines in a `composition.py`: the mistakes in this function alone; no check, so that no points move."""
        names = [] if self.name == self.function else [f'names={{"{self.function}": "{self.name}"}}']
        quoted = "".join(f'            "{code}",\n' for code in self.codes)
        given = [f"{name}={value!r}".replace("'", '"') for name, value in self.conventions.items()]
        lines = "".join(f"        {argument},\n" for argument in (*names, *given))
        return f"    {self.operation}.use(\n{lines}        only=(\n{quoted}        ),\n    ),"


def known_operations(contract: Sequence[ContractFunction], solution: ModuleType) -> list[Known]:
    """Those functions of a contract that are operations of the library; none where no library is installed."""
    try:
        known = operations()
    except AssignmentError:
        return []
    found = []
    for function in contract:
        if function.kind != "function" or not callable(getattr(solution, function.name, None)):
            continue
        able = {name: operation for name, operation in known.items() if operation.graded and not operation.goes_with}
        try:
            fitting = [m for name, operation in able.items() if (m := _match(function, solution, name, operation))]
        except _TimeIsUp:
            continue
        if len(fitting) == 1:
            found.append(fitting[0])
    return found


def propose_operations(folder: Path) -> list[Known]:
    """Write a `composition.py` beside a notebook, with those functions whose mistakes have names then.

    Returns every function that is known, also those of which the library has checks alone.

    Raises:
        AssignmentError: the assignment cannot be read.
    """
    assignment = read_assignment(folder)
    found = known_operations(assignment.contract, assignment.new_solution())
    named = [one for one in found if one.codes]
    path = folder / "composition.py"
    if not named or path.exists():
        return found
    path.write_text(composition_of(named), "utf-8")
    try:
        read_assignment(folder)
    except AssignmentError:  # a name of the notebook's own is in the way: it is as it was without
        path.unlink()
        return []
    return found


def composition_of(found: Sequence[Known]) -> str:
    """The text of a `composition.py` that says it."""
    names = ", ".join(sorted({one.operation for one in found}))
    lines = [
        '"""Functions that the library knows by their values, so that their mistakes are named.',
        "",
        "Take a line away where it is not meant. `points=5` in one adds the library's own checks of that function; the",
        "points in assignment.toml have to be so many more then.",
        '"""',
        "",
        f"from operations import {names}",
        "",
        "USES = (",
        *(one.use for one in found),
        ")",
    ]
    return "\n".join(lines) + "\n"


def _match(function: ContractFunction, solution: ModuleType, name: str, operation: Operation) -> Known | None:
    for asked in operation.graded:
        if len(_positional(operation.function(asked))) != len(function.parameters):
            continue
        for conventions in _ways(operation):
            trial = _trial(name, tuple(conventions.items()))
            if trial is not None and _is_same(function, solution, trial, asked):
                codes = tuple(entry.code for entry in operation.known if entry.step == asked and not entry.accepted)
                return Known(function.name, name, asked, conventions, codes)
    return None


def _ways(operation: Operation) -> Iterator[Mapping[str, Any]]:
    """Every set of conventions that anything is known about, the default first."""
    values: dict[str, list[Any]] = {}
    for only in (*(entry.only for entry in operation.known), *(entry.only for entry in operation.verified)):
        for name, told in only.items():
            for value in told if isinstance(told, tuple) else (told,):
                if value not in values.setdefault(name, [operation.conventions[name]]):
                    values[name].append(value)
    for chosen in itertools.product(*(found[:_MOST_VALUES] for found in values.values())):
        pairs = zip(values, chosen, strict=True)
        yield {name: value for name, value in pairs if value != operation.conventions[name]}


@lru_cache(maxsize=200)
def _trial(name: str, conventions: tuple[tuple[str, Any], ...]) -> Assignment | None:
    """An assignment of one operation; None where it has no checks under these conventions."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "trial"
        try:
            write_chosen(folder, [Choice(operations()[name], dict(conventions))])
            return read_assignment(folder)
        except AssignmentError:
            return None


def _is_same(function: ContractFunction, solution: ModuleType, trial: Assignment, asked: str) -> bool:
    declared = next((one for one in trial.contract if one.name == asked), None)
    checks = [check for check in trial.checks if check.function == asked]
    if declared is None or not checks or len(declared.parameters) != len(function.parameters):
        return False
    own = ModuleType("solution")
    setattr(own, asked, getattr(solution, function.name))  # what a check asks of others is not there, and it fails
    try:
        with _at_most(_SECONDS), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            return all(_passes(trial, checks, own, seed) for seed in _SEEDS)
    except SystemExit:
        return False


def _positional(function: Callable[..., Any]) -> list[str]:
    """The parameters of a formula without its conventions, which are keyword-only."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [name for name, one in inspect.signature(function).parameters.items() if one.kind in kinds]


def _passes(trial: Assignment, checks: Sequence[Any], own: ModuleType, seed: int) -> bool:
    setting = CheckSetting(Solution(trial.contract, trial.solution), seed, None)
    try:
        return all(run_check(check, Variant(trial.contract, own), setting).passed for check in checks)
    except CheckFault:
        return False


class _TimeIsUp(BaseException):
    """Raised into whatever runs; no function catches it as an error of its own."""


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raises _TimeIsUp in what takes longer; outside the main thread nothing can be stopped, and nothing is."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _TimeIsUp

    before: Callable[..., Any] | int | None = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
