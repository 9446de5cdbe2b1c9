"""What one worker does for all: it takes up the jobs of those that died, finds lost ones, and lets nobody starve."""

import logging
import threading
import time
from typing import TypeVar

import sqlalchemy as sa

from grader.service.context import Context
from grader.service.data import UNDER_WAY, Archive, ExplainedFile, Grading, GradingState, server_seconds
from grader.service.data.base import utc_now
from grader.service.engine.heartbeat import bury, living
from grader.service.engine.queue import FASTEST_PACE, FRONT, IDLE_PACE, QUEUE, UNFINISHED, DbosQueue, jobs_table
from grader.service.engine.retention import clean_up

_log = logging.getLogger(__name__)

_AGED_SHARE = 1 / 3  # of what is graded may be what waited too long; the rest goes by priority
_SHORT_SECONDS = 2.0
_LOST_SHARE = 0.1  # of a worker's time, between two gradings
_FORGOTTEN_AFTER_LEASES = 20
_CLEAN_UP_SECONDS = 3600.0

_Job = TypeVar("_Job", Grading, ExplainedFile, Archive)


class Caretaker:
    """Makes its rounds in the leading worker."""

    def __init__(self, context: Context, queue: DbosQueue) -> None:
        self._context, self._queue = context, queue
        self._jobs = jobs_table(context.engine)
        self._last_round = utc_now()
        self._credit = 1.0
        self._pace = 0.0
        self._next_clean_up = time.monotonic() + _CLEAN_UP_SECONDS

    def round(self) -> None:
        """Look after everything once."""
        self._take_up_jobs_of_the_dead()
        self._enqueue_lost(Grading)
        self._enqueue_lost(ExplainedFile)
        self._enqueue_lost(Archive)
        graded, mean_seconds = self._graded_since_the_last_round()
        self._move_the_aged(graded)
        self._set_the_pace(mean_seconds)
        with self._context.sessions.begin() as session:
            bury(session, _FORGOTTEN_AFTER_LEASES * self._context.settings.lease_seconds)
        if time.monotonic() >= self._next_clean_up:
            self._next_clean_up = time.monotonic() + _CLEAN_UP_SECONDS
            threading.Thread(target=self._clean_up, daemon=True).start()  # it may take longer than a lease

    def _clean_up(self) -> None:
        try:
            clean_up(self._context, self._queue)
        except Exception:
            _log.exception("cleaning up failed")

    def _take_up_jobs_of_the_dead(self) -> None:
        jobs = self._jobs.c
        with self._context.sessions() as session:
            alive = living(session, self._context.settings.lease_seconds)
            query = sa.select(jobs.workflow_uuid).where(
                jobs.queue_name == QUEUE, jobs.status == "PENDING", jobs.executor_id.not_in(alive)
            )
            orphans = list(session.scalars(query))
        if orphans:
            _log.warning("%d jobs of workers that died go back into the queue", len(orphans))
            self._queue.resume(orphans)

    def _enqueue_lost(self, kind: type[_Job]) -> None:
        """What nobody will ever grade, explain or pack: its job is gone, or ended without a result."""
        jobs = self._jobs.c
        waiting = kind.state.in_(UNDER_WAY)
        with self._context.sessions.begin() as session:
            query = (
                sa.select(kind)
                .outerjoin(self._jobs, jobs.workflow_uuid == kind.job)
                .where(waiting, sa.or_(jobs.status.is_(None), jobs.status.not_in(UNFINISHED)))
                .options(sa.orm.lazyload("*"))
            )
            lost = list(session.scalars(query))
            for row in lost:
                taken = session.execute(
                    sa.update(kind)
                    .where(kind.id == row.id, kind.job.is_not_distinct_from(row.job), waiting)
                    .values(state=GradingState.QUEUED, claim=None)
                )
                if taken.rowcount:  # type: ignore[attr-defined]
                    session.refresh(row)
                    self._queue.enqueue(session, row)
        if lost:
            _log.error("%d %s had lost their job and got a new one", len(lost), kind.__tablename__)

    def _graded_since_the_last_round(self) -> tuple[int, float]:
        """How many gradings were finished, and how long they took on average."""
        last, self._last_round = self._last_round, utc_now()
        with self._context.sessions() as session:
            query = sa.select(Grading.started_at, Grading.finished_at).where(Grading.finished_at >= last)
            seconds = [(end - start).total_seconds() for start, end in session.execute(query) if start and end]
        return len(seconds), sum(seconds) / len(seconds) if seconds else 0.0

    def _set_the_pace(self, mean_seconds: float) -> None:
        """While there is work, workers look for it so often that they lose little time between two gradings.

        While gradings are short, they take one ahead as well, which then need not wait for long.
        """
        busy = min(IDLE_PACE, max(FASTEST_PACE, _LOST_SHARE * mean_seconds))
        pace = busy if mean_seconds else IDLE_PACE
        if not 0.7 < pace / (self._pace or pace * 9) < 1.4:
            self._queue.set_pace(pace, ahead=0 < mean_seconds < _SHORT_SECONDS)
            self._pace = pace

    def _move_the_aged(self, graded: int) -> None:
        """Bring what waited longest to the front, one for every few that were graded meanwhile."""
        jobs = self._jobs.c
        with self._context.sessions.begin() as session:
            self._credit = min(self._credit + _AGED_SHARE * graded, 10.0)
            if self._credit < 1:
                return
            waiting = (jobs.queue_name == QUEUE, jobs.status == "ENQUEUED")
            overdue = (server_seconds(session) - self._context.settings.ageing_seconds) * 1000
            query = (
                sa.select(jobs.workflow_uuid)
                .where(*waiting, jobs.created_at < overdue, jobs.priority > FRONT)
                .order_by(jobs.created_at)
                .limit(int(self._credit))
            )
            aged = list(session.scalars(query))
            if not aged:
                self._credit = min(self._credit, 1.0)
                return
            self._credit -= len(aged)
            session.execute(sa.update(self._jobs).where(*waiting, jobs.workflow_uuid.in_(aged)).values(priority=FRONT))
        _log.info("%d gradings that have waited for long go to the front", len(aged))
