"""The one way in which a grade is made: `grade(assignment, submission) -> Report`."""

import time
import traceback
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from grader.assignments import Assignment
from grader.checks.generators import global_generators_restored
from grader.checks.run import CheckFault
from grader.grading_run import GradingRun
from grader.grading_session import GradingSession
from grader.progress import OnProgress, Progress
from grader.report import CarriedForwardTerms, Fault, Report, SubmissionInfo
from grader.report_parts import assignment_info
from grader.sandbox import Mode as SandboxMode
from grader.sandbox import Sandbox, SandboxUnavailable
from grader.submissions import Submission, SubmissionRejected, load_submission

__all__ = ["Grader", "OnProgress", "Progress", "SandboxMode", "grade"]


def grade(
    assignment: Assignment | str | Path,
    submission: Submission | str | Path,
    *,
    sandbox: SandboxMode | Sandbox = "auto",
    seed: int = 0,
    functions: Collection[str] | None = None,
    carried_forward: CarriedForwardTerms | None = None,
    on_progress: OnProgress = lambda progress: None,
) -> Report:
    """Grade one submission.

    Args:
        assignment: an assignment, the id of one in the library, or its folder.
        submission: a loaded submission, or the path of a notebook, module, folder or archive.
        sandbox: a mode, or a running sandbox to use.
        seed: of the random inputs; the same seed gives the same report.
        functions: grade these alone; None for all.
        carried_forward: what counts of errors carried forward; None for what the assignment says.

    Raises:
        AssignmentError: the assignment is faulty.
        SandboxUnavailable: this machine cannot hold a submission safely, and the mode demands it.
        ValueError: a function that the contract does not have was asked for.
    """
    with Grader(assignment, sandbox=sandbox, seed=seed, carried_forward=carried_forward) as session:
        return session.grade(submission, functions=functions, on_progress=on_progress)


class Grader(GradingSession):
    """Grades any number of submissions to one assignment; what they share is computed once."""

    def grade(
        self,
        submission: Submission | str | Path,
        *,
        functions: Collection[str] | None = None,
        seed: int | None = None,
        carried_forward: CarriedForwardTerms | None = None,
        on_progress: OnProgress = lambda progress: None,
    ) -> Report:
        """Grade one submission; see `grader.grade`.

        `seed` is that of this submission's random inputs, and `carried_forward` what counts of errors carried forward
        in it; without them they are the grader's own.

        A submission that cannot be read gives a report with status `rejected`; a fault of the grader, or of one of the
        assignment's own checks, gives one with status `internal_error`, never a zero.
        """
        started = time.perf_counter()
        selected = self._selected(functions)
        self.sandbox.begin_cell(self.limits, seed=self.seed if seed is None else seed)  # while the file is read
        try:
            if not isinstance(submission, Submission):
                submission = self.read(submission)
            setting = self.setting if seed is None else replace(self.setting, seed=seed, redrawn={})
            with global_generators_restored():
                terms = carried_forward or self.carried_forward
                return GradingRun(self, submission, selected, setting, on_progress, started, terms).report()
        except SubmissionRejected as rejection:
            return self._without_grade(submission, "rejected", str(rejection))
        except SandboxUnavailable:
            raise
        except CheckFault as fault_of_author:
            return self._without_grade(submission, "internal_error", str(fault_of_author), fault="assignment")
        except Exception as error:
            fault = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(fault.filename).name}, line {fault.lineno}"
            return self._without_grade(submission, "internal_error", f"{type(error).__name__}: {error} (in {place})")

    def read(self, path: str | Path) -> Submission:
        """Read a submission from a file or folder.

        Raises:
            SubmissionRejected: it cannot be graded; the message says why in one line.
        """
        return load_submission(path, self.assignment.function_names)

    def rejected(self, submission: Submission | str | Path, reason: str) -> Report:
        """The report on a submission that could not be read, or that is not graded for another reason."""
        return self._without_grade(submission, "rejected", reason)

    def _selected(self, functions: Collection[str] | None) -> Sequence[str]:
        """The functions to grade, in the contract's order."""
        names = self.assignment.function_names
        unknown = [name for name in functions or () if name not in names]
        if unknown:
            raise ValueError(f"the contract has no {', '.join(unknown)}; it has {', '.join(names)}")
        return [name for name in names if functions is None or name in functions]

    def _without_grade(
        self,
        submission: Submission | str | Path,
        status: Literal["rejected", "internal_error"],
        reason: str,
        fault: Fault = "grader",
    ) -> Report:
        if isinstance(submission, Submission):
            info = SubmissionInfo(name=submission.name, sha256=submission.sha256, kind=submission.kind)
        else:
            info = SubmissionInfo(name=Path(submission).name, sha256="")
        return Report(
            assignment=assignment_info(self.assignment, self.carried_forward),
            submission=info,
            status=status,
            reason=reason,
            fault=fault,
            max_score=self.assignment.points,
        )
