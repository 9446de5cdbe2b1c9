"""One submission on its way to a report: loaded, checked, diagnosed, written down."""

import time
from collections.abc import Collection, Sequence
from contextlib import ExitStack

import numpy as np

from grader.assignments import Check
from grader.attempts import Attempt, Attempts
from grader.behind_slips import as_meant, with_what_is_behind
from grader.bounds import bounded
from grader.brought_along import judged_without_them
from grader.carried_forward import CarriedForward
from grader.checks.arguments import argument_adapters, arguments_taken
from grader.checks.as_graded import AsGraded
from grader.checks.demands import Unmet, unmet_demands
from grader.checks.living import TimeUsed
from grader.checks.loaded import LoadedSubmission
from grader.checks.memory import Ledger
from grader.checks.notebook_access import notebook_access
from grader.checks.record import EpochDone
from grader.checks.run import CheckRun, CheckSetting, run_checks
from grader.checks.script import runnable
from grader.checks.served import ServedStudent
from grader.checks.stubs import missing_functions
from grader.checks.student import Student
from grader.checks.what_is_missing_here import remarks_on_ends, without_ours
from grader.compatibility import Stack, integers_rounded_down
from grader.diagnosis import Findings
from grader.diagnosis.cases.where import Source
from grader.diagnosis.written.ready_made import ready_made
from grader.function_reports import FunctionReports
from grader.grading_session import GradingSession
from grader.judged_once_more import SERVED_PATIENCE, SHARE_OF_TIME, carried_forward
from grader.progress import OnProgress, Progress
from grader.report import (
    CarriedForwardTerms,
    CheckResult,
    Diagnosis,
    Environment,
    Experiment,
    FunctionReport,
    Report,
    SubmissionInfo,
    Timing,
)
from grader.report_parts import assignment_info, training_reports, written_answers
from grader.submissions import Submission
from grader.submissions.provided import with_own_definitions, with_provided
from grader.version import __version__

MOST_SLIPS = 2  # one behind the other, with which a submission is judged once more


class GradingRun:
    """One submission on its way to a report."""

    def __init__(
        self,
        session: GradingSession,
        submission: Submission,
        functions: Sequence[str],
        setting: CheckSetting,
        on_progress: OnProgress,
        started: float,
        terms: CarriedForwardTerms,
    ) -> None:
        self.terms = terms
        self.session, self.functions, self.setting = session, functions, setting
        if session.assignment.metadata.compatibility.old_stack == "refuse":
            submission = submission.as_written
        submission = with_own_definitions(submission, session.assignment.importable)
        self.handed_in, self.slips = submission, 0
        self.runnable = runnable(submission, session.assignment.contract)
        self.submission = with_provided(
            self.runnable.submission, session.assignment.importable, session.assignment.function_names
        )
        self.source = Source(self.submission)
        order = {name: i for i, name in enumerate(functions)}
        chosen = [check for check in session.assignment.checks if check.function in order]
        self.checks = sorted(chosen, key=lambda check: order[check.function])
        self.assignment = session.assignment
        self.on_progress = on_progress
        self.started = started
        self.load_seconds = 0.0
        self.used = TimeUsed()
        self._used_afterwards = TimeUsed()  # by what judges the functions once more, all cells of it together
        self.faults: list[str] = []
        self.is_notebook = session.assignment.notebook is not None
        self.ledger = Ledger()
        self.unmet: dict[str, Unmet] = {}
        self.carried = CarriedForward()

    def report(self) -> Report:
        begun = time.perf_counter()
        with ExitStack() as open_cells:
            attempts = Attempts(self.assignment, self.submission, self._attempt, self.used)
            attempts.run(self.functions, open_cells)
            after_checks = time.perf_counter()
            self._look_for_unmet_demands(attempts)
            output = attempts.last.loaded.output  # what is printed from here on, the diagnosis asked for
            self.on_progress(Progress("diagnosing", len(self.checks), len(self.checks)))
            self._carry_forward(attempts, open_cells)
            findings = self._diagnose(attempts)
            reports = FunctionReports(
                self.assignment,
                self.runnable,
                self.source,
                attempts,
                [*attempts.outdated()],
                self.unmet,
                self.carried,
                self.terms,
            )
            functions = self._behind_slips(reports.of_each(findings))
            finished = time.perf_counter()
            last = attempts.last.loaded
            cells, ours = without_ours(last.cell_runs, self.submission.units)
            report = Report(
                assignment=assignment_info(self.assignment, self.terms),
                submission=SubmissionInfo(
                    name=self.submission.name, sha256=self.submission.sha256, kind=self.submission.kind
                ),
                status="graded",
                score=round(sum(function.score for function in functions), 6),
                max_score=sum(function.max_score for function in functions),
                carried=round(sum(function.carried for function in functions), 6),
                functions=functions,
                training=training_reports(attempts.runs),
                written=written_answers(self.assignment, self.runnable.original),
                cells=cells,
                remarks=(*self.submission.remarks, *reports.remarks(), *ours, *remarks_on_ends(cells), *self.faults),
                output=output,
                environment=self._environment(last),
                timing=Timing(
                    total=finished - self.started,
                    start=begun - self.started,
                    load=self.load_seconds,
                    checks=after_checks - begun - self.load_seconds,
                    diagnosis=finished - after_checks,
                    submission=sum(attempt.loaded.own_seconds for attempt in attempts.all),
                ),
            )
        self.on_progress(Progress("done", len(self.checks), len(self.checks)))
        return bounded(report)

    def _attempt(
        self, open_cells: ExitStack, stack: Stack, functions: Collection[str], changed: Submission | None = None
    ) -> Attempt:
        """Load the submission as `stack` runs it, and check the functions.

        What is `changed` in it, if anything, is judged apart: nobody is told of its progress.
        """
        submission, tell, used = self.submission, self.on_progress, self.used
        if changed is not None:
            own = with_provided(changed, self.assignment.importable, self.assignment.function_names)
            submission, tell, used = own, lambda progress: None, self._used_afterwards
        session, metadata = self.session, self.assignment.metadata
        begun = time.perf_counter()
        tell(Progress("loading"))
        loaded = open_cells.enter_context(
            LoadedSubmission(
                submission,
                session.sandbox,
                session.limits,
                metadata.limits.load_seconds,
                self.setting.seed,
                (
                    *self.runnable.adapters,
                    *argument_adapters(self.assignment.contract),
                    *notebook_access(self.assignment.contract, is_notebook=self.is_notebook),
                ),
                stack,
                used=used,
            )
        )
        loaded.load()
        loaded.taken = arguments_taken(self.assignment.contract, loaded)
        missing = missing_functions(self.assignment.contract, submission, loaded, metadata.compatibility.former)
        student = Student(self.assignment.contract, loaded, missing, self.ledger)
        self.load_seconds += time.perf_counter() - begun
        return Attempt(loaded, missing, student, self._run_checks(student, functions, tell))

    def _run_checks(self, student: Student, functions: Collection[str], tell: OnProgress) -> list[CheckRun]:
        checks = [check for check in self.checks if check.function in functions]
        done = 0
        tell(Progress("loaded", done, len(checks)))

        def note(check: Check, result: CheckResult) -> None:
            nonlocal done
            done += 1
            tell(Progress("check", done, len(checks), check=result))

        def note_epoch(event: EpochDone) -> None:
            tell(Progress("epoch", done, len(checks), epoch=event))

        runs = run_checks(checks, student, self.setting, on_check=note, on_epoch=note_epoch)
        if self.assignment.test_files:
            from grader.checks.instructor_tests import run_instructor_tests

            runs += run_instructor_tests(self.assignment, student, self.setting, functions)
        return runs

    def _look_for_unmet_demands(self, attempts: Attempts) -> None:
        """Whether the thing itself was written. A fault here is told, not fatal."""
        try:
            for attempt in attempts.all:
                judged = [run for run in attempt.runs if attempts.of(run.check.function) is attempt]
                self.unmet |= unmet_demands(self.assignment, judged, attempt.student, self.setting)
            self.unmet |= self._handed_on(attempts)
        except Exception as error:
            self.faults.append(
                f"whether the demands of the assignment are met could not be found ({type(error).__name__}: {error})"
            )

    def _handed_on(self, attempts: Attempts) -> dict[str, Unmet]:
        """Functions that passed and are a library's."""
        if self.assignment.metadata.demands.ready_made == "ignore":
            return {}
        passed = dict.fromkeys(run.check.function for run in attempts.runs if run.passed and run.check.points)
        told = {function: ready_made(function, self.source) for function in passed}
        return {function: Unmet("ready_made", words) for function, words in told.items() if words}

    def _carry_forward(self, attempts: Attempts, open_cells: ExitStack) -> None:
        """Judge once more, with right helpers, what failed perhaps for wrong ones. A fault here is told, not fatal."""
        if not self.assignment.has_solution:
            return
        total = self.assignment.metadata.limits.total_seconds
        self._used_afterwards.seconds = min(self.used.seconds, (1 - SHARE_OF_TIME) * total)
        for attempt in attempts.all:
            judged = [run for run in attempts.runs if attempts.of(run.check.function) is attempt]
            judged = [run for run in judged if run.check in self.checks]  # pytest's run on the submission alone
            if all(run.passed for run in judged):
                continue

            def judged_again(submission: Submission, functions: Sequence[str], stack: Stack = attempt.stack) -> Attempt:
                with ExitStack() as apart:
                    return self._attempt(apart, stack, functions, submission)

            def loaded_again(attempt: Attempt = attempt) -> LoadedSubmission:
                return open_cells.enter_context(attempt.loaded.again(self._used_afterwards, SERVED_PATIENCE))

            def served(attempt: Attempt = attempt) -> ServedStudent:
                contract, solution = self.assignment.contract, self.setting.solution
                return ServedStudent(contract, loaded_again(attempt), attempt.missing, solution, self.ledger)

            def as_graded(attempt: Attempt = attempt) -> AsGraded:
                contract, solution = self.assignment.contract, self.setting.solution
                loaded = loaded_again(attempt)
                own = Student(contract, loaded_again(attempt), attempt.missing, Ledger())  # nothing of it is kept
                return AsGraded(contract, loaded, attempt.missing, solution, own, self.ledger)

            try:
                brought = judged_without_them(self.assignment, self.runnable.submission, judged, judged_again)
                self.carried.checks |= brought.checks
                counted = [run for run in attempts.runs if run.check in self.checks]
                found = carried_forward(
                    self.assignment,
                    [run for run in counted if run.check.id not in self.carried.checks],
                    attempt.missing,
                    self.setting,
                    self.session.allowances,
                    attempt.loaded.submission,
                    served,
                    as_graded,
                    judged={run.check.function for run in judged},
                    not_wrong=self.carried.causes,
                )
            except Exception as error:
                self.faults.append(
                    f"points for what is right given right helpers could not be found ({type(error).__name__}: {error})"
                )
            else:
                self.carried.add(found)
                self.unmet |= found.unmet

    def _diagnose(self, attempts: Attempts) -> Findings:
        """The mistakes behind the failed checks. A grade stands without them: a fault here is told, not fatal."""
        if not self.assignment.has_solution:
            return Findings({}, {})
        own_checks = [run for run in attempts.runs if run.check in self.checks]  # pytest's run on the submission alone
        diagnoses: dict[str, tuple[Diagnosis, ...]] = {}
        causes: dict[str, tuple[str, ...]] = {}
        fingerprints: dict[str, str] = {}
        smallest: dict[str, Experiment] = {}
        beside: dict[str, tuple[str, ...]] = {}
        for attempt in attempts.all:
            judged = [run for run in own_checks if run.passed or attempts.of(run.check.function) is attempt]
            if all(run.passed for run in judged):
                continue
            from grader.diagnosis.planted.follow import (
                follow_ons,  # with all of the diagnosis: a right submission needs none
            )

            try:
                following = follow_ons(
                    self.assignment,
                    judged,
                    attempt.student,
                    self.setting,
                    attempt.missing,
                    planting=self.session.diagnoser.planting,
                    causes=self.carried.causes,
                    carried=self.carried.checks,
                    certain=self.carried.certain,
                    in_vain={name: tried.served for name, tried in self.carried.still_wrong.items()},
                )
                causes |= following.causes
                with np.errstate(all="ignore"):  # a submission's numbers may be of any size
                    found = self.session.diagnoser.diagnose(
                        judged,
                        self.setting,
                        source=self.runnable.original,
                        student=attempt.student,
                        follow_ons=following,
                    )
                self.faults += [_failed("a step of the diagnosis", error) for error in found.errors]
                self.carried.add_proved(judged, found.proved, found.repaired, self.session.allowances, self.setting)
            except Exception as error:
                self.faults.append(_failed("the diagnosis", error))
            else:
                diagnoses |= found.diagnoses
                causes |= found.follow_ons
                fingerprints |= found.fingerprints
                smallest |= found.smallest
                beside |= found.beside
        rounding = [function for function in attempts.functions if attempts.is_wrong_by_rounding(function)]
        rounded = {function: (self._rounding(function, attempts),) for function in rounding}
        return Findings(diagnoses | rounded, causes, fingerprints=fingerprints, smallest=smallest, beside=beside)

    def _rounding(self, function: str, attempts: Attempts) -> Diagnosis:
        places = sorted(attempts.last.rounded_down, key=lambda place: (place.file, place.cell or 0, place.line or 0))
        own = [place for place in places if self.source.holds(function, place)] or places
        return integers_rounded_down(function, own)

    def _behind_slips(self, functions: Sequence[FunctionReport]) -> Sequence[FunctionReport]:
        """The reports, with what is wrong in functions that a slip hides whose meaning is clear."""
        meant = as_meant(functions, self.handed_in) if self.slips < MOST_SLIPS else None
        if meant is None:
            return functions
        again = GradingRun(
            self.session, meant.submission, self.functions, self.setting, lambda _: None, self.started, self.terms
        )
        again.slips = self.slips + 1
        return with_what_is_behind(functions, meant, again.report().functions)

    def _environment(self, loaded: LoadedSubmission) -> Environment:
        sandbox = self.session.sandbox
        return Environment(
            grader=__version__,
            python=sandbox.interpreter.version,
            numpy=sandbox.interpreter.numpy_version,
            sandbox=sandbox.layers,
            seed=self.setting.seed,
            stand_ins=loaded.stand_ins,
            run_as=loaded.stack.name,
        )


def _failed(what: str, error: Exception) -> str:
    return f"{what} failed ({type(error).__name__}: {error}); the grade is not affected"
