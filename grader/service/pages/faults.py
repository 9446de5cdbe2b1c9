"""What cannot be done, said in a page: what happened, and the way on."""

import logging
import secrets
from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service.errors import ServiceError
from grader.service.pages import links
from grader.service.pages.desk import page_for_anybody

_log = logging.getLogger(__name__)


class Faults:
    """Middleware: an error that nobody foresaw becomes a page that names where it is in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_started = False

        async def watched(message: Message) -> None:
            nonlocal has_started
            has_started = has_started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if has_started or scope["type"] != "http":
                raise  # too late to say anything; the connection is closed
            incident = secrets.token_hex(6)
            _log.error("incident %s", incident, exc_info=error)
            fault = ServiceError(f"A fault of the service, not of yours; it is in the log as {incident}.")
            page = await run_in_threadpool(fault_page, Request(scope, receive), fault)
            await page(scope, receive, send)


def fault_page(request: Request, error: ServiceError, *, status: int | None = None) -> HTMLResponse:
    """Also where the database is away, or nobody is signed in."""
    came_from = urlsplit(request.headers.get("referer", "")).path or "/"
    text = page_for_anybody(request, "fault.html.j2", error=error, sign_in=links.sign_in(came_from))
    return HTMLResponse(text, status or error.status)
