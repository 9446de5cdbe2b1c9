"""What is not kept for ever: old submissions, files that nothing refers to, and the queue's memory of finished jobs."""

import logging
from datetime import timedelta

import sqlalchemy as sa

from grader.service.context import Context
from grader.service.data import Batch, Grading, GradingState, Submission
from grader.service.data.tables import utc_now
from grader.service.engine.queue import DbosQueue

_log = logging.getLogger(__name__)

_DAY = 86_400.0
_AT_ONCE = 500


def clean_up(context: Context, queue: DbosQueue) -> None:
    """Delete what is not to be kept any longer; safe to be done at any time, and by several at once."""
    if context.settings.keep_days is not None:
        _delete_old_submissions(context, timedelta(days=context.settings.keep_days))
    _delete_unused_files(context)
    _forget_finished_jobs(queue)


def _delete_old_submissions(context: Context, age: timedelta) -> None:
    """With their gradings and events; what is being graded stays until that is over."""
    limit = utc_now() - age
    busy = sa.exists().where(
        Grading.submission_id == Submission.id, Grading.state.in_((GradingState.QUEUED, GradingState.RUNNING))
    )
    deleted = 0
    while True:
        with context.sessions.begin() as session:
            old = list(
                session.scalars(sa.select(Submission.id).where(Submission.created_at < limit, ~busy).limit(_AT_ONCE))
            )
            session.execute(sa.delete(Submission).where(Submission.id.in_(old)))
        deleted += len(old)
        if len(old) < _AT_ONCE:
            break
    with context.sessions.begin() as session:
        empty = ~sa.exists().where(Submission.batch_id == Batch.id)
        session.execute(sa.delete(Batch).where(Batch.created_at < limit, empty))
    if deleted:
        _log.info("%d submissions older than %g days were deleted", deleted, context.settings.keep_days)


def _delete_unused_files(context: Context) -> None:
    """Files are put into the storage before the row that speaks of them, so young ones are let alone."""
    columns = (Submission.blob, Batch.blob, Grading.report, Grading.student_page, Grading.instructor_page)
    stored = context.storage.keys()
    old = [key for key, age in stored if age > _DAY]
    if not old:
        return
    with context.sessions() as session:
        used = set(session.scalars(sa.union(*(sa.select(column).where(column.is_not(None)) for column in columns))))
    unused = set(old) - used
    for key in unused:
        context.storage.delete(key)
    if unused:
        _log.info("%d files that nothing refers to were deleted", len(unused))


def _forget_finished_jobs(queue: DbosQueue) -> None:
    while len(finished := queue.finished(_DAY, _AT_ONCE)) == _AT_ONCE:
        queue.forget(finished)
    queue.forget(finished)
