"""A class's submissions, uploaded as one ZIP."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from grader.batch.gradebook import grades_csv
from grader.batch.layouts import LayoutName
from grader.service import archives, batches, courses, outputs
from grader.service.api import files, presenting
from grader.service.api.deps import Caller, CallerDep
from grader.service.api.models.batches import (
    BatchInfo,
    BatchTerms,
    Cancelled,
    NewBatch,
    Regraded,
    RegradeOfBatch,
    Worksheet,
)
from grader.service.api.models.common import Slug, Uuid
from grader.service.api.problems import documented
from grader.service.api.uploads import IdempotencyKey, InstructorsUpload, Upload, documented_upload
from grader.service.downloads import download, streamed
from grader.service.gradebooks import make_book
from grader.service.storage import parts_of

router = APIRouter(tags=["batches"], responses=documented(401, 403, 404, 409, 422))

_OF_ASSIGNMENT = "/courses/{course}/assignments/{assignment}/batches"


@router.post(
    _OF_ASSIGNMENT,
    status_code=202,
    summary="Upload a class's submissions",
    response_model=BatchInfo,
    responses=documented(400, 409, 413, 415),
    openapi_extra=documented_upload(
        terms={"type": "string", "contentMediaType": "application/json", "description": "a `NewBatch`"}
    ),
)
async def upload_batch(
    course: Slug,
    assignment: Slug,
    upload: InstructorsUpload,
    caller: CallerDep,
    layout: Annotated[LayoutName, Query(description="which platform packed it")] = "auto",
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """For instructors: the ZIP of Canvas, Moodle, Gradescope, nbgrader, or a folder per student.

    A field `terms` may hold JSON: `seed`, `policy` and `adjustments` as in `PATCH /batches/{batch}`, and `only`, a list
    of students, by key, name, e-mail address or pattern: the others are taken in and not graded.
    """
    return await run_in_threadpool(_accept, caller, course, assignment, upload, layout, idempotency_key)


def _accept(
    caller: Caller, course: str, assignment: str, upload: Upload, layout: LayoutName, key: str | None
) -> Response:
    user = upload.user
    try:
        asked = NewBatch.model_validate_json(upload.fields.get("terms") or "{}")
    except ValidationError as error:
        raise RequestValidationError([{**e, "loc": ("body", "terms", *e["loc"])} for e in error.errors()]) from error
    with caller.context.sessions() as session:
        found = courses.get_assignment(session, user, courses.get_course(session, user, course), assignment)
        courses.demand_instructor(session, user, found.course)
    with upload.path() as path:
        made = batches.accept(
            caller.context,
            user,
            found,
            upload.filename,
            path,
            layout=layout,
            terms=asked.terms(),
            only=asked.only,
            idempotency_key=key,
        )
    with caller.context.sessions() as session:
        told = presenting.batch_info(session, batches.get(session, user, made.id))
    return JSONResponse(told.model_dump(mode="json"), status_code=202, headers={"Location": told.links.self})


@router.get(_OF_ASSIGNMENT, summary="The batches of an assignment")
def list_batches(course: Slug, assignment: Slug, caller: CallerDep) -> list[BatchInfo]:
    """For instructors, the newest first."""
    with caller.assignment(course, assignment, teaches=True) as (session, _, found):
        return [presenting.batch_info(session, batch) for batch in batches.listed(session, found)]


@router.get("/batches/{batch}", summary="How far a batch is")
def show_batch(batch: Uuid, caller: CallerDep) -> BatchInfo:
    """For instructors."""
    with caller.enter() as (session, user):
        return presenting.batch_info(session, batches.get(session, user, batch))


@router.patch("/batches/{batch}", summary="Change a batch's own terms", responses=documented(409))
def change_batch(batch: Uuid, body: BatchTerms, caller: CallerDep) -> BatchInfo:
    """For instructors. A policy changes what is made of this batch, nothing else; a seed grades all of it again."""
    user = caller.identify()
    batches.change_terms(caller.context, user, batch, body.terms())
    return show_batch(batch, caller)


@router.post("/batches/{batch}/regrade", summary="Grade some of a batch again")
def regrade_batch(batch: Uuid, body: RegradeOfBatch, caller: CallerDep) -> Regraded:
    """For instructors: those that `only` means, without it those that have no grade; not what is being graded.

    With `hold` the grades of before count until the assignment's `changes` are handed back.
    """
    user = caller.identify()
    return Regraded(regraded=batches.regrade(caller.context, user, batch, body.only, hold=body.hold))


@router.post("/batches/{batch}/cancel", summary="Stop what waits or runs of a batch")
def cancel_batch(batch: Uuid, caller: CallerDep) -> Cancelled:
    """For instructors. What is finished stays."""
    user = caller.identify()
    return Cancelled(cancelled=batches.cancel(caller.context, user, batch))


@router.get("/batches/{batch}/gradebook.csv", summary="Its gradebook", response_class=Response, responses=files.CSV)
def batch_gradebook(batch: Uuid, caller: CallerDep) -> Response:
    """For instructors: `grades.csv` of the submissions of the batch, as far as they are graded."""
    with caller.enter() as (session, user):
        found = batches.get(session, user, batch)
        book = make_book(session, caller.context.shelf, found.course_assignment, found)
    return download(grades_csv(book.gradebook).encode("utf-8", "replace"), "grades.csv", "text/csv")


@router.get(
    "/batches/{batch}/output.zip", summary="Everything that came of it", response_class=Response, responses=files.ZIP
)
async def batch_output(
    batch: Uuid,
    caller: CallerDep,
    similarity: Annotated[bool, Query(description="compare the submissions' structure, too")] = False,
) -> Response:
    """For instructors: what `grade batch` would have written: reports, gradebook, exports, class summary.

    A worker packs it; where that takes longer than a minute, the answer is 503 with `Retry-After`.
    """
    archive, name = await run_in_threadpool(_wanted_output, caller, batch, similarity)
    blob = await archives.ready(caller.context, archive)
    return streamed(await run_in_threadpool(parts_of, caller.context.storage, blob), name)


def _wanted_output(caller: Caller, batch: str, similarity: bool) -> tuple[str, str]:
    with caller.enter() as (session, user):
        found = batches.get(session, user, batch)
        wanted = archives.Wanted(similarity=similarity)
        archive = archives.request(caller.context, session, user, found.course_assignment, found, wanted)
        return archive, f"{found.course_assignment.slug}-graded.zip"


@router.get("/batches/{batch}/notes", summary="What to know about its gradebook")
def batch_notes(batch: Uuid, caller: CallerDep) -> list[str]:
    """For instructors: adjustments of nobody in the batch, penalties that can't be applied."""
    with caller.enter() as (session, user):
        found = batches.get(session, user, batch)
        return outputs.notes(make_book(session, caller.context.shelf, found.course_assignment, found))


@router.post(
    "/batches/{batch}/worksheet",
    summary="Fill in Moodle's grading worksheet",
    response_model=Worksheet,
    responses=documented(400, 413),
    openapi_extra=documented_upload(),
)
async def fill_in_worksheet(batch: Uuid, upload: InstructorsUpload, caller: CallerDep) -> Worksheet:
    """For instructors: the teacher's own worksheet with the batch's scores, and not a byte changed besides."""
    return await run_in_threadpool(_filled, caller, batch, upload)


def _filled(caller: Caller, batch: str, upload: Upload) -> Worksheet:
    with caller.context.sessions() as session:
        found = batches.get(session, upload.user, batch)
        book = make_book(session, caller.context.shelf, found.course_assignment, found)
    with upload.content() as worksheet:
        filled = outputs.filled_worksheet(book, worksheet)
    return Worksheet(content=filled.content.decode("utf-8"), notes=list(filled.notes))
