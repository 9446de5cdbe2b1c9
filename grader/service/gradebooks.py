"""The gradebook of an assignment, or of one batch, as `grade batch` makes it; with manual adjustments."""

import dataclasses
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.orm import Session, lazyload

import grader
from grader.batch.errors import PolicyError
from grader.batch.gradebook import Gradebook, Row, make_gradebook
from grader.batch.journal import Basis, FunctionGrade, Graded
from grader.batch.policy import Adjustment as Decision
from grader.batch.policy import Policy, adjustments_by_key
from grader.batch.roster import Discovery, Entry, HandedInFile, Student
from grader.batch.sound_terms import demand_sound_adjustments
from grader.batch.work import work_from_json
from grader.report import Fault
from grader.service import audit, courses
from grader.service.batch_terms import adjustments_of, policy_of
from grader.service.data import (
    Adjustment,
    Batch,
    CourseAssignment,
    Enrollment,
    Grading,
    GradingState,
    Role,
    Submission,
    User,
)
from grader.service.errors import Invalid
from grader.service.rosters import canvas_ids
from grader.service.shelf import Shelf
from grader.service.submissions import counting_grading, is_called_off, latest_grading, refused_since

_FUNCTIONS = TypeAdapter(tuple[FunctionGrade, ...])


@dataclass(frozen=True)
class Book:
    """A gradebook, with the submissions behind it.

    Attributes:
        submissions: by (student's key, attempt), as the rows have them.
        discovery: what a batch's exports need to know of the upload.
        policy, adjustments: on which terms scores were made of grades.
    """

    gradebook: Gradebook
    submissions: Mapping[tuple[str, int], Submission]
    discovery: Discovery
    policy: Policy
    adjustments: Mapping[str, Decision]

    def counts(self, submission: Submission) -> bool:
        """Whether it is the attempt by which its student is judged."""
        return any(
            row.score is not None and self.submission_of(row) is submission
            for row in self.gradebook.rows
            if row.status != "not_graded"
        )

    def row_of(self, key: str) -> Row | None:
        """What the gradebook has of a student."""
        return next((row for row in self.gradebook.rows if row.student.key == key), None)

    def submission_of(self, row: Row) -> Submission | None:
        return self.submissions.get((row.student.key, row.attempt))

    def grading_of(self, row: Row) -> Grading | None:
        submission = self.submission_of(row)
        return counting_grading(submission) if submission else None


def make_book(
    session: Session,
    shelf: Shelf,
    assignment: CourseAssignment,
    batch: Batch | None = None,
    *,
    students_only: Collection[str] | None = None,
    as_handed_back: bool = False,
) -> Book:
    """The gradebook of everyone in the course, of the entries of one batch alone, or of some students (by key).

    A batch's has its students and attempts as its download has them, and the batch's own terms, if there are any.
    `as_handed_back`: as it would be if all regradings counted that wait for it.

    Raises AssignmentAway.
    """
    query = sa.select(Submission).where(Submission.course_assignment_id == assignment.id)
    query = query.options(lazyload(Submission.course_assignment))  # the same for all, and at hand
    if batch is not None:
        query = query.where(Submission.batch_id == batch.id)
    students, staff = _enrolled(session, assignment)
    if students_only is not None:
        query = query.where(Submission.student_key.in_(students_only))
        students = {key: found for key, found in students.items() if key in students_only}
    counted = [
        s
        for s in session.scalars(query).unique()
        if s.batch_id is not None or (s.user_id not in staff and s.student_key in students)
        if batch is not None or not is_called_off(s)
    ]
    entries = [_entry(s) if batch is None else _entry_of_batch(s) for s in counted]
    entries = [
        _enriched(entry, students.get(s.student_key), as_downloaded=batch is not None)
        for entry, s in zip(entries, counted, strict=True)
    ]
    submissions = {entry.key: s for entry, s in zip(entries, counted, strict=True)}
    if batch is None:
        handed_in = {entry.student.key for entry in entries}
        entries += [Entry(student, (), attempt=0) for key, student in students.items() if key not in handed_in]
    entries.sort(key=lambda entry: entry.key)
    found = shelf.set_in(assignment)
    basis = Basis(
        assignment=found.id,
        version=found.metadata.version,
        digest=found.digest,
        seed=assignment.seed,
        grader=grader.__version__,
    )
    graded = {key: g for key, s in submissions.items() if (g := _graded(s, key, basis, as_handed_back)) is not None}
    policy, adjustments = courses.policy_of(assignment), decisions(session, assignment)
    if batch is not None:
        policy, adjustments = policy_of(batch), adjustments_of(batch, adjustments, counted)
    else:  # made per student here: a key is no name or address of somebody else
        keys = {entry.student.key for entry in entries}
        adjustments = {key: decision for key, decision in adjustments.items() if key in keys}
    gradebook = make_gradebook(found, entries, graded, policy, adjustments)
    gradebook = dataclasses.replace(gradebook, title=assignment.title)
    layout, unmatched = (batch.layout, tuple(batch.unmatched)) if batch else ("service", ())
    return Book(gradebook, submissions, Discovery(layout, tuple(entries), unmatched), policy, adjustments)


def decisions(session: Session, assignment: CourseAssignment) -> Mapping[str, Decision]:
    """The manual adjustments, by student."""
    query = sa.select(Adjustment).where(Adjustment.course_assignment_id == assignment.id)
    return {a.student_key: Decision(a.points, a.override, a.comment, a.written or {}) for a in session.scalars(query)}


def answers_of(session: Session, submission: Submission) -> Mapping[str, float]:
    """The points that a person has given for the written answers of whoever handed this in, by question."""
    found, batch = decisions(session, submission.course_assignment), submission.batch
    key = submission.student_key
    if batch is not None:
        found = adjustments_of(batch, found, [submission])
        key = submission.entry["key"] if submission.entry else key
    student = Student(key, "", submission.student_email)  # a name may be two students'
    decision = adjustments_by_key(found, [student]).get(key)
    return decision.written if decision else {}


def adjust(
    session: Session,
    actor: User,
    shelf: Shelf,
    assignment: CourseAssignment,
    student_key: str,
    decision: Decision | None,
) -> None:
    """Set what an instructor decides about one student's score; None takes it back.

    Raises Forbidden, or Invalid: no finite numbers, more points than there are, points for what was not asked, or no
    word about why.
    """
    courses.demand_instructor(session, actor, assignment.course)
    existing = session.get(Adjustment, (assignment.id, student_key))
    if decision is None:
        if existing is not None:
            session.delete(existing)
    else:
        numbers = [decision.points, decision.override or 0.0]
        if not all(math.isfinite(number) for number in numbers):
            raise Invalid("An adjustment is a finite number of points.")
        demand_sound(shelf, assignment, student_key, decision)
        if not decision.comment.strip() and (decision.points or decision.override is not None):
            raise Invalid("An adjustment needs a comment: the student and other instructors will ask why.")
        made = existing or Adjustment(course_assignment_id=assignment.id, student_key=student_key)
        made.points, made.override, made.comment = decision.points, decision.override, decision.comment.strip()
        made.written = dict(decision.written) or None
        session.add(made)
    audit.record(
        session,
        actor,
        "score adjusted" if decision else "adjustment taken back",
        course=assignment.course,
        subject=f"{assignment.slug}: {student_key}",
        **(dataclasses.asdict(decision) if decision else {}),
    )


def demand_sound(shelf: Shelf, assignment: CourseAssignment, student_key: str, decision: Decision) -> None:
    """Raises Invalid: it gives more points than there are, or points for a question that nobody was asked."""
    try:
        found = shelf.set_in(assignment)
        demand_sound_adjustments(found, courses.policy_of(assignment), {student_key: decision})
    except PolicyError as error:
        raise Invalid(f"{error}.") from error


def _enrolled(session: Session, assignment: CourseAssignment) -> tuple[dict[str, Student], set[int]]:
    """Students by key, and the accounts whose uploads are trials."""
    query = sa.select(Enrollment).where(Enrollment.course_id == assignment.course_id)
    enrollments: Sequence[Enrollment] = session.scalars(query).unique().all()
    students = {
        e.student_key: Student(e.student_key, e.user.name, e.user.email, canvas_ids(e))
        for e in enrollments
        if e.role is Role.STUDENT
    }
    return students, {e.user_id for e in enrollments if e.role is Role.INSTRUCTOR}


def _entry(submission: Submission) -> Entry:
    return Entry(
        Student(submission.student_key, submission.student_name, submission.student_email),
        (HandedInFile("", submission.filename),),
        late=submission.is_late,
        submitted_at=submission.submitted_at,
        attempt=submission.attempt,
        remarks=tuple(submission.remarks),
    )


def _entry_of_batch(submission: Submission) -> Entry:
    """As it stood in the download, whoever that is on the roster."""
    entry, listed = _entry(submission), submission.entry
    if listed is None:
        return entry
    student = Student(listed["key"], listed["name"], listed["email"])
    files = work_from_json(submission.work).files if submission.work else ()
    place = listed.get("place", "")
    return dataclasses.replace(entry, student=student, attempt=listed["attempt"], place=place, files=files)


def _enriched(entry: Entry, enrolled: Student | None, *, as_downloaded: bool) -> Entry:
    """With what Canvas calls the student, and, but for a batch's own download, with the name and address of now."""
    if enrolled is None:
        return entry
    student = dataclasses.replace(entry.student, canvas=enrolled.canvas)
    if not as_downloaded:
        student = dataclasses.replace(
            student, name=enrolled.name or student.name, email=enrolled.email or student.email
        )
    return dataclasses.replace(entry, student=student)


def _superseded(refused: Grading | None) -> str:
    if refused is None:
        return ""
    return f"graded again it was refused ({refused.reason.rstrip('.')}): this grade is from the grading before"


def _graded(submission: Submission, key: tuple[str, int], basis: Basis, as_handed_back: bool) -> Graded | None:
    """What counts of a submission; None while nothing does."""
    grading = counting_grading(submission, as_handed_back=as_handed_back)
    if grading is None:
        latest = latest_grading(submission)
        if latest.state is not GradingState.FAILED:
            return None
        grading = latest
    return Graded(
        student=key[0],
        attempt=key[1],
        fingerprint=submission.blob,
        basis=basis,
        status="internal_error" if grading.state is GradingState.FAILED else grading.status,
        reason=grading.reason,
        fault=cast("Fault", grading.fault),
        score=grading.score or 0.0,
        max_score=grading.max_score or 0.0,
        functions=_FUNCTIONS.validate_python(grading.functions),
        remarks=tuple(submission.remarks if grading.remarks is None else grading.remarks),
        superseded=_superseded(refused_since(submission, grading)),
        documents={f"{submission.id}.html": ""} if grading.report else {},
    )
