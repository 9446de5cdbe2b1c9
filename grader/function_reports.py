"""What a report says of each function, and of what is old in the submission beside them."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader.assignments import Assignment
from grader.attempts import Attempts
from grader.carried_forward import CarriedForward, StillWrong
from grader.checks.compare import PRECISION, ROUNDING
from grader.checks.demands import Unmet, without_points, without_points_for_nothing
from grader.checks.run import CheckRun
from grader.checks.script import Runnable
from grader.checks.stubs import is_method_unreadable, is_written_nowhere
from grader.compatibility import Outdated, remarks_on
from grader.diagnosis import Findings
from grader.diagnosis.cases.where import Source
from grader.diagnosis.written.loops import remarks_on_loops
from grader.report import CarriedForwardTerms, CheckResult, Diagnosis, FunctionReport, FunctionStatus
from grader.sandbox.inside.standins import DISPLAY_MODULES

DOCS_VARIABLE = "GRADER_DOCS_URL"  # where the documentation is published; reports then link each mistake's page


@dataclass(frozen=True)
class FunctionReports:
    """What came of one submission, function by function."""

    assignment: Assignment
    runnable: Runnable
    source: Source
    attempts: Attempts
    outdated: Sequence[Outdated]
    unmet: Mapping[str, Unmet]
    carried: CarriedForward
    terms: CarriedForwardTerms

    def of_each(self, findings: Findings) -> tuple[FunctionReport, ...]:
        """A report on each function that was checked, in the contract's order."""
        source = self.source
        reports = []
        for function in self.assignment.contract:
            attempt = self.attempts.of(function.name)
            own = attempt.runs_of(function.name)
            if not own:
                continue
            own = self._as_demanded([self.carried.counted(run, self.terms) for run in own])
            remarks = _folded([*dict.fromkeys(text for run in own for text in run.record.remarks)])
            if any(comparison.verdict == "wrong" for run in own for comparison in run.result.comparisons):
                # Beside wrong values a small error is theirs, most likely: a step too small to show it.
                remarks = [text for text in remarks if ROUNDING not in text]
                own = [replace(run, result=_without_rounding(run.result)) for run in own]
            is_missing = function.name in attempt.missing or (
                not any(run.result.score for run in own) and is_written_nowhere(function.name, self.runnable.submission)
            )
            status = _status(own, is_missing)
            tried = self.carried.still_wrong.get(function.name)
            is_refuted = any(run.check.id in self.carried.refuted and not run.passed for run in own)
            follow_ons = findings.follow_ons.get(function.name, ())
            stopping = () if is_refuted else _stopped_by(own) or self._without_a_value(own, findings)
            causes = follow_ons or stopping
            if status not in ("passed", "carried", "missing") and not findings.diagnoses.get(function.name):
                if tried and not {*tried.helpers} <= {*causes}:
                    remarks += filter(None, [tried.told])
                unserved = self.carried.unserved.get(function.name, ())
                is_written = any(self.source.location(one, None) for one in unserved)
                # What is not written hands nothing over.
                not_judged = self.carried.not_judged(function.name, causes) if is_written or not unserved else ""
                remarks += filter(None, [not_judged or _may_follow(findings.beside.get(function.name, ()), tried)])
            if unmet := self.unmet.get(function.name):
                remarks.append(unmet.told)
            if function.name not in attempt.missing:
                remarks += remarks_on_loops(function, source)
            reports.append(
                FunctionReport(
                    name=function.name,
                    signature=function.name
                    if function.kind in ("class", "variable")
                    else f"{function.name}{function.signature}",
                    summary=function.summary,
                    status=status,
                    score=sum(run.result.score for run in own),
                    max_score=sum(run.result.max_score for run in own),
                    carried=sum(run.result.carried for run in own),
                    location=None  # what the class inherits is not it
                    if is_method_unreadable(function.name, source.submission)
                    else self.runnable.places.get(function.name) or source.location(function.name, None),
                    checks=tuple(run.result for run in own),
                    diagnoses=tuple(
                        map(self._with_page, _where_it_is(findings.diagnoses.get(function.name, ()), own, self.source))
                    ),
                    smallest=findings.smallest.get(function.name),
                    follows_from=() if findings.diagnoses.get(function.name) and not follow_ons else causes,
                    remarks=(*remarks, *remarks_on(self._inside(function.name), one_file=self._is_one_file)),
                    fingerprint=findings.fingerprints.get(function.name, ""),
                )
            )
        return tuple(reports)

    def _without_a_value(self, own: Sequence[CheckRun], findings: Findings) -> tuple[str, ...]:
        """The functions that return nothing, or are not written, where each check ended in a line that needs theirs."""
        owner = own[0].check.function.rpartition(".")[0]
        empty = {
            function.name
            for function in self.assignment.contract
            if function.name in self.attempts.of(function.name).missing
            or any(one.code.endswith(".returns-nothing") for one in findings.diagnoses.get(function.name, ()))
        }
        found: dict[str, None] = {}
        for run in (run for run in own if not run.passed and run.check.points):
            error = run.result.error
            if error is None or not error.frames or "NoneType" not in error.message:
                return ()
            called = re.findall(r"(self\.)?(\w+)\s*\(", error.frames[-1].text)
            names = [f"{owner}.{name}" if holder and owner else name for holder, name in called]
            if not (blamed := [name for name in names if name in empty]):
                return ()
            found.update(dict.fromkeys(blamed))
        return tuple(found)

    def _as_demanded(self, own: Sequence[CheckRun]) -> list[CheckRun]:
        """A function's checks, without the points that a result of one number earns, or that a demand takes."""
        own = without_points_for_nothing(own)
        unmet = self.unmet.get(own[0].check.function)
        if unmet is None or getattr(self.assignment.metadata.demands, unmet.demand) != "points":
            return own
        return [without_points(run, unmet.told) for run in own]

    @property
    def _is_one_file(self) -> bool:
        return self.runnable.submission.kind == "module"

    def _inside(self, function: str) -> list[Outdated]:
        return [found for found in self.outdated if found.location and self.source.holds(function, found.location)]

    def remarks(self) -> list[str]:
        """What was done for an old submission, and what is outdated in it outside the functions reported on."""
        told = {found for function in self.attempts.functions for found in self._inside(function)}
        verdict = [
            self._belongs_elsewhere(),
            self.attempts.verdict(),
            self.attempts.data_given(),
            missing_siblings(self.attempts.last.loaded.stand_ins),
        ]
        return [
            *filter(None, verdict),
            *remarks_on((found for found in self.outdated if found not in told), one_file=self._is_one_file),
        ]

    def _belongs_elsewhere(self) -> str:
        """Another assignment that this looks like work for; what passes every check is not compared with any."""
        if all(run.passed for run in self.attempts.runs):
            return ""
        from grader.recognition import remark_on_another

        return remark_on_another(self.assignment, self.runnable.original)

    def _with_page(self, diagnosis: Diagnosis) -> Diagnosis:
        """The diagnosis with the address of its page in the documentation, where one is published."""
        site = os.environ.get(DOCS_VARIABLE)
        if not site or diagnosis.code not in {mistake.code for mistake in self.assignment.mistakes}:
            return diagnosis
        page = f"{site.rstrip('/')}/mistakes/{self.assignment.id}/{diagnosis.code}/"
        return diagnosis.model_copy(update={"url": page})


def _may_follow(beside: Sequence[str], tried: StillWrong | None) -> str:
    """That others may be what a function fails for; "" if it fails with right ones, or there are none."""
    if not beside or tried is not None:
        return ""
    names = " and ".join(f"`{name}`" for name in beside)
    is_wrong = "are wrong: the mistake may be in them" if beside[1:] else "is wrong: the mistake may be there"
    return f"its checks work with what {names} made as well, which {is_wrong} alone"


def missing_siblings(stand_ins: Sequence[str]) -> str:
    """What to tell about modules that are neither for display nor there; "" if there are none."""
    missing = [f"`{name}`" for name in stand_ins if name not in DISPLAY_MODULES]
    if not missing:
        return ""
    old = ", but for numpy's own functions, which `scipy` once passed on, and `scipy.special`'s usual ones"
    old = old if "scipy" in stand_ins else ""
    return (
        f"imported, but neither handed in nor installed here: {', '.join(missing)}. The import goes through; "
        f"what would have come from there is missing, and using it is an error{old}"
    )


def _folded(remarks: Sequence[str]) -> list[str]:
    """The remarks, in which single precision is told once: whoever computes in it gives it in every value."""
    imprecise = [text for text in remarks if text.endswith(PRECISION)]
    if len(imprecise) < 3:
        return [*remarks]
    told = f"{imprecise[0].removesuffix(PRECISION)}, as are {len(imprecise) - 1} other values{PRECISION}"
    return [told if text is imprecise[0] else text for text in remarks if text is imprecise[0] or text not in imprecise]


def _stopped_by(own: Sequence[CheckRun]) -> tuple[str, ...]:
    """The methods that stopped all checks of a method before it was called; none if one check got so far."""
    failed = [run for run in own if not run.passed and run.check.points]
    stopping = dict.fromkeys(run.stopped_by for run in failed)
    return tuple(filter(None, stopping)) if None not in stopping else ()


def _where_it_is(diagnoses: Sequence[Diagnosis], own: Sequence[CheckRun], source: Source) -> list[Diagnosis]:
    """What is wrong in functions brought along is told at the one that is built on them, and said to be in these.

    Of that one itself no change is told: it is right once they are, and a change of it would make up for theirs.
    """
    if not all(run.passed or run.result.status == "carried" for run in own):
        return [*diagnoses]
    given = [*dict.fromkeys(name for run in own for name in run.result.given)]
    if not given:
        return [*diagnoses]
    told = []
    for one in diagnoses:
        holding = [name for name in given if one.location is not None and source.holds(name, one.location)]
        if not holding and any(source.holds(run.check.function, one.location) for run in own if one.location):
            continue
        holding = holding or given
        names = " and ".join(f"`{name}`" for name in holding)
        told.append(one.model_copy(update={"title": f"In {names}: {one.title}"}))
    return told


def _without_rounding(result: CheckResult) -> CheckResult:
    """Comparisons that tell how far they agree, and not why."""
    told = [
        comparison.model_copy(
            update={
                "message": comparison.message.replace(f" ({ROUNDING})", ""),
                "outline": comparison.outline.replace(f" ({ROUNDING})", ""),
            }
        )
        for comparison in result.comparisons
    ]
    return result.model_copy(update={"comparisons": tuple(told)})


def _status(runs: Sequence[CheckRun], is_missing: bool) -> FunctionStatus:
    """The status of a function from its checks; those that only inform (worth nothing) have no say, if others have."""
    statuses = {run.result.status for run in runs if run.check.points} or {run.result.status for run in runs}
    if statuses == {"passed"}:
        return "passed"
    if statuses <= {"passed", "carried"}:
        return "carried"
    if is_missing or (statuses == {"skipped"} and not any(run.blamed for run in runs)):
        return "missing"
    if any(run.result.score > 0 or run.result.status == "carried" for run in runs):
        return "partial"
    for status in ("timeout", "error"):
        if status in statuses:
            return status
    return "failed"
