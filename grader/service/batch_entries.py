"""What is in the ZIP of a batch: its students and files, and the submissions that they become."""

import dataclasses
import uuid
from collections.abc import Collection, Iterable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.batch import BatchError
from grader.batch.known_students import matched
from grader.batch.layouts import LayoutName, discover
from grader.batch.policy import Policy
from grader.batch.roster import Discovery, Entry, Student
from grader.batch.source import ZipSource
from grader.batch.work import Work, work_of
from grader.service import courses
from grader.service.data import Batch, CourseAssignment, Enrollment, Grading, GradingState, Submission, User
from grader.service.data.base import utc_now
from grader.service.errors import Invalid, WrongKind
from grader.submissions.errors import printable

MOST_ENTRIES = 5_000  # one transaction takes them in, for which everybody's next write waits on SQLite


def look_through(
    path: Path, layout: LayoutName, assignment: CourseAssignment, filename: str, policy: Policy | None
) -> tuple[Discovery, list[tuple[Work, tuple[str, ...]]]]:
    anonymous = (policy or courses.policy_of(assignment)).reports.anonymous
    try:
        with ZipSource(path) as source:
            discovery = discover(source, layout, assignment.assignment)
    except BatchError as error:
        message = str(error).replace(str(path), filename)
        raise (WrongKind if "is no ZIP" in message else Invalid)(message) from error
    if len(discovery.entries) > MOST_ENTRIES:
        raise Invalid(
            f"{filename} holds {len(discovery.entries):,} submissions; at most {MOST_ENTRIES:,} are taken in at once. "
            "Is there a folder or a file for each student, as the platform packs them?"
        )
    return discovery, [work_of(entry, anonymous=anonymous) for entry in discovery.entries]


def entered(
    session: Session,
    assignment: CourseAssignment,
    batch: Batch,
    entries: Iterable[tuple[Entry, tuple[Work, tuple[str, ...]]]],
) -> list[Submission]:
    """The submissions that the entries become."""
    entries = list(entries)
    students = {entry.student.key: entry.student for entry, _ in entries}
    on_roster = _on_roster(session, assignment, students.values())
    set_for = session.merge(assignment, load=False)
    attempts = _last_attempts(session, assignment)
    made = []
    for entry, (work, remarks) in entries:
        enrollment = on_roster.get(entry.student.key)
        student = entry.student
        key = enrollment.student_key if enrollment else printable(student.key, 200)
        attempts[key] = attempts.get(key, 0) + 1
        made.append(
            Submission(
                id=str(uuid.uuid4()),
                course_assignment_id=assignment.id,
                course_assignment=set_for,
                user_id=enrollment.user_id if enrollment else None,
                batch_id=batch.id,
                student_key=key,
                student_name=(enrollment.user.name if enrollment else "") or printable(student.name, 200),
                student_email=(enrollment.user.email if enrollment else "") or printable(student.email, 200),
                attempt=attempts[key],
                filename=work.name[:300],
                blob=batch.blob,
                size=0,
                work=dataclasses.asdict(work),
                entry={
                    "key": student.key,
                    "name": student.name,
                    "email": student.email,
                    "attempt": entry.attempt,
                    "place": entry.place,
                },
                remarks=[*entry.remarks, *remarks],
                is_late=entry.late,
                submitted_at=entry.submitted_at,
            )
        )
    session.add_all(made)
    return made


def left_out(submission: Submission, user: User) -> Grading:
    """What stands for the grading of a submission that is not to be graded now."""
    return Grading(
        submission=submission,
        state=GradingState.CANCELLED,
        is_batch=True,
        requested_by_id=user.id,
        finished_at=utc_now(),
    )


def in_download(submission: Submission) -> Student:
    entry = submission.entry or {}
    return Student(entry.get("key", ""), entry.get("name", ""), entry.get("email", ""))


def _on_roster(session: Session, assignment: CourseAssignment, students: Collection[Student]) -> dict[str, Enrollment]:
    """Whom the students of a download are, by their keys there."""
    query = sa.select(Enrollment).where(Enrollment.course_id == assignment.course_id)
    return matched(
        students,
        session.scalars(query).unique().all(),
        lambda enrollment: (enrollment.student_key, enrollment.user.login, enrollment.user.email),
        lambda enrollment: enrollment.user.name,
    )


def _last_attempts(session: Session, assignment: CourseAssignment) -> dict[str, int]:
    query = (
        sa.select(Submission.student_key, sa.func.max(Submission.attempt))
        .where(Submission.course_assignment_id == assignment.id)
        .group_by(Submission.student_key)
    )
    return {row[0]: row[1] for row in session.execute(query)}
