"""The pages as one ASGI application, to be mounted behind the API at `/`; what cannot be done is a page, too."""

import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Request
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.assignments import AssignmentError
from grader.service.context import Context
from grader.service.errors import Conflict, NotFound, NotSignedIn, ServiceError, TooMany, Unavailable
from grader.service.events import Watch
from grader.service.headers import SafeHeaders
from grader.service.outputs import Summaries
from grader.service.pages import (
    admin_pages,
    api_reference,
    assets,
    assignment_settings,
    batch_pages,
    class_pages,
    course_pages,
    explanation_pages,
    links,
    roster_pages,
    sign_in,
    student_pages,
    submission_pages,
    token_pages,
)
from grader.service.pages.desk import House, page_for_anybody
from grader.service.pages.security import HEADERS


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


_ROUTERS: Sequence[APIRouter] = (
    sign_in.router,
    course_pages.router,
    student_pages.router,
    submission_pages.router,
    explanation_pages.router,
    class_pages.router,
    batch_pages.router,
    assignment_settings.router,
    roster_pages.router,
    token_pages.router,
    admin_pages.router,
    api_reference.router,
)
_log = logging.getLogger(__name__)


def create_pages(
    context: Context, watch: Watch, summaries: Summaries, openapi: Callable[[], dict[str, Any]]
) -> FastAPI:
    """The pages of a service; `watch` is closed by whoever made it."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.house = House(context, watch, summaries, openapi)
    app.add_middleware(Faults)
    app.add_middleware(SafeHeaders, headers=HEADERS)  # the outermost: what goes wrong has them, too
    app.add_route("/static/{digest}/{name}", assets.serve, methods=["GET", "HEAD"])
    for router in _ROUTERS:
        app.include_router(router)
    app.add_exception_handler(ServiceError, _refused)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_exception_handler(AssignmentError, _faulty_assignment)
    app.add_exception_handler(OperationalError, _no_database)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    if isinstance(error, NotSignedIn):
        if request.method == "GET":
            return sign_in.to_sign_in(request)
        try:
            return await sign_in.keep_and_sign_in(request)
        except ServiceError as unreadable:
            error = unreadable
    return await run_in_threadpool(_fault, request, error)


def _fault(request: Request, error: ServiceError) -> Response:
    response = fault_page(request, error)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(max(1, round(error.seconds)))
    return response


def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    fault: ServiceError = NotFound("There is no page at this address.")
    return fault_page(request, fault, status=error.status_code)


def _faulty_assignment(request: Request, error: Exception) -> Response:
    _log.error("%s: %s", request.url.path, error)
    return fault_page(
        request, Conflict("The folder of this assignment is faulty; the log of the service tells what it is.")
    )


def _no_database(request: Request, error: Exception) -> Response:
    _log.error("%s: %s", request.url.path, error)
    return fault_page(request, Unavailable("The database does not answer. Try again in a moment; nothing is lost."))
