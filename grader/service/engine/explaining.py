"""What becomes of a file that is to be explained: claimed by one worker, and brought to an end by that worker alone.

Each step is one transaction, guarded by the claim, as with gradings.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from grader.service.context import Context
from grader.service.data import ExplainedFile, GradingState
from grader.service.data.tables import utc_now

_RETRY_SECONDS = 2.0


@dataclass(frozen=True)
class FileClaim:
    """A file that is this worker's, with what it takes to explain it; `tries`: this one included."""

    file_id: str
    token: str
    tries: int
    is_spent: bool
    blob: str
    filename: str
    cost: str


def claim(context: Context, file_id: str, token: str) -> FileClaim | None:
    """Make a file this worker's; None when there is nothing to do any more. Safe to be repeated."""
    with context.sessions.begin() as session:
        session.execute(
            sa.update(ExplainedFile)
            .where(ExplainedFile.id == file_id)
            .where(ExplainedFile.state.in_((GradingState.QUEUED, GradingState.RUNNING)))
            .where(sa.or_(ExplainedFile.claim.is_(None), ExplainedFile.claim != token))
            .values(state=GradingState.RUNNING, claim=token, tries=ExplainedFile.tries + 1)
        )
        file = session.get(ExplainedFile, file_id)
        if file is None or file.claim != token or file.state is not GradingState.RUNNING:
            return None
        is_spent = file.tries > context.settings.tries
        return FileClaim(file.id, token, file.tries, is_spent, file.blob, file.filename, file.cost)


def finish(context: Context, claim: FileClaim, status: str, document: str, page: str) -> bool:
    """Write the explanation down; False when it is void."""
    return _changed(
        context, claim, state=GradingState.DONE, status=status, document=document, page=page, finished_at=utc_now()
    )


def fail(context: Context, claim: FileClaim, reason: str) -> bool:
    """Give it up, by a fault of the grader; False when it is void."""
    return _changed(context, claim, state=GradingState.FAILED, reason=reason[:2_000], finished_at=utc_now())


def put_back(context: Context, claim: FileClaim, *, counts: bool) -> bool:
    """Put it back into the queue; unless it counts as a try, as if this one had never been."""
    with context.sessions.begin() as session:
        changed = session.execute(
            sa.update(ExplainedFile)
            .where(ExplainedFile.id == claim.file_id, ExplainedFile.claim == claim.token)
            .where(ExplainedFile.state == GradingState.RUNNING)
            .values(state=GradingState.QUEUED, claim=None, tries=claim.tries - (not counts))
        )
        if not changed.rowcount:  # type: ignore[attr-defined]
            return False
        file = session.get_one(ExplainedFile, claim.file_id)
        context.queue.enqueue_explanation(session, file, delay_seconds=_RETRY_SECONDS if counts else 0.0)
        return True


def _changed(context: Context, claim: FileClaim, **values: Any) -> bool:
    with context.sessions.begin() as session:
        changed = session.execute(
            sa.update(ExplainedFile)
            .where(ExplainedFile.id == claim.file_id, ExplainedFile.claim == claim.token)
            .where(ExplainedFile.state == GradingState.RUNNING)
            .values(**values)
        )
        return bool(changed.rowcount)  # type: ignore[attr-defined]
