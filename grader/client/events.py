"""Server-sent events, heard to the end whatever happens to the connection."""

import json
from collections.abc import Iterable, Iterator

import httpx

from grader.client.connection import Connection, is_passing
from grader.client.errors import ClientError, Unreachable
from grader.client.wire import Event

_SILENCE = httpx.Timeout(60.0, connect=10.0)  # the service gives a sign of life every 15 seconds


def follow(connection: Connection, path: str, *, after: int = 0) -> Iterator[Event]:
    """Every event after a number, up to `end`; a connection that breaks is taken up where it broke.

    Raises ClientError.
    """
    patience = connection.patience()
    while True:
        error: ClientError = Unreachable(f"{path}: the stream of events broke off")
        try:
            headers = {"Accept": "text/event-stream", "Last-Event-ID": str(after)}
            with connection.open(path, headers=headers, timeout=_SILENCE) as response:
                for event in parse(response.iter_lines()):
                    patience.renew()
                    after = event.number or after
                    yield event
                    if event.kind == "end":
                        return
        except ClientError as found:
            if not is_passing(found):
                raise
            error = found
        patience.wait(error)


def parse(lines: Iterable[str]) -> Iterator[Event]:
    """The events of a stream; comments, which keep the connection alive, and what is no JSON object are passed over."""
    kind, number, data = "message", 0, list[str]()
    for line in lines:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if line:
            if name == "event":
                kind = value
            elif name == "data":
                data.append(value)
            elif name == "id" and value.isascii() and value.isdigit():
                number = int(value)
            continue
        if data and (content := _object("\n".join(data))) is not None:
            yield Event(kind=kind, data=content, number=number)
        kind, number, data = "message", 0, []


def _object(text: str) -> dict[str, object] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
