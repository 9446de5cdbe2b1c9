"""The queue of gradings, as DBOS keeps it in the service's own database: `JobQueue` of the ports."""

import itertools
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.service.data import Archive, ExplainedFile, Grading, GradingState, counted, server_seconds

if TYPE_CHECKING:
    from dbos import DBOSClient, EnqueueOptions

APPLICATION, QUEUE = "grader", "gradings"
WORKFLOW, EXPLAINING, PACKING = "grade", "explain", "pack"
VERSION = "1"  # of what a job is; workers of another version leave it alone

IDLE_PACE, FASTEST_PACE = 0.3, 0.02  # seconds between two looks into the queue
UNFINISHED = ("ENQUEUED", "DELAYED", "PENDING")
FRONT = 0
_INTERACTIVE = 1
_BATCH = 1_000_000


class DbosQueue:
    """The queue; a lower number is sooner, and a requester's number grows with what they have waiting."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self.jobs = jobs_table(engine)

    @cached_property
    def client(self) -> "DBOSClient":
        """Loaded when there is something to ask for: whoever packs an archive opens the service and never does."""
        from dbos import DBOSClient, DBOSPortableJSONSerializer

        return DBOSClient(
            system_database_engine=self._engine,
            application_name=APPLICATION,
            serializer=DBOSPortableJSONSerializer(),  # the default is pickle
            lazy=True,
            retry_connection_errors=False,
        )

    def enqueue(self, session: Session, *rows: Grading | ExplainedFile | Archive, delay_seconds: float = 0.0) -> None:
        for row in rows:
            row.job = None
        session.flush()
        ranks: dict[tuple[int | None, bool], Iterator[int]] = {}
        for row in rows:
            match row:
                case Grading():
                    of_whom = (row.requested_by_id, row.is_batch)
                    if of_whom not in ranks:
                        ranks[of_whom] = itertools.count(_count_waiting(session, *of_whom))
                    workflow, priority = WORKFLOW, (_BATCH if row.is_batch else _INTERACTIVE) + next(ranks[of_whom])
                case ExplainedFile():
                    waiting = _count_waiting(session, row.user_id, False) + _count_files(session, row)
                    workflow, priority = EXPLAINING, _INTERACTIVE + 1 + waiting
                case Archive():
                    workflow, priority = PACKING, _INTERACTIVE
            row.job = f"{workflow}-{row.id}-{uuid4().hex[:12]}"
            options: EnqueueOptions = {
                "workflow_name": workflow,
                "queue_name": QUEUE,
                "workflow_id": row.job,
                "app_version": VERSION,
                "priority": priority,
            }
            if delay_seconds:
                options["delay_seconds"] = delay_seconds
            self.client.enqueue_in_transaction(session, options, row.id)
        session.flush()

    def cancel(self, session: Session, gradings: Sequence[Grading]) -> None:
        jobs = self.jobs.c
        session.execute(
            sa.update(self.jobs)
            .where(jobs.workflow_uuid.in_([grading.job for grading in gradings if grading.job]))
            .where(jobs.status.in_(("ENQUEUED", "DELAYED")))
            .values(status="CANCELLED")
        )

    def places(self, session: Session, grading_ids: Sequence[int]) -> dict[int, int]:
        jobs = self.jobs.c
        place = sa.func.row_number().over(order_by=(jobs.priority, jobs.created_at)).label("place")
        waiting = (
            sa.select(jobs.workflow_uuid, place).where(jobs.queue_name == QUEUE, jobs.status == "ENQUEUED").subquery()
        )
        query = (
            sa.select(Grading.id, waiting.c.place)
            .join(waiting, waiting.c.workflow_uuid == Grading.job)
            .where(Grading.id.in_(grading_ids))
        )
        return {row.id: row.place for row in session.execute(query)}

    def set_pace(self, seconds: float, *, ahead: bool) -> None:
        """How often workers look for a job, and whether they take one ahead; all workers heed it."""
        queue = self.client.retrieve_queue(QUEUE)
        if queue is not None:
            queue.set_polling_interval_sec(seconds)
            queue.set_worker_concurrency(2 if ahead else 1)

    def jobs_of(self, executor: str) -> set[str]:
        """The jobs that a worker has."""
        jobs = self.jobs.c
        query = sa.select(jobs.workflow_uuid).where(
            jobs.queue_name == QUEUE, jobs.status == "PENDING", jobs.executor_id == executor
        )
        with self._engine.connect() as connection:
            return set(connection.scalars(query))

    def unfinished(self, jobs: Collection[str]) -> dict[str, str]:
        """Those of these jobs that are not over, with their status."""
        if not jobs:
            return {}
        columns = self.jobs.c
        query = sa.select(columns.workflow_uuid, columns.status).where(
            columns.workflow_uuid.in_(jobs), columns.status.in_(UNFINISHED)
        )
        with self._engine.connect() as connection:
            return {row.workflow_uuid: row.status for row in connection.execute(query)}

    def withdraw(self, jobs: Collection[str]) -> None:
        """Take jobs that wait off the queue; a grading that needs one yet will be given another."""
        waiting = self.jobs.c.workflow_uuid.in_(jobs), self.jobs.c.status == "ENQUEUED"
        with self._engine.begin() as connection:
            connection.execute(sa.update(self.jobs).where(*waiting).values(status="CANCELLED"))

    def finished(self, seconds: float, limit: int | None) -> list[str]:
        """Jobs that were over so long ago."""
        jobs = self.jobs.c
        with self._engine.connect() as connection:
            query = (
                sa.select(jobs.workflow_uuid)
                .where(jobs.queue_name == QUEUE, jobs.status.in_(("SUCCESS", "ERROR", "CANCELLED")))
                .where(jobs.updated_at < (server_seconds(connection) - seconds) * 1000)
                .limit(limit)
            )
            return list(connection.scalars(query))

    def forget(self, jobs: Sequence[str]) -> None:
        """Delete jobs from the queue's memory."""
        if jobs:
            self.client.delete_workflows(list(jobs))

    def resume(self, jobs: Sequence[str]) -> None:
        """Let other workers take jobs that some worker has, in a transaction of its own; what it does then is void."""
        from dbos import error

        for job in jobs:
            with suppress(error.DBOSNonExistentWorkflowError):  # deleted in the meantime
                self.client.resume_workflow(job, queue_name=QUEUE)


def _count_waiting(session: Session, requester: int | None, is_batch: bool) -> int:
    """How many gradings of somebody wait with a job, as far as a class of them is concerned."""
    waits = (Grading.state == GradingState.QUEUED, Grading.job.is_not(None))
    return counted(session, Grading, *waits, Grading.requested_by_id == requester, Grading.is_batch == is_batch)


def _count_files(session: Session, file: ExplainedFile) -> int:
    """How many other files of somebody wait to be explained."""
    waits = (ExplainedFile.state == GradingState.QUEUED, ExplainedFile.job.is_not(None))
    return counted(session, ExplainedFile, *waits, ExplainedFile.user_id == file.user_id, ExplainedFile.id != file.id)


def jobs_table(engine: sa.Engine) -> sa.TableClause:
    """DBOS's table of jobs, as far as we read it."""
    return sa.table(
        "workflow_status",
        sa.column("workflow_uuid", sa.Text),
        sa.column("status", sa.Text),
        sa.column("queue_name", sa.Text),
        sa.column("executor_id", sa.Text),
        sa.column("priority", sa.Integer),
        sa.column("created_at", sa.BigInteger),
        sa.column("updated_at", sa.BigInteger),
        schema="dbos" if engine.dialect.name == "postgresql" else None,
    )
