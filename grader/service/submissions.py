"""What has been handed in: who may see it, which grading counts, cancelling and grading again."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.service import audit, courses
from grader.service.context import Context
from grader.service.data import (
    UNDER_WAY,
    Course,
    CourseAssignment,
    Enrollment,
    Grading,
    GradingState,
    Role,
    Submission,
    User,
    counted,
)
from grader.service.data.base import utc_now
from grader.service.errors import Conflict, NotFound

_STOPPED = 3  # so many gradings that have begun may be cancelled where attempts are limited


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
    count = counted(session, query.subquery())
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


def counting_grading(submission: Submission, *, as_handed_back: bool = False) -> Grading | None:
    """The last that gave a grade, or without any the last that was finished.

    A regrading that is under way, failed, is held or refused the file takes nothing away; `as_handed_back`: as if none
    were held.
    """
    done = [g for g in reversed(submission.gradings) if g.state is GradingState.DONE]
    finished = [g for g in done if as_handed_back or not g.held]
    return next((g for g in finished if g.status == "graded"), finished[0] if finished else None)


def refused_since(submission: Submission, counting: Grading) -> Grading | None:
    """The last regrading that refused what has a grade from before, which counts."""
    later = [g for g in submission.gradings if g.number > counting.number and not g.held]
    return next((g for g in reversed(later) if g.state is GradingState.DONE), None)


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
            .where(Grading.id == grading.id, Grading.state.in_(UNDER_WAY))
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
    context: Context, user: User, chosen: Sequence[str], *, is_batch: bool = False, hold: bool = False
) -> list[Submission]:
    """Grade again with today's assignment and settings; many go with the batches.

    With `hold` nothing counts of it before it is handed back; see `held`.

    Of many, those whose grading is under way are passed over.

    Raises NotFound, Forbidden, AssignmentAway, or Conflict: a grading is under way.
    """
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


def _lock(session: Session, submission: Submission) -> None:
    """Regradings of one submission wait for each other."""
    session.execute(sa.update(Submission).where(Submission.id == submission.id).values(attempt=Submission.attempt))
    session.refresh(submission, ["gradings"])
