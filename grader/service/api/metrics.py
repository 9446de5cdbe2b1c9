"""Metrics for Prometheus: requests of this process, and what the database tells, the same in every process."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service import workforce
from grader.service.context import Context
from grader.service.data.base import utc_now
from grader.service.events import Watch

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The metrics of one application."""

    MEDIA_TYPE = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "grader_requests", "Requests answered", ["route", "method", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "grader_request_seconds",
            "Until the answer begins",
            ["route", "method"],
            buckets=_SECONDS,
            registry=self._registry,
        )

    def watch(self, context: Context, watch: Watch) -> None:
        """From now on tell of the service, too."""
        self._registry.register(_Service(context, watch))

    def text(self) -> bytes:
        return generate_latest(self._registry)


@dataclass(frozen=True)
class _Service:
    """What is asked of the database when the metrics are."""

    context: Context
    listeners: Watch

    def describe(self) -> list[Metric]:
        return []  # so that registering asks nothing

    def collect(self) -> Iterator[Metric]:
        watchers = GaugeMetricFamily("grader_event_watchers", "Streams of events that this process serves")
        watchers.add_metric([], self.listeners.watchers)
        yield watchers
        up = GaugeMetricFamily("grader_database_up", "Whether the database answers")
        try:
            found = list(self._from_database())
        except sa.exc.SQLAlchemyError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from found

    def _from_database(self) -> Iterator[Metric]:
        with self.context.sessions() as session:
            queue = GaugeMetricFamily("grader_queue_length", "Gradings that wait", labels=["class"])
            oldest = GaugeMetricFamily("grader_queue_oldest_seconds", "Since when the oldest waits", labels=["class"])
            now = utc_now()
            for is_batch, (count, since) in workforce.waiting(session).items():
                name = "batch" if is_batch else "interactive"
                queue.add_metric([name], count)
                oldest.add_metric([name], 0.0 if since is None else max(0.0, (now - since).total_seconds()))
            done = CounterMetricFamily("grader_gradings", "Finished gradings", labels=["outcome"])
            for outcome, count in sorted(workforce.finished(session).items()):
                done.add_metric([outcome], count)
            workers = GaugeMetricFamily("grader_live_workers", "Processes that grade")
            workers.add_metric([], workforce.live_workers(session, self.context.settings.lease_seconds))
            running = GaugeMetricFamily("grader_gradings_running", "Gradings that a worker has")
            running.add_metric([], workforce.running(session))
        yield from (queue, oldest, done, workers, running)


@dataclass(frozen=True)
class CountedRequests:
    """Counts what is answered, by the route's own name: a path with ids in it would be a new series each."""

    app: ASGIApp
    metrics: Metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, method = time.perf_counter(), _known(scope["method"])

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = _route(scope)
                self.metrics.requests.labels(route, method, message["status"]).inc()
                self.metrics.seconds.labels(route, method).observe(time.perf_counter() - begun)
            await send(message)

        await self.app(scope, receive, counted)


def _route(scope: Scope) -> str:
    endpoint = scope.get("endpoint")
    return getattr(endpoint, "__name__", "none") if endpoint is not None else "none"


def _known(method: str) -> str:
    return method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "other"
