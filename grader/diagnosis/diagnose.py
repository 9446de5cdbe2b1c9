"""From checks that failed to mistakes with names.

The functions are looked at in the contract's order, so that what was found in one is known when those that use it
are looked at: a `backward` that fails only because `forward` does is not told as a second mistake.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.assignments import Assignment
from grader.checks.implementation import Implementation
from grader.checks.run import CheckRun, CheckSetting
from grader.diagnosis.behaviour import describe_behaviour, describe_sizes, findings_of
from grader.diagnosis.budget import Budget
from grader.diagnosis.case import Case
from grader.diagnosis.confirm import Confirmation
from grader.diagnosis.explain import explain
from grader.diagnosis.known import KnownMistakes
from grader.diagnosis.places import Places
from grader.diagnosis.planting import Mistakes, Planting
from grader.diagnosis.probing import probe_verdict
from grader.diagnosis.verdict import Confidence, Described, Named, Verdict
from grader.report import Diagnosis, Location
from grader.submissions import Submission

CERTAINTY: Sequence[Confidence] = ("certain", "one-of", "likely")
DIAGNOSES_PER_FUNCTION = 4


@dataclass(frozen=True)
class Findings:
    """What the diagnosis found: diagnoses by function, and the functions whose faults are explained by others'."""

    diagnoses: Mapping[str, tuple[Diagnosis, ...]] = field(default_factory=dict)
    follow_ons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Diagnoser:
    """Diagnoses any number of submissions to one assignment; the variants of its solution are made once."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.planting = Planting(assignment)

    def diagnose(
        self,
        runs: Sequence[CheckRun],
        setting: CheckSetting,
        *,
        source: Submission | None = None,
        student: Implementation | None = None,
        follow_ons: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Findings:
        """Diagnose one submission.

        Args:
            runs: every check that was run.
            setting: what they were run with.
            source: the submission's text, to point at lines of it.
            student: the submission, still alive, to be asked about other random numbers.
            follow_ons: functions already known to fail only because of others; they get no diagnosis.
        """
        confirmation = Confirmation(self.assignment, setting, self.planting, runs, student)
        examination = _Examination(confirmation, dict(follow_ons or {}))
        examination.run()
        places = Places(source, student, self.assignment.function_names) if source is not None else None
        return Findings(
            {
                name: _diagnoses(verdict, places.of(name, verdict, examination.cases.get(name)) if places else ())
                for name, verdict in examination.verdicts.items()
                if verdict
            },
            examination.follow_ons,
        )


class _Examination:
    """One submission's failed functions, looked at one after the other."""

    def __init__(self, confirmation: Confirmation, follow_ons: dict[str, tuple[str, ...]]) -> None:
        self.confirmation = confirmation
        self.assignment = confirmation.assignment
        self.follow_ons = follow_ons
        self.budget = Budget()
        self.verdicts: dict[str, Verdict] = {}
        self.found: dict[str, Mistakes] = {}
        self.cases: dict[str, Case] = {}

    def run(self) -> None:
        failed = [name for name in self.assignment.function_names if self._is_to_be_examined(name)]
        for number, name in enumerate(failed):
            own = [run for run in self.confirmation.runs if run.check.function == name]
            with self.budget.share(later=len(failed) - number - 1) as budget:
                verdict = self._examined(name, own, budget)
            if verdict.follows_from:
                self.follow_ons[name] = verdict.follows_from
            if verdict.named or verdict.described:
                self.verdicts[name] = verdict
            self.found[name] = tuple(entry.mistake for entry in verdict.named)

    def _is_to_be_examined(self, name: str) -> bool:
        own = [run for run in self.confirmation.runs if run.check.function == name]
        return name not in self.follow_ons and any(run.result.status in ("failed", "error") for run in own)

    def _examined(self, name: str, runs: Sequence[CheckRun], budget: Budget) -> Verdict:
        ground = self._ground(runs)
        context = (*ground, *self._context())
        if any(probe.function == name for probe in self.assignment.probes):
            verdict = self._probed(name, runs, context, budget)
            described = () if verdict.follows_from else describe_behaviour(name, runs)
            return Verdict(verdict.named, (*verdict.described, *described), verdict.follows_from)
        known = KnownMistakes(name, runs, self.confirmation, budget)
        self.cases[name] = known.case(context)
        if self._context() and known.is_explained_by(context):
            return Verdict(follows_from=self._causes(lambda mistakes: known.is_explained_by((*ground, *mistakes))))
        if not known.case(ground).wrong and not findings_of(runs, name):
            return Verdict(follows_from=known.failing_callees())
        verdict = known.verdict(context)
        if not verdict and context != ground:
            verdict = known.verdict(ground)
        if not verdict.named:
            verdict = self._unknown(known, context)
        return Verdict(verdict.named, (*verdict.described, *self._behaviour(name, runs, verdict)))

    def _probed(self, name: str, runs: Sequence[CheckRun], context: Mistakes, budget: Budget) -> Verdict:
        """What experiments tell; nothing about a function that gives something else every time."""
        if any(finding.behaviour == "differs-between-calls" for finding in findings_of(runs, name)):
            return Verdict()
        return probe_verdict(name, self.confirmation, context, self._causes, budget)

    def _unknown(self, known: KnownMistakes, context: Mistakes) -> Verdict:
        """What can be said where the known mistakes do not explain everything."""
        drawn_twice = known.drawn_twice(context)
        named, covered = known.partly(context, drawn_twice)
        by_parts = not known.failing_callees()
        described = explain(drawn_twice, self.assignment, covered, by_parts=by_parts)
        return Verdict(named, described or describe_sizes(known.function, self.confirmation.runs))

    def _behaviour(self, name: str, runs: Sequence[CheckRun], verdict: Verdict) -> tuple[Described, ...]:
        """Diagnoses of behaviour, without those that the mistakes found have as a consequence."""
        mistakes = (*self._context(), *(entry.mistake for entry in verdict.named))
        failed = [run for run in runs if not run.passed and findings_of([run], name)]
        unexplained = [run for run in failed if not self.confirmation.has_findings(mistakes, run)]
        if verdict.described:  # a factor or term that depends on the batch is told with its numbers already
            unexplained = [
                run for run in unexplained if any(f.behaviour != "depends-on-the-batch" for f in run.record.findings)
            ]
        return describe_behaviour(name, unexplained)

    def _ground(self, runs: Sequence[CheckRun]) -> Mistakes:
        """The conventions that the submission follows in a function, as its checks noted."""
        noted = {code for run in runs for code in run.record.conventions}
        return tuple(convention for convention in self.assignment.conventions if convention.code in noted)

    def _context(self) -> Mistakes:
        """The mistakes found in the functions before."""
        return tuple(mistake for mistakes in self.found.values() for mistake in mistakes)

    def _causes(self, is_explained_by: Callable[[Mistakes], bool]) -> tuple[str, ...]:
        """The functions whose mistakes are needed for an explanation."""
        needed = [name for name, mistakes in self.found.items() if mistakes]
        for name in list(needed):
            without = tuple(m for other in needed if other != name for m in self.found[other])
            if is_explained_by(without):
                needed.remove(name)
        return tuple(needed)


def _diagnoses(verdict: Verdict, locations: Sequence[Location | None]) -> tuple[Diagnosis, ...]:
    """The most certain diagnoses of a function, each at its place."""
    places = iter(locations) if locations else itertools.repeat(None)
    named = [_from_catalogue(entry, next(places)) for entry in verdict.named]
    described = [_from_numbers(entry, next(places)) for entry in verdict.described]
    named.sort(key=lambda diagnosis: CERTAINTY.index(diagnosis.confidence))
    return (*named, *described)[:DIAGNOSES_PER_FUNCTION]


def _from_catalogue(entry: Named, location: Location | None) -> Diagnosis:
    mistake = entry.mistake
    return Diagnosis(
        code=mistake.code,
        title=mistake.title,
        explanation=f"{mistake.explain}\n\n{entry.note}" if entry.note else mistake.explain,
        hints=mistake.hints,
        confidence=entry.confidence,
        alternatives=tuple(other.code for other in entry.alternatives),
        evidence={
            "checks": list(entry.checks),
            "parts": ["".join(f"[{step!r}]" for step in path) for path in entry.paths if path],
        },
        location=location,
    )


def _from_numbers(entry: Described, location: Location | None) -> Diagnosis:
    return Diagnosis(
        code=entry.code,
        title=entry.title,
        explanation=entry.explanation,
        hints=entry.hints,
        confidence=entry.confidence,
        evidence=dict(entry.evidence),
        location=location,
    )
