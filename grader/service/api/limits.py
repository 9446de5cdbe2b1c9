"""Bodies that are too large, or never come, are refused before anything of them is parsed.

What is refused before its body has come is not listened to until the end: the connection ends with the answer.
"""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service.api.problems import problem, problem_response
from grader.service.settings import Settings
from grader.submissions.limits import megabytes

_SILENCE_SECONDS = 60.0
_ENVELOPE = 64_000  # of a multipart body, around the file
_HARDLY_ANYTHING = 64_000  # of a body that nobody asked for: to let it come is cheaper than another connection
_LINGERING_BYTES = 1_000_000  # that are taken after an answer, so that a sender finds it before the connection ends
_LINGERING_SECONDS = 2.0
_BROWSERS_SECONDS = 20.0
_JSON_BYTES = 1_000_000
_ROSTER_BYTES = 5_000_000
_SUBMISSIONS = re.compile(r"/(submissions|explanations)/?$")
_BATCHES = re.compile(r"/batches/?$")
_ROSTER = re.compile(r"/roster/?$")


@dataclass(frozen=True)
class BodyLimits:
    """How many bytes a request may have, by its path."""

    app: ASGIApp
    settings: Settings

    def of(self, path: str) -> int:
        if _SUBMISSIONS.search(path):
            return self.settings.max_upload_bytes + _ENVELOPE
        if _BATCHES.search(path):
            return self.settings.max_batch_bytes + _JSON_BYTES
        return _ROSTER_BYTES if _ROSTER.search(path) else _JSON_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not scope["path"].startswith("/api/"):  # the pages bound what they read of a body
            body = _Body(receive)
            # A browser shows what it is told only when it has sent everything: a student's file is let come.
            ending = _Ending(scope, body, send, self.settings.max_upload_bytes + _ENVELOPE, _BROWSERS_SECONDS)
            await self.app(scope, body, ending)
            await ending.finish()
            return
        limit = self.of(scope["path"])
        words = f"The request is too large: at most {megabytes(limit)} are accepted here."
        if _claimed(scope) > limit:
            await problem_response(problem(413, words), {"Connection": "close"})(scope, receive, send)
            return
        body = _Body(receive)

        async def counted() -> Message:
            message = await body()
            if body.arrived > limit:
                raise HTTPException(413, words, {"Connection": "close"})
            return message

        ending = _Ending(scope, body, send, _LINGERING_BYTES, _LINGERING_SECONDS)
        await self.app(scope, counted, ending)
        await ending.finish()


class _Body:
    """The messages of a request; a sender who falls silent in the midst of its body is not waited for."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.is_whole = False
        self.arrived = 0

    async def __call__(self) -> Message:
        """Raises HTTPException."""
        if self.is_whole:  # what comes next is that the sender goes away, some time
            return await self._receive()
        try:
            async with asyncio.timeout(_SILENCE_SECONDS):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, "Nothing of the request came in for too long.", {"Connection": "close"}) from None
        if message["type"] == "http.request":
            self.arrived += len(message.get("body", b""))
            self.is_whole = not message.get("more_body", False)
        return message


class _Ending:
    """The answer to a request; where much of the body is still to come, the connection ends with it.

    Its last byte is sent when whoever answered has gone, with all that was held for it.
    """

    def __init__(self, scope: Scope, body: _Body, send: Send, most_bytes: int, most_seconds: float) -> None:
        self._scope, self._body, self._send = scope, body, send
        self._most_bytes, self._most_seconds = most_bytes, most_seconds
        self._ends = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._is_much_to_come:
            self._ends = True
            headers = [(name, value) for name, value in message.get("headers", ()) if name.lower() != b"connection"]
            message = {**message, "headers": [*headers, (b"connection", b"close")]}
        if not self._ends or message["type"] != "http.response.body" or message.get("more_body", False):
            await self._send(message)
            return
        await self._send({**message, "more_body": True})

    async def finish(self) -> None:
        """Take a part of what is still to come, so that the sender finds the answer, and end."""
        if self._ends:
            await self._linger()
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    @property
    def _is_much_to_come(self) -> bool:
        if self._body.is_whole:
            return False
        return _is_of_unknown_length(self._scope) or _claimed(self._scope) - self._body.arrived > _HARDLY_ANYTHING

    async def _linger(self) -> None:
        most = self._body.arrived + self._most_bytes
        with suppress(TimeoutError, HTTPException):
            async with asyncio.timeout(self._most_seconds):
                while not self._body.is_whole and self._body.arrived < most:
                    if (await self._body())["type"] != "http.request":
                        return


def _is_of_unknown_length(scope: Scope) -> bool:
    return any(name == b"transfer-encoding" for name, _ in scope["headers"])


def _claimed(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0
