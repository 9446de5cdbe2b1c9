"""Follow-ons: a function that is wrong only because another one, which it calls, is.

Whether it is gets tried, not guessed: the solution is run in the student's place with the student's other failing
functions put into it. If that shows every value (and error) that the submission showed, the function itself is right.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from grader.assignments import Assignment
from grader.checks.implementation import Function, Variant
from grader.checks.observations import reproduces
from grader.checks.run import CheckRun, CheckSetting
from grader.checks.student import Student


def follow_ons(
    assignment: Assignment, runs: Sequence[CheckRun], student: Student, setting: CheckSetting
) -> dict[str, tuple[str, ...]]:
    """For each function that fails only because of others: the first causes, in the contract's order.

    A function that is not there fails for that reason alone.
    """
    failed = {
        name: [r for r in runs if r.check.function == name and not r.passed] for name in assignment.function_names
    }
    failing = {name for name, own in failed.items() if own}
    found: dict[str, tuple[str, ...]] = {}
    for name in assignment.function_names:
        if not failed[name] or name in student.missing:
            continue
        causes = _causes(assignment, name, failed[name], failing - {name}, student, setting)
        if causes:
            first = {root for cause in causes for root in found.get(cause, (cause,))} - {name}
            found[name] = tuple(function for function in assignment.function_names if function in first)
    return found


def _causes(
    assignment: Assignment,
    name: str,
    runs: Sequence[CheckRun],
    others: Collection[str],
    student: Student,
    setting: CheckSetting,
) -> tuple[str, ...]:
    blamed = {run.blamed for run in runs if run.blamed}
    unblamed = [run for run in runs if not run.blamed]
    if not unblamed:
        return tuple(function for function in assignment.function_names if function in blamed)
    if any(probe.function == name for probe in assignment.probes):
        return ()  # it draws random numbers of its own: the diagnosis looks at it step by step
    # A training run asks the student's functions thousands of times; it tells only where nothing else does.
    unblamed = [run for run in unblamed if "dataset" not in run.check.arguments] or unblamed
    plain = {entry.name for entry in assignment.contract if entry.is_plain and entry.kind == "function"}
    borrowed = plain & set(others)
    if not borrowed:
        return ()
    used: set[str] = set()
    for run in unblamed:
        variant = _solution_with(assignment, borrowed, student, used)
        if not reproduces(run, variant, setting):
            return ()
    return tuple(function for function in assignment.function_names if function in used | blamed)


def _solution_with(assignment: Assignment, names: Collection[str], student: Student, used: set[str]) -> Variant:
    def borrowed(name: str) -> Callable[..., Any]:
        function = Function(student, name)

        def call(*arguments: Any) -> Any:
            used.add(name)
            return student.call(function, arguments, {})

        return call

    module = assignment.new_solution({name: borrowed(name) for name in names})
    return Variant(assignment.contract, module)
