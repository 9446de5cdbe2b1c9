"""What following a training step by step tells of it, where nothing else explains what is wrong.

The call that a check made is made again in a cell that records every operation, and from that the network is
read as in `grade explain`: from the output down, each quantity is judged with those really used above it. The first
one that is wrong is told if it is right in the solution, followed through the same call.
"""

import ast
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np

from grader.assignments import Assignment, Check, ContractFunction
from grader.checks.implementation import CallFailed, Function, Hidden
from grader.checks.loaded import LoadedSubmission
from grader.checks.record import recording
from grader.checks.run import CheckRun, CheckSetting
from grader.checks.student import Student
from grader.diagnosis.cases.verdict import WEAK, Described, Verdict, says_little
from grader.diagnosis.cases.where import Source
from grader.diagnosis.planted.confirm import is_quick
from grader.reading.costs import CostOption
from grader.reading.explained_calls import Followed, explain_recording
from grader.reading.recorded.recording import BadRecording, Recording
from grader.reading.runs.run import recording_of_calls
from grader.reading.told.explanation import Explanation, Fault
from grader.sandbox import CellFailure
from grader.submissions import load_source

STEPS = 5  # calls of what makes one step
CALLS_OF_A_CHECK = 3
CALLS_FOLLOWED = 6  # of one function, by its failed checks
MOST_EVENTS = 20_000  # of a recording that is read
OF_NUMBERS = WEAK | {"first-wrong-value", "missing-term"}  # where a mistake that has a name takes their place
CallOfACheck: TypeAlias = tuple[str, str, int, int]  # function, check, number of the call, seed
UNEXPLAINED = "unexplained"  # a quantity of which only is known that it is wrong


def with_first_wrong(verdict: Verdict, found: Described) -> Verdict:
    """What is told of a function with its first wrong quantity; the latter where nothing tells more."""
    kinds = {one.code.rpartition(".")[2] for one in verdict.described}
    if says_little(verdict):
        return replace(verdict, described=(found, *verdict.described))
    if verdict.named or verdict.follows_from or found.code.endswith(f".{UNEXPLAINED}") or not kinds <= OF_NUMBERS:
        return verdict
    return replace(verdict, described=(found,))


class Trainings:
    """Follows the trainings of one submission; what was read of the solution's is kept for the next one's."""

    def __init__(
        self,
        assignment: Assignment,
        setting: CheckSetting,
        student: Student,
        source: Source,
        followed: dict[CallOfACheck, Followed | None],
    ) -> None:
        self.assignment, self.setting, self.student, self.source = assignment, setting, student, source
        self._followed = followed

    def first_wrong(self, function: str, runs: Sequence[CheckRun]) -> tuple[str, Described] | None:
        """The function that holds the first quantity that goes wrong in a training, and what is wrong with it.

        None where that cannot be said.
        """
        own = [run for run in runs if run.check.function == function and run.result.status in ("passed", "failed")]
        if any(not run.passed for run in own if is_quick(run)):  # else a few steps of a long training are enough
            own = [run for run in own if is_quick(run)]
        own.sort(key=lambda run: not is_quick(run))
        readable = {run.check.id: right for run in own if (right := self._right(function, run.check, 0)) is not None}
        if not readable:
            return None
        anywhere = next(iter(readable.values()))
        failed = sorted((run for run in own if not run.passed), key=lambda run: run.check.id not in readable)
        calls = [(run, number) for number in range(CALLS_OF_A_CHECK) for run in failed]
        calls += [(run, 0) for run in own if run.passed and run.check.id in readable]  # it is wrong in these as well
        for run, number in calls[:CALLS_FOLLOWED]:
            if self.student.has_used_half_its_time:
                return None
            found = self._explained(function, run.check, number, self.student.loaded, anywhere.used_cost)
            if found is not None and found.explanation.faults:
                right = self._right(function, run.check, number) or anywhere
                holder = self._holder(function, found.explanation.faults[0], right.explanation, runs)
                return (holder, _described(holder, function, found.explanation)) if holder else None
        return None

    def _right(self, function: str, check: Check, number: int) -> Followed | None:
        """What is read of the solution in a call, if it can be followed."""
        key = (function, check.id, number, self.setting.seed)
        if key not in self._followed:
            own = self.student.loaded
            text = load_source(self.assignment.solution_source, "solution.py")
            solution = LoadedSubmission(text, own.sandbox, own.limits, own.load_seconds, own.seed)
            found = self._explained(function, check, number, solution, None)
            self._followed[key] = found if found is not None and not found.explanation.faults else None
        return self._followed[key]

    def _explained(
        self, function: str, check: Check, number: int, loaded: LoadedSubmission, cost: CostOption | None
    ) -> Followed | None:
        """What is read of a call of a function that a check makes, the first one being number 0."""
        again = loaded.again(loaded.used)
        again.adaptation = recording_of_calls()
        missing = self.student.missing if loaded is self.student.loaded else {}
        student = _Recorded([*self.student.contract.values()], again, missing, function, number)
        try:
            with again, recording(is_judged=False):
                again.load()
                self.setting.run(check, student)
        except _Seen as seen:
            found = seen.recording
        except Exception:  # whatever a check trips over when values are not what it expects
            return None
        else:
            return None
        if len(found.events) > MOST_EVENTS or found.end == "time":
            return None
        with np.errstate(all="ignore"):
            return explain_recording(found, loaded.submission, cost)

    def _holder(self, function: str, fault: Fault, right: Explanation, runs: Sequence[CheckRun]) -> str:
        """The function of the contract whose text holds what is wrong; "" if the solution has it wrong, too.

        And "" if it is what a function gives that passes its checks, and that this one calls.
        """
        place = fault.location
        if place is None or place.line is None:
            return ""
        is_of_the_rule = fault.quantity == "step"  # the solution's has no mistake, or nothing would be compared
        if not is_of_the_rule and not any((one.name, one.status) == (fault.quantity, "right") for one in right.chain):
            return ""
        given = next((one.location for one in right.chain if one.name == fault.quantity), None)
        if given is not None and given.line is not None and self._is_right_there(function, given.line, runs):
            return ""
        holders = [name for name in self.assignment.function_names if self.source.holds(name, place)]
        return function if function in holders or not holders else holders[0]

    def _is_right_there(self, function: str, line: int, runs: Sequence[CheckRun]) -> bool:
        """Whether a line of the solution is run by another function, which is right in the submission and called."""
        step = function_at(self.assignment.solution_source, line)
        reached = {one for one, _, _ in self.source.reached(function)} & {*self.assignment.function_names} - {function}
        right = reached - {run.check.function for run in runs if not run.passed}
        return any(step == name or step in self.assignment.reached_steps.get(name, ()) for name in right)


def function_at(source: str, line: int) -> str:
    """The function, or method with its class's name, that a line of a text stands in; "" if it stands in none."""
    body: Sequence[ast.stmt] = ast.parse(source).body
    owner = ""
    while one := next((one for one in body if one.lineno <= line <= (one.end_lineno or 0)), None):
        if isinstance(one, ast.FunctionDef):
            return f"{owner}{one.name}"
        if not isinstance(one, ast.ClassDef):
            return ""
        owner, body = f"{one.name}.", one.body
    return ""


class _Seen(BaseException):
    """Ends a check: the call that it was run for has been made."""

    def __init__(self, recording: Recording) -> None:
        super().__init__()
        self.recording = recording


class _Recorded(Student):
    """A submission of which one call of a function is recorded, and made several times if it is one step."""

    def __init__(
        self,
        contract: Sequence[ContractFunction],
        loaded: LoadedSubmission,
        missing: Mapping[str, str],
        function: str,
        number: int,
    ) -> None:
        super().__init__(contract, loaded, missing)
        self.function, self.before = function, number

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        if function.name != self.function or self.before > 0:
            self.before -= function.name == self.function
            return super().call(function, arguments, named)
        self.loaded.call("", "__grader_begin__", [], {})
        try:
            for _ in range(STEPS):
                result = super().call(function, arguments, named)
                following = _handed_on(arguments, result)
                keeps_state = function.instance is not None or any(type(one) is Hidden for one in arguments)
                if following is None and not keeps_state:
                    break
                arguments = following or arguments
        except CallFailed:
            pass  # of what was recorded enough, or it fails as it did before
        try:
            seen = Recording.of(self.loaded.call("", "__grader_recording__", [], {}).value)
        except (CellFailure, BadRecording) as error:
            raise CallFailed(function.name, str(error)) from error
        raise _Seen(seen)


def _handed_on(arguments: Sequence[Any], result: Any) -> Sequence[Any] | None:
    """The arguments of the next step, where a result holds what can take the place of one; None if it does not."""
    parts = [result, *(result.values() if isinstance(result, dict) else result if isinstance(result, tuple) else ())]
    for number, argument in enumerate(arguments):
        if isinstance(argument, dict | list):
            for part in parts:
                if part is not argument and _form(part) == _form(argument) is not None:
                    return [*arguments[:number], part, *arguments[number + 1 :]]
    return None


def _form(thing: Any) -> Any:
    """The shapes of arrays in a dict or list; None of what holds anything else."""
    items = [*thing.items()] if isinstance(thing, dict) else [*enumerate(thing)] if isinstance(thing, list) else []
    if not items or not all(isinstance(value, np.ndarray) for _, value in items):
        return None
    return type(thing), {key: value.shape for key, value in items}


def _described(holder: str, function: str, found: Explanation) -> Described:
    fault = found.faults[0]
    above = itertools.takewhile(lambda one: one.name != fault.quantity, found.chain)  # below, it is used as it is
    # How gradients are scaled is not asked there: of those that lack a mean all may be "right", as long as all lack it.
    scaled = found.network is None or found.network.cost_scaling != "mean"
    before = [one.name for one in above if one.status == "right" and not (scaled and one.name[0] in "δd")]
    explanation = " ".join(part for part in (fault.explanation, fault.effect) if part)
    return Described(
        code=f"{holder}.{fault.code}",
        title=f"The {fault.title[4:]}" if fault.title.startswith("the ") else fault.title,  # a dW stays what it is
        explanation=f"{explanation}\n\nSo it was read from the steps that a check had `{function}` make. Layers "
        f"are numbered from 1. Right in these steps: {', '.join(before)}."
        if before
        else explanation,
        hints=(f"Is {fault.quantity} what it should be? Work it out by hand for one sample.",),
        confidence="likely",
        evidence={"quantity": fault.quantity, "line": fault.text},
        location=fault.location,
    )
