"""The outcome of a grading: its report and pages, and the score after the assignment's policy."""

from collections.abc import Collection, Iterator, Mapping

from grader.batch.feedback.statement import Statement
from grader.batch.gradebook import maximum_points
from grader.batch.policy import Adjustment, Lateness, Score, counted_score, lateness
from grader.render import html
from grader.report import Report
from grader.service.context import Context
from grader.service.courses import policy_of
from grader.service.data import CourseAssignment, Grading, Submission
from grader.service.errors import AssignmentAway, NotFound
from grader.service.storage import begun, open_text, read_text


def report_of(context: Context, grading: Grading, answers: Mapping[str, float], *, for_instructor: bool) -> Report:
    """With the points that a person has given for answers, by question.  Raises NotFound: there is none yet."""
    report = Report.from_json(read_text(context.storage, _demand(grading.report))).with_answers(answers)
    return report if for_instructor else report.for_student()


def page_of(context: Context, grading: Grading, answers: Mapping[str, float], *, for_instructor: bool) -> str:
    """The report as HTML to be put into a page, as `report_of`.  Raises NotFound: there is none yet."""
    blob = _demand(grading.instructor_page if for_instructor else grading.student_page)
    return html.with_answers(read_text(context.storage, blob), answers)


def notebook_of(
    context: Context,
    grading: Grading,
    statement: Statement | None,
    answers: Mapping[str, float],
    *,
    for_instructor: bool,
) -> Iterator[bytes]:
    """The annotated notebook, part by part, as `spliced`.

    Raises NotFound, at once: it is none, or older than the service makes them.
    """
    from grader.batch.feedback.spliced import spliced  # with all that writes notebooks: workers never ask for this

    blob = grading.instructor_notebook if for_instructor else grading.student_notebook
    if blob is None:
        raise NotFound("This submission is no notebook that feedback could be put into, or was graded long ago.")

    def parts(key: str) -> Iterator[bytes]:
        with open_text(context.storage, key) as stored:
            yield from spliced(stored, statement, answers)

    return begun(parts(blob))


def whole_page(
    context: Context, submission: Submission, grading: Grading, answers: Mapping[str, float], *, for_instructor: bool
) -> str:
    """The report as a page of its own, as `report_of`.  Raises NotFound: there is none yet."""
    return html.page(
        page_of(context, grading, answers, for_instructor=for_instructor),
        assignment=submission.course_assignment.title,
        name=submission.filename,
    )


def lateness_of(submission: Submission) -> Lateness:
    return lateness(policy_of(submission.course_assignment).late, submission.submitted_at, submission.is_late)


def maximum_of(context: Context, assignment: CourseAssignment) -> float | None:
    """What the points are out of; None where the assignment's files are gone or faulty."""
    try:
        return maximum_points(context.shelf.set_in(assignment), policy_of(assignment))
    except AssignmentAway:
        return None


def questions_of(context: Context, assignment: CourseAssignment) -> tuple[str, ...]:
    """Those that a person reads; none where the assignment's files are gone or faulty."""
    try:
        return tuple(question.name for question in context.shelf.set_in(assignment).written)
    except AssignmentAway:
        return ()


def score_of(
    submission: Submission,
    grading: Grading,
    maximum: float,
    adjustment: Adjustment | None = None,
    questions: Collection[str] = (),
) -> Score | None:
    """The score after lateness, caps and the instructor's own adjustment; None for what counts nothing."""
    policy, late = policy_of(submission.course_assignment), lateness_of(submission)
    return counted_score(
        policy, grading.status or "not_graded", grading.score or 0.0, maximum, late, adjustment, questions
    )


def _demand(blob: str | None) -> str:
    if blob is None:
        raise NotFound("There is no report yet.")
    return blob
