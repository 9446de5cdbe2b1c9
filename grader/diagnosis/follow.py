"""Follow-ons: a function that is wrong only because another one, which it calls, is.

Whether it is gets tried, not guessed: the solution is run in the student's place with the student's other failing
functions put into it. If that shows every value (and error) that the submission showed, the function itself is right.
Where this cannot be tried, since the function draws random numbers of its own or goes another way, an error tells that
comes from a line of the other function that also stops that function in its own checks.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from grader.assignments import Assignment
from grader.checks.implementation import Implementation, Variant
from grader.checks.observations import reproduces
from grader.checks.run import CheckRun, CheckSetting
from grader.diagnosis.borrowing import Borrowing
from grader.diagnosis.case import Case
from grader.diagnosis.probing import ProbedEvidence
from grader.diagnosis.trace import Origin, Trace, trace_of
from grader.report import StackFrame


def follow_ons(
    assignment: Assignment,
    runs: Sequence[CheckRun],
    student: Implementation,
    setting: CheckSetting,
    missing: Collection[str] = (),
) -> "FollowOns":
    """Find the functions that fail because of others; one that is not there (in `missing`) fails for that alone."""
    question = _Question(assignment, runs, student, setting, missing)
    found: dict[str, tuple[str, ...]] = {}
    for name in assignment.function_names:
        if name not in question.failed or name in missing:
            continue
        if causes := question.causes(name):
            first = {root for cause in causes for root in found.get(cause, (cause,))} - {name}
            found[name] = tuple(function for function in assignment.function_names if function in first)
    return FollowOns(found, question.called)


@dataclass(frozen=True)
class FollowOns:
    """How the failures of one submission hang together.

    Attributes:
        causes: for each function that fails only because of others, the first causes, in the contract's order.
        called: for each function that fails, the other failing ones that a right function in its place calls.
    """

    causes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    called: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Question:
    """Which functions of one submission fail because of which others."""

    assignment: Assignment
    runs: Sequence[CheckRun]
    student: Implementation
    setting: CheckSetting
    missing: Collection[str]
    called: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def failed(self) -> Mapping[str, Sequence[CheckRun]]:
        """The failed checks of each function that fails any."""
        failed: dict[str, list[CheckRun]] = {}
        for run in self.runs:
            if not run.passed and run.check.points:
                failed.setdefault(run.check.function, []).append(run)
        return failed

    def causes(self, name: str) -> tuple[str, ...]:
        runs = self.failed[name]
        blamed = {run.blamed for run in runs if run.blamed and run.blamed in {*self.failed, *self.missing}}
        unblamed = [run for run in runs if run.blamed not in blamed]
        if not unblamed:
            return self._in_order(blamed)
        used = self._needed(name, unblamed)
        if used is None:
            used = self._raising(name, unblamed)
        return self._in_order(used | blamed) if used else ()

    def _in_order(self, names: Collection[str]) -> tuple[str, ...]:
        return tuple(name for name in self.assignment.function_names if name in names)

    def _needed(self, name: str, runs: Sequence[CheckRun]) -> set[str] | None:
        """The failing functions with which the solution shows what the submission showed; None if it does not."""
        # A training run asks the student's functions thousands of times; it tells only where nothing else does.
        runs = [run for run in runs if "dataset" not in run.check.arguments] or runs
        names = self._borrowed(name)
        if not names & self.failed.keys():
            return None
        borrowing = Borrowing(self.assignment, names, self.student, self._attributes)
        try:
            shown = (
                self._probes_show(name, borrowing)
                if any(probe.function == name for probe in self.assignment.probes)
                else all(reproduces(run, self._variant(borrowing), self.setting) for run in runs)
                or self._gives(name, runs, borrowing)
            )
        except Exception:  # whatever an unforeseen mixture does, it is no evidence
            return None
        finally:
            self.called[name] = frozenset(borrowing.used & self.failed.keys())
        return (borrowing.used & self.failed.keys() or None) if shown else None

    def _variant(self, borrowing: Borrowing) -> Variant:
        return Variant(self.assignment.contract, borrowing.module)

    def _gives(self, name: str, runs: Sequence[CheckRun], borrowing: Borrowing) -> bool:
        """Whether the calls of a function give what the submission's gave, in all that is not drawn at random."""
        kept = next(entry.kept for entry in self.assignment.contract if entry.name == name)
        traces = [trace_of(run, self.assignment.contract, self.setting) for run in runs]
        is_wrong = bool(Case(name, traces, kept, self.assignment.solution).wrong)
        return is_wrong and not Case(name, traces, kept, borrowing.module).wrong

    def _probes_show(self, name: str, borrowing: Borrowing) -> bool:
        """Whether experiments with a function that draws numbers of its own come out alike, and not as they should."""
        probes = [probe for probe in self.assignment.probes if probe.function == name]
        evidence = ProbedEvidence(probes, self.student, self.assignment, self.setting, self.assignment.solution)
        return bool(evidence.wrong) and evidence.is_shown_by(borrowing.module)

    def _borrowed(self, name: str) -> set[str]:
        """The other failing functions, and those whose opaque results they take."""
        names: set[str] = set()
        for other in self.failed.keys() - {name}:
            makers = self._makers(other)
            if name not in makers and self._kind(other) != "class":
                names |= {other, *makers}
        return names

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
        return [trace_of(run, self.assignment.contract, self.setting) for run in own]

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

    def _raising(self, name: str, runs: Sequence[CheckRun]) -> set[str]:
        """The functions whose own errors end every failed check of another one; none if one check failed otherwise."""
        causes: set[str] = set()
        for run in runs:
            stopped = self._stopped_in(run, name)
            if stopped is None:
                return set()
            causes.add(stopped)
        return causes

    def _stopped_in(self, run: CheckRun, name: str) -> str | None:
        """The other function in which a check ended, at a line that ends that function's own checks as well."""
        error = run.result.error
        if error is None or not error.frames:
            return None
        place = error.type, error.frames[-1].location
        for other, own in self.failed.items():
            if other == name or not _is_called(error.frames, other):
                continue
            if place in {(e.type, e.frames[-1].location) for r in own if (e := r.result.error) and e.frames}:
                return other
        return None


def _is_called(frames: Iterable[StackFrame], function: str) -> bool:
    names = {function.rpartition(".")[2]} if "." in function else {function, "__init__"}
    return any(frame.function in names for frame in frames)


def _makers_in(trace: Trace, takers: Collection[str]) -> set[str]:
    """The calls that gave the opaque arguments of calls of some functions."""
    found = set()
    for call in trace.calls:
        if call.function in takers:
            arguments = [*call.named.values(), *(one for many in call.arguments for one in many)]
            found |= {trace.calls[origin.call].function for origin in arguments if isinstance(origin, Origin)}
    return found
