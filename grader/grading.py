"""The one way in which a grade is made: `grade(assignment, submission) -> Report`."""

import time
import traceback
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import grader
from grader.assignments import Assignment, Check, load_assignment
from grader.checks.follow import follow_ons
from grader.checks.implementation import Solution
from grader.checks.loaded import LoadedSubmission
from grader.checks.record import EpochDone
from grader.checks.run import CheckRun, CheckSetting, run_checks
from grader.checks.script import runnable
from grader.checks.stubs import missing_functions
from grader.checks.student import Student
from grader.datasets import Dataset, load_mnist
from grader.diagnosis import Diagnoser, Findings
from grader.report import (
    AssignmentInfo,
    CheckResult,
    Environment,
    FunctionReport,
    FunctionStatus,
    Report,
    SubmissionInfo,
    Timing,
)
from grader.sandbox import Limits, Sandbox, SandboxUnavailable
from grader.submissions import Submission, SubmissionRejected, load_submission

SandboxMode = Literal["auto", "strict", "none"]


@dataclass(frozen=True)
class Progress:
    """What a grading run has just done, for progress bars and live pages."""

    stage: Literal["loading", "loaded", "check", "epoch", "diagnosing", "done"]
    done: int = 0
    total: int = 0
    check: CheckResult | None = None
    epoch: EpochDone | None = None


OnProgress = Callable[[Progress], None]


def grade(
    assignment: Assignment | str | Path,
    submission: Submission | str | Path,
    *,
    sandbox: SandboxMode | Sandbox = "auto",
    seed: int = 0,
    functions: Collection[str] | None = None,
    on_progress: OnProgress = lambda progress: None,
) -> Report:
    """Grade one submission.

    Args:
        assignment: an assignment, the id of one in the library, or its folder.
        submission: a loaded submission, or the path of a notebook, module, folder or archive.
        sandbox: a mode, or a running sandbox to use.
        seed: of the random inputs; the same seed gives the same report.
        functions: grade these alone; None for all.

    Raises:
        AssignmentError: the assignment is faulty.
        SandboxUnavailable: this machine cannot hold a submission safely, and the mode demands it.
        ValueError: a function that the contract does not have was asked for.
    """
    with Grader(assignment, sandbox=sandbox, seed=seed) as session:
        return session.grade(submission, functions=functions, on_progress=on_progress)


class Grader:
    """Grades any number of submissions to one assignment; what they share is computed once."""

    def __init__(
        self, assignment: Assignment | str | Path, *, sandbox: SandboxMode | Sandbox = "auto", seed: int = 0
    ) -> None:
        self.assignment = assignment if isinstance(assignment, Assignment) else load_assignment(assignment)
        self.seed = seed
        self.dataset = self._load_dataset()
        self._own_sandbox = not isinstance(sandbox, Sandbox)
        self.sandbox = sandbox if isinstance(sandbox, Sandbox) else self._new_sandbox(sandbox)
        self.sandbox.start()  # on the other core, while the submission is read

    def _load_dataset(self) -> Dataset | None:
        settings = self.assignment.metadata.dataset
        return load_mnist(settings.train, settings.test) if settings else None

    def _new_sandbox(self, mode: SandboxMode) -> Sandbox:
        """A sandbox whose cells have the images already; the labels of the test set are never in it."""
        images = {"X_train": self.dataset.X_train, "X_test": self.dataset.X_test} if self.dataset else {}
        return Sandbox(mode, packages=self.assignment.metadata.imports.allowed, preload=images)

    @cached_property
    def solution(self) -> Solution:
        return Solution(self.assignment.contract, self.assignment.solution)

    @cached_property
    def diagnoser(self) -> Diagnoser:
        return Diagnoser(self.assignment)

    @cached_property
    def setting(self) -> CheckSetting:
        return CheckSetting(self.solution, self.seed, self.dataset)

    def grade(
        self,
        submission: Submission | str | Path,
        *,
        functions: Collection[str] | None = None,
        on_progress: OnProgress = lambda progress: None,
    ) -> Report:
        """Grade one submission; see `grader.grade`.

        A submission that cannot be read gives a report with status `rejected`; a fault of the grader gives one with
        status `internal_error`, never a zero.
        """
        started = time.perf_counter()
        selected = self._selected(functions)
        if not isinstance(submission, Submission):
            path = submission
            try:
                submission = self.read(path)
            except SubmissionRejected as rejection:
                return self.rejected(path, str(rejection))
        try:
            return _GradingRun(self, submission, selected, on_progress, started).report()
        except SandboxUnavailable:
            raise
        except Exception as error:
            fault = traceback.extract_tb(error.__traceback__)[-1]
            reason = f"{type(error).__name__}: {error} (in {Path(fault.filename).name}, line {fault.lineno})"
            info = SubmissionInfo(name=submission.name, sha256=submission.sha256, kind=submission.kind)
            return self._without_grade(info, "internal_error", reason)

    def read(self, path: str | Path) -> Submission:
        """Read a submission from a file or folder.

        Raises:
            SubmissionRejected: it cannot be graded; the message says why in one line.
        """
        return load_submission(path, self.assignment.function_names)

    def rejected(self, path: str | Path, reason: str) -> Report:
        """The report on a submission that could not be read."""
        return self._without_grade(SubmissionInfo(name=Path(path).name, sha256=""), "rejected", reason)

    def close(self) -> None:
        if self._own_sandbox:
            self.sandbox.close()

    def __enter__(self) -> "Grader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _selected(self, functions: Collection[str] | None) -> Sequence[str]:
        """The functions to grade, in the contract's order."""
        names = self.assignment.function_names
        unknown = [name for name in functions or () if name not in names]
        if unknown:
            raise ValueError(f"the contract has no {', '.join(unknown)}; it has {', '.join(names)}")
        return [name for name in names if functions is None or name in functions]

    def _without_grade(
        self, submission: SubmissionInfo, status: Literal["rejected", "internal_error"], reason: str
    ) -> Report:
        return Report(
            assignment=assignment_info(self.assignment),
            submission=submission,
            status=status,
            reason=reason,
            max_score=self.assignment.points,
        )


def assignment_info(assignment: Assignment) -> AssignmentInfo:
    metadata = assignment.metadata
    return AssignmentInfo(id=assignment.id, title=metadata.title, version=metadata.version, hints=metadata.hints.show)


class _GradingRun:
    """One submission on its way to a report."""

    def __init__(
        self,
        session: Grader,
        submission: Submission,
        functions: Collection[str],
        on_progress: OnProgress,
        started: float,
    ) -> None:
        self.session, self.functions = session, functions
        self.runnable = runnable(submission, session.assignment.contract)
        self.submission = self.runnable.submission
        order = {name: i for i, name in enumerate(functions)}
        chosen = [check for check in session.assignment.checks if check.function in order]
        self.checks = sorted(chosen, key=lambda check: order[check.function])
        self.assignment = session.assignment
        self.on_progress = on_progress
        self.started = started
        self.faults: list[str] = []

    def report(self) -> Report:
        session, metadata = self.session, self.assignment.metadata
        limits = Limits(
            call_seconds=metadata.limits.call_seconds,
            total_seconds=metadata.limits.total_seconds,
            memory_bytes=metadata.limits.memory_mb << 20,
            output_bytes=metadata.limits.output_kb << 10,
            result_bytes=metadata.limits.result_mb << 20,
        )
        begun = time.perf_counter()
        self.on_progress(Progress("loading"))
        with LoadedSubmission(
            self.submission,
            session.sandbox,
            limits,
            metadata.limits.load_seconds,
            session.seed,
            self.runnable.adapters,
        ) as loaded:
            loaded.load()
            missing = missing_functions(self.assignment.contract, self.submission, loaded)
            student = Student(self.assignment.contract, loaded, missing)
            after_load = time.perf_counter()
            self.on_progress(Progress("loaded", 0, len(self.checks)))
            runs = self._run_checks(student)
            after_checks = time.perf_counter()
            self.on_progress(Progress("diagnosing", len(runs), len(runs)))
            findings = self._diagnose(runs, student)
            functions = self._function_reports(runs, missing, findings)
            finished = time.perf_counter()
            timing = Timing(
                total=finished - self.started,
                start=begun - self.started,
                load=after_load - begun,
                checks=after_checks - after_load,
                diagnosis=finished - after_checks,
                submission=loaded.own_seconds,
            )
            report = Report(
                assignment=assignment_info(self.assignment),
                submission=SubmissionInfo(
                    name=self.submission.name, sha256=self.submission.sha256, kind=self.submission.kind
                ),
                status="graded",
                score=round(sum(function.score for function in functions), 6),
                max_score=sum(function.max_score for function in functions),
                functions=functions,
                training=tuple(report for run in runs for report in run.record.training),
                cells=loaded.cell_runs,
                remarks=(*self.submission.remarks, *self.faults),
                output=loaded.output,
                environment=self._environment(loaded),
                timing=timing,
            )
        self.on_progress(Progress("done", len(runs), len(runs)))
        return report

    def _run_checks(self, student: Student) -> list[CheckRun]:
        done = 0

        def note(check: Check, result: CheckResult) -> None:
            nonlocal done
            done += 1
            self.on_progress(Progress("check", done, len(self.checks), check=result))

        def note_epoch(event: EpochDone) -> None:
            self.on_progress(Progress("epoch", done, len(self.checks), epoch=event))

        runs = run_checks(self.checks, student, self.session.setting, on_check=note, on_epoch=note_epoch)
        if self.assignment.test_files:
            from grader.checks.instructor_tests import run_instructor_tests

            runs += run_instructor_tests(self.assignment, student, self.session.setting, self.functions)
        return runs

    def _diagnose(self, runs: Sequence[CheckRun], student: Student) -> Findings:
        """The mistakes behind the failed checks. A grade stands without them: a fault here is told, not fatal."""
        causes = follow_ons(self.assignment, runs, student, self.session.setting)
        try:
            return self.session.diagnoser.diagnose(
                runs, self.session.setting, source=self.submission, student=student, follow_ons=causes
            )
        except Exception as error:
            self.faults.append(f"the diagnosis failed ({type(error).__name__}: {error}); the grade is not affected")
            return Findings(follow_ons=causes)

    def _function_reports(
        self, runs: Sequence[CheckRun], missing: dict[str, str], findings: Findings
    ) -> tuple[FunctionReport, ...]:
        places = {**self.submission.definitions(), **self.runnable.places}
        reports = []
        for function in self.assignment.contract:
            own = [run for run in runs if run.check.function == function.name]
            if not own:
                continue
            remarks = [*dict.fromkeys(text for run in own for text in run.record.remarks)]
            reports.append(
                FunctionReport(
                    name=function.name,
                    signature=f"{function.name}{function.signature}" if function.kind != "class" else function.name,
                    summary=function.summary,
                    status=_status(own, function.name in missing),
                    score=sum(run.result.score for run in own),
                    max_score=sum(run.result.max_score for run in own),
                    location=places.get(function.name),
                    checks=tuple(run.result for run in own),
                    diagnoses=findings.diagnoses.get(function.name, ()),
                    follows_from=findings.follow_ons.get(function.name, ()),
                    remarks=tuple(remarks),
                )
            )
        return tuple(reports)

    def _environment(self, loaded: LoadedSubmission) -> Environment:
        sandbox = self.session.sandbox
        return Environment(
            grader=grader.__version__,
            python=sandbox.interpreter.version,
            numpy=sandbox.interpreter.numpy_version,
            sandbox=sandbox.layers,
            seed=self.session.seed,
            stand_ins=loaded.stand_ins,
        )


def _status(runs: Sequence[CheckRun], is_missing: bool) -> FunctionStatus:
    statuses = {run.result.status for run in runs}
    if statuses == {"passed"}:
        return "passed"
    if is_missing or (statuses == {"skipped"} and not any(run.blamed for run in runs)):
        return "missing"
    if any(run.result.score > 0 for run in runs):
        return "partial"
    for status in ("timeout", "error"):
        if status in statuses:
            return status
    return "failed"
