"""Follow-ons: a function that is wrong only because another one, which it calls, is.

Whether it is gets tried, not guessed: the solution is run in the student's place with the student's other failing
functions put into it. If that shows every value (and error) that the submission showed, the function itself is right.
What the solution makes of its inputs then reaches the student's functions: they run in a cell apart, which ends with
the trial, and all that leaves it is whether the values are the same.
Where this cannot be tried, since the function draws random numbers of its own or goes another way, its errors may tell.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import Any

from grader.assignments import Assignment, Probe
from grader.checks.implementation import Implementation
from grader.checks.local import Variant
from grader.checks.observations import reproduces
from grader.checks.run import CheckRun, CheckSetting
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.trace import Trace
from grader.diagnosis.cases.traces import Traces
from grader.diagnosis.planted.borrowing import Borrowing
from grader.diagnosis.planted.confirm import is_quick
from grader.diagnosis.planted.errors_handed_on import Errors
from grader.diagnosis.planted.own_work import OwnWork
from grader.diagnosis.planted.planting import Planting, plant_in
from grader.diagnosis.planted.probing import ProbedEvidence, failed_checks


def follow_ons(
    assignment: Assignment,
    runs: Sequence[CheckRun],
    student: Implementation,
    setting: CheckSetting,
    missing: Collection[str] = (),
    *,
    planting: Planting | None = None,
    causes: Mapping[str, tuple[str, ...]] | None = None,
    carried: Collection[str] = (),
    in_vain: Mapping[str, Collection[str]] | None = None,
    certain: Mapping[str, Collection[str]] | None = None,
) -> "FollowOns":
    """Find the functions that fail because of others; one that is not there (in `missing`) fails for that alone.

    Args:
        planting: variants of the solution that are made already.
        causes: of functions that pass once others are right: what they fail for, if not all of it makes a difference.
        carried: the failed checks, by id, that pass then; they need no proof.
        in_vain: of functions that fail with right ones in the place of others: which others these were.
        certain: of functions of which checks pass with a single other one right: these others.
    """
    found, in_vain, certain = dict(causes or {}), in_vain or {}, certain or {}
    with ExitStack() as cells:
        question = _Question(
            assignment, runs, student, setting, missing, cells, planting or Planting(assignment), carried
        )
        for name in assignment.function_names:
            if name not in question.failed or name in missing or len(found.get(name, ())) == 1:
                continue
            if direct := question.causes(name):
                first = {root for cause in direct for root in found.get(cause, (cause,))} - {name}
                first |= {*certain.get(name, ())} if name in found else set()
                causing = tuple(function for function in assignment.function_names if function in first)
                ids = {run.check.id for run in question.failed[name]}
                if is_refuted(name, {*direct, *causing} - {*(causes or {})}, in_vain):
                    for id in ids & question.proved.keys():
                        del question.proved[id]
                    continue
                found[name] = causing
                question.proved.update(dict.fromkeys(question.proved.keys() & ids, found[name]))
    return FollowOns(found, question.called, question.proved, in_vain, frozenset(carried), question.traces)


@dataclass(frozen=True)
class FollowOns:
    """How the failures of one submission hang together.

    Attributes:
        causes: for each function that fails only because of others, the first causes, in the contract's order.
        called: for each function that fails, the other failing ones that a right function in its place calls.
        proved: failed checks (by id) of functions that are right, as far as these tell, and what they fail for.
        in_vain: of functions that fail with right ones in the place of others: which others these were.
        carried: the failed checks, by id, that pass with right functions in the place of others.
        traces: the calls that the checks made, as far as they were asked for.
    """

    causes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    called: Mapping[str, frozenset[str]] = field(default_factory=dict)
    proved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_vain: Mapping[str, Collection[str]] = field(default_factory=dict)
    carried: frozenset[str] = frozenset()
    traces: Traces | None = field(default=None, compare=False, repr=False)

    def is_refuted(self, name: str, causes: Collection[str]) -> bool:
        """Whether a function was seen to fail with right ones in the place of all of these."""
        return is_refuted(name, causes, self.in_vain)


def is_refuted(name: str, causes: Collection[str], in_vain: Mapping[str, Collection[str]]) -> bool:
    return name in in_vain and bool(causes) and {*causes} <= {*in_vain[name]}


@dataclass(frozen=True)
class _Question:
    """Which functions of one submission fail because of which others."""

    assignment: Assignment
    runs: Sequence[CheckRun]
    student: Implementation
    setting: CheckSetting
    missing: Collection[str]
    cells: ExitStack
    planting: Planting
    carried: Collection[str]
    called: dict[str, frozenset[str]] = field(default_factory=dict)
    proved: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def failed(self) -> Mapping[str, Sequence[CheckRun]]:
        """The failed checks of each function that fails any."""
        failed: dict[str, list[CheckRun]] = {}
        for run in self.runs:
            if not run.passed and run.check.points:
                failed.setdefault(run.check.function, []).append(run)
        return failed

    @cached_property
    def apart(self) -> Implementation:
        """The submission where it may meet what the solution computes: it is loaded once more when it is asked for."""
        return self.cells.enter_context(self.student.apart())

    def causes(self, name: str) -> tuple[str, ...]:
        runs = self.failed[name]
        blamed = {run.blamed for run in runs if run.blamed and run.blamed in {*self.failed, *self.missing}}
        unblamed = [run for run in runs if run.blamed not in blamed]
        if not unblamed:
            return self._in_order(blamed)
        used = self._needed(name, unblamed)
        if used is None:
            used = self.errors.raising(name, unblamed) or self.errors.misfed(name, unblamed)
        return self._in_order(used | blamed) if used else ()

    def _in_order(self, names: Collection[str]) -> tuple[str, ...]:
        return tuple(name for name in self.assignment.function_names if name in names)

    def _needed(self, name: str, runs: Sequence[CheckRun]) -> set[str] | None:
        """The failing functions with which the solution shows what the submission showed; None if it does not."""
        # A training run asks the student's functions thousands of times; it tells only where nothing else does.
        runs = [run for run in runs if "dataset" not in run.check.arguments] or runs
        others = self._others(name)
        if not others:
            return None
        # Hundreds of calls, for central differences, are asked about last: what the others tell is then only confirmed.
        quick = [run for run in runs if is_quick(run)]
        slow = [run for run in runs if not is_quick(run)]
        used = self._least(name, quick, others) if quick and slow else None
        if used is None or not self._shown_with(name, slow, used)[1]:
            used = self._least(name, runs, others)
        if used is not None:
            self._prove(name, runs, used)
        return used

    def _least(self, name: str, runs: Sequence[CheckRun], others: Collection[str]) -> set[str] | None:
        """Of other functions, those with which the solution shows what the submission showed in some checks."""
        used, shown = self._shown_with(name, runs, others, to_its_end=True)
        self.called[name] = frozenset(used)
        if not used or not shown:
            return None
        # What is called may make no difference: a cost that is only noted down is no cause of what a training gives.
        for other in self._in_order(used):
            if len(used) > 1 and self._shown_with(name, runs, fewer := {*used} - {other})[1]:
                used = fewer
        return used

    def _prove(self, name: str, runs: Sequence[CheckRun], used: Collection[str]) -> None:
        """Note the checks in which it shows that the function is right, whatever the others give."""
        if self._probes_for(name, runs):
            return
        work = OwnWork(self.planting, self.setting)

        def borrowing() -> Borrowing:
            return Borrowing(self.assignment, self._with_makers(used), self.apart, self._attributes)

        seen = self._given.get((name, frozenset(used)), {})
        for run in runs:
            if run.check.id in self.carried:
                continue
            try:
                given = seen[run.check.id] if run.check.id in seen else self._given_in(run, borrowing())
                if given is not None and work.shows(
                    run, lambda mistake: plant_in(borrowing().module, [mistake]), given
                ):
                    self.proved[run.check.id] = self._in_order(used)
            except Exception:  # whatever an unforeseen mixture does, it is no evidence
                continue

    def _shown_with(
        self, name: str, runs: Sequence[CheckRun], others: Collection[str], *, to_its_end: bool = False
    ) -> tuple[set[str], bool]:
        """The failing functions that were called, with these put into the solution; whether that shows the same.

        A check that shows something else goes on `to_its_end` where all that it calls is wanted.
        """
        borrowing = Borrowing(self.assignment, self._with_makers(others), self.apart, self._attributes)
        given: dict[str, Sequence[Any]] = {}
        try:
            if probes := self._probes_for(name, runs):
                shown = self._probes_show(probes, borrowing)
            else:
                shown = True
                for run in runs:
                    found = self._given_in(run, borrowing, to_its_end=to_its_end)
                    if found is None:
                        shown = self._gives(name, runs, borrowing)
                        break
                    given[run.check.id] = found
        except Exception:  # whatever an unforeseen mixture does, it is no evidence
            shown = False
        used = borrowing.used & self.failed.keys()
        if shown:
            self._given.setdefault((name, frozenset(used)), {}).update(given)
        return used, shown

    def _given_in(self, run: CheckRun, borrowing: Borrowing, *, to_its_end: bool = False) -> Sequence[Any] | None:
        """What borrowed functions give in a check that shows with them what the submission showed; else None."""
        before, variant = len(borrowing.given), self._variant(borrowing)
        is_same = reproduces(run, variant, self.setting, to_its_end=to_its_end, affords=borrowing.affords)
        return borrowing.given[before:] if is_same else None

    @cached_property
    def _given(self) -> dict[tuple[str, frozenset[str]], dict[str, Sequence[Any]]]:
        """What borrowed functions gave in checks, by the function that these are of and the failing ones called."""
        return {}

    def _variant(self, borrowing: Borrowing) -> Variant:
        return Variant(self.assignment.contract, borrowing.module)

    def _gives(self, name: str, runs: Sequence[CheckRun], borrowing: Borrowing) -> bool:
        """Whether the calls of a function give what the submission's gave, in all that is not drawn at random."""
        kept = next(entry.kept for entry in self.assignment.contract if entry.name == name)
        traces = [self.traces.of(run) for run in runs]

        def is_wrong(trace: Trace, base: ModuleType) -> bool:
            return bool(Case(name, [trace], kept, base).wrong)

        if not any(is_wrong(trace, self.planting.module(())) for trace in traces):
            return False
        return not any(is_wrong(trace, borrowing.module) for trace in traces)

    def _probes_for(self, name: str, runs: Sequence[CheckRun]) -> list[Probe]:
        failed = failed_checks(runs)
        return [probe for probe in self.assignment.probes if probe.is_for(name, failed)]

    def _probes_show(self, probes: Sequence[Probe], borrowing: Borrowing) -> bool:
        """Whether experiments with a function that draws numbers of its own come out alike, and not as they should."""
        names = tuple(probe.run.__name__ for probe in probes)
        if names not in self._evidence:  # what the submission gives is the same, whatever is borrowed
            self._evidence[names] = ProbedEvidence(
                probes, self.student, self.assignment, self.setting, self.assignment.solution, priced=False
            )
        evidence = self._evidence[names]
        return bool(evidence.wrong) and evidence.is_shown_by(borrowing.module)

    def _others(self, name: str) -> set[str]:
        """The other failing functions that can be tried in the solution: not those that take what this one gives."""
        others = self.failed.keys() - {name}
        return {other for other in others if name not in self._makers(other) and self._kind(other) != "class"}

    def _with_makers(self, names: Collection[str]) -> set[str]:
        """Functions, and those whose opaque results they take."""
        return {one for name in names for one in (name, *self._makers(name))}

    def _kind(self, name: str) -> str:
        return next(entry.kind for entry in self.assignment.contract if entry.name == name)

    def _makers(self, name: str) -> set[str]:
        """The functions that give what another one takes and nobody else can read."""
        made: set[str] = set()
        waiting = [name]
        while waiting:
            for trace in self._traces(waiting.pop()):
                new = _makers_in(trace, {*made, name}) - {*made, name}
                made |= new
                waiting += new
        return made

    @cached_property
    def _traced(self) -> dict[str, list[Trace]]:
        return {}

    def _traces(self, name: str) -> list[Trace]:
        if name not in self._traced:
            self._traced[name] = self._traced_now(name)
        return self._traced[name]

    def _traced_now(self, name: str) -> list[Trace]:
        own = [run for run in self.runs if run.check.function == name and "dataset" not in run.check.arguments]
        return [self.traces.of(run) for run in own]

    @cached_property
    def errors(self) -> Errors:
        return Errors(self.failed, self.traces, self.planting)

    @cached_property
    def traces(self) -> Traces:
        return Traces(self.assignment.contract, self.setting)

    @cached_property
    def _evidence(self) -> dict[tuple[str, ...], ProbedEvidence]:
        return {}

    @cached_property
    def _attributes(self) -> frozenset[str]:
        """The attributes of instances that checks read and set: those that every submission has."""
        methods = [name for name in self.assignment.function_names if "." in name]
        return frozenset(
            call.function.rpartition(".")[2]
            for name in methods
            for trace in self._traces(name)
            for call in trace.calls
            if call.kind in ("read", "write")
        )


def _makers_in(trace: Trace, takers: Collection[str]) -> set[str]:
    """The calls that gave the opaque arguments of calls of some functions."""
    found = set()
    for call in trace.calls:
        if call.function in takers:
            found |= {trace.calls[origin.call].function for origin in call.origins}
    return found
