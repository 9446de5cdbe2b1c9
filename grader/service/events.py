"""What is told about a grading while it goes on: one question to the database for everybody who watches."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.service.context import Context
from grader.service.data import Event, Grading, GradingState

_POLL_SECONDS = 0.25
_REST = 5.0  # after a question that took long, because thousands watch, so many times as long
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class News:
    """Something that happened; `number` orders what is said about one grading, 0 for what is not kept."""

    kind: str
    data: dict[str, Any]
    number: int = 0


class Watch:
    """Asks the database on behalf of everybody who watches a grading through this process."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._watchers: dict[int, set[_Watcher]] = {}
        self._task: asyncio.Task[None] | None = None

    async def follow(self, grading_id: int, *, after: int = 0) -> AsyncIterator[News]:
        """What happens to a grading from event `after` on, until it is over; first of all what has happened already."""
        watcher = _Watcher(after)
        self._watchers.setdefault(grading_id, set()).add(watcher)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._poll())
        try:
            while True:
                news = await watcher.news.get()
                if news is None:
                    return
                yield news
        finally:
            self._watchers[grading_id].discard(watcher)
            if not self._watchers[grading_id]:
                del self._watchers[grading_id]

    @property
    def watchers(self) -> int:
        """How many listen at the moment."""
        return sum(map(len, self._watchers.values()))

    async def close(self) -> None:
        """End what everybody listens to."""
        for watchers in self._watchers.values():
            for watcher in watchers:
                watcher.news.put_nowait(None)
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _poll(self) -> None:
        while self._watchers:
            begun = time.monotonic()
            wanted = {id: min(watcher.last for watcher in watchers) for id, watchers in self._watchers.items()}
            try:
                found = await asyncio.to_thread(self._ask, wanted)
            except sa.exc.SQLAlchemyError as error:  # the database is away; whoever watches waits with us
                _log.warning("nothing can be told of gradings at the moment: %s", error)
                await asyncio.sleep(1)
                continue
            for grading_id in wanted.keys() - found.keys():  # deleted meanwhile
                for watcher in tuple(self._watchers.get(grading_id, ())):
                    watcher.news.put_nowait(None)
            for grading_id, (state, place, events) in found.items():
                for watcher in tuple(self._watchers.get(grading_id, ())):
                    if watcher.last >= wanted[grading_id]:  # else it came while the database was asked, for more
                        watcher.hear(state, place, events)
            await asyncio.sleep(max(_POLL_SECONDS, _REST * (time.monotonic() - begun)))

    def _ask(self, wanted: dict[int, int]) -> dict[int, tuple[GradingState, int | None, list[News]]]:
        with self._context.sessions() as session:
            return ask(session, self._context.queue.places, wanted)


def ask(
    session: Session, places_of: Callable[[Session, list[int]], dict[int, int]], wanted: dict[int, int]
) -> dict[int, tuple[GradingState, int | None, list[News]]]:
    """State, place in the queue and events after a number, of several gradings.

    The events of one grading are written one after the other by whoever has it, so their ids are in order.
    """
    states = session.execute(sa.select(Grading.id, Grading.state).where(Grading.id.in_(wanted))).all()
    events: dict[int, list[News]] = {id: [] for id in wanted}
    query = sa.select(Event).where(Event.grading_id.in_(wanted), Event.id > min(wanted.values())).order_by(Event.id)
    for event in session.scalars(query):
        if event.id > wanted[event.grading_id]:
            events[event.grading_id].append(News(event.kind, event.data, event.id))
    queued = [id for id, state in states if state is GradingState.QUEUED]
    places = places_of(session, queued) if queued else {}
    return {id: (state, places.get(id), events[id]) for id, state in states}


class _Watcher:
    """One listener; hears each event once, its place in the queue when that changes, and the end."""

    def __init__(self, after: int) -> None:
        self.news: asyncio.Queue[News | None] = asyncio.Queue()
        self.last = after
        self._place: int | None = None

    def hear(self, state: GradingState, place: int | None, events: list[News]) -> None:
        for event in events:
            if event.number > self.last:
                self.last = event.number
                self.news.put_nowait(event)
        if place is not None and place != self._place:
            self._place = place
            self.news.put_nowait(News("queued", {"place": place}))
        if state.is_final:
            self.news.put_nowait(News("end", {"state": state}))
            self.news.put_nowait(None)
