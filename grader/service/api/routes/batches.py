"""A class's submissions, uploaded as one ZIP."""

import os
import tempfile
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse

from grader.batch.gradebook import grades_csv
from grader.batch.layouts import LayoutName
from grader.service import batches, courses, outputs
from grader.service.api import files, presenting
from grader.service.api.deps import Caller, CallerDep
from grader.service.api.models.batches import BatchInfo, Cancelled
from grader.service.api.models.common import Slug, Uuid
from grader.service.api.problems import documented
from grader.service.api.uploads import IdempotencyKey, Upload, UploadDep, documented_upload
from grader.service.gradebooks import make_book

router = APIRouter(tags=["batches"], responses=documented(401, 403, 404, 422))

_CHUNK = 1 << 18
_OF_ASSIGNMENT = "/courses/{course}/assignments/{assignment}/batches"


@router.post(
    _OF_ASSIGNMENT,
    status_code=202,
    summary="Upload a class's submissions",
    response_model=BatchInfo,
    responses=documented(400, 409, 413, 415),
    openapi_extra=documented_upload(),
)
async def upload_batch(
    course: Slug,
    assignment: Slug,
    upload: UploadDep,
    caller: CallerDep,
    layout: Annotated[LayoutName, Query(description="which platform packed it")] = "auto",
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """For instructors: the ZIP of Canvas, Moodle, Gradescope, nbgrader, or a folder per student."""
    return await run_in_threadpool(_accept, caller, course, assignment, upload, layout, idempotency_key)


def _accept(
    caller: Caller, course: str, assignment: str, upload: Upload, layout: LayoutName, key: str | None
) -> Response:
    user = upload.user
    with caller.context.sessions() as session:
        found = courses.get_assignment(session, user, courses.get_course(session, user, course), assignment)
        courses.demand_instructor(session, user, found.course)
    with upload.path() as path:
        made = batches.accept(caller.context, user, found, upload.filename, path, layout=layout, idempotency_key=key)
    with caller.context.sessions() as session:
        told = presenting.batch_info(session, batches.get(session, user, made.id))
    return JSONResponse(told.model_dump(mode="json"), status_code=202, headers={"Location": told.links.self})


@router.get(_OF_ASSIGNMENT, summary="The batches of an assignment")
def list_batches(course: Slug, assignment: Slug, caller: CallerDep) -> list[BatchInfo]:
    """For instructors, the newest first."""
    with caller.enter() as (session, user):
        found = courses.get_assignment(session, user, courses.get_course(session, user, course), assignment)
        courses.demand_instructor(session, user, found.course)
        return [presenting.batch_info(session, batch) for batch in batches.listed(session, found)]


@router.get("/batches/{batch}", summary="How far a batch is")
def show_batch(batch: Uuid, caller: CallerDep) -> BatchInfo:
    """For instructors."""
    with caller.enter() as (session, user):
        return presenting.batch_info(session, batches.get(session, user, batch))


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
    return files.attachment(grades_csv(book.gradebook).encode("utf-8", "replace"), "grades.csv", "text/csv")


@router.get(
    "/batches/{batch}/output.zip", summary="Everything that came of it", response_class=Response, responses=files.ZIP
)
def batch_output(batch: Uuid, caller: CallerDep) -> Response:
    """For instructors: what `grade batch` would have written: reports, gradebook, exports, class summary."""
    with caller.enter() as (session, user):
        found = batches.get(session, user, batch)
        packed = tempfile.TemporaryFile()  # noqa: SIM115 - it ends with the answer, however that ends
        outputs.write_output(caller.context, session, found, packed)
    headers = {
        "Content-Disposition": files.disposition(f"{found.course_assignment.slug}-graded.zip"),
        "Content-Length": str(packed.seek(0, os.SEEK_END)),
    }
    packed.seek(0)
    return StreamingResponse(iter(lambda: packed.read(_CHUNK), b""), media_type="application/zip", headers=headers)
