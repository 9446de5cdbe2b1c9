"""Functions that fail because of others are judged once more, with right ones in their place.

A check that passes then has failed for the others alone, and its points are due. It is the check itself that says so,
on a function that has the same text as before, so that what is wrong in it fails as before.
"""

import builtins
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.assignments import Assignment
from grader.carried_forward import Carried, CarriedForward, StillWrong, on_few
from grader.checks.allowance import Allowance, Allowances, arrays_of
from grader.checks.as_graded import AsGraded
from grader.checks.demands import gives_opposites, gives_zeros, unmet_demands
from grader.checks.run import CheckFault, CheckRun, CheckSetting, run_check
from grader.checks.served import ServedStudent
from grader.sandbox import CellFailure
from grader.submissions import Submission
from grader.submissions.mentions import mentions_in
from grader.submissions.plain_text import plain_text
from grader.ways_of_serving import Way, Ways

SERVED_PATIENCE = 4.0  # times a call's own limit, for a call that is answered from this side
SHARE_OF_TIME = 0.5  # of a submission's time that is left for this, where the first run has used more


@dataclass(frozen=True)
class _Served:
    """A failed check that is run once more, and what is in the place of what then."""

    run: CheckRun
    setting: CheckSetting
    allowance: Allowance
    way: Way
    attributes: frozenset[str]

    @property
    def unseen(self) -> frozenset[str]:
        """The served functions of which nothing is run but what asks."""
        return self.way.served - self.way.own_forms


@dataclass(frozen=True)
class _Passed:
    """What passed, and as what it was run."""

    carried: Carried
    given: _Served


def carried_forward(
    assignment: Assignment,
    runs: Sequence[CheckRun],
    missing: Collection[str],
    setting: CheckSetting,
    allowances: Allowances,
    submission: Submission,
    served: Callable[[], ServedStudent],
    as_graded: Callable[[], AsGraded],
    judged: Collection[str],
    not_wrong: Collection[str],
) -> CarriedForward:
    """Judge functions once more with right helpers, where these are wrong.

    Args:
        runs: those that count, of every function, whichever stack ran it.
        submission: whose functions are judged.
        served: loads the submission into a cell of its own; it is called where there is something to judge.
        as_graded: the same with its own helpers; it is called where a check passes with right ones.
        judged: the functions that are judged here; the others did better as another stack ran them.
        not_wrong: functions that are known to be right, given others.
    """
    judging = _Judging(assignment, runs, set(missing), setting, allowances, submission, served, as_graded)
    judging.wrong -= {*not_wrong}
    judging.run(judged)
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
        submission: Submission,
        served: Callable[[], ServedStudent],
        as_graded: Callable[[], AsGraded],
    ) -> None:
        self.assignment, self.setting, self.missing, self.allowances = assignment, setting, missing, allowances
        self.runs = runs
        self.failed: dict[str, list[CheckRun]] = {}
        for run in runs:
            if not run.passed and run.check.points:
                self.failed.setdefault(run.check.function, []).append(run)
        self.wrong = {*self.failed, *missing}  # and not known to be right, given others
        self.found = CarriedForward()
        self.mentions, self.text = mentions_in(submission), plain_text(submission)
        self.ways = Ways(assignment, runs, missing, self.mentions, self.wrong)
        self._load, self._load_as_graded = served, as_graded
        self._student: ServedStudent | None = None
        self._as_graded: AsGraded | None = None
        self._served: list[_Served] = []  # all that was run with right functions, in order
        self._repeated = 0  # how many of these were run with the submission's own as well

    def run(self, judged: Collection[str]) -> None:
        """Every function after those that it is built on: what these need is known then."""
        order = {name: place for place, name in enumerate(self.assignment.function_names)}
        callees = self.assignment.callees
        for name in sorted(self.failed, key=lambda name: (len(callees[name]), order[name])):
            if name in judged and name not in self.missing and self.wrong - {name}:
                self._judge(name)
        self._tell_first_causes()
        zeros = frozenset(name for name in self.failed if gives_zeros(self.runs, name))
        opposites = frozenset(name for name in self.failed if gives_opposites(self.runs, name))
        for name in self.assignment.function_names if zeros or opposites else ():
            if name in judged and name not in self.missing:
                self._judge_what_passed(name, zeros, "the zeros of {}, and fails with right numbers")
                beyond = {one for one in opposites if self._is_beyond_a_wrong_one(one, name)}
                self._judge_what_passed(name, frozenset(beyond), "the other sign of {}, and fails with the right one")
        self.found.unserved |= self.ways.unserved

    def _judge(self, name: str) -> None:
        # Trainings on a data set come last: one that takes too long ends the cell, after what is cheaper.
        runs = sorted(self.failed[name], key=lambda run: "dataset" in run.check.arguments)
        allowances = [self.allowances.of(run.check, on_few(run, self.setting)) for run in runs]
        attributes = frozenset().union(*(allowance.attributes for allowance in allowances))
        ways = [way for way in self.ways.of(name, runs, allowances) if way.served & self.wrong]
        if not ways:
            return
        try:
            student = self._served_student()
            passed = self._passed(student, runs, ways, attributes)
            carried, unlike = self._as_they_were(passed)
            # What a few images show with its own is not always what all of them showed.
            if few := [one.given.run for one in unlike if one.given.setting is not self.setting]:
                more, still_unlike = self._as_they_were(self._passed(student, few, ways, attributes, on_all=True))
                carried, unlike = carried + more, [one for one in unlike if one.given.run not in few] + still_unlike
        except CellFailure:
            return
        self.found.checks |= {one.run.check.id: one for one in carried}
        if unlike:
            self.found.unlike.add(name)
            self.found.refused |= {one.given.run.check.id for one in unlike}
        if carried:
            self.found.unmet |= unmet_demands(self.assignment, [one.run for one in carried], student, self.setting)
        if len(carried) == len(runs):
            self.wrong.discard(name)
            self.ways.unserved.pop(name, None)
            self.found.causes[name] = self.assignment.in_order({helper for one in carried for helper in one.helpers})

    def _tell_first_causes(self) -> None:
        """In the place of a helper that has turned out to be right, given others, tell these."""
        causes = self.found.causes

        def first(helpers: Collection[str]) -> tuple[str, ...]:
            return self.assignment.in_order({root for helper in helpers for root in causes.get(helper, (helper,))})

        self.found.checks = {id: replace(one, helpers=first(one.helpers)) for id, one in self.found.checks.items()}
        self.found.causes = {name: first(helpers) for name, helpers in causes.items()}

    def _is_beyond_a_wrong_one(self, helper: str, name: str) -> bool:
        """Whether what a helper gives has spoilt another function before it comes to this one.

        One that asks it itself may turn its sign back: what comes out is right then.
        """
        callees = self.assignment.callees
        return any(helper in callees[other] - {other} for other in callees[name] & self.failed.keys() - {name, helper})

    def _judge_what_passed(self, name: str, wrong: frozenset[str], why: str) -> None:
        """See whether checks that pass beside a helper that gives zeros, or opposites, do so with a right one.

        A training that changes nothing is right by gradients of 0, and wrong by any other. One that climbs is right by
        their opposites.
        """
        for run in self.runs:
            if not (
                run.passed and run.check.points and run.check.function == name and "dataset" not in run.check.arguments
            ):
                continue
            allowance = self.allowances.of(run.check, self.setting)
            served = frozenset(self.ways.to_serve(name, [allowance], frozenset()))
            if not served & wrong or run.check.id in self.found.owed:
                continue
            given = _Served(run, self.setting, allowance, Way(served), frozenset(allowance.attributes))
            try:
                student = self._served_student()
                again = self._once(student, given)
            except CellFailure:
                return
            is_told = student.was_answered and student.could_read_all and not student.asked_too_much
            if again is not None and again.result.status in ("failed", "error") and is_told and student.used & wrong:
                helpers = self.assignment.in_order(student.used & wrong)
                names = " and ".join(f"`{helper}`" for helper in helpers)
                self.found.owed[run.check.id] = f"passes only because of {why.format(names)}"
                self.wrong.add(name)  # for those that are built on it
                if again.result.status == "error":
                    self.found.still_wrong.setdefault(name, StillWrong(helpers, served, _raised(again)))
                self.found.causes.pop(name, None)

    def _passed(
        self,
        student: ServedStudent,
        runs: Sequence[CheckRun],
        ways: Sequence[Way],
        attributes: frozenset[str],
        *,
        on_all: bool = False,
    ) -> list[_Passed]:
        """Those of some checks that pass with right functions."""
        tried = [self._carried(student, run, ways, attributes, on_all=on_all) for run in runs]
        return [one for one in tried if one]

    def _as_they_were(self, passed: Sequence[_Passed]) -> tuple[list[Carried], list[_Passed]]:
        """Of checks that pass with right functions those that come out as before with the submission's own; the others.

        These are served like the right ones, in a cell that has seen the same: what else a function does when it is
        served, it does there too.
        """
        # Of a plain text nothing but the values can tell.
        plain = [self.text.is_plain(one.given.run.check.function, one.given.unseen) for one in passed]
        found = [one.carried for one, is_plain in zip(passed, plain, strict=True) if is_plain]
        waiting = {id(one.given): one for one, is_plain in zip(passed, plain, strict=True) if not is_plain}
        unlike = []
        while waiting:
            given = self._served[self._repeated]
            self._repeated += 1
            if id(given) not in waiting and self._leaves_nothing(given):
                continue
            if self._as_graded is None:
                self._as_graded = self._load_as_graded()
            now = self._run(self._as_graded, given)
            one = waiting.pop(id(given), None)
            if one is None:
                continue
            draws, begins_drawn = map(self.mentions.draws, (given.run.check.function, "__init__"))
            if now is not None and self._as_graded.is_as_before(given.run, now, draws=draws, begins_drawn=begins_drawn):
                found.append(one.carried)
            else:
                unlike.append(one)
        return found, unlike

    def _leaves_nothing(self, given: "_Served") -> bool:
        """Whether what a check calls keeps nothing that a later call could find."""
        return all(self.text.is_plain(name, given.unseen) for name in given.allowance.called - given.unseen)

    def _run(self, student: ServedStudent, given: "_Served") -> CheckRun | None:
        """A check with functions in the place of others; None where the check itself is at fault then."""
        if (student.serves, student.own_forms) != (given.way.served, given.way.own_forms):
            stateless = self.assignment.steps_behind_methods
            student.serve(given.way.served, given.attributes, stateless, given.way.own_forms)
        student.begin(given.run.check.function, given.allowance, given.way.inlined)
        try:
            return run_check(given.run.check, student, given.setting)
        except CheckFault:
            return None

    def _note_still_wrong(self, student: ServedStudent, run: CheckRun, given: "_Served") -> None:
        """Note that right helpers do not help; what is raised for them alone says nothing of the function.

        It reads what its own helpers leave for it, attributes or a cache of another form, and ours leave no such thing.
        """
        name = run.check.function
        if run.result.status == "failed" and student.was_answered:
            self.found.refuted[run.check.id] = given.way.served
        if run.result.status == "error" and given.run.result.status != "error":
            return
        was_given_all = student.was_answered and student.could_read_all
        if run.result.status in ("failed", "error") and was_given_all and name not in self.found.still_wrong:
            said = _raised(run) if run.result.status == "error" else ""
            helpers = self.assignment.in_order(student.used & self.wrong)
            self.found.still_wrong[name] = StillWrong(helpers, given.way.served, said)

    def _settings(self, run: CheckRun, served: Collection[str]) -> list[CheckSetting]:
        """The settings in which a check may pass: a training on few images first, with as many fewer questions.

        Where its numbers are to be compared with those when it was graded, it needs the same images; those of one that
        draws numbers of its own never are.
        """
        fewer, name = on_few(run, self.setting), run.check.function
        if fewer is not self.setting and (self.mentions.draws(name) or self.text.is_plain(name, served)):
            return [fewer, self.setting]
        return [self.setting]

    def _carried(
        self, student: ServedStudent, run: CheckRun, ways: Sequence[Way], attributes: frozenset[str], *, on_all: bool
    ) -> _Passed | None:
        """The check with right functions, if it passes in one of its ways; the last alone counts against it.

        What keeps something in the submission's own form may keep what is wrong: that tells nothing against a function.
        """
        tries = [
            (way, setting)
            for way in ways
            for setting in ([self.setting] if on_all else self._settings(run, way.served - way.own_forms))
        ]
        for number, (way, setting) in enumerate(tries, 1):
            allowance = self.allowances.of(run.check, setting)  # of all images only where a few were not enough
            if allowance.only_hands_on(run.check.function):
                return None
            given = _Served(run, setting, allowance, way, attributes)
            is_last = number == len(tries) and not way.own_forms
            carried = self._judged(student, given) if is_last else self._passing(student, self._once(student, given))
            if carried:
                return _Passed(carried, given)
        return None

    def _judged(self, student: ServedStudent, given: "_Served") -> Carried | None:
        check = given.run.check
        again = self._once(student, given)
        if again is None:
            return None
        if student.asked_too_much or (student.went_beyond and not again.passed):
            self.found.refused.add(check.id)
            asked = self.assignment.in_order((student.used | student.refused) & self.wrong)
            self.found.overasked.setdefault(check.function, asked)
            return None
        if student.failed and not again.passed:
            self.found.unanswered.setdefault(check.function, self.assignment.in_order(student.failed & self.wrong))
        self._note_still_wrong(student, again, given)
        return self._passing(student, again)

    def _once(self, student: ServedStudent, given: "_Served") -> CheckRun | None:
        self._served.append(given)
        return self._run(student, given)

    def _passing(self, student: ServedStudent, again: CheckRun | None) -> Carried | None:
        helpers = self.assignment.in_order(student.used & self.wrong)
        if again is None or not again.passed or not helpers or student.asked_too_much:
            return None
        return Carried(again, helpers) if student.did_something and _shows_something(again) else None

    def _served_student(self) -> ServedStudent:
        if self._student is None:
            self._student = self._load()
        return self._student


def _shows_something(run: CheckRun) -> bool:
    """Whether the checked function gave anything but zeros and what is no number."""
    own = [seen.value for seen in run.record.observations if seen.function == run.check.function]
    arrays = arrays_of(own)
    return not arrays or any(np.any(array) and np.all(np.isfinite(array)) for array in arrays)
