"""Work goes with its account: who gets another key takes along what was handed in and decided under the former one."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.service.data import Adjustment, Course, CourseAssignment, Enrollment, Submission, User
from grader.service.errors import Invalid

# Keys and numbers change hands by way of such as nobody has.
_ASIDE = 1_000_000
NOBODYS = "\x1a"


def demand_no_others_work(session: Session, course: Course, wanted: Mapping[str, User | None]) -> None:
    """Raises Invalid: under a key lies the work of an account that is not in the course any more.

    Who is in it takes the work along to the key of now.
    """
    enrolled = sa.select(Enrollment.user_id).where(Enrollment.course_id == course.id)
    query = (
        sa.select(Submission.student_key, Submission.user_id)
        .join(CourseAssignment)
        .where(CourseAssignment.course_id == course.id, Submission.user_id.not_in(enrolled))
        .distinct()
    )
    for key, owner in session.execute(query):
        if key in wanted and (wanted[key] is None or wanted[key].id != owner):  # type: ignore[union-attr]
            former = session.get_one(User, owner)
            raise Invalid(f"The key {key!r} has the work of {former.login}, who was removed; choose another key.")


def set_keys(session: Session, course: Course, wanted: Collection[tuple[Enrollment, str]]) -> list[tuple[str, str]]:
    """Give everybody their key, in whatever order keys change hands, and take along what was handed in.

    Returns the keys that changed, old and new.
    """
    changed = [(e, e.student_key, key) for e, key in wanted if e.student_key != key]
    for enrollment, _, _ in changed:
        enrollment.student_key = f"{NOBODYS}{enrollment.user_id}"
    session.flush()
    for enrollment, _, key in changed:
        enrollment.student_key = key
    session.flush()
    assignments = list(session.scalars(sa.select(CourseAssignment.id).where(CourseAssignment.course_id == course.id)))
    for assignment in assignments:
        _move_work(session, assignment, [(e.user_id, old, key) for e, old, key in changed])
    return [(old, key) for _, old, key in changed if not old.startswith(NOBODYS)]


def _move_work(session: Session, assignment: int, changed: Collection[tuple[int, str, str]]) -> None:
    """What accounts handed in under other keys is theirs, and what batches had under these for nobody on the roster."""
    key_of = {user: key for user, _, key in changed}
    owner_of = {key: user for user, _, key in changed}
    if not key_of:
        return
    query = sa.select(Submission).where(
        Submission.course_assignment_id == assignment,
        sa.or_(
            Submission.user_id.in_(key_of), sa.and_(Submission.user_id.is_(None), Submission.student_key.in_(owner_of))
        ),
    )
    theirs: dict[str, list[Submission]] = {}
    former: dict[str, set[str]] = {}
    for submission in session.scalars(query).unique():
        user = submission.user_id if submission.user_id is not None else owner_of[submission.student_key]
        former.setdefault(key_of[user], set()).add(submission.student_key)
        submission.user_id = user
        theirs.setdefault(key_of[user], []).append(submission)
    for n, submission in enumerate(s for found in theirs.values() for s in found):
        submission.attempt = _ASIDE + n
        submission.student_key = f"{NOBODYS}{n}"
    session.flush()
    for key, found in theirs.items():
        for attempt, submission in enumerate(sorted(found, key=lambda s: (s.created_at, s.id)), start=1):
            submission.student_key, submission.attempt = key, attempt
    session.flush()
    _move_decisions(session, assignment, {old: key for _, old, key in changed}, former)


def _move_decisions(
    session: Session, assignment: int, moved: Mapping[str, str], former: Mapping[str, Collection[str]]
) -> None:
    """Adjustments go with their student; of two about the same one that of the key before holds."""
    query = sa.select(Adjustment).where(Adjustment.course_assignment_id == assignment)
    found = {a.student_key: (a.points, a.override, a.comment, a.written) for a in session.scalars(query)}
    back = {old: key for key, olds in former.items() for old in olds if old not in moved} | dict(moved)
    leaving = {old: key for old, key in back.items() if old in found and old != key}
    for old in leaving:
        session.delete(session.get_one(Adjustment, (assignment, old)))
    session.flush()
    for old, key in leaving.items():
        existing = session.get(Adjustment, (assignment, key))
        if existing is not None:
            session.delete(existing)
            session.flush()
        points, override, comment, written = found[old]
        session.add(
            Adjustment(
                course_assignment_id=assignment,
                student_key=key,
                points=points,
                override=override,
                comment=comment,
                written=written,
            )
        )
    session.flush()
