"""Handing in, and what becomes of it: uploads, who may see them, cancelling and grading again."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.service import audit, courses
from grader.service.context import Context
from grader.service.data import (
    Course,
    CourseAssignment,
    Enrollment,
    ExplainedFile,
    Grading,
    GradingState,
    Role,
    Submission,
    User,
)
from grader.service.data.tables import utc_now
from grader.service.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge, TooMany, WrongKind
from grader.submissions.errors import printable
from grader.submissions.limits import megabytes

ENDINGS = (".ipynb", ".py", ".zip", ".tar.gz", ".tgz", ".tar")
_RATE_WINDOW = timedelta(minutes=1)
_STOPPED = 3  # so many gradings that have begun may be cancelled where attempts are limited
_RACES = 5  # so often it is tried again when two requests took the same number


@dataclass(frozen=True)
class Accepted:
    """An upload that will be graded; `is_new` is False for the repetition of an earlier request."""

    submission: Submission
    is_new: bool


def accept(
    context: Context,
    user: User,
    assignment: CourseAssignment,
    filename: str,
    content: bytes,
    *,
    idempotency_key: str | None = None,
) -> Accepted:
    """Take an upload in. When this returns it is on disk and in the queue, whatever happens next.

    Raises:
        TooLarge, WrongKind: the file is nothing that is graded.
        Conflict: the assignment is closed or its files are gone, there are no attempts left, or the key was used for
            another file.
        TooMany: too many uploads within a minute.
        Forbidden: no part in the course.
    """
    filename = tidy_filename(filename)
    demand_gradable(filename, len(content), context.settings.max_upload_bytes)
    if idempotency_key is not None and not 0 < len(idempotency_key) <= 200:
        raise Invalid("The idempotency key has 1 to 200 characters.")
    with context.sessions() as session:
        if earlier := _earlier(session, user, idempotency_key):
            return _repeated(earlier, assignment, content)
        demand_may_hand_in(context, session, user, assignment, idempotency_key)
    blob = context.storage.put(content)  # before the row that speaks of it
    for _ in range(_RACES):
        try:
            return _accept(context, user, assignment, filename, content, blob, idempotency_key)
        except IntegrityError:  # somebody else took the attempt's number, or this very request came in twice
            continue
    raise Conflict("Too much is handed in under this name at the same moment; try again.")


def demand_may_hand_in(
    context: Context,
    session: Session,
    user: User,
    assignment: CourseAssignment,
    idempotency_key: str | None = None,
    *,
    begins: bool = False,
) -> None:
    """Whatever can be asked before anything of an upload is read or kept; nothing of the repetition of a request.

    `begins`: the key will be longer by a part that tells what is in the file.

    Raises Conflict, TooMany or Forbidden, as `accept`.
    """
    if _earlier(session, user, idempotency_key, begins=begins):
        return
    _demand_open(assignment, courses.role_in(session, user, assignment.course))
    context.shelf.set_in(assignment)
    try:
        demand_rate(session, user, context.settings.uploads_per_minute)
        _demand_attempts(session, user, assignment, student_key_of(session, user, assignment.course))
    except (Conflict, TooMany):
        # Else this very request came in between the two questions.
        if not _earlier(session, user, idempotency_key, begins=begins):
            raise


def _accept(
    context: Context,
    user: User,
    assignment: CourseAssignment,
    filename: str,
    content: bytes,
    blob: str,
    idempotency_key: str | None,
) -> Accepted:
    with context.sessions.begin() as session:
        key, name, email = _enter(session, user, assignment)
        if earlier := _earlier(session, user, idempotency_key):  # it came in while this one waited
            return _repeated(earlier, assignment, content)
        demand_rate(session, user, context.settings.uploads_per_minute)
        _demand_attempts(session, user, assignment, key)
        submission = Submission(
            id=str(uuid.uuid4()),
            course_assignment_id=assignment.id,
            course_assignment=session.merge(assignment, load=False),
            user_id=user.id,
            idempotency_key=idempotency_key,
            student_key=key,
            student_name=name,
            student_email=email,
            attempt=next_attempt(session, assignment, key),
            filename=filename,
            blob=blob,
            size=len(content),
            submitted_at=utc_now(),
        )
        enqueue(context, session, [submission], user)
    return Accepted(submission, is_new=True)


def enqueue(
    context: Context,
    session: Session,
    submissions: Iterable[Submission],
    user: User | None,
    *,
    is_batch: bool = False,
    hold: bool = False,
) -> None:
    """The next grading of each, and the jobs for them, in the caller's transaction.

    With `hold` it waits to be handed back where there is one that counts already.
    """
    gradings = [
        Grading(
            submission=submission,
            number=max((grading.number for grading in submission.gradings), default=0) + 1,
            is_batch=is_batch,
            held=hold and counting_grading(submission) is not None,
            requested_by_id=user.id if user else None,
        )
        for submission in submissions
    ]
    session.add_all(gradings)
    session.flush()
    context.queue.enqueue(session, *gradings)


def get(session: Session, user: User, submission_id: str) -> Submission:
    """Raises NotFound, also for one that somebody must not see."""
    submission = session.get(Submission, submission_id)
    if submission is None or not may_see(session, user, submission):
        raise NotFound("There is no such submission, or it is not yours.")
    return submission


def may_see(session: Session, user: User, submission: Submission) -> bool:
    """Students see their own work, instructors what is in their courses."""
    if courses.role_in(session, user, submission.course_assignment.course) is Role.INSTRUCTOR:
        return True
    return submission.user_id == user.id


def student_key_of(session: Session, user: User, course: Course) -> str:
    """What the gradebook calls somebody who hands in."""
    enrollment = session.get(Enrollment, (user.id, course.id))
    return enrollment.student_key if enrollment else user.login


def is_instructors(session: Session, user: User, submission: Submission) -> bool:
    """Whether somebody sees the submission as an instructor, with all hints and the evidence."""
    return courses.role_in(session, user, submission.course_assignment.course) is Role.INSTRUCTOR


def listed(
    session: Session,
    user: User,
    assignment: CourseAssignment,
    *,
    student: str | None = None,
    state: GradingState | None = None,
    batch: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> tuple[list[Submission], int]:
    """Submissions that somebody may see, the newest first, and how many there are in all."""
    query = sa.select(Submission).where(Submission.course_assignment_id == assignment.id)
    if courses.role_in(session, user, assignment.course) is not Role.INSTRUCTOR:
        query = query.where(Submission.user_id == user.id)
    if student is not None:
        query = query.where(Submission.student_key == student)
    if batch is not None:
        query = query.where(Submission.batch_id == batch)
    if state is not None:
        of_each = sa.select(sa.func.max(Grading.id)).group_by(Grading.submission_id)
        latest = sa.select(Grading.submission_id).where(Grading.id.in_(of_each), Grading.state == state)
        query = query.where(Submission.id.in_(latest))
    count = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    page = query.order_by(Submission.created_at.desc(), Submission.id).limit(limit).offset(offset)
    return list(session.scalars(page).unique()), count


def latest_grading(submission: Submission) -> Grading:
    """What is going on with it now."""
    return submission.gradings[-1]


def seen_grading(submission: Submission, *, by_instructor: bool) -> Grading:
    """The latest, of which students see nothing while it is held."""
    latest = latest_grading(submission)
    counting = counting_grading(submission)
    return counting if latest.held and counting is not None and not by_instructor else latest


def counting_grading(submission: Submission) -> Grading | None:
    """The last grading that was finished; a regrading that is under way, failed or held takes nothing away."""
    return next((g for g in reversed(submission.gradings) if g.state is GradingState.DONE and not g.held), None)


def reported_grading(submission: Submission) -> Grading:
    """The grading whose report is shown: the one that counts, else one that the grader failed on.

    Raises NotFound: there is no report yet.
    """
    found = counting_grading(submission) or latest_grading(submission)
    if found.report is None:
        raise NotFound(f"There is no report yet: the grading is {found.state}.")
    return found


def cancel(context: Context, user: User, submission_id: str) -> Submission:
    """Stop what is queued or running; it uses no attempt.

    Raises NotFound, Forbidden: it is part of an instructor's batch, or Conflict: there is nothing to stop, or too much
    was stopped.
    """
    with context.sessions.begin() as session:
        submission = get(session, user, submission_id)
        if submission.batch_id is not None:
            courses.demand_instructor(session, user, submission.course_assignment.course)
        grading = seen_grading(submission, by_instructor=is_instructors(session, user, submission))
        _demand_may_stop(session, user, submission, grading)
        stopped = session.execute(
            sa.update(Grading)
            .where(Grading.id == grading.id, Grading.state.in_((GradingState.QUEUED, GradingState.RUNNING)))
            .values(state=GradingState.CANCELLED, finished_at=utc_now())
        )
        if not stopped.rowcount:  # type: ignore[attr-defined]
            raise Conflict(f"There is nothing to cancel: the grading is {grading.state}.")
        context.queue.cancel(session, [grading])
        if submission.user_id != user.id:
            course = submission.course_assignment.course
            audit.record(session, user, "grading cancelled", course=course, subject=submission.id)
        session.refresh(grading)
        return submission


def ids_of(session: Session, assignment: CourseAssignment, chosen: Sequence[str] | None = None) -> list[str]:
    """The ids of an assignment's submissions, or of those chosen; without a choice not of those that were called off.

    Raises NotFound: one is not among them.
    """
    query = sa.select(Submission.id).where(Submission.course_assignment_id == assignment.id)
    query = query.order_by(Submission.created_at, Submission.id)
    if chosen is None:
        return list(session.scalars(query.where(Submission.id.not_in(_called_off()))))
    known = set(session.scalars(query))
    if strangers := set(chosen).difference(known):
        raise NotFound(f"{assignment.title} has no submission {min(strangers)}.")
    return list(dict.fromkeys(chosen))


def regrade(
    context: Context, user: User, chosen: Sequence[str], *, is_batch: bool | None = None, hold: bool = False
) -> list[Submission]:
    """Grade again with today's assignment and settings; more than one goes with the batches.

    With `hold` nothing counts of it before it is handed back; see `held`.

    Of many, those whose grading is under way are passed over.

    Raises NotFound, Forbidden, AssignmentAway, or Conflict: a grading is under way.
    """
    is_batch = len(chosen) > 1 if is_batch is None else is_batch
    with context.sessions.begin() as session:
        return regrade_within(context, session, user, chosen, is_batch=is_batch, hold=hold)


def regrade_within(
    context: Context, session: Session, user: User, chosen: Sequence[str], *, is_batch: bool, hold: bool = False
) -> list[Submission]:
    """`regrade` as a part of the caller's transaction."""
    regraded = []
    for submission_id in chosen:
        submission = get(session, user, submission_id)
        course = submission.course_assignment.course
        courses.demand_instructor(session, user, course)
        context.shelf.set_in(submission.course_assignment)
        _lock(session, submission)
        last = latest_grading(submission)
        if not last.state.is_final:
            if is_batch:
                continue
            raise Conflict(f"A grading of this submission is {last.state} already.")
        audit.record(session, user, "regraded", course=course, subject=submission.id, student=submission.student_key)
        regraded.append(submission)
    enqueue(context, session, regraded, user, is_batch=is_batch, hold=hold)
    return regraded


def attempts_used(session: Session, assignment: CourseAssignment, student_key: str) -> int:
    """Attempts that are graded, or are to be: not those cancelled, not readable, or failed by the grader's fault."""
    query = sa.select(Submission).where(
        Submission.course_assignment_id == assignment.id,
        Submission.student_key == student_key,
        Submission.batch_id.is_(None),
    )
    return sum(_uses_up(submission) for submission in session.scalars(query).unique())


def next_attempt(session: Session, assignment: CourseAssignment, student_key: str) -> int:
    last = session.scalar(
        sa.select(sa.func.max(Submission.attempt)).where(
            Submission.course_assignment_id == assignment.id, Submission.student_key == student_key
        )
    )
    return (last or 0) + 1


def tidy_filename(filename: str) -> str:
    """The name alone, of any system's path, as it can be shown; a long one keeps its ending."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending)), "")
    stem = name[: len(name) - len(ending)]
    return f"{printable(stem, 200 - len(ending))}{name[len(stem) :]}" if name else "submission"


def demand_gradable(filename: str, size: int, limit: int) -> None:
    """Raises WrongKind or TooLarge, before anything of the file is looked at."""
    if not filename.lower().endswith(ENDINGS):
        raise WrongKind(f"{filename} is not a kind of file that is graded; expected one of {', '.join(ENDINGS)}.")
    if size > limit:
        raise TooLarge(
            f"{filename} has {megabytes(size)}; at most {megabytes(limit)} are accepted. "
            "Leave out data and clear the outputs of notebooks."
        )
    if not size:
        raise Invalid(f"{filename} is an empty file. Was it saved before it was submitted?")


def is_called_off(submission: Submission) -> bool:
    """Whether it was cancelled before there was any outcome: nothing of it counts, and nothing takes it up again."""
    return counting_grading(submission) is None and latest_grading(submission).state is GradingState.CANCELLED


def _called_off() -> sa.Select[str]:
    """The ids of submissions that are `is_called_off`."""
    newest = sa.select(sa.func.max(Grading.id)).group_by(Grading.submission_id)
    done = sa.select(Grading.submission_id).where(Grading.state == GradingState.DONE)
    return sa.select(Grading.submission_id).where(
        Grading.id.in_(newest), Grading.state == GradingState.CANCELLED, Grading.submission_id.not_in(done)
    )


def _uses_up(submission: Submission) -> bool:
    counting = counting_grading(submission)
    if counting is not None:
        return counting.status == "graded"
    latest = latest_grading(submission)
    return not latest.state.is_final or latest.uses_attempt


def _demand_may_stop(session: Session, user: User, submission: Submission, grading: Grading) -> None:
    """Whoever sees checks pass and fail learns from it: where attempts are limited, stopping what runs is so, too.

    Raises Conflict.
    """
    assignment = submission.course_assignment
    is_free = assignment.max_attempts is None or grading.state is not GradingState.RUNNING
    if is_free or courses.role_in(session, user, assignment.course) is Role.INSTRUCTOR:
        return
    begun = sa.select(Grading.submission_id).where(
        Grading.state == GradingState.CANCELLED, Grading.started_at.is_not(None)
    )
    stopped = sa.select(sa.func.count()).where(
        Submission.course_assignment_id == assignment.id,
        Submission.student_key == submission.student_key,
        Submission.id.in_(begun),
    )
    if (session.scalar(stopped) or 0) >= _STOPPED:
        raise Conflict(f"{_STOPPED} gradings were cancelled after they had begun; let this one finish.")


def _earlier(session: Session, user: User, key: str | None, *, begins: bool = False) -> Submission | None:
    if not key:
        return None
    column = Submission.idempotency_key
    same = column.startswith(f"{key}-", autoescape=True) if begins else column == key
    return session.scalar(sa.select(Submission).where(Submission.user_id == user.id, same).limit(1))


def _repeated(earlier: Submission, assignment: CourseAssignment, content: bytes) -> Accepted:
    if earlier.course_assignment_id != assignment.id or earlier.blob != hashlib.sha256(content).hexdigest():
        raise Conflict("This idempotency key was used for another upload; a new upload needs a new key.")
    return Accepted(earlier, is_new=False)


def _demand_open(assignment: CourseAssignment, role: Role | None) -> None:
    if role is None:
        raise Forbidden(f"You have no part in {assignment.course.title}.")
    if role is Role.INSTRUCTOR:
        return
    if not courses.has_opened(assignment):
        raise Conflict(f"{assignment.title} opens at {assignment.opens_at:%Y-%m-%d %H:%M} UTC.")
    if courses.is_closed(assignment):
        raise Conflict(f"{assignment.title} was closed at {assignment.closes_at:%Y-%m-%d %H:%M} UTC.")


def _enter(session: Session, user: User, assignment: CourseAssignment) -> tuple[str, str, str]:
    """Key, name and address of the student, whose uploads now wait for each other until the transaction ends."""
    touched = session.execute(
        sa.update(Enrollment)
        .where(Enrollment.user_id == user.id, Enrollment.course_id == assignment.course_id)
        .values(student_key=Enrollment.student_key)
    )
    if not touched.rowcount:  # type: ignore[attr-defined]
        if not user.is_admin:
            raise Forbidden(f"You have no part in {assignment.course.title}.")
        session.execute(sa.update(User).where(User.id == user.id).values(login=User.login))
        return user.login, user.name, user.email
    enrollment = session.get_one(Enrollment, (user.id, assignment.course_id))
    return enrollment.student_key, user.name, user.email


def _lock(session: Session, submission: Submission) -> None:
    """Regradings of one submission wait for each other."""
    session.execute(sa.update(Submission).where(Submission.id == submission.id).values(attempt=Submission.attempt))
    session.refresh(submission, ["gradings"])


def demand_rate(session: Session, user: User, limit: int) -> None:
    """Of files that somebody sends, to be graded or to be explained.  Raises TooMany."""
    since = utc_now() - _RATE_WINDOW
    query = sa.select(Submission.created_at).where(
        Submission.user_id == user.id, Submission.batch_id.is_(None), Submission.created_at > since
    )
    files = sa.select(ExplainedFile.created_at).where(
        ExplainedFile.user_id == user.id, ExplainedFile.created_at > since
    )
    recent = sorted([*session.scalars(query), *session.scalars(files)])
    if len(recent) >= limit:
        seconds = (recent[-limit] - since).total_seconds()
        raise TooMany(f"At most {limit} uploads a minute; try again in {seconds:.0f} seconds.", seconds)


def _demand_attempts(session: Session, user: User, assignment: CourseAssignment, key: str) -> None:
    if assignment.max_attempts is None or courses.role_in(session, user, assignment.course) is Role.INSTRUCTOR:
        return
    used = attempts_used(session, assignment, key)
    if used >= assignment.max_attempts:
        raise Conflict(f"All {assignment.max_attempts} attempts at {assignment.title} are used up.")
