"""What is not kept for ever: old submissions, files that nothing refers to, and the queue's memory of finished jobs."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from grader.service.archives import KEPT_FOR
from grader.service.context import Context
from grader.service.data import UNDER_WAY, Archive, Batch, ExplainedFile, Grading, Submission, counted
from grader.service.data.base import utc_now
from grader.service.engine.queue import DbosQueue

_log = logging.getLogger(__name__)

_DAY = 86_400.0
_AT_ONCE = 500


@dataclass(frozen=True)
class CleanUp:
    """How much of everything is deleted."""

    submissions: int
    batches: int
    files: int
    jobs: int


def clean_up(context: Context, queue: DbosQueue) -> CleanUp:
    """Delete what is not to be kept any longer; safe to be done at any time, and by several at once."""
    submissions = batches = 0
    _delete_old_archives(context)
    if context.settings.keep_days is not None:
        submissions, batches = _delete_old_submissions(context)
        _delete_old_files(context)
    unused = _unused_files(context)
    for key in unused:
        context.storage.delete(key)
    done = CleanUp(submissions, batches, len(unused), _forget_finished_jobs(queue))
    if submissions:
        _log.info("%d submissions older than %g days were deleted", submissions, context.settings.keep_days)
    if unused:
        _log.info("%d files that nothing refers to were deleted", len(unused))
    return done


def planned(context: Context, queue: DbosQueue) -> CleanUp:
    """What `clean_up` would delete now."""
    with context.sessions() as session:
        submissions = counted(session, Submission, _is_old(context))
        batches = counted(session, Batch, *_is_empty_and_old(context))
    return CleanUp(submissions, batches, len(_unused_files(context)), len(queue.finished(_DAY, None)))


def _is_old(context: Context) -> sa.ColumnElement[bool]:
    """Whether a submission is not to be kept any longer; what is being graded stays until that is over."""
    if context.settings.keep_days is None:
        return sa.false()
    under_way = Grading.state.in_(UNDER_WAY)
    busy = sa.exists().where(Grading.submission_id == Submission.id, under_way).correlate(Submission)
    return sa.and_(Submission.created_at < utc_now() - timedelta(days=context.settings.keep_days), ~busy)


def _is_empty_and_old(context: Context) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether a batch is as old, and nothing is left of it."""
    if context.settings.keep_days is None:
        return (sa.false(),)
    kept = sa.exists().where(Submission.batch_id == Batch.id, ~_is_old(context)).correlate(Batch)
    return Batch.created_at < utc_now() - timedelta(days=context.settings.keep_days), ~kept


def _is_old_file(context: Context) -> sa.ColumnElement[bool]:
    """Whether a file that was explained is not to be kept any longer."""
    if context.settings.keep_days is None:
        return sa.false()
    is_over = ExplainedFile.state.not_in(UNDER_WAY)
    return sa.and_(ExplainedFile.created_at < utc_now() - timedelta(days=context.settings.keep_days), is_over)


def _delete_old_files(context: Context) -> None:
    with context.sessions.begin() as session:
        session.execute(sa.delete(ExplainedFile).where(_is_old_file(context)))


def _is_old_archive() -> sa.ColumnElement[bool]:
    """Whether an archive is not kept any longer: it can be made again."""
    return Archive.created_at < utc_now() - KEPT_FOR


def _delete_old_archives(context: Context) -> None:
    with context.sessions.begin() as session:
        session.execute(sa.delete(Archive).where(_is_old_archive()))


def _delete_old_submissions(context: Context) -> tuple[int, int]:
    """With their gradings and events, and the batches that are empty then; how many."""
    deleted = 0
    while True:
        with context.sessions.begin() as session:
            old = list(session.scalars(sa.select(Submission.id).where(_is_old(context)).limit(_AT_ONCE)))
            session.execute(sa.delete(Submission).where(Submission.id.in_(old)))
        deleted += len(old)
        if len(old) < _AT_ONCE:
            break
    with context.sessions.begin() as session:
        empty = list(session.scalars(sa.select(Batch.id).where(*_is_empty_and_old(context))))
        session.execute(
            sa.delete(Batch).where(Batch.id.in_(empty), ~sa.exists().where(Submission.batch_id == Batch.id))
        )
    return deleted, len(empty)


def _unused_files(context: Context) -> set[str]:
    """What nothing refers to that is kept.

    Files are put into the storage before the row that speaks of them, so young ones are let alone.
    """
    stored = context.storage.keys()
    old = {key for key, age in stored if age > _DAY}
    if not old:
        return set()
    with context.sessions() as session:
        return old.difference(*(session.scalars(query) for query in _references(context)))


def _references(context: Context) -> Iterable[sa.Select[str]]:
    kept = ~_is_old(context)
    yield sa.select(Submission.blob).where(kept)
    yield sa.select(Batch.blob).where(~sa.and_(*_is_empty_and_old(context)))
    for of_file in (ExplainedFile.blob, ExplainedFile.document, ExplainedFile.page):
        yield sa.select(of_file).where(~_is_old_file(context), of_file.is_not(None))  # type: ignore[misc]
    for of_archive in (Archive.blob, Archive.worksheet):
        yield sa.select(of_archive).where(~_is_old_archive(), of_archive.is_not(None))  # type: ignore[misc]
    pages = (Grading.report, Grading.student_page, Grading.instructor_page, Grading.results)
    for column in (*pages, Grading.student_notebook, Grading.instructor_notebook):
        yield sa.select(column).join(Submission).where(kept, column.is_not(None))  # type: ignore[misc]


def _forget_finished_jobs(queue: DbosQueue) -> int:
    forgotten = 0
    while True:
        finished = queue.finished(_DAY, _AT_ONCE)
        queue.forget(finished)
        forgotten += len(finished)
        if len(finished) < _AT_ONCE:
            return forgotten
