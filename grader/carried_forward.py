"""Errors carried forward: functions that fail because of others are judged once more, with right ones in their place.

A check that passes then has failed for the others alone, and its points are due. It is the check itself that says so,
on a function that has the same text as before, so that what is wrong in it fails as before.
"""

import builtins
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from grader.assignments import Assignment
from grader.checks.allowance import Allowance, Allowances, arrays_of
from grader.checks.demands import Unmet, unmet_demands
from grader.checks.run import CheckFault, CheckRun, CheckSetting, run_check
from grader.checks.served import ServedStudent
from grader.report import CarriedForwardTerms
from grader.sandbox import CellFailure

SHARES: Mapping[CarriedForwardTerms, float] = {"full": 1.0, "half": 0.5, "none": 0.0}
SERVED_PATIENCE = 4.0  # times a call's own limit, for a call that is answered from this side
SHARE_OF_TIME = 0.5  # of a submission's time that is left for this, where the first run has used more


@dataclass(frozen=True)
class Carried:
    """A check that failed, and passes with right functions: the run in which it does, and which functions these are."""

    run: CheckRun
    helpers: tuple[str, ...]


@dataclass(frozen=True)
class StillWrong:
    """A function that fails with right ones in the place of some: these are not all that is wrong with it.

    Attributes:
        helpers: the right functions that it asked.
        served: all that were there to be asked.
        said: the exception that ended it, with its line; "" if it gave wrong values.
    """

    helpers: tuple[str, ...]
    served: frozenset[str]
    said: str = ""

    @property
    def told(self) -> str:
        """One sentence for the student; "" if no right function was asked."""
        if not self.helpers:
            return ""
        names = " and ".join(f"`{name}`" for name in self.helpers)
        place = "its place" if len(self.helpers) == 1 else "their places"
        return f"with a right {names} in {place} it still fails" + (f": {self.said}" if self.said else "")


@dataclass
class CarriedForward:
    """What is right in a submission, given right helpers.

    Attributes:
        checks: by the id of the check.
        causes: of each function of which every failed check is among these, the functions that it fails for.
        unmet: demands that one of these functions does not meet.
        refused: checks (by id) in which a right helper was asked more than the solution asks: nothing is due in them.
        still_wrong: functions of which a check failed with right helpers as well, by name.
    """

    checks: dict[str, Carried] = field(default_factory=dict)
    causes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unmet: dict[str, Unmet] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    still_wrong: dict[str, "StillWrong"] = field(default_factory=dict)

    def add_proved(
        self,
        runs: Sequence[CheckRun],
        proved: Mapping[str, tuple[str, ...]],
        allowances: Allowances,
        setting: CheckSetting,
    ) -> None:
        """Checks of which the diagnosis has proved that they fail for others: with no right helper, but as surely."""
        for run in runs:
            known = self.checks.keys() | self.refused
            if not run.check.points or run.check.id not in proved or run.check.id in known:
                continue
            if not allowances.of(run.check, setting).only_hands_on(run.check.function):
                self.checks[run.check.id] = Carried(run, proved[run.check.id])

    def counted(self, run: CheckRun, terms: CarriedForwardTerms) -> CheckRun:
        """A check as it counts: with the points that are due given right helpers, if these are more."""
        carried = self.checks.get(run.check.id)
        if carried is None or run.passed:
            return run
        gained = SHARES[terms] * (run.result.max_score - run.result.score)
        changes = {
            "status": "carried",
            "score": run.result.score + gained,
            "carried": gained,
            "given": carried.helpers,
        }
        record = replace(run.record, observations=carried.run.record.observations)
        return replace(run, result=run.result.model_copy(update=changes), record=record)


def carried_forward(
    assignment: Assignment,
    runs: Sequence[CheckRun],
    missing: Collection[str],
    setting: CheckSetting,
    allowances: Allowances,
    served: Callable[[], ServedStudent],
) -> CarriedForward:
    """Judge functions once more with right helpers, where these are wrong.

    `served` loads the submission into a cell of its own; it is called where there is something to judge.
    """
    judging = _Judging(assignment, runs, set(missing), setting, allowances, served)
    judging.run()
    return judging.found


def _raised(run: CheckRun) -> str:
    """The kind of an exception and its line: its message is the submission's, and may hold what it was served."""
    error = run.result.error
    if error is None:
        return ""
    kind = error.type if isinstance(getattr(builtins, error.type, None), type) else "an exception"
    line = error.frames[-1].location.line if error.frames else None
    return f"it raises {kind}" + (f" in line {line}" if line is not None else "")


class _Judging:
    def __init__(
        self,
        assignment: Assignment,
        runs: Sequence[CheckRun],
        missing: set[str],
        setting: CheckSetting,
        allowances: Allowances,
        served: Callable[[], ServedStudent],
    ) -> None:
        self.assignment, self.setting, self.missing, self.allowances = assignment, setting, missing, allowances
        self.runs = runs
        self.failed: dict[str, list[CheckRun]] = {}
        for run in runs:
            if not run.passed and run.check.points:
                self.failed.setdefault(run.check.function, []).append(run)
        self.wrong = {*self.failed, *missing}  # and not known to be right, given others
        self.found = CarriedForward()
        self.refuted: set[str] = set()  # checks (by id) that gave wrong values with right functions
        self._load = served
        self._student: ServedStudent | None = None

    def run(self) -> None:
        """Every function after those that it is built on: what these need is known then."""
        order = {name: place for place, name in enumerate(self.assignment.function_names)}
        callees = self.assignment.callees
        for name in sorted(self.failed, key=lambda name: (len(callees[name]), order[name])):
            if name not in self.missing and self.wrong - {name}:
                self._judge(name)
        for name in self.failed:
            if name not in self.missing:
                self._add_unseen(name)

    def _add_unseen(self, name: str) -> None:
        """Checks that could not be run, since another function fails in them, of one that passes all others.

        None of them may have given wrong values with right functions, and the others must be worth more: of a
        function that is hardly seen nothing is known.
        """
        unseen = [run for run in self.failed[name] if run.check.id not in self.found.checks]
        are_others = all(
            run.result.status == "skipped" and run.blamed in self.wrong - {name} and run.check.id not in self.refuted
            for run in unseen
        )
        seen = sum(run.check.points for run in self.runs if run.check.function == name and run.passed)
        if not unseen or not are_others or seen <= sum(run.check.points for run in unseen):
            return
        for run in unseen:
            self.found.checks[run.check.id] = Carried(run, (run.blamed,) if run.blamed else ())
        given = {helper for run in self.failed[name] for helper in self.found.checks[run.check.id].helpers}
        self.found.causes[name] = self._in_order(given)
        self.wrong.discard(name)

    def _judge(self, name: str) -> None:
        # Trainings on a data set come last: one that takes too long ends the cell, after what is cheaper.
        runs = sorted(self.failed[name], key=lambda run: "dataset" in run.check.arguments)
        allowances = {run.check.id: self.allowances.of(run.check, self.setting) for run in runs}
        served = self._to_serve(name, [*allowances.values()])
        if not served & self.wrong:
            return
        try:
            student = self._served_student()
            attributes = set().union(*(allowance.attributes for allowance in allowances.values()))
            student.serve(served, attributes, self.assignment.steps_behind_methods)
            passed = []
            for run in runs:
                if carried := self._carried(student, run, allowances[run.check.id], served):
                    self.found.checks[run.check.id] = carried
                    passed.append(carried)
        except CellFailure:
            return
        if passed:
            self.found.unmet |= unmet_demands(self.assignment, [one.run for one in passed], student, self.setting)
        if len(passed) == len(runs):
            self.wrong.discard(name)
            self.found.causes[name] = self._in_order({helper for one in passed for helper in one.helpers})

    def _note_still_wrong(self, student: ServedStudent, run: CheckRun, served: set[str], before: CheckRun) -> None:
        """Note that right helpers do not help; what is raised for them alone says nothing of the function.

        It reads what its own helpers leave for it, attributes or a cache of another form, and ours leave no such thing.
        """
        name = run.check.function
        if run.result.status == "error" and before.result.status != "error":
            return
        if run.result.status in ("failed", "error") and student.was_answered and name not in self.found.still_wrong:
            said = _raised(run) if run.result.status == "error" else ""
            helpers = self._in_order(student.used & self.wrong)
            self.found.still_wrong[name] = StillWrong(helpers, frozenset(served), said)

    def _carried(self, student: ServedStudent, run: CheckRun, allowance: Allowance, served: set[str]) -> Carried | None:
        name = run.check.function
        if allowance.only_hands_on(name):
            return None
        student.begin(name, allowance)
        try:
            again = run_check(run.check, student, self.setting)
        except CheckFault:
            return None
        if student.asked_too_much:
            self.found.refused.add(run.check.id)
            return None
        self._note_still_wrong(student, again, served, run)
        if again.result.status == "failed":
            self.refuted.add(run.check.id)
        helpers = self._in_order(student.used & self.wrong)
        if not (again.passed and helpers and student.did_something and _shows_something(again)):
            return None
        return Carried(again, helpers)

    def _to_serve(self, name: str, allowances: Sequence[Allowance]) -> set[str]:
        """The wrong functions that have a part in the checks of one, and those that give what only they can read."""
        reached: set[str] = set().union(*(allowance.functions for allowance in allowances))
        makers: dict[str, set[str]] = {}
        for allowance in allowances:
            for taker, makers_of in allowance.makers.items():
                makers.setdefault(taker, set()).update(makers_of)
        served: set[str] = set()
        for helper in reached & self.wrong - {name}:
            with_makers = _closure(helper, makers)
            # What the judged function reads must be the submission's own, and nobody may be asked who asks it.
            if with_makers & (_closure(name, makers)) or any(not self._can_be_served(n, name) for n in with_makers):
                continue
            served |= with_makers
        return served

    def _can_be_served(self, helper: str, name: str) -> bool:
        entry = next(entry for entry in self.assignment.contract if entry.name == helper)
        is_function = entry.kind in ("function", "method") and entry.script is None
        return is_function and name not in self.assignment.callees[helper]

    def _served_student(self) -> ServedStudent:
        if self._student is None:
            self._student = self._load()
        return self._student

    def _in_order(self, names: Collection[str]) -> tuple[str, ...]:
        return tuple(name for name in self.assignment.function_names if name in names)


def _closure(name: str, makers: Mapping[str, Collection[str]]) -> set[str]:
    """A function, and all who give what it takes and only they can read."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += makers.get(one, ())
    return found


def _shows_something(run: CheckRun) -> bool:
    """Whether the checked function gave anything but zeros and what is no number."""
    own = [seen.value for seen in run.record.observations if seen.function == run.check.function]
    arrays = arrays_of(own)
    return not arrays or any(np.any(array) and np.all(np.isfinite(array)) for array in arrays)
