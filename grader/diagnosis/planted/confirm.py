"""Whether mistakes that give the submission's wrong numbers agree with everything else that is known about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from grader.assignments import Assignment
from grader.checks.implementation import Implementation
from grader.checks.local import Variant
from grader.checks.run import CheckRun, CheckSetting, passes, run_check
from grader.diagnosis.cases.traces import Traces
from grader.diagnosis.planted.planting import Mistakes, Planting

QUICK_RESULTS = 100  # a check that reads more results than this is not run again
STEPS_OF_A_CHECK = 8
RESULTS_READ_ONCE_MORE = 600  # but once, where all the others tell the same


@dataclass(frozen=True)
class Confirmation:
    """Runs checks again with mistakes planted.

    Attributes:
        traces: the calls that the checks made.
        student: the submission, to be asked for one more draw of random numbers; None when it is gone.
    """

    assignment: Assignment
    setting: CheckSetting
    planting: Planting
    runs: Sequence[CheckRun]
    traces: Traces
    student: Implementation | None

    @cached_property
    def wrong(self) -> frozenset[str]:
        """The functions that fail checks of their own, but for those that are missing."""
        lost = (run for run in self.runs if not run.passed)
        return frozenset(run.check.function for run in lost if run.blamed or run.result.status != "skipped")

    def same_verdicts(self, mistakes: Mistakes, runs: Iterable[CheckRun]) -> bool:
        """Whether the variant passes what the submission passed, and fails what it failed."""
        variant = self.variant(mistakes)
        return all(passes(run.check, variant, self.setting) == run.passed for run in runs)

    def spoils(self, mistakes: Mistakes, runs: Iterable[CheckRun]) -> bool:
        """Whether the variant has something wrong that the checks found right in the submission.

        A check may turn what it reads before it compares: an array that is kept the other way round is right then,
        and the bare numbers of the calls would speak for a mistake that turns it.
        """
        for run in runs:
            labels = {verdict: _labels(run, verdict) for verdict in ("right", "remark", "wrong")}
            sound = labels["right"] - labels["remark"] - labels["wrong"]
            if sound and sound & _labels(run_check(run.check, self.variant(mistakes), self.setting), "wrong"):
                return True
        return False

    def has_findings(self, mistakes: Mistakes, run: CheckRun) -> bool:
        """Whether the variant behaves in a check as the submission did: then it is no second mistake."""
        again = run_check(run.check, self.variant(mistakes), self.setting)
        return set(run.record.findings) <= set(again.record.findings)

    def as_it_is_now(self, runs: Iterable[CheckRun]) -> list[CheckRun]:
        """The quick ones of some checks, run on the submission as it was edited since."""
        assert self.student is not None
        return [run_check(run.check, self.student, self.setting) for run in runs if is_quick(run)]

    @property
    def another_setting(self) -> CheckSetting:
        """The setting with other random numbers."""
        return replace(self.setting, seed=self.setting.seed + 1)

    def again(self, runs: Iterable[CheckRun]) -> list[CheckRun]:
        """The checks run once more on the submission, with other random numbers; none when it cannot be asked."""
        if self.student is None:
            return []
        repeated = [run_check(run.check, self.student, self.another_setting) for run in runs]
        return [run for run in repeated if run.result.status in ("passed", "failed", "error")]

    def contradictions(self, mistakes: Mistakes, function: str) -> int:
        """How many other functions, of which every check passed, would be wrong with these mistakes."""
        steps = {mistake.step for mistake in mistakes}
        variant = self.variant(mistakes)
        count = 0
        for name in self.assignment.function_names:
            own = [run for run in self.runs if run.check.function == name]
            reached = self.assignment.reached_steps.get(name, frozenset())
            if function in reached or not steps & reached or not own or not all(run.passed for run in own):
                continue
            count += any(not passes(run.check, variant, self.setting) for run in own if is_quick(run))
        return count

    def variant(self, mistakes: Mistakes) -> Variant:
        return Variant(self.assignment.contract, self.planting.module(mistakes))


def _labels(run: CheckRun, verdict: str) -> set[str]:
    return {comparison.label for comparison in run.result.comparisons if comparison.verdict == verdict}


def is_quick(run: CheckRun) -> bool:
    """Whether running the check again costs little: no training, few calls."""
    return "dataset" not in run.check.arguments and _results(run) <= QUICK_RESULTS


def can_be_run_once_more(run: CheckRun) -> bool:
    """Whether a check costs so little that it may be run a single time: a gradient check, a few steps of a training.

    A training that is the submission's own is one call, however long; steps that the check makes are a call each.
    """
    is_in_steps = _results(run) >= STEPS_OF_A_CHECK
    return (is_in_steps or not run.record.training) and _results(run) <= RESULTS_READ_ONCE_MORE


def _results(run: CheckRun) -> int:
    return sum(len(seen.value) if isinstance(seen.value, list) else 1 for seen in run.record.observations)
