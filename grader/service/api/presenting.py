"""From the tables to what the API tells."""

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy.orm import Session

from grader.assignments import Assignment
from grader.batch.gradebook import Row
from grader.batch.policy import Adjustment, Lateness, Score
from grader.report import ReportStatus
from grader.service import batch_terms, batches, courses, gradings, people, rosters, submissions
from grader.service.api.models.batches import BatchInfo, BatchLinks, FunctionPoints, GradebookInfo, GradebookRow
from grader.service.api.models.courses import (
    AttemptsLeft,
    ContractEntry,
    CourseAssignmentInfo,
    LibraryAssignment,
    Limits,
)
from grader.service.api.models.people import CreatedToken, ImportedRoster, Member, NewToken, RosterChange
from grader.service.api.models.submissions import Links, ScoreInfo, StudentInfo, SubmissionStatus
from grader.service.context import Context
from grader.service.data import Batch, CourseAssignment, Enrollment, Grading, GradingState, Role, Submission, User
from grader.service.gradebooks import Book, decisions

PREFIX = "/api/v1"


def created_token(session: Session, user: User, body: NewToken, actor: User | None = None) -> CreatedToken:
    text = people.create_token(session, user, body.label, expires_at=body.expires_at, actor=actor)
    token = people.find_token(session, text)
    return CreatedToken.of(token, token=text)


def member(enrollment: Enrollment) -> Member:
    return Member.of(enrollment.user, key=enrollment.student_key, role=enrollment.role)


def roster_import(plan: rosters.Plan, tokens: Mapping[str, str]) -> ImportedRoster:
    """What an import did or would do, those who stay as they are only counted."""
    return ImportedRoster(
        added=plan.counts["added"],
        changed=plan.counts["changed"],
        unchanged=plan.counts["unchanged"],
        tokens=dict(tokens),
        changes=[RosterChange.of(change) for change in plan.changes if change.what != "unchanged"],
        notes=list(plan.notes),
    )


def library_assignment(name: str, assignment: Assignment) -> LibraryAssignment:
    metadata = assignment.metadata
    return LibraryAssignment.of(
        metadata,
        id=name,
        points=assignment.points,
        functions=[
            ContractEntry.of(
                function, points=sum(check.points for check in assignment.checks if check.function == function.name)
            )
            for function in assignment.contract
        ],
        limits=Limits.of(metadata.limits),
    )


def course_assignment(session: Session, user: User, assignment: CourseAssignment) -> CourseAssignmentInfo:
    role = courses.role_in(session, user, assignment.course)
    enrollment = session.get(Enrollment, (user.id, assignment.course_id))
    key = enrollment.student_key if enrollment else user.login
    used = submissions.attempts_used(session, assignment, key)
    most = assignment.max_attempts if role is Role.STUDENT else None
    return CourseAssignmentInfo.of(
        assignment,
        is_open=courses.has_opened(assignment) and not courses.is_closed(assignment),
        seed=assignment.seed if role is Role.INSTRUCTOR else None,
        policy=assignment.policy or {},
        attempts=AttemptsLeft(used=used, left=None if most is None else max(0, most - used)),
    )


def statuses(
    context: Context, session: Session, user: User, assignment: CourseAssignment, found: Sequence[Submission]
) -> list[SubmissionStatus]:
    """Submissions of one assignment, as `user` sees them; what is asked of the database, once for all of them."""
    teaches = courses.role_in(session, user, assignment.course) is Role.INSTRUCTOR
    seen = [submissions.seen_grading(submission, by_instructor=teaches) for submission in found]
    queued = [grading.id for grading in seen if grading.state is GradingState.QUEUED]
    places = context.queue.places(session, queued) if queued else {}
    adjustments = decisions(session, assignment)
    maximum, questions = gradings.maximum_of(context, assignment), gradings.questions_of(context, assignment)
    return [
        _status(submission, latest, places, adjustments.get(submission.student_key), maximum, questions)
        for submission, latest in zip(found, seen, strict=True)
    ]


def status(context: Context, session: Session, user: User, submission: Submission) -> SubmissionStatus:
    return statuses(context, session, user, submission.course_assignment, [submission])[0]


def _status(
    submission: Submission,
    latest: Grading,
    places: Mapping[int, int],
    adjustment: Adjustment | None,
    maximum: float | None,
    questions: Sequence[str],
) -> SubmissionStatus:
    counting = submissions.counting_grading(submission)
    shown = counting or latest
    late = gradings.lateness_of(submission)
    assignment = submission.course_assignment
    return SubmissionStatus.of(
        submission,
        course=assignment.course.slug,
        assignment=assignment.slug,
        student=student_of(submission),
        is_late=late.is_late,
        late_hours=_hours(late),
        batch=submission.batch_id,
        state=latest.state,
        place=places.get(latest.id),
        grading=latest.number,
        tries=latest.tries,
        requested_at=latest.requested_at,
        started_at=latest.started_at,
        finished_at=latest.finished_at,
        status=_report_status(shown),
        reason=shown.reason,
        fault=shown.fault,
        score=_score_of(submission, counting, maximum, adjustment, questions),
        links=submission_links(submission.id),
    )


def student_of(submission: Submission) -> StudentInfo:
    return StudentInfo(key=submission.student_key, name=submission.student_name, email=submission.student_email)


def submission_links(submission_id: str) -> Links:
    here = f"{PREFIX}/submissions/{submission_id}"
    return Links(
        self=here, events=f"{here}/events", report=f"{here}/report", html=f"{here}/report.html", file=f"{here}/file"
    )


def batch_info(session: Session, batch: Batch) -> BatchInfo:
    progress = batches.progress(session, batch)
    assignment = batch.course_assignment
    here = f"{PREFIX}/batches/{batch.id}"
    return BatchInfo.of(
        batch,
        course=assignment.course.slug,
        assignment=assignment.slug,
        total=progress.total,
        done=progress.done,
        states=progress.states,
        ungraded=progress.ungraded,
        is_finished=progress.is_finished,
        seed=batch_terms.seed_of(batch),
        links=BatchLinks(
            self=here,
            events=f"{here}/events",
            output=f"{here}/output.zip",
            gradebook=f"{here}/gradebook.csv",
            submissions=f"{PREFIX}/courses/{assignment.course.slug}/assignments/{assignment.slug}"
            f"/submissions?batch={batch.id}",
        ),
    )


def gradebook_info(book: Book) -> GradebookInfo:
    gradebook = book.gradebook
    rows = [_row(book, row) for row in gradebook.rows]
    return GradebookInfo.of(gradebook, assignment=gradebook.assignment_id, rows=rows)


def _row(book: Book, row: Row) -> GradebookRow:
    submission = book.submission_of(row)
    return GradebookRow.of(
        row,
        student=StudentInfo.of(row.student),
        submission=submission.id if submission else None,
        is_late=row.late.is_late,
        late_hours=_hours(row.late),
        score=_score(row.score, row.carried or 0.0),
        functions=[FunctionPoints.of(function) for function in row.functions],
    )


def _score_of(
    submission: Submission,
    grading: Grading | None,
    maximum: float | None,
    adjustment: Adjustment | None,
    questions: Sequence[str],
) -> ScoreInfo | None:
    if grading is None:
        return None
    out_of = maximum if maximum is not None else grading.max_score or 0.0
    return _score(gradings.score_of(submission, grading, out_of, adjustment, questions), grading.carried)


def _score(score: Score | None, carried: float) -> ScoreInfo | None:
    return None if score is None else ScoreInfo.of(score, carried=carried)


def _report_status(grading: Grading) -> ReportStatus | None:
    """Of what is finished; the column holds nothing but these words."""
    return "internal_error" if grading.state is GradingState.FAILED else cast("ReportStatus | None", grading.status)


def _hours(late: Lateness) -> float | None:
    return None if late.hours is None else round(late.hours, 4)
