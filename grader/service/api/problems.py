"""Errors as `application/problem+json` (RFC 9457): what was asked for, why it is refused, never a traceback."""

import json
import logging
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import sqlalchemy as sa
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.assignments import AssignmentError
from grader.service.errors import NotSignedIn, ServiceError, TooMany, Unavailable

MEDIA_TYPE = "application/problem+json"
_BUSY_SECONDS = 5
_log = logging.getLogger(__name__)


class FieldProblem(BaseModel):
    """What is wrong with one part of a request."""

    where: str = Field(description="the part of the request, as in `body.due_at`")
    message: str


class Problem(BaseModel):
    """Why a request failed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"type": "about:blank", "title": "Conflict", "status": 409, "detail": "All 3 attempts are used up."}
            ]
        }
    )

    type: str = Field("about:blank", description="always `about:blank`: the status tells the kind")
    title: str = Field(description="the status in words")
    status: int
    detail: str = Field(description="what was expected, what was found, what to do")
    errors: list[FieldProblem] | None = Field(None, description="of a request that was not understood")
    retry_after: float | None = Field(None, description="seconds until it is worth trying again")
    incident: str | None = Field(None, description="of a fault of the service: where to find it in the logs")


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of an operation, for the OpenAPI document."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in sorted(statuses)}


def problem(status: int, detail: str, **more: Any) -> Problem:
    return Problem(title=_phrase(status), status=status, detail=detail, **more)


def problem_response(found: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Text of a request may be no text at all (half a surrogate pair), so what cannot be written is replaced."""
    text = json.dumps(found.model_dump(mode="python", exclude_none=True), ensure_ascii=False)
    everything = {**_headers_of(found), **(headers or {})}
    return Response(text.encode("utf-8", "replace"), found.status, media_type=MEDIA_TYPE, headers=everything)


def problem_of(error: Exception) -> Problem:
    """What is told about an error; an unforeseen one is logged under an incident's number."""
    match error:
        case TooMany():
            return problem(error.status, error.detail, retry_after=round(error.seconds, 1))
        case Unavailable():
            return problem(error.status, error.detail, retry_after=_BUSY_SECONDS)
        case ServiceError():
            return problem(error.status, error.detail)
        case RequestValidationError():
            errors = _fields(error.errors())
            return problem(422, "The request was not understood; `errors` tells which parts.", errors=errors)
        case HTTPException():
            return problem(error.status_code, _sentence(error))
        case AssignmentError():
            _log.error("a faulty assignment: %s", error)
            return problem(409, "The assignment's own files are faulty; the log of the service tells what it is.")
        case sa.exc.OperationalError() | sa.exc.TimeoutError() | sa.exc.InterfaceError() if _is_away(error):
            _log.warning("the database does not answer: %s", error)
            return problem(503, "The database does not answer at the moment.", retry_after=_BUSY_SECONDS)
    incident = secrets.token_hex(6)
    _log.error("incident %s", incident, exc_info=error)
    words = f"A fault of the service, not of the request; it is in the log as {incident}."
    return problem(500, words, incident=incident)


def _is_away(error: Exception) -> bool:
    """Whether it is the database; SQLite's plain SQLITE_ERROR is a statement that makes no sense."""
    return getattr(getattr(error, "orig", None), "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR


def install(app: FastAPI) -> None:
    """Answer every error that can be foreseen with a problem; `Incidents` does so with the others."""
    for kind in (
        ServiceError,
        RequestValidationError,
        HTTPException,
        AssignmentError,
        sa.exc.OperationalError,
        sa.exc.TimeoutError,
        sa.exc.InterfaceError,
    ):
        app.add_exception_handler(kind, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    return answer(request, error)


def answer(request: Request, error: Exception) -> Response:
    """The response to an error."""
    found = problem_of(error)
    headers = dict(getattr(error, "headers", None) or {})
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    if found.status == 405 and request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": _allowed(request, headers)})
    if found.status == 405:
        headers["Allow"] = _allowed(request, headers)
    return problem_response(found, headers)


class Incidents:
    """The outermost: an error that nobody foresaw becomes a problem, too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_started = has_ended = False

        async def watched(message: Message) -> None:
            nonlocal has_started, has_ended
            has_started = has_started or message["type"] == "http.response.start"
            has_ended = has_ended or (message["type"] == "http.response.body" and not message.get("more_body"))
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            return  # nobody is there to be told
        except Exception as error:
            response = answer(Request(scope, receive), error)
            if not has_started:
                await response(scope, receive, send)
            elif not has_ended:
                raise  # too late to say anything; the server cuts the connection


def _allowed(request: Request, headers: Mapping[str, str]) -> str:
    """Every method that the path has, while the error speaks of one of its routes alone."""
    methods = set(filter(None, headers.get("Allow", "").replace(" ", "").split(",")))
    for path, operations in request.app.openapi()["paths"].items():
        if compile_path(path)[0].match(request.url.path):
            methods |= {method.upper() for method in operations}
    if "GET" in methods:
        methods.add("HEAD")
    return ", ".join(sorted({*methods, "OPTIONS"}))


def _fields(errors: Sequence[Any]) -> list[FieldProblem]:
    return [FieldProblem(where=".".join(map(str, e["loc"]))[:200], message=str(e["msg"])[:500]) for e in errors[:50]]


def _sentence(error: HTTPException) -> str:
    if error.status_code == 404 and error.detail == "Not Found":
        return "There is nothing at this address."
    if error.status_code == 405:
        return "This address does not have this method; the header `Allow` tells which it has."
    return str(error.detail)[:500]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _headers_of(found: Problem) -> dict[str, str]:
    return {} if found.retry_after is None else {"Retry-After": str(max(1, round(found.retry_after)))}
