"""Server-sent events: everything in its order, once, whatever happens to the connection."""

import json
from collections.abc import Iterator

import httpx
import pytest

from grader.client import Client, Event, NotFound
from grader.client.connection import parse
from service.api.conftest import Course


def heard(door: httpx.Client, address: str, **headers: str) -> list[Event]:
    with door.stream("GET", address, headers=headers) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        return list(parse(answer.iter_lines()))


def test_everything_is_told_once_and_in_order(live_course: Course) -> None:
    submission = live_course.submit("ada").json()
    with live_course.door("ada") as door:
        events = heard(door, f"/submissions/{submission['id']}/events")
        kinds = [event.kind for event in events if event.kind != "queued"]
        assert kinds == ["started", "loading", "loaded", "check", "check", "diagnosing", "done", "end"]
        numbers = [event.number for event in events if event.number]
        assert numbers == sorted(set(numbers))
        checks = [(event.data["function"], event.data["status"]) for event in events if event.kind == "check"]
        assert checks == [("softplus", "passed"), ("slope", "failed")]
        assert events[-1].data == {"state": "done"}
        after = heard(door, f"/submissions/{submission['id']}/events", **{"Last-Event-ID": str(numbers[3])})
        assert [event.number for event in after if event.number] == numbers[4:]
        assert heard(door, f"/submissions/{submission['id']}/events?after={numbers[-1]}")[0].kind == "end"


def test_who_waits_is_told_the_place(course: Course) -> None:
    course.submit("ada").raise_for_status()
    mine = course.submit("bob").json()
    with course.door("bob") as door, door.stream("GET", f"/submissions/{mine['id']}/events") as answer:
        events = parse(answer.iter_lines())
        first = next(events)
        assert first.kind == "queued"
        assert first.data["place"] >= 2
        with course.door("bob") as other:
            other.post(f"/submissions/{mine['id']}/cancel").raise_for_status()
        assert [(event.kind, event.data) for event in events] == [("end", {"state": "cancelled"})]


class Torn(httpx.HTTPTransport):
    """A connection that breaks after so many bytes of every stream of events."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size, self.breaks = size, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        if response.headers.get("Content-Type", "").startswith("text/event-stream"):
            assert isinstance(response.stream, httpx.SyncByteStream)
            response.stream = _Part(self, response.stream)
        return response


class _Part(httpx.SyncByteStream):
    def __init__(self, torn: Torn, stream: httpx.SyncByteStream) -> None:
        self.torn, self.stream = torn, stream

    def __iter__(self) -> Iterator[bytes]:
        left = self.torn.size
        for chunk in self.stream:
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                self.torn.breaks += 1
                raise httpx.ReadError("torn")

    def close(self) -> None:
        self.stream.close()


def test_a_connection_that_breaks_is_taken_up_where_it_broke(live_course: Course) -> None:
    submission = live_course.submit("ada").json()["id"]
    torn = Torn(170)
    with Client(live_course.service.url, live_course.tokens["ada"], transport=torn) as client:
        events = list(client.watch(submission))
    assert torn.breaks > 2
    kinds = [event.kind for event in events if event.kind != "queued"]
    assert kinds == ["started", "loading", "loaded", "check", "check", "diagnosing", "done", "end"]


def test_nobody_follows_what_is_not_there(course: Course) -> None:
    with course.client("ada") as client, pytest.raises(NotFound):
        list(client.watch("00000000-0000-4000-8000-000000000000"))


def test_comments_and_what_is_no_object_are_passed_over() -> None:
    lines = [": ping", "", "event: check", "id: 7", 'data: {"a":', "data: 1}", "", "data: no json", "", "data: [1]", ""]
    assert list(parse(lines)) == [Event(kind="check", data=json.loads('{"a": 1}'), number=7)]
