"""Which functions of a solution are known operations: told by their values alone, whatever they are called.

A function is one if it passes every check that the library has of the operation, in one of its conventions and with
several draws of random inputs: so it takes the same arguments in the same order, and gives the same results on them.
What two operations would fit, or none entirely, is none. A backward pass is judged with the cache of the forward pass
that belongs to it, which has to be known before.
"""

import inspect
import io
import itertools
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from grader.assignments import Assignment, AssignmentError, ContractFunction, read_assignment
from grader.assignments.chosen_operations import Choice, operations, operations_behind, write_chosen
from grader.assignments.operation import Operation
from grader.checks.local import Solution, Variant
from grader.checks.run import CheckFault, CheckSetting, run_check

_SEEDS = (0, 1, 2, 3)
_SECONDS = 2.0  # for all checks of one function: what is none of these may wait for something that never comes
_MOST_VALUES = 4  # of a convention that are tried


@dataclass(frozen=True)
class Known:
    """A function of a solution that is an operation.

    Attributes:
        function: what its formula calls it.
        codes: of mistakes that take the place of the whole function.
        is_replaced: whether the library's own writing takes its place, so that mistakes are planted in its steps: of
            what nothing is known as a whole, and of two that share a cache. One that gives a cache never goes alone.
    """

    name: str
    operation: str
    function: str
    conventions: Mapping[str, Any]
    codes: tuple[str, ...]
    is_replaced: bool = False

    def __str__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.conventions.items())
        what = self.function if self.function == self.operation else f"{self.function} of {self.operation}"
        return f"{what}({given})" if given else what


def known_operations(contract: Sequence[ContractFunction], solution: ModuleType) -> list[Known]:
    """Those functions of a contract that are operations of the library; none where no library is installed."""
    try:
        known = operations()
    except AssignmentError:
        return []
    able = {name: operation for name, operation in known.items() if operation.graded and not operation.goes_with}
    functions = [one for one in contract if one.kind == "function" and callable(getattr(solution, one.name, None))]
    found: dict[str, Known] = {}
    for function in functions:
        with suppress(_TimeIsUp):
            fitting = [m for name, operation in able.items() if (m := _match(function, solution, name, operation))]
            if len(fitting) == 1:
                found[function.name] = fitting[0]
    for function in functions:
        if function.name not in found:
            with suppress(_TimeIsUp):
                pairs = list(_backward_passes(function, solution, list(found.values()), able))
                if len(pairs) == 1:
                    found[function.name], forward = pairs[0]
                    found[forward.name] = replace(forward, is_replaced=True)
    return [found[function.name] for function in functions if function.name in found]


def _backward_passes(
    function: ContractFunction, solution: ModuleType, found: Sequence[Known], able: Mapping[str, Operation]
) -> Iterator[tuple[Known, Known]]:
    """What a function may be that is given the cache of a function found before, and that one."""
    for forward in (one for one in found if one.operation in able):
        operation = able[forward.operation]
        for asked in operation.graded:
            trial = _trial(forward.operation, tuple(forward.conventions.items()))
            if asked != forward.function and trial and _is_same(function, solution, trial, asked, (forward,)):
                yield replace(_known(function.name, operation, asked, forward.conventions), is_replaced=True), forward


def _known(name: str, operation: Operation, asked: str, conventions: Mapping[str, Any]) -> Known:
    """Of a function that a formula borrows, the one that it is borrowed from knows the mistakes."""
    module = operation.formula.borrowed.get(asked)
    owner = next((one for one in operations().values() if one.formula.name == module), operation)
    codes = tuple(entry.code for entry in owner.known if entry.step == asked and not entry.accepted)
    return Known(name, owner.name, asked, conventions if owner is operation else {}, codes)


def propose_operations(folder: Path) -> list[Known]:
    """Write a `composition.py` beside a notebook, with those functions whose mistakes have names then.

    Returns every function that is known, also those of which the library has checks alone.

    Raises:
        AssignmentError: the assignment cannot be read.
    """
    assignment = read_assignment(folder)
    found = known_operations(assignment.contract, assignment.new_solution())
    path = folder / "composition.py"
    if not found or path.exists():
        return found
    passing = _passing(assignment)
    for named in (found, [one for one in found if one.codes and not one.is_replaced]):
        text = composition_of(named)
        if not text:
            continue
        path.write_text(text, "utf-8")
        try:
            if _passing(read_assignment(folder)) >= passing:
                return found
        except AssignmentError:  # a name of the notebook's own is in the way
            pass
        path.unlink()
    return found


def _passing(assignment: Assignment) -> set[str]:
    """The checks that the solution passes."""
    setting = CheckSetting(Solution(assignment.contract, assignment.solution), 0, None)
    passed = set()
    for check in assignment.checks:
        with suppress(CheckFault), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            own = Variant(assignment.contract, assignment.new_solution())
            if run_check(check, own, setting).passed:
                passed.add(check.id)
    return passed


def composition_of(found: Sequence[Known]) -> str:
    """The text of a `composition.py` that says it; "" where no mistake would have a name."""
    groups: dict[tuple[str, str], list[Known]] = {}
    for one in found:
        groups.setdefault((one.operation, repr(one.conventions)), []).append(one)
    uses = [_use(group) for group in groups.values() if any(one.codes or one.is_replaced for one in group)]
    if not uses:
        return ""
    behind = [Choice(operations()[one.operation], one.conventions) for one in found if one.is_replaced]
    used = {operation for operation, _ in groups}
    others = {name: line for name, line in operations_behind(behind).items() if name not in used}
    names = ",\n    ".join(sorted({*used, *others}))
    lines = [
        '"""Functions that the library knows by their values, so that their mistakes are named.',
        "",
        "Take a line away where it is not meant. `points=5` in one adds the library's own checks of that function; the",
        "points in assignment.toml have to be so many more then. With `replaces` the library's own writing of these",
        "functions, in small steps, stands in the solution for yours.",
        '"""',
        "",
        f"from operations import (\n    {names},\n)",
        "",
        "USES = (",
        *uses,
        *others.values(),
        ")",
    ]
    return "\n".join(lines) + "\n"


def _use(group: Sequence[Known]) -> str:
    """The lines of one use: the mistakes in these functions, of a cached pair those in its steps; no points move."""
    names = {one.function: one.name for one in group if one.name != one.function}
    given = [f"names={names!r}"] if names else []
    given += [f"{name}={value!r}" for name, value in group[0].conventions.items()]
    lines = "".join(f"        {argument},\n".replace("'", '"') for argument in given)
    if replaced := [one.name for one in group if one.is_replaced]:
        quoted = "".join(f'            "{name}",\n' for name in replaced)
        return f"    {group[0].operation}.use(\n{lines}        replaces=(\n{quoted}        ),\n    ),"
    quoted = "".join(f'            "{code}",\n' for one in group for code in one.codes)
    return f"    {group[0].operation}.use(\n{lines}        only=(\n{quoted}        ),\n    ),"


def _match(function: ContractFunction, solution: ModuleType, name: str, operation: Operation) -> Known | None:
    for asked in operation.graded:
        if len(_positional(operation.function(asked))) != len(function.parameters):
            continue
        for conventions in _ways(operation):
            trial = _trial(name, tuple(conventions.items()))
            if trial is not None and _is_same(function, solution, trial, asked):
                found = _known(function.name, operation, asked, conventions)
                declared = next(one for one in trial.contract if one.name == asked)
                return replace(found, is_replaced=not found.codes and not declared.kept)
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


def _is_same(
    function: ContractFunction, solution: ModuleType, trial: Assignment, asked: str, given: Sequence[Known] = ()
) -> bool:
    declared = next((one for one in trial.contract if one.name == asked), None)
    checks = [check for check in trial.checks if check.function == asked]
    if declared is None or not checks or len(declared.parameters) != len(function.parameters):
        return False
    own = ModuleType("solution")
    for one in given:
        setattr(own, one.function, getattr(solution, one.name))
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
