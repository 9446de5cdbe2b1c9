"""Bodies that are too large, or never come, are refused before anything of them is parsed."""

import asyncio
import re
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service.api.problems import problem, problem_response
from grader.service.settings import Settings
from grader.submissions.limits import megabytes

_SILENCE_SECONDS = 60.0
_ENVELOPE = 64_000  # of a multipart body, around the file
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
            await self.app(scope, _Body(receive), send)
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

        await self.app(scope, counted, send)


class _Body:
    """The messages of a request; a sender who falls silent in the midst of its body is not waited for."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._is_whole = False
        self.arrived = 0

    async def __call__(self) -> Message:
        """Raises HTTPException."""
        if self._is_whole:  # what comes next is that the sender goes away, some time
            return await self._receive()
        try:
            async with asyncio.timeout(_SILENCE_SECONDS):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, "Nothing of the request came in for too long.", {"Connection": "close"}) from None
        if message["type"] == "http.request":
            self.arrived += len(message.get("body", b""))
            self._is_whole = not message.get("more_body", False)
        return message


def _claimed(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0
