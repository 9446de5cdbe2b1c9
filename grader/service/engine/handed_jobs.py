"""What a worker takes on besides gradings (a file to explain, an archive to pack), step by step in the database.

Claimed by one worker, and brought to an end by that worker alone: each step is one transaction, guarded by the claim.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.service.context import Context
from grader.service.data import UNDER_WAY, Archive, ExplainedFile, GradingState
from grader.service.data.base import utc_now

_RETRY_SECONDS = 2.0

Handed = TypeVar("Handed", ExplainedFile, Archive)


@dataclass(frozen=True)
class HandedClaim(Generic[Handed]):
    """A job that is this worker's: its row, detached. `tries`: this one included."""

    kind: type[Handed]
    row: Handed
    token: str
    tries: int
    is_spent: bool


def claim(context: Context, kind: type[Handed], row_id: str, token: str) -> HandedClaim[Handed] | None:
    """Make a job this worker's; None when there is nothing to do any more. Safe to be repeated."""
    with context.sessions.begin() as session:
        session.execute(
            sa.update(kind)
            .where(kind.id == row_id, kind.state.in_(UNDER_WAY))
            .where(sa.or_(kind.claim.is_(None), kind.claim != token))
            .values(state=GradingState.RUNNING, claim=token, tries=kind.tries + 1)
        )
        row = session.get(kind, row_id)
        if row is None or row.claim != token or row.state is not GradingState.RUNNING:
            return None
        session.refresh(row)
        session.expunge(row)
        return HandedClaim(kind, row, token, row.tries, row.tries > context.settings.tries)


def finish(context: Context, claim: HandedClaim[Handed], **results: Any) -> bool:
    """Write down what came of it; False when it is void."""
    return _changed(context, claim, state=GradingState.DONE, finished_at=utc_now(), **results)


def fail(context: Context, claim: HandedClaim[Handed], reason: str) -> bool:
    """Give it up, by a fault of the grader; False when it is void."""
    return _changed(context, claim, state=GradingState.FAILED, reason=reason[:2_000], finished_at=utc_now())


def put_back(context: Context, claim: HandedClaim[Handed], *, counts: bool) -> bool:
    """Put it back into the queue; unless it counts as a try, as if this one had never been."""
    with context.sessions.begin() as session:
        tries = claim.tries - (not counts)
        if not _change(session, claim, state=GradingState.QUEUED, claim=None, tries=tries):
            return False
        row = session.get_one(claim.kind, claim.row.id)
        context.queue.enqueue(session, row, delay_seconds=_RETRY_SECONDS if counts else 0.0)
        return True


def _changed(context: Context, claim: HandedClaim[Handed], **values: Any) -> bool:
    with context.sessions.begin() as session:
        return _change(session, claim, **values)


def _change(session: Session, held: HandedClaim[Handed], /, **values: Any) -> bool:
    kind = held.kind
    changed = session.execute(
        sa.update(kind)
        .where(kind.id == held.row.id, kind.claim == held.token, kind.state == GradingState.RUNNING)
        .values(**values)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]
