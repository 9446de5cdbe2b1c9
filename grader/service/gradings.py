"""The outcome of a grading: its report and pages, and the score after the assignment's policy."""

from grader.batch.policy import Lateness, Score, final_score, lateness
from grader.report import Report
from grader.service.context import Context
from grader.service.courses import policy_of
from grader.service.data import Grading, Submission
from grader.service.errors import NotFound
from grader.service.storage import read_text


def report_of(context: Context, grading: Grading, *, for_instructor: bool) -> Report:
    """Raises NotFound: there is none yet."""
    report = Report.from_json(read_text(context.storage, _demand(grading.report)))
    return report if for_instructor else report.for_student()


def page_of(context: Context, grading: Grading, *, for_instructor: bool) -> str:
    """The report as HTML to be put into a page.  Raises NotFound: there is none yet."""
    blob = _demand(grading.instructor_page if for_instructor else grading.student_page)
    return read_text(context.storage, blob)


def lateness_of(submission: Submission) -> Lateness:
    return lateness(policy_of(submission.course_assignment).late, submission.submitted_at, submission.is_late)


def score_of(submission: Submission, grading: Grading, maximum: float) -> Score | None:
    """The score after lateness and caps, before any manual adjustment; None without a grade."""
    if grading.score is None:
        return None
    return final_score(policy_of(submission.course_assignment), grading.score, maximum, lateness_of(submission))


def _demand(blob: str | None) -> str:
    if blob is None:
        raise NotFound("There is no report yet.")
    return blob
