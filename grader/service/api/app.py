"""The service as an ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

import grader
from grader.service.api import problems
from grader.service.api.limits import BodyLimits
from grader.service.api.metrics import CountedRequests, Metrics
from grader.service.api.models.submissions import EventInfo
from grader.service.api.presenting import PREFIX
from grader.service.api.problems import Incidents, Problem
from grader.service.api.routes import (
    assignments,
    batches,
    changes,
    courses,
    explanations,
    gradebook,
    library,
    live,
    log,
    me,
    service,
    submissions,
    users,
)
from grader.service.context import open_context
from grader.service.events import Watch
from grader.service.headers import ON_HTTPS, SAFE, HeadAsGet, SafeHeaders
from grader.service.outputs import Summaries
from grader.service.pages import create_pages
from grader.service.settings import Settings

_DESCRIPTION = """
Upload a notebook, watch it being graded, read which mistake it is.

Sign in with a token: `Authorization: Bearer grader_…`. Errors are `application/problem+json`.
"""
_TAGS = {
    "me": "whoever asks, and their tokens",
    "courses": "courses and rosters",
    "library": "assignments that courses can set",
    "assignments": "assignments set for a course",
    "submissions": "hand in, follow, read the report",
    "explanations": "a network of one's own, without any assignment",
    "batches": "a class's submissions as one ZIP",
    "gradebook": "rows, exports, adjustments, the class at a glance",
    "users": "accounts and tokens, for admins",
    "audit": "who changed what that grades depend on",
    "service": "health, readiness, metrics",
}


def create_app(settings: Settings) -> FastAPI:
    """The API, and the pages. Its database must have been migrated before it serves anything but `/health`."""
    metrics = Metrics()
    app = FastAPI(
        title="Grader",
        version=grader.__version__,
        summary="Grades neural networks written from scratch in numpy, and names the mistake.",
        description=_DESCRIPTION,
        openapi_url=f"{PREFIX}/openapi.json",
        openapi_tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        lifespan=_lifespan,
        middleware=[
            Middleware(HeadAsGet),
            Middleware(SafeHeaders, headers=SAFE | (ON_HTTPS if settings.secure_cookies else {})),
            Middleware(CountedRequests, metrics=metrics),
            Middleware(Incidents),
            Middleware(BodyLimits, settings=settings),
        ],
    )
    app.state.settings, app.state.metrics = settings, metrics
    problems.install(app)
    api = APIRouter(prefix=PREFIX)
    for module in (
        me,
        courses,
        library,
        assignments,
        submissions,
        explanations,
        live,
        batches,
        changes,
        gradebook,
        users,
        log,
    ):
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(service.router)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    context = open_context(app.state.settings)
    watch = Watch(context)
    app.state.context, app.state.watch, app.state.summaries = context, watch, Summaries()
    app.state.metrics.watch(context, watch)
    _add_pages(app, create_pages(context, watch, app.state.summaries, app.openapi))
    try:
        yield
    finally:
        await watch.close()
        context.engine.dispose()


def _add_pages(app: FastAPI, pages: ASGIApp) -> None:
    """Everything that the API has no route for is a page, but for what only the API could have had."""
    unknown = app.router.default

    async def default(scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and not scope["path"].startswith("/api/")
        await (pages if is_page else unknown)(scope, receive, send)

    app.router.default = default


def _openapi(app: FastAPI) -> dict[str, Any]:
    """With the models that responses name by reference, and our own errors in place of FastAPI's."""
    if app.openapi_schema is None:
        schema = FastAPI.openapi(app)
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        for model in (Problem, EventInfo):
            described = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas |= described.pop("$defs", {}) | {model.__name__: described}
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        _replace_validation_errors(schema)
        app.openapi_schema = schema
    return app.openapi_schema


def _replace_validation_errors(schema: dict[str, Any]) -> None:
    documented = problems.documented(422)[422]
    for operations in schema["paths"].values():
        for operation in operations.values():
            if "422" in operation["responses"]:
                operation["responses"]["422"] = documented
