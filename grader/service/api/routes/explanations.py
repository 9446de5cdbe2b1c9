"""A network of one's own, explained: no assignment, no grade."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from grader.reading.costs import COSTS
from grader.reading.told.explanation import Explanation
from grader.render.explanation_html import explanation_html
from grader.service import explained_files
from grader.service.api import files
from grader.service.api.deps import Caller, CallerDep
from grader.service.api.models.common import Uuid
from grader.service.api.models.submissions import ExplainedFileStatus, ExplanationLinks
from grader.service.api.presenting import PREFIX
from grader.service.api.problems import documented
from grader.service.api.uploads import IdempotencyKey, Upload, documented_upload, upload_of
from grader.service.data import ExplainedFile, User

router = APIRouter(prefix="/explanations", tags=["explanations"], responses=documented(401, 404, 422))


def _may_send(caller: Caller, session: Session, user: User, request: Request) -> None:
    explained_files.demand_may_send(
        caller.context, session, user, explained_files.api_key(request.headers.get("Idempotency-Key"))
    )


OwnUpload = Annotated[Upload, Depends(upload_of(_may_send))]


@router.post(
    "",
    status_code=202,
    summary="Have a network explained",
    response_model=ExplainedFileStatus,
    responses=documented(400, 409, 413, 415, 429),
    openapi_extra=documented_upload(cost={"type": "string", "enum": [*COSTS]}),
)
async def explain(upload: OwnUpload, caller: CallerDep, idempotency_key: IdempotencyKey = None) -> Response:
    """A script, a notebook or an archive that trains a network, in your own interface. It is run, and no grade of it.

    `cost` says which cost is meant, if the file computes none.
    """
    return await run_in_threadpool(_accept, caller, upload, idempotency_key)


def _accept(caller: Caller, upload: Upload, key: str | None) -> Response:
    cost, key = upload.fields.get("cost", ""), explained_files.api_key(key)
    with upload.content() as content:
        file = explained_files.accept(caller.context, upload.user, upload.filename, content, cost=cost, key=key)
    told = _status(file)
    return JSONResponse(told.model_dump(mode="json"), status_code=202, headers={"Location": told.links.self})


@router.get("", summary="My explanations, the newest first")
def list_explanations(caller: CallerDep) -> list[ExplainedFileStatus]:
    """The last fifty."""
    with caller.enter() as (session, user):
        return [_status(file) for file in explained_files.listed(session, user)]


@router.get("/{explanation}", summary="How far an explanation is")
def show_explanation(explanation: Uuid, caller: CallerDep) -> ExplainedFileStatus:
    """One's own; nobody else sees it."""
    with caller.enter() as (session, user):
        return _status(explained_files.get(session, user, explanation))


@router.get("/{explanation}/document", summary="The explanation", response_model=Explanation)
def show_document(explanation: Uuid, caller: CallerDep) -> Response:
    """As `grade explain --format json` gives it."""
    found = _explanation(caller, explanation)
    return Response(found.model_dump_json(), media_type="application/json")


@router.get(
    "/{explanation}/page.html", summary="The explanation as a page", response_class=Response, responses=files.HTML
)
def show_page(explanation: Uuid, caller: CallerDep) -> Response:
    """One self-contained page that loads nothing and runs nothing."""
    return files.page(explanation_html(_explanation(caller, explanation)))


@router.delete("/{explanation}", status_code=204, summary="Delete an explanation")
def delete_explanation(explanation: Uuid, caller: CallerDep) -> None:
    """With the file; the service forgets both."""
    with caller.enter() as (session, user):
        explained_files.forget(session, user, explanation)


def _explanation(caller: Caller, explanation: str) -> Explanation:
    with caller.enter() as (session, user):
        file = explained_files.get(session, user, explanation)
    return explained_files.explanation_of(caller.context, file)


def _status(file: ExplainedFile) -> ExplainedFileStatus:
    own = f"{PREFIX}/explanations/{file.id}"
    links = ExplanationLinks(self=own, document=f"{own}/document", html=f"{own}/page.html")
    return ExplainedFileStatus.of(file, links=links)
