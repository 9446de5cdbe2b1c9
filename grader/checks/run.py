"""Running the checks of an assignment against one submission."""

import os
import random
import re
import time
import traceback
import zlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from grader.assignments import Check
from grader.checks.describe import describe
from grader.checks.implementation import CallFailed, Implementation
from grader.checks.local import Solution, Variant
from grader.checks.record import CheckRecord, EpochDone, Failed, recording
from grader.datasets import Dataset
from grader.report import CheckResult

_SHOWN = re.compile(r"<doctest (?P<file>.*)\[\d+\]>")  # what doctest calls a statement whose output is compared
REDRAWS = 3  # of a check, at most


@dataclass(frozen=True)
class CheckRun:
    """One check that was run: its result, and what the diagnosis needs besides."""

    check: Check
    result: CheckResult
    record: CheckRecord
    blamed: str | None = None  # the function whose call failed, when that is not the one checked
    stopped_by: str | None = None  # another method of its class, whose call failed before the checked one was called

    @property
    def passed(self) -> bool:
        return self.result.status == "passed"


@dataclass(frozen=True)
class CheckSetting:
    """What every check of one grading shares."""

    solution: Solution
    seed: int
    dataset: Dataset | None
    redrawn: dict[str, int] = field(default_factory=dict)  # check -> how often
    fair: set[tuple[str, int, int]] = field(default_factory=set)  # checks that the solution passes, by their draws

    def random_generator(self, check: Check) -> np.random.Generator:
        """A generator for one check: independent of which other checks run, the same whenever it is run."""
        again = [self.redrawn[check.id]] if check.id in self.redrawn else []
        return np.random.default_rng([self.seed, zlib.crc32(check.id.encode()), *again])

    def redraw(self, check: Check) -> bool:
        """Give a check other random numbers if the solution fails with these; whether it did so.

        Of thousands of draws one may be so odd that nobody passes (a ReLU of negative numbers alone); then it says
        nothing about the submission.
        """
        redrawn = False
        while "dataset" not in check.arguments and self.redrawn.get(check.id, 0) < REDRAWS and not self._is_fair(check):
            self.redrawn[check.id] = self.redrawn.get(check.id, 0) + 1
            redrawn = True
        return redrawn

    def _is_fair(self, check: Check) -> bool:
        try:
            return not self.failures_of_solution(check)
        except Exception:
            return False

    def failures_of_solution(self, check: Check) -> Sequence[str]:
        """What a check with these random numbers does not accept of the solution; once it accepts all, it always does.

        Raises:
            Exception: whatever the check raises.
        """
        draw = check.id, self.seed, self.redrawn.get(check.id, 0)
        if draw in self.fair:
            return ()
        with recording() as record:
            self.run(check, Variant(tuple(self.solution.contract.values()), self.solution.module))
        if not record.failures:
            self.fair.add(draw)
        return record.failures

    def run(self, check: Check, student: Implementation) -> float | None:
        """Run the check's own code, and give the points that it tells; CallFailed comes through."""
        available = {
            "student": student,
            "solution": self.solution,
            "rng": self.random_generator(check),
            "dataset": self.dataset,
        }
        self.seed_global_generators(check)
        with np.errstate(all="ignore"):
            told: float | None = check.run(**{name: available[name] for name in check.arguments})
        return told

    def seed_global_generators(self, check: Check) -> None:
        """Numbers that a check or the solution draws without `rng` are the same for every submission, too."""
        seed = zlib.crc32(f"{self.seed} {check.id}".encode())
        np.random.seed(seed)
        random.seed(seed)


def run_checks(
    checks: Sequence[Check],
    student: Implementation,
    setting: CheckSetting,
    *,
    on_check: Callable[[Check, CheckResult], None] = lambda check, result: None,
    on_epoch: Callable[[EpochDone], None] | None = None,
) -> list[CheckRun]:
    """Run checks one after the other; a failure of the submission in one never stops the next.

    Raises:
        CheckFault: a check itself is faulty (the fault is the assignment's, not the student's).
    """
    runs = []
    for check in checks:
        run = run_check(check, student, setting, on_epoch)
        if not run.passed and setting.redraw(check):
            run = run_check(check, student, setting, on_epoch)
        runs.append(run)
        on_check(check, run.result)
    return runs


class CheckFault(Exception):
    """A check of the assignment failed by itself: its author's fault, never points off."""


def run_check(
    check: Check, student: Implementation, setting: CheckSetting, on_epoch: Callable[[EpochDone], None] | None = None
) -> CheckRun:
    """Run one check and judge it."""
    started = time.perf_counter()
    failure: CallFailed | None = None
    told: float | None = None
    with recording(on_epoch) as record:
        try:
            told = setting.run(check, student)
        except CallFailed as failed:
            failure = failed.with_traceback(None)  # whose frames hold all that was returned
        except AssertionError as error:
            record.fail(str(error) or "what is asserted does not hold")
        except Exception as error:
            demand_sound_check(check, setting, error)
            record.fail(_unusable(record, error))
    seconds = time.perf_counter() - started
    return (
        failed_call(check, record, failure, seconds, student.contract)
        if failure
        else judged(check, record, seconds, told)
    )


def passes(check: Check, student: Implementation, setting: CheckSetting) -> bool:
    """Whether a check passes, as `run_check` tells; it ends where it fails first."""
    with recording(ends_at_failure=True) as record:
        try:
            told = setting.run(check, student)
        except (Failed, CallFailed, AssertionError):
            return False
        except Exception as error:
            demand_sound_check(check, setting, error)
            return False
    return not record.failures and (told is None or told >= check.points)


def judged(check: Check, record: CheckRecord, seconds: float, told: float | None = None) -> CheckRun:
    """The run of a check that went through: passed unless it noted a failure, or told that only some points are due."""
    points = check.points if told is None else min(max(float(told), 0.0), check.points)
    if points < check.points and not record.failures:
        record.fail(f"right in part: {points:g} of {check.points:g} points")
    passed = not record.failures
    score = check.points if passed else points if told is not None else 0.0
    result = CheckResult(
        id=check.id,
        title=check.title,
        status="passed" if passed else "failed",
        score=score,
        max_score=check.points,
        message="; ".join(record.failures[:6]),
        outline="; ".join(record.outlines[:6]),
        comparisons=tuple(record.comparisons),
        seconds=seconds,
    )
    return CheckRun(check, result, record)


def _unusable(record: CheckRecord, error: Exception) -> str:
    """What to tell about a value that the check's own code tripped over: most likely the last that it read."""
    reason = f"{type(error).__name__}: {error}"
    if not record.observations:
        return f"the check could not go on: {reason}"
    last = record.observations[-1]
    return f"what `{last.function}` gave ({describe(last.value)}) could not be used: {reason}"


def demand_sound_check(check: Check, setting: CheckSetting, error: Exception) -> None:
    """A check that trips over a wrong value of the submission is sound; one that trips over the solution is not.

    Raises:
        CheckFault: it is not.
    """
    try:
        failures = setting.failures_of_solution(check)
    except Exception as own:
        place = author_place(own)
        raise CheckFault(f"{place}check {check.id} fails on the solution: {type(own).__name__}: {own}") from error
    if failures:
        place = author_place(error)
        raise CheckFault(f"{place}check {check.id} does not accept the solution: {failures[0]}") from error


def author_place(error: BaseException) -> str:
    """The innermost line of an assignment's own files that an exception passed: `softplus/checks.py, line 12: `."""
    others = (
        Path(__file__).parents[1],
        Path(os.__file__).parent,
    )  # the grader, Python's own library and packages in it
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    theirs = [(path, line) for path, line in frames if not any(path.is_relative_to(other) for other in others)]
    if not theirs:
        return ""
    path, line = theirs[-1]
    if shown := _SHOWN.fullmatch(str(path)):  # its lines are counted from the statement on
        return f"{Path(shown['file']).parent.name}/{Path(shown['file']).name}: "
    return f"{path.parent.name}/{path.name}, line {line}: "


def failed_call(
    check: Check, record: CheckRecord, failure: CallFailed, seconds: float, contract: Collection[str]
) -> CheckRun:
    """The run of a check that ended in a call without a result.

    What is no class of the contract, as a module that the assignment provides, is not to blame for what it lacks.
    """
    owners = {name.partition(".")[0] for name in contract}
    is_asked_for = failure.function.partition(".")[0] in owners
    is_another = failure.function.partition(".")[0] != check.function.partition(".")[0]
    # What a method raises may come from the state that the checked one has left; what is not written yet does not.
    is_another |= failure.status == "missing" and failure.function != check.function
    blamed = failure.function if is_another and is_asked_for else None
    if blamed is not None:
        message = f"needs `{blamed}`: {failure.message}"
        status = "skipped"
    else:
        message = failure.message
        status = {"timeout": "timeout", "missing": "skipped"}.get(failure.status, "error")
    result = CheckResult(
        id=check.id,
        title=check.title,
        status=status,
        score=0.0,
        max_score=check.points,
        message="; ".join([*record.failures[:3], message]),
        outline="; ".join([*record.outlines[:3], message]),
        comparisons=tuple(record.comparisons),
        error=failure.error,
        seconds=seconds,
    )
    has_begun = any(seen.function == check.function for seen in record.observations)
    is_method = is_asked_for and "." in failure.function  # what a constructor raises is the class's own
    stopped_by = failure.function if is_method and failure.function != check.function and not has_begun else None
    return CheckRun(check, result, record, blamed, stopped_by)
