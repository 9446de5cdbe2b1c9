"""What becomes of a job in the database: claimed by one worker, and brought to an end by that worker alone.

A job is a grading, a file to explain, or an archive to pack. Each step is one transaction, guarded by the claim: what a
worker does that was taken for dead, is void.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, lazyload

from grader.service.batch_terms import draws_of
from grader.service.context import Context
from grader.service.data import (
    UNDER_WAY,
    Archive,
    Batch,
    CourseAssignment,
    Event,
    ExplainedFile,
    Grading,
    GradingState,
    Submission,
)
from grader.service.data.base import utc_now
from grader.service.engine.messages import Graded, Told

_RETRY_SECONDS, _LONGEST_RETRY_SECONDS = 2.0, 60.0

Job = TypeVar("Job", Grading, ExplainedFile, Archive)


@dataclass(frozen=True)
class Claim(Generic[Job]):
    """A job that is this worker's: its row, detached, which counts this try.

    Attributes:
        token: of this claim alone.
        is_spent: there have been too many tries already; this claim is for giving it up.
    """

    row: Job
    token: str
    is_spent: bool

    @property
    def tries(self) -> int:
        """This one included."""
        return self.row.tries


@dataclass(frozen=True)
class GradingClaim(Claim[Grading]):
    """With what it takes to grade it; `draws` is the key that random inputs follow from."""

    submission: Submission
    assignment: CourseAssignment
    draws: bytes


def claim(context: Context, kind: type[Job], row_id: str, token: str) -> Claim[Job] | None:
    """Make a job this worker's; None when there is nothing to do any more. Safe to be repeated."""
    with context.sessions.begin() as session:
        _take(session, kind, row_id, token)
        row = session.scalar(sa.select(kind).where(*_held(kind, row_id, token)))
        return None if row is None else Claim(row, token, row.tries > context.settings.tries)


def claim_grading(context: Context, grading_id: int, token: str) -> GradingClaim | None:
    """As `claim`, and those who watch are told."""
    with context.sessions.begin() as session:
        is_new = _take(session, Grading, grading_id, token, started_at=utc_now())
        found = session.execute(
            sa.select(Grading, Submission, CourseAssignment, Batch.seed)
            .join(Submission, Submission.id == Grading.submission_id)
            .join(CourseAssignment, CourseAssignment.id == Submission.course_assignment_id)
            .outerjoin(Batch, Batch.id == Submission.batch_id)
            .where(*_held(Grading, grading_id, token))
            .options(lazyload("*"))
        ).one_or_none()
        if found is None:
            return None
        grading, submission, assignment, own_seed = found
        if is_new:
            session.add(Event(grading_id=grading.id, kind="started", data={"try": grading.tries}))
        is_spent = grading.tries > context.settings.tries
        return GradingClaim(grading, token, is_spent, submission, assignment, draws_of(assignment, own_seed))


def is_held(context: Context, claim: Claim[Grading]) -> bool:
    """Whether the grading is still this worker's; it may have been cancelled."""
    with context.sessions() as session:
        return session.scalar(sa.select(Grading.id).where(*_held(Grading, claim.row.id, claim.token))) is not None


def tell(context: Context, claim: Claim[Grading], events: Iterable[Told]) -> bool:
    """Let those who watch know; False when the grading is not this worker's any more."""
    with context.sessions.begin() as session:
        if not _changed(session, claim, claim=claim.token):
            return False
        _note(session, claim, events)
        return True


def finish(context: Context, claim: Claim[Job], results: Mapping[str, Any], events: Iterable[Told] = ()) -> bool:
    """Write down what came of it; False when it is void."""
    return _end(context, claim, GradingState.DONE, results, events)


def fail(context: Context, claim: Claim[Job], results: Mapping[str, Any], events: Iterable[Told] = ()) -> bool:
    """Give it up, by a fault of the grader or of the assignment; False when it is void."""
    return _end(context, claim, GradingState.FAILED, results, events)


def put_back(
    context: Context, claim: Claim[Job], why: str, events: Iterable[Told] = (), *, counts: bool = True, **changes: Any
) -> bool:
    """Put it back into the queue, as if this try had never been, or if it counts for another one after a while.

    False when it is not this worker's any more.
    """
    seconds = min(_LONGEST_RETRY_SECONDS, _RETRY_SECONDS * 2 ** (claim.tries - 1)) if counts else 0.0
    with context.sessions.begin() as session:
        tries = claim.tries - (not counts)
        if not _changed(session, claim, state=GradingState.QUEUED, claim=None, tries=tries, **changes):
            return False
        _note(session, claim, [*events, Told("retrying", {"reason": why, "seconds": seconds})])
        context.queue.enqueue(session, session.get_one(type(claim.row), claim.row.id), delay_seconds=seconds)
        return True


def results_of(graded: Graded, documents: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a grading that is over; `documents` tells where its documents are in the storage."""
    return {
        "status": graded.status,
        "reason": graded.reason,
        "fault": graded.fault,
        "score": graded.score if graded.status == "graded" else None,
        "max_score": graded.max_score,
        "functions": [function.model_dump(mode="json") for function in graded.functions],
        "mistakes": dict(graded.mistakes),
        "remarks": list(graded.remarks),
        "evidence": graded.evidence,
        "curves": graded.curves,
        **documents,
    }


def _take(session: Session, kind: type[Job], row_id: int | str, token: str, **values: Any) -> bool:
    """Whether it is taken by this; else it was before: the repetition of a commit that seemed to be lost."""
    taken = session.execute(
        sa.update(kind)
        .where(kind.id == row_id, kind.state.in_(UNDER_WAY))
        .where(sa.or_(kind.claim.is_(None), kind.claim != token))
        .values(state=GradingState.RUNNING, claim=token, tries=kind.tries + 1, **values)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _end(
    context: Context, claim: Claim[Job], state: GradingState, results: Mapping[str, Any], events: Iterable[Told]
) -> bool:
    with context.sessions.begin() as session:
        if not _changed(session, claim, state=state, finished_at=utc_now(), **results):
            return False
        _note(session, claim, events)
        return True


def _changed(session: Session, held: Claim[Job], /, **values: Any) -> bool:
    """Change the row if it is still this worker's."""
    kind = type(held.row)
    changed = session.execute(sa.update(kind).where(*_held(kind, held.row.id, held.token)).values(**values))
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def _held(kind: type[Job], row_id: int | str, token: str) -> tuple[sa.ColumnElement[bool], ...]:
    return kind.id == row_id, kind.claim == token, kind.state == GradingState.RUNNING


def _note(session: Session, claim: Claim[Job], events: Iterable[Told]) -> None:
    """Only what happens to gradings is told."""
    if isinstance(claim.row, Grading):
        grading, now = claim.row.id, utc_now()
        rows = [{"grading_id": grading, "kind": e.kind, "data": dict(e.data), "at": now} for e in events]
        if rows:
            session.execute(sa.insert(Event), rows)
