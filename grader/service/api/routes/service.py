"""The service itself: whether it lives, whether it can work, and its metrics."""

import ipaddress
import logging

import sqlalchemy as sa
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import grader
from grader.service.api import files
from grader.service.api.deps import Caller, CallerDep, ContextDep
from grader.service.api.metrics import Metrics
from grader.service.api.models.common import Health, Readiness
from grader.service.api.problems import documented
from grader.service.context import Context
from grader.service.data.revision import demand_current
from grader.service.errors import Unavailable
from grader.service.people import demand_admin
from grader.service.workforce import live_workers

router = APIRouter(tags=["service"])
_log = logging.getLogger(__name__)


@router.get("/health", summary="The process lives")
async def health() -> Health:
    """Says nothing about what it stands on; see `/ready`."""
    return Health(version=grader.__version__)


@router.get("/ready", summary="The service can work", response_model=Readiness, responses={503: {"model": Readiness}})
def ready(context: ContextDep) -> Response:
    """The database is reachable and up to date, files can be kept, a worker is alive. The log says what is wrong."""
    database, storage, workers = _database(context), _storage(context), 0
    if database == "ok":
        with context.sessions() as session:
            workers = live_workers(session, context.settings.lease_seconds)
    is_ready = database == storage == "ok" and workers > 0
    told = Readiness(status="ready" if is_ready else "not ready", database=database, storage=storage, workers=workers)
    return JSONResponse(told.model_dump(mode="json"), status_code=200 if is_ready else 503)


@router.get(
    "/metrics", summary="Metrics for Prometheus", response_class=Response, responses=files.TEXT | documented(401, 403)
)
async def metrics(request: Request, caller: CallerDep) -> Response:
    """For this machine, and for admins from elsewhere; the setting `open_metrics` opens them to everybody."""
    counted: Metrics = request.app.state.metrics
    return await run_in_threadpool(_metrics, request, caller, counted)


def _metrics(request: Request, caller: Caller, counted: Metrics) -> Response:
    if not caller.context.settings.open_metrics and not _is_this_machine(request):
        demand_admin(caller.identify())
    return Response(counted.text(), media_type=counted.MEDIA_TYPE)


def _is_this_machine(request: Request) -> bool:
    """Whether the request was made here; one that a proxy passed on was not."""
    if any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip")):
        return False
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _database(context: Context) -> str:
    try:
        demand_current(context.engine)
    except sa.exc.SQLAlchemyError as error:
        _log.warning("not ready: the database does not answer: %s", error)
        return "does not answer"
    except Unavailable as error:
        _log.warning("not ready: %s", error.detail)
        return "is not migrated"
    return "ok"


def _storage(context: Context) -> str:
    try:
        context.storage.check()
    except Unavailable as error:
        _log.warning("not ready: %s", error.detail)
        return "cannot be written"
    return "ok"
