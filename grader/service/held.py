"""A regrade of many that waits: what would change, and handing it back or dropping it.

Students see and are judged by the grading before until an instructor lets the new one count.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.orm import Session, undefer

from grader.batch.evidence import Evidence
from grader.batch.journal import FunctionGrade
from grader.render import wording
from grader.service import audit, courses
from grader.service.data import UNDER_WAY, CourseAssignment, Grading, GradingState, Submission, User
from grader.service.errors import AssignmentAway
from grader.service.gradebooks import Book, make_book
from grader.service.shelf import Shelf
from grader.service.submissions import counting_grading

_FUNCTIONS = TypeAdapter(tuple[FunctionGrade, ...])
_REASONS = 5


@dataclass(frozen=True)
class GradeChange:
    """A student's score in the gradebook, and as it would be with all that waits; `counts`: by this submission."""

    was: float | None
    now: float | None
    counts: bool


@dataclass(frozen=True)
class HeldChange:
    """One submission: the points that count now, those that would, and why they differ.

    A regrading that refuses the file takes no grade away: then both are the same, and `why` says so.

    Attributes:
        grade: what it does to the student's grade; None where the submission is in no gradebook.
    """

    submission: Submission
    grading: Grading
    was: float | None
    now: float | None
    why: tuple[str, ...]
    grade: GradeChange | None = None

    @property
    def differs(self) -> bool:
        """Whether it is worth a look."""
        return self.was != self.now or self.is_refused

    @property
    def is_refused(self) -> bool:
        """Whether the regrading refuses what has a grade."""
        return self.was is not None and self.grading.status != "graded"


def held(session: Session, assignment: CourseAssignment) -> list[HeldChange]:
    """What is graded and waits, by student; of several regradings of a submission the last, if nothing newer counts."""
    query = (
        sa.select(Grading)
        .join(Submission)
        .where(Submission.course_assignment_id == assignment.id, Grading.held, Grading.state == GradingState.DONE)
        .options(undefer(Grading.evidence))
        .order_by(Submission.student_name, Submission.student_key, Submission.attempt, Grading.number)
    )
    last = {grading.submission_id: grading for grading in session.scalars(query).unique()}
    return [_change(grading) for grading in last.values() if not _is_overtaken(grading)]


def with_grades(
    session: Session, shelf: Shelf, assignment: CourseAssignment, found: Sequence[HeldChange]
) -> list[HeldChange]:
    """What waits, with what becomes of grades: after lateness, adjustments, and which attempt counts.

    Without grades where the assignment's files are gone or faulty.
    """
    keys = {change.submission.student_key for change in found}
    try:
        before = make_book(session, shelf, assignment, students_only=keys)
        after = make_book(session, shelf, assignment, students_only=keys, as_handed_back=True)
    except AssignmentAway:
        return [*found]
    return [replace(change, grade=_grade_change(change.submission, before, after)) for change in found]


def _grade_change(submission: Submission, before: Book, after: Book) -> GradeChange | None:
    was, now = before.row_of(submission.student_key), after.row_of(submission.student_key)
    if was is None or now is None:
        return None
    counts = any(book.submission_of(row) is submission for book, row in ((before, was), (after, now)))
    return GradeChange(was.settled.final if was.settled else None, now.settled.final if now.settled else None, counts)


def underway(session: Session, assignment: CourseAssignment) -> int:
    """How many regradings that will wait are not graded yet."""
    query = (
        sa.select(sa.func.count())
        .select_from(Grading)
        .join(Submission)
        .where(Submission.course_assignment_id == assignment.id, Grading.held, Grading.state.in_(UNDER_WAY))
    )
    return session.scalar(query) or 0


def hand_back(
    session: Session, actor: User, assignment: CourseAssignment, chosen: Collection[str] | None = None
) -> int:
    """Let what waits count, of the submissions chosen or of all; how many.  Raises Forbidden."""
    courses.demand_instructor(session, actor, assignment.course)
    found = _chosen(session, assignment, chosen)
    for change in found:
        change.grading.held = False
    audit.record(
        session, actor, "regrade handed back", course=assignment.course, subject=assignment.slug, count=len(found)
    )
    return len(found)


def drop(session: Session, actor: User, assignment: CourseAssignment, chosen: Collection[str] | None = None) -> int:
    """Forget what waits, of the submissions chosen or of all; how many.  Raises Forbidden."""
    courses.demand_instructor(session, actor, assignment.course)
    found = _chosen(session, assignment, chosen)
    ids = [change.submission.id for change in found]
    session.execute(
        sa.delete(Grading).where(Grading.submission_id.in_(ids), Grading.held, Grading.state == GradingState.DONE)
    )
    audit.record(session, actor, "regrade dropped", course=assignment.course, subject=assignment.slug, count=len(found))
    return len(found)


def _is_overtaken(grading: Grading) -> bool:
    counting = counting_grading(grading.submission)
    return counting is not None and counting.number > grading.number


def _chosen(session: Session, assignment: CourseAssignment, chosen: Collection[str] | None) -> list[HeldChange]:
    found = held(session, assignment)
    return found if chosen is None else [change for change in found if change.submission.id in set(chosen)]


def _change(grading: Grading) -> HeldChange:
    submission = grading.submission
    counting = counting_grading(submission)
    was = counting.score if counting and counting.status == "graded" else None
    now = grading.score if grading.status == "graded" else was
    reasons = list(_reasons(counting, grading)) if counting else []
    more = len(reasons) - _REASONS
    shown = reasons[:_REASONS] + ([f"and {more} more"] if more > 0 else [])
    return HeldChange(submission, grading, was, now, tuple(shown))


def _reasons(before: Grading, after: Grading) -> Iterator[str]:
    if before.status == "graded" != after.status:
        yield f"refused now ({after.reason.rstrip('.')}): the grade of before stays"
        return
    if before.status != after.status:
        yield f"{before.status} becomes {after.status}"
        return
    was, now = _functions(before), _functions(after)
    checks_before, checks_after = _checks(before), _checks(after)
    for key in dict.fromkeys((*checks_before, *checks_after)):
        old, new = checks_before.get(key), checks_after.get(key)
        what = f"check `{(new or old or ('', False))[0]}` of `{key[0]}`"
        if old is None:
            yield f"{what} is new"
        elif new is None:
            yield f"{what} is gone"
        elif old[1] != new[1]:
            yield f"{what} {'passes' if new[1] else 'does not pass'} now"
    for name in dict.fromkeys((*was, *now)):
        old_points, new_points = was.get(name), now.get(name)
        if old_points and new_points and old_points.carried != new_points.carried:
            carried = wording.count_points(new_points.carried)
            yield f"`{name}`: {carried} carried forward instead of {wording.number(old_points.carried)}"
        if old_points and new_points and old_points.max_score != new_points.max_score:
            new_maximum, old_maximum = wording.number(new_points.max_score), wording.number(old_points.max_score)
            yield f"`{name}` is worth {new_maximum} instead of {old_maximum}"


def _functions(grading: Grading) -> Mapping[str, FunctionGrade]:
    return {function.name: function for function in _FUNCTIONS.validate_python(grading.functions)}


def _checks(grading: Grading) -> Mapping[tuple[str, str], tuple[str, bool]]:
    """(function, check) -> title and whether it passed."""
    if not grading.evidence:
        return {}
    evidence = Evidence.model_validate_json(grading.evidence)
    return {(check.function, check.id): (check.title, check.passed) for check in evidence.checks}
