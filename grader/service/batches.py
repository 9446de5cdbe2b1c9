"""A class's submissions uploaded as one ZIP: every entry becomes a submission of its own."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.batch.layouts import LayoutName
from grader.batch.roster import EXPECTED, Discovery, Student, is_meant
from grader.batch.work import Work
from grader.service import audit, batch_terms, courses, handing_in, submissions
from grader.service.batch_entries import entered, in_download, left_out, look_through
from grader.service.batch_terms import OwnTerms
from grader.service.context import Context
from grader.service.data import UNDER_WAY, Batch, CourseAssignment, Grading, GradingState, Submission, User
from grader.service.errors import Conflict, Invalid, NotFound

_RACES = 5  # so often it is tried again when two requests took the same number


@dataclass(frozen=True)
class Progress:
    """How many of a batch's submissions are in which state, and how many of the finished have no grade."""

    total: int
    states: dict[GradingState, int]
    ungraded: int

    @property
    def done(self) -> int:
        return sum(count for state, count in self.states.items() if state.is_final)

    @property
    def is_finished(self) -> bool:
        return self.done == self.total


def accept(
    context: Context,
    user: User,
    assignment: CourseAssignment,
    filename: str,
    path: Path,
    *,
    layout: LayoutName = "auto",
    terms: OwnTerms | None = None,
    only: Collection[str] = (),
    idempotency_key: str | None = None,
) -> Batch:
    """Take in a ZIP that lies at `path`. When this returns, all of it is on disk and in the queue.

    With `only`, as `grade batch` has it, the others are taken in and not graded.

    Raises:
        Forbidden: not an instructor.
        WrongKind, Invalid: no ZIP, nobody's submission is in it, or the terms make no sense.
        Conflict: the assignment's files are gone, or the key was used for another file.
    """
    with context.sessions() as session:
        courses.demand_instructor(session, user, assignment.course)
        context.shelf.set_in(assignment)
    terms = terms or OwnTerms()
    batch_terms.demand_sensible(context.shelf, assignment, terms)
    discovery, works = look_through(path, layout, assignment, filename, terms.policy)
    blob = context.storage.put_file(path)
    for _ in range(_RACES):
        try:
            return _accept(context, user, assignment, filename, blob, discovery, works, terms, only, idempotency_key)
        except IntegrityError:  # a student took the next attempt's number, or this very request came in twice
            continue
    raise Conflict("Too much is handed in at the same moment; try again.")


def _accept(
    context: Context,
    user: User,
    assignment: CourseAssignment,
    filename: str,
    blob: str,
    discovery: Discovery,
    works: Sequence[tuple[Work, tuple[str, ...]]],
    terms: OwnTerms,
    only: Collection[str],
    idempotency_key: str | None,
) -> Batch:
    with context.sessions.begin() as session:
        if earlier := _earlier(session, user, idempotency_key):
            return _repeated(earlier, blob)
        batch = Batch(
            id=str(uuid.uuid4()),
            course_assignment_id=assignment.id,
            uploaded_by_id=user.id,
            idempotency_key=idempotency_key,
            filename=handing_in.tidy_filename(filename),
            blob=blob,
            layout=discovery.layout,
            unmatched=list(discovery.unmatched),
        )
        batch_terms.set_terms(batch, terms)
        session.add(batch)
        session.flush()
        made = entered(session, assignment, batch, zip(discovery.entries, works, strict=True))
        meant = set(_meant(made, only)) if only else {submission.id for submission in made}
        submissions.enqueue(context, session, [s for s in made if s.id in meant], user, is_batch=True)
        session.add_all(left_out(submission, user) for submission in made if submission.id not in meant)
        audit.record(
            session,
            user,
            "batch uploaded",
            course=assignment.course,
            subject=batch.filename,
            entries=len(made),
            **_recorded(batch, terms),
        )
    return batch


def get(session: Session, user: User, batch_id: str) -> Batch:
    """Raises NotFound, or Forbidden: not an instructor."""
    batch = session.get(Batch, batch_id)
    if batch is None or courses.role_in(session, user, batch.course_assignment.course) is None:
        raise NotFound("There is no such batch.")
    courses.demand_instructor(session, user, batch.course_assignment.course)
    return batch


def listed(session: Session, assignment: CourseAssignment) -> list[Batch]:
    query = sa.select(Batch).where(Batch.course_assignment_id == assignment.id).order_by(Batch.created_at.desc())
    return list(session.scalars(query))


def progress(session: Session, batch: Batch) -> Progress:
    newest = (
        sa.select(sa.func.max(Grading.id))
        .join(Submission)
        .where(Submission.batch_id == batch.id)
        .group_by(Grading.submission_id)
    )
    query = (
        sa.select(Grading.state, Grading.status, sa.func.count())
        .where(Grading.id.in_(newest))
        .group_by(Grading.state, Grading.status)
    )
    states: dict[GradingState, int] = {}
    ungraded = 0
    for state, status, count in session.execute(query):
        states[state] = states.get(state, 0) + count
        ungraded += count * (state.is_final and status != "graded")
    return Progress(sum(states.values()), states, ungraded)


def cancel(context: Context, user: User, batch_id: str) -> int:
    """Stop all that is queued or running; how many that were."""
    with context.sessions.begin() as session:
        batch = get(session, user, batch_id)
        query = sa.select(Grading).join(Submission).where(Submission.batch_id == batch.id, Grading.state.in_(UNDER_WAY))
        found = list(session.scalars(query))
        session.execute(
            sa.update(Grading)
            .where(Grading.id.in_([grading.id for grading in found]), Grading.state.in_(UNDER_WAY))
            .values(state=GradingState.CANCELLED, finished_at=sa.func.now())
        )
        context.queue.cancel(session, found)
        audit.record(session, user, "batch cancelled", course=batch.course_assignment.course, subject=batch.filename)
        return len(found)


def change_terms(context: Context, user: User, batch_id: str, terms: OwnTerms) -> Batch:
    """Set the batch's own terms. With another seed, all that was graded is graded again.

    Raises NotFound, Forbidden, Invalid, or Conflict: it is too late for that.
    """
    with context.sessions.begin() as session:
        batch = get(session, user, batch_id)
        assignment = batch.course_assignment
        batch_terms.demand_sensible(context.shelf, assignment, terms)
        batch_terms.demand_same_anonymity(batch, terms)
        before = (batch_terms.seed_of(batch), batch.policy, batch.adjustments)
        batch_terms.set_terms(batch, terms)
        if (batch_terms.seed_of(batch), batch.policy, batch.adjustments) == before:
            return batch
        audit.record(
            session, user, "batch changed", course=assignment.course, subject=batch.filename, **_recorded(batch, terms)
        )
        if batch_terms.seed_of(batch) != before[0]:
            if not progress(session, batch).is_finished:
                raise Conflict("The batch is being graded; another seed waits until that is over, or is cancelled.")
            query = sa.select(Submission).where(Submission.batch_id == batch.id)
            graded = [s.id for s in session.scalars(query).unique() if submissions.counting_grading(s)]
            submissions.regrade_within(context, session, user, graded, is_batch=True)
        return batch


def regrade(context: Context, user: User, batch_id: str, only: Collection[str] = (), *, hold: bool = False) -> int:
    """Grade those that `only` means again, or without it what has no grade yet; how many that are.

    What is being graded is passed over. With `hold` nothing counts of it before it is handed back; see `held`.

    Raises NotFound, Forbidden, or Invalid: nobody is meant.
    """
    with context.sessions.begin() as session:
        batch = get(session, user, batch_id)
        query = sa.select(Submission).where(Submission.batch_id == batch.id).order_by(Submission.student_key)
        found = list(session.scalars(query).unique())
        chosen = _meant(found, only) if only else [s.id for s in found if submissions.counting_grading(s) is None]
        return len(submissions.regrade_within(context, session, user, chosen, is_batch=True, hold=hold))


def _meant(found: Iterable[Submission], only: Iterable[str]) -> list[str]:
    """The ids of those that patterns mean, by the names of the download or of the roster.

    Raises Invalid: a pattern fits nobody.
    """
    names = {s.id: (Student(s.student_key, s.student_name, s.student_email), in_download(s)) for s in found}
    chosen: dict[str, None] = {}
    for pattern in only:
        meant = [id_ for id_, students in names.items() if any(is_meant(student, pattern) for student in students)]
        if not meant:
            raise Invalid(f"no student is {pattern!r}; {EXPECTED}")
        chosen |= dict.fromkeys(meant)
    return list(chosen)


def _recorded(batch: Batch, terms: OwnTerms) -> dict[str, object]:
    """Of the terms, for the audit log, those that were said."""
    recorded: dict[str, object] = {} if terms.seed is None else {"seed": batch.seed}
    return recorded if terms.policy is None else recorded | {"policy": batch.policy, "adjustments": batch.adjustments}


def _earlier(session: Session, user: User, key: str | None) -> Batch | None:
    if key is None:
        return None
    return session.scalar(sa.select(Batch).where(Batch.uploaded_by_id == user.id, Batch.idempotency_key == key))


def _repeated(earlier: Batch, blob: str) -> Batch:
    if earlier.blob != blob:
        raise Conflict("This idempotency key was used for another upload; a new upload needs a new key.")
    return earlier
