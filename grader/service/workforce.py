"""What the database tells of workers and of the work that waits."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.service.data import Grading, GradingState, Worker, counted, server_seconds
from grader.service.engine.heartbeat import LEADER


def live_workers(session: Session, lease_seconds: float) -> int:
    """Processes that have shown themselves within the lease, and take new work."""
    alive = Worker.beat > server_seconds(session) - lease_seconds
    works = sa.and_(Worker.executor != LEADER, Worker.is_draining.is_(False))
    return counted(session, Worker, alive, works)


def waiting(session: Session) -> dict[bool, tuple[int, datetime | None]]:
    """Gradings that wait, and since when the oldest does: of batches (True), and of those that somebody waits for."""
    query = (
        sa.select(Grading.is_batch, sa.func.count(), sa.func.min(Grading.requested_at))
        .where(Grading.state == GradingState.QUEUED)
        .group_by(Grading.is_batch)
    )
    found: dict[bool, tuple[int, datetime | None]] = {False: (0, None), True: (0, None)}
    for is_batch, count, oldest in session.execute(query):
        found[is_batch] = (count, oldest)
    return found


def finished(session: Session) -> dict[str, int]:
    """Finished gradings by what became of them."""
    query = (
        sa.select(Grading.state, Grading.status, sa.func.count())
        .where(Grading.state.in_((GradingState.DONE, GradingState.FAILED, GradingState.CANCELLED)))
        .group_by(Grading.state, Grading.status)
    )
    counts: dict[str, int] = {}
    for state, status, count in session.execute(query):
        outcome = status if state is GradingState.DONE and status else str(state)
        counts[outcome] = counts.get(outcome, 0) + count
    return counts


def running(session: Session) -> int:
    """Gradings that a worker has."""
    return counted(session, Grading, Grading.state == GradingState.RUNNING)
