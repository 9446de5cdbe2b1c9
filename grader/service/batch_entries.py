"""What is in the ZIP of a batch: its students and files, and the submissions that they become."""

import dataclasses
import uuid
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.batch import BatchError
from grader.batch.layouts import LayoutName, discover
from grader.batch.policy import Policy
from grader.batch.roster import Discovery, Entry, HandedInFile, Student
from grader.batch.source import ZipSource
from grader.batch.work import Work, work_of
from grader.service import courses
from grader.service.data import Batch, CourseAssignment, Enrollment, Grading, GradingState, Submission, User
from grader.service.data.base import utc_now
from grader.service.errors import Invalid, WrongKind
from grader.submissions.errors import printable

MOST_ENTRIES = 5_000  # one transaction takes them in, for which everybody's next write waits on SQLite


def work_from_json(work: dict[str, object]) -> Work:
    """`Submission.work` as it was."""
    files = work["files"]
    assert isinstance(files, list)
    return Work(
        name=str(work["name"]),
        files=tuple(HandedInFile(**file) for file in files),
        left_out=tuple(map(str, work["left_out"])),  # type: ignore[call-overload]
    )


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
    on_roster = _Roster(session, assignment, (entry for entry, _ in entries))
    set_for = session.merge(assignment, load=False)
    attempts = on_roster.last_attempts()
    made = []
    for entry, (work, remarks) in entries:
        enrollment = on_roster.find(entry)
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


class _Roster:
    """Whom an entry of a download belongs to: by key, e-mail address or login, or by a name that only one has.

    Students choose how a platform calls them. So a name decides only for whom nothing surer is in the download, and for
    nobody whose name stands there twice.
    """

    def __init__(self, session: Session, assignment: CourseAssignment, entries: Iterable[Entry]) -> None:
        self._session, self._assignment = session, assignment
        query = sa.select(Enrollment).where(Enrollment.course_id == assignment.course_id)
        self._by: dict[str, Enrollment] = {}
        names: dict[str, list[Enrollment]] = {}
        for enrollment in session.scalars(query).unique():
            for text in (enrollment.student_key, enrollment.user.login, enrollment.user.email):
                if text:
                    self._by[text.lower()] = enrollment
            names.setdefault(enrollment.user.name.lower(), []).append(enrollment)
        students = {entry.student.key: entry.student for entry in entries}.values()
        surely = {found.user_id for student in students if (found := self._surely(student))}
        called = Counter(student.name.lower() for student in students)
        self._by_name = {
            name: found[0]
            for name, found in names.items()
            if name and len(found) == 1 and called[name] == 1 and found[0].user_id not in surely
        }

    def find(self, entry: Entry) -> Enrollment | None:
        return self._surely(entry.student) or self._by_name.get(entry.student.name.lower())

    def _surely(self, student: Student) -> Enrollment | None:
        found = (self._by.get(text.lower()) for text in (student.key, student.email) if text)
        return next((enrollment for enrollment in found if enrollment), None)

    def last_attempts(self) -> dict[str, int]:
        query = (
            sa.select(Submission.student_key, sa.func.max(Submission.attempt))
            .where(Submission.course_assignment_id == self._assignment.id)
            .group_by(Submission.student_key)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}
