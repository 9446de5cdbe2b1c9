"""What cannot be done, said in a page: what happened, and the way on."""

import logging
import secrets
from urllib.parse import urlsplit

from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service.errors import NotSignedIn, ServiceError
from grader.service.pages import links
from grader.service.pages.desk import house_of, visit_of
from grader.service.pages.templating import render
from grader.service.people import csrf_token

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
    context = house_of(request).context
    user, csrf = None, ""
    try:
        with context.sessions() as session:
            visit = visit_of(request, session, context.settings)
            user, csrf = visit.token.user, csrf_token(visit)
    except (NotSignedIn, SQLAlchemyError):
        pass
    came_from = urlsplit(request.headers.get("referer", "")).path or "/"
    text = render(
        "fault.html.j2",
        error=error,
        user=user,
        csrf=csrf,
        note="",
        settings=context.settings,
        path=request.url.path,
        sign_in=links.sign_in(came_from),
    )
    return HTMLResponse(text, status or error.status)
