"""From the tables to what the API tells."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy.orm import Session

from grader.assignments import Assignment
from grader.batch.gradebook import Row
from grader.batch.policy import Adjustment, Lateness, Score
from grader.report import CarriedForwardTerms, Fault, HintPolicy, ReportStatus
from grader.service import batch_terms, batches, courses, gradings, people, rosters, submissions
from grader.service.api.models.batches import BatchInfo, BatchLinks
from grader.service.api.models.courses import (
    AttemptsLeft,
    ContractEntry,
    CourseAssignmentInfo,
    LibraryAssignment,
    Limits,
)
from grader.service.api.models.gradebook import FunctionPoints, GradebookInfo, GradebookRow
from grader.service.api.models.people import (
    CreatedToken,
    ImportedRoster,
    Member,
    NewToken,
    RosterChange,
    TokenInfo,
    UserInfo,
)
from grader.service.api.models.submissions import Links, ScoreInfo, StudentInfo, SubmissionStatus
from grader.service.context import Context
from grader.service.data import (
    Batch,
    CourseAssignment,
    Enrollment,
    Grading,
    GradingState,
    Role,
    Submission,
    Token,
    User,
)
from grader.service.gradebooks import Book, decisions

PREFIX = "/api/v1"


def user_info(user: User) -> UserInfo:
    return UserInfo(
        login=user.login, name=user.name, email=user.email, is_admin=user.is_admin, created_at=user.created_at
    )


def token_info(token: Token) -> TokenInfo:
    return TokenInfo(
        id=token.id,
        label=token.label,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
    )


def created_token(session: Session, user: User, body: NewToken, actor: User | None = None) -> CreatedToken:
    text = people.create_token(session, user, body.label, expires_at=body.expires_at, actor=actor)
    token = people.find_token(session, text)
    return CreatedToken(**token_info(token).model_dump(), token=text)


def member(enrollment: Enrollment) -> Member:
    user = enrollment.user
    return Member(login=user.login, name=user.name, email=user.email, key=enrollment.student_key, role=enrollment.role)


def roster_import(changes: Sequence[rosters.Change], tokens: Mapping[str, str], notes: Sequence[str]) -> ImportedRoster:
    """What an import did or would do, those who stay as they are only counted."""
    counts = Counter(change.what for change in changes)
    return ImportedRoster(
        added=counts["added"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        tokens=dict(tokens),
        changes=[
            RosterChange(login=c.login, name=c.name, what=c.what, details=list(c.details))
            for c in changes
            if c.what != "unchanged"
        ],
        notes=list(notes),
    )


def library_assignment(name: str, assignment: Assignment) -> LibraryAssignment:
    limits = assignment.metadata.limits
    return LibraryAssignment(
        id=name,
        title=assignment.metadata.title,
        summary=assignment.metadata.summary,
        version=assignment.metadata.version,
        points=assignment.points,
        functions=[
            ContractEntry(
                name=function.name,
                kind=function.kind,
                signature=function.signature,
                summary=function.summary,
                documentation=function.documentation,
                points=sum(check.points for check in assignment.checks if check.function == function.name),
            )
            for function in assignment.contract
        ],
        limits=Limits(call_seconds=limits.call_seconds, total_seconds=limits.total_seconds, memory_mb=limits.memory_mb),
    )


def course_assignment(session: Session, user: User, assignment: CourseAssignment) -> CourseAssignmentInfo:
    role = courses.role_in(session, user, assignment.course)
    enrollment = session.get(Enrollment, (user.id, assignment.course_id))
    key = enrollment.student_key if enrollment else user.login
    used = submissions.attempts_used(session, assignment, key)
    most = assignment.max_attempts if role is Role.STUDENT else None
    return CourseAssignmentInfo(
        slug=assignment.slug,
        title=assignment.title,
        assignment=assignment.assignment,
        opens_at=assignment.opens_at,
        due_at=assignment.due_at,
        closes_at=assignment.closes_at,
        is_open=courses.has_opened(assignment) and not courses.is_closed(assignment),
        max_attempts=assignment.max_attempts,
        hints=cast("HintPolicy | None", assignment.hints),  # checked when it was set
        carried_forward=cast("CarriedForwardTerms | None", assignment.carried_forward),
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
    return SubmissionStatus(
        id=submission.id,
        course=assignment.course.slug,
        assignment=assignment.slug,
        student=StudentInfo(key=submission.student_key, name=submission.student_name, email=submission.student_email),
        attempt=submission.attempt,
        filename=submission.filename,
        size=submission.size,
        submitted_at=submission.submitted_at,
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
        fault=cast("Fault", shown.fault),
        score=_score_of(submission, counting, maximum, adjustment, questions),
        remarks=list(submission.remarks),
        links=submission_links(submission.id),
    )


def submission_links(submission_id: str) -> Links:
    here = f"{PREFIX}/submissions/{submission_id}"
    return Links(
        self=here,
        events=f"{here}/events",
        report=f"{here}/report",
        html=f"{here}/report.html",
        file=f"{here}/file",
    )


def batch_info(session: Session, batch: Batch) -> BatchInfo:
    progress = batches.progress(session, batch)
    assignment = batch.course_assignment
    here = f"{PREFIX}/batches/{batch.id}"
    return BatchInfo(
        id=batch.id,
        course=assignment.course.slug,
        assignment=assignment.slug,
        filename=batch.filename,
        layout=batch.layout,
        unmatched=list(batch.unmatched),
        created_at=batch.created_at,
        total=progress.total,
        done=progress.done,
        states=progress.states,
        ungraded=progress.ungraded,
        is_finished=progress.is_finished,
        seed=batch_terms.seed_of(batch),
        policy=batch.policy,
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
    return GradebookInfo(
        assignment=gradebook.assignment_id,
        title=gradebook.title,
        maximum=gradebook.maximum,
        functions=list(gradebook.functions),
        rows=[_row(book, row) for row in gradebook.rows],
    )


def _row(book: Book, row: Row) -> GradebookRow:
    submission = book.submission_of(row)
    return GradebookRow(
        student=StudentInfo(key=row.student.key, name=row.student.name, email=row.student.email),
        attempt=row.attempt,
        submission=submission.id if submission else None,
        status=row.status,
        is_late=row.late.is_late,
        late_hours=_hours(row.late),
        score=_score(row.score, row.carried or 0.0),
        functions=[
            FunctionPoints(
                name=function.name,
                status=function.status,
                score=function.score,
                max_score=function.max_score,
                carried=function.carried,
                diagnoses=list(function.diagnoses),
            )
            for function in row.functions
        ],
        reason=row.reason,
        remarks=list(row.remarks),
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
    if score is None:
        return None
    return ScoreInfo(
        raw=score.raw,
        carried=carried,
        maximum=score.maximum,
        penalty=score.penalty,
        adjustment=score.adjustment,
        final=score.final,
        comment=score.comment,
        waiting=list(score.waiting),
    )


def _report_status(grading: Grading) -> ReportStatus | None:
    """Of what is finished; the column holds nothing but these words."""
    return "internal_error" if grading.state is GradingState.FAILED else cast("ReportStatus | None", grading.status)


def _hours(late: Lateness) -> float | None:
    return None if late.hours is None else round(late.hours, 4)
