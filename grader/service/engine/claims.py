"""What becomes of a grading in the database: claimed by one worker, and brought to an end by that worker alone.

Each step is one transaction, guarded by the claim: what a worker does that was taken for dead, is void.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session, lazyload

from grader.batch.work import Work, work_from_json
from grader.report import CarriedForwardTerms, HintPolicy
from grader.service.batch_terms import draws_of
from grader.service.context import Context
from grader.service.data import UNDER_WAY, Batch, CourseAssignment, Event, Grading, GradingState, Submission
from grader.service.data.base import utc_now
from grader.service.engine.messages import Graded, Told

_RETRY_SECONDS, _LONGEST_RETRY_SECONDS = 2.0, 60.0


@dataclass(frozen=True)
class Claim:
    """A grading that is this worker's, with what it takes to grade it.

    Attributes:
        token: of this claim alone.
        tries: this one included.
        draws: the key that random inputs follow from.
        last_fault: what went wrong with the try before.
        is_spent: there have been too many tries already; this claim is for giving it up.
    """

    grading_id: int
    number: int
    submission_id: str
    token: str
    tries: int
    last_fault: str
    is_spent: bool
    assignment: str
    title: str
    draws: bytes
    hints: HintPolicy | None
    carried_forward: CarriedForwardTerms | None
    blob: str
    filename: str
    work: Work | None
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Blobs:
    """Where the documents of a grading are."""

    report: str
    student_page: str
    instructor_page: str
    results: str
    student_notebook: str | None
    instructor_notebook: str | None


def claim(context: Context, grading_id: int, token: str) -> Claim | None:
    """Make a grading this worker's; None when there is nothing to do any more. Safe to be repeated."""
    with context.sessions.begin() as session:
        taken = session.execute(
            sa.update(Grading)
            .where(Grading.id == grading_id, Grading.state.in_(UNDER_WAY))
            .where(sa.or_(Grading.claim.is_(None), Grading.claim != token))
            .values(state=GradingState.RUNNING, claim=token, tries=Grading.tries + 1, started_at=utc_now())
        )
        found = session.execute(
            sa.select(Grading, Submission, CourseAssignment, Batch.seed)
            .join(Submission, Submission.id == Grading.submission_id)
            .join(CourseAssignment, CourseAssignment.id == Submission.course_assignment_id)
            .outerjoin(Batch, Batch.id == Submission.batch_id)
            .where(Grading.id == grading_id, Grading.claim == token, Grading.state == GradingState.RUNNING)
            .options(lazyload("*"))
        ).one_or_none()
        if found is None:
            return None
        grading, submission, assignment, own_seed = found
        if taken.rowcount:  # type: ignore[attr-defined] # else it is the repetition of a commit that seemed to be lost
            session.add(Event(grading_id=grading.id, kind="started", data={"try": grading.tries}))
        return Claim(
            grading_id=grading.id,
            number=grading.number,
            submission_id=submission.id,
            token=token,
            tries=grading.tries,
            last_fault=grading.reason,
            is_spent=grading.tries > context.settings.tries,
            assignment=assignment.assignment,
            title=assignment.title,
            draws=draws_of(assignment, own_seed),
            hints=assignment.hints,  # type: ignore[arg-type]
            carried_forward=assignment.carried_forward,  # type: ignore[arg-type]
            blob=submission.blob,
            filename=submission.filename,
            work=None if submission.work is None else work_from_json(submission.work),
            remarks=tuple(submission.remarks),
        )


def is_held(context: Context, claim: Claim) -> bool:
    """Whether the grading is still this worker's; it may have been cancelled."""
    with context.sessions() as session:
        return session.scalar(sa.select(Grading.id).where(*_held(claim))) is not None


def tell(context: Context, claim: Claim, events: Iterable[Told]) -> bool:
    """Let those who watch know; False when the grading is not this worker's any more."""
    with context.sessions.begin() as session:
        if not _changed(session, claim, claim=claim.token):
            return False
        _note(session, claim, events)
        return True


def finish(context: Context, claim: Claim, graded: Graded, blobs: Blobs, events: Iterable[Told]) -> bool:
    """Write the result down; False when it is void."""
    end = Told("done", {"status": graded.status, "score": graded.score, "max_score": graded.max_score})
    return _end(context, claim, "done", graded, blobs, [*events, end])


def fail(
    context: Context,
    claim: Claim,
    graded: Graded,
    blobs: Blobs,
    events: Iterable[Told],
    *,
    uses_attempt: bool = False,
) -> bool:
    """Give it up, by a fault of the grader or of the assignment; False when it is void."""
    told = [*events, Told("failed", {"reason": graded.reason})]
    return _end(context, claim, "failed", graded, blobs, told, uses_attempt=uses_attempt)


def retry(context: Context, claim: Claim, reason: str, events: Iterable[Told]) -> bool:
    """Put it back into the queue for another try, after a while; False when it is not this worker's any more."""
    seconds = min(_LONGEST_RETRY_SECONDS, _RETRY_SECONDS * 2 ** (claim.tries - 1))
    told = [*events, Told("retrying", {"reason": reason, "seconds": seconds})]
    return _put_back(context, claim, told, seconds, reason=reason)


def hand_back(context: Context, claim: Claim) -> bool:
    """Put it back into the queue as if this try had never been; False when it is not this worker's any more."""
    told = [Told("retrying", {"reason": "the worker was stopped", "seconds": 0.0})]
    return _put_back(context, claim, told, 0.0, tries=claim.tries - 1)


def _put_back(context: Context, claim: Claim, events: Iterable[Told], seconds: float, /, **changes: Any) -> bool:
    with context.sessions.begin() as session:
        if not _changed(session, claim, state=GradingState.QUEUED, claim=None, **changes):
            return False
        _note(session, claim, events)
        context.queue.enqueue(session, session.get_one(Grading, claim.grading_id), delay_seconds=seconds)
        return True


def _end(
    context: Context,
    claim: Claim,
    state: Literal["done", "failed"],
    graded: Graded,
    blobs: Blobs,
    events: Iterable[Told],
    **more: Any,
) -> bool:
    with context.sessions.begin() as session:
        if not _changed(
            session,
            claim,
            **more,
            state=GradingState(state),
            finished_at=utc_now(),
            status=graded.status,
            reason=graded.reason,
            fault=graded.fault,
            score=graded.score if graded.status == "graded" else None,
            max_score=graded.max_score,
            functions=[function.model_dump(mode="json") for function in graded.functions],
            mistakes=dict(graded.mistakes),
            remarks=list(graded.remarks),
            evidence=graded.evidence,
            curves=graded.curves,
            report=blobs.report,
            student_page=blobs.student_page,
            results=blobs.results,
            student_notebook=blobs.student_notebook,
            instructor_notebook=blobs.instructor_notebook,
            instructor_page=blobs.instructor_page,
        ):
            return False
        _note(session, claim, events)
        return True


def _changed(session: Session, claim: Claim, /, **values: Any) -> bool:
    """Change the grading if it is still this worker's."""
    changed = session.execute(sa.update(Grading).where(*_held(claim)).values(**values))
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def _held(claim: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Grading.id == claim.grading_id,
        Grading.claim == claim.token,
        Grading.state == GradingState.RUNNING,
    )


def _note(session: Session, claim: Claim, events: Iterable[Told]) -> None:
    rows = [
        {"grading_id": claim.grading_id, "kind": event.kind, "data": dict(event.data), "at": utc_now()}
        for event in events
    ]
    if rows:
        session.execute(sa.insert(Event), rows)
