"""Server-sent events: what happens to a submission or a batch while it goes on."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from grader.service import batches, submissions
from grader.service.api import presenting
from grader.service.api.deps import Caller, CallerDep, WatchDep
from grader.service.api.models.common import Uuid
from grader.service.api.problems import documented
from grader.service.errors import ServiceError
from grader.service.events import Watch

router = APIRouter(responses=documented(401, 404, 422))

_HEARTBEAT_SECONDS = 15
_SEND_SECONDS = 30  # a browser that takes nothing for so long is gone
_LARGEST_ID = 2**63 - 1
_BATCH_SECONDS = 1.0

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"$ref": "#/components/schemas/EventInfo"}}}}
}

LastEvent = Annotated[
    str | None, Header(alias="Last-Event-ID", description="go on after this event; browsers send it by themselves")
]
After = Annotated[int | None, Query(ge=0, le=_LARGEST_ID, description="as `Last-Event-ID`")]


@router.get(
    "/submissions/{submission}/events",
    tags=["submissions"],
    summary="Live progress",
    response_class=EventSourceResponse,
    responses=_STREAM,
)
async def follow_submission(
    submission: Uuid, caller: CallerDep, watch: WatchDep, last_event_id: LastEvent = None, after: After = None
) -> EventSourceResponse:
    """Server-sent events of the latest grading, those of the past first; the stream ends after `end`."""
    grading_id = await run_in_threadpool(_latest_grading, caller, submission)
    return _stream(_told(watch, grading_id, _number(last_event_id, after)))


@router.get(
    "/batches/{batch}/events",
    tags=["batches"],
    summary="Live progress of a batch",
    response_class=EventSourceResponse,
    responses=documented(403) | _STREAM,
)
async def follow_batch(batch: Uuid, caller: CallerDep) -> EventSourceResponse:
    """A `progress` event with the batch's state whenever that has changed; the stream ends after `end`."""
    await run_in_threadpool(_progress, caller, batch)
    return _stream(_batch_told(caller, batch))


def _latest_grading(caller: Caller, submission: str) -> int:
    with caller.enter() as (session, user):
        found = submissions.get(session, user, submission)
        by_instructor = submissions.is_instructors(session, user, found)
        return submissions.seen_grading(found, by_instructor=by_instructor).id


def _progress(caller: Caller, batch: str) -> str:
    with caller.enter() as (session, user):
        return presenting.batch_info(session, batches.get(session, user, batch)).model_dump_json()


async def _told(watch: Watch, grading_id: int, after: int) -> AsyncIterator[ServerSentEvent]:
    async for news in watch.follow(grading_id, after=after):
        data = json.dumps(news.data, ensure_ascii=True)
        yield ServerSentEvent(data=data, event=news.kind, id=str(news.number) if news.number else None)


async def _batch_told(caller: Caller, batch: str) -> AsyncIterator[ServerSentEvent]:
    last = ""
    while True:
        try:
            now = await run_in_threadpool(_progress, caller, batch)
        except SQLAlchemyError:  # the database is away; whoever watches waits with us
            await asyncio.sleep(_BATCH_SECONDS)
            continue
        except ServiceError:  # the token has ended, or the batch has been deleted
            return
        if now != last:
            last = now
            yield ServerSentEvent(data=now, event="progress")
        if json.loads(now)["is_finished"]:
            yield ServerSentEvent(data=now, event="end")
            return
        await asyncio.sleep(_BATCH_SECONDS)


def _number(last_event_id: str | None, after: int | None) -> int:
    """Where to go on; an id that is none of ours starts from the beginning."""
    if last_event_id and last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 19:
        return int(last_event_id)
    return after or 0


def _stream(events: AsyncIterator[ServerSentEvent]) -> EventSourceResponse:
    return EventSourceResponse(events, ping=_HEARTBEAT_SECONDS, send_timeout=_SEND_SECONDS)
