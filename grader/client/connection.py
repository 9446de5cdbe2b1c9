"""Requests that are tried again when the connection breaks or the service is away; events are heard to the end."""

import json
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from grader.client.errors import ClientError, Unreachable
from grader.client.wire import Event

_TIMEOUT = httpx.Timeout(60.0, connect=10.0)
_AWAY = (502, 503, 504)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 8.0

MakeRequest = Callable[[], dict[str, Any]]


class Patience:
    """How long to go on trying; it begins anew with every success."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.renew()

    def renew(self) -> None:
        self._end = time.monotonic() + self._seconds
        self._pause = _FIRST_PAUSE

    def wait(self, error: ClientError, seconds: float | None = None) -> None:
        """Pause before another try.  Raises the error: it has been tried for long enough."""
        pause = max(self._pause * random.uniform(0.5, 1.0), seconds or 0.0)
        self._pause = min(_LONGEST_PAUSE, 2 * self._pause)
        if time.monotonic() + pause > self._end:
            raise error
        time.sleep(pause)


class Connection:
    """A service at an address."""

    def __init__(self, url: str, token: str, *, patience: float, transport: httpx.BaseTransport | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(
            base_url=url.rstrip("/"), headers=headers, timeout=_TIMEOUT, transport=transport, follow_redirects=False
        )
        self._patience = patience

    def patience(self) -> Patience:
        return Patience(self._patience)

    def send(self, method: str, path: str, *, is_repeatable: bool = True, **request: Any) -> httpx.Response:
        """The answer.

        Args:
            is_repeatable: the second time changes nothing; else only what cannot have arrived is tried again.

        Raises:
            ClientError: the service refuses, or nobody answers.
        """
        return self.send_made(method, path, lambda: request, is_repeatable=is_repeatable)

    def send_made(self, method: str, path: str, make: MakeRequest, *, is_repeatable: bool = True) -> httpx.Response:
        """As `send`, with a request that is made anew for every try: a file that is sent has been read afterwards."""
        patience = self.patience()
        while True:
            try:
                response = self._http.request(method, path, **make())
            except httpx.TransportError as error:
                if not is_repeatable and not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
                    raise Unreachable.after(str(self._http.base_url), error) from error
                patience.wait(Unreachable.after(str(self._http.base_url), error))
                continue
            if response.is_success:
                return response
            error_told = ClientError.of(response)
            if response.status_code not in _AWAY:
                raise error_told
            patience.wait(error_told, _seconds(response))

    @contextmanager
    def open(self, path: str, **request: Any) -> Iterator[httpx.Response]:
        """An answer that is read bit by bit, tried once.

        Raises ClientError; `is_passing` tells whether it is worth trying again.
        """
        try:
            with self._http.stream("GET", path, **request) as response:
                if not response.is_success:
                    response.read()
                    raise ClientError.of(response)
                yield response
        except httpx.TransportError as error:
            raise Unreachable.after(str(self._http.base_url), error) from error

    def close(self) -> None:
        self._http.close()


def is_passing(error: ClientError) -> bool:
    """Whether it may be gone in a moment."""
    return isinstance(error, Unreachable) or error.status in _AWAY


def _seconds(response: httpx.Response) -> float | None:
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isdigit() and len(text) < 5 else None


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
