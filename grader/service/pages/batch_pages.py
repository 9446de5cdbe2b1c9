"""A whole class handed in as one ZIP: upload, progress, and what `grade batch` would have written."""

import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, cast, get_args

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from grader.batch.layouts import LayoutName
from grader.render import wording
from grader.service import archives, batches
from grader.service.data import Batch, GradingState
from grader.service.downloads import streamed
from grader.service.errors import Invalid, ServiceError
from grader.service.pages import links
from grader.service.pages.desk import Desk, Visitor
from grader.service.pages.forms import BatchUpload, Fields
from grader.service.storage import parts_of

router = APIRouter()
_ASSIGNMENT = "/courses/{course}/assignments/{assignment}"


@router.get(_ASSIGNMENT + "/batches")
def show_batches(desk: Desk, course: str, assignment: str) -> Response:
    return _list(desk, course, assignment)


@router.post(_ASSIGNMENT + "/batches")
def upload_batch(desk: Desk, form: BatchUpload, course: str, assignment: str) -> Response:
    found = desk.taught_assignment(course, assignment)
    try:
        upload = form.file("file")
        layout = form.text("layout") or "auto"
        if layout not in get_args(LayoutName):
            raise Invalid(f"There is no layout {layout[:40]!r}.")
        with NamedTemporaryFile(suffix=".zip") as kept:
            shutil.copyfileobj(upload.file, kept)
            kept.flush()
            batch = batches.accept(
                desk.context,
                desk.user,
                found,
                upload.filename or "",
                Path(kept.name),
                layout=cast(LayoutName, layout),
                idempotency_key=form.text("key")[:60] or None,
            )
    except ServiceError as error:
        return _list(desk, course, assignment, error)
    return desk.see(links.batch(batch))


@router.get("/batches/{batch}")
def show_batch(desk: Desk, batch: str) -> Response:
    return desk.page("batch.html.j2", **_shown(desk, batches.get(desk.session, desk.user, batch)))


@router.get("/batches/{batch}/progress")
def show_progress(desk: Desk, batch: str) -> Response:
    """The live part alone; it asks again until all is done."""
    found = batches.get(desk.session, desk.user, batch)
    return HTMLResponse(desk.fragment("batch_progress.html.j2", **_shown(desk, found)))


@router.post("/batches/{batch}/cancel")
def cancel_batch(desk: Desk, form: Fields, batch: str) -> Response:
    stopped = batches.cancel(desk.context, desk.user, batch)
    found = batches.get(desk.session, desk.user, batch)
    return desk.see(links.batch(found), f"{wording.count(stopped, 'grading')} cancelled.")


@router.get("/batches/{batch}/output.zip")
async def download_output(desk: Desk, batch: str) -> Response:
    archive, name = await run_in_threadpool(_wanted_output, desk, batch)
    blob = await archives.ready(desk.context, archive)
    return streamed(await run_in_threadpool(parts_of, desk.context.storage, blob), name)


def _wanted_output(desk: Visitor, batch: str) -> tuple[str, str]:
    found = batches.get(desk.session, desk.user, batch)
    assignment = found.course_assignment
    archive = archives.request(desk.context, desk.session, desk.user, assignment, found, archives.Wanted())
    desk.session.commit()
    name = f"{assignment.slug} {found.created_at:%Y-%m-%d %H%M}.zip"
    desk.session.close()
    return archive, name


def _list(desk: Visitor, course: str, slug: str, error: ServiceError | None = None) -> Response:
    assignment = desk.taught_assignment(course, slug)
    found = [(batch, batches.progress(desk.session, batch)) for batch in batches.listed(desk.session, assignment)]
    return desk.page(
        "batches.html.j2",
        status=error.status if error else 200,
        course=assignment.course,
        assignment=assignment,
        tab="batches",
        error=error,
        batches=found,
        layouts=get_args(LayoutName),
        key=desk.new_key(),
    )


def _shown(desk: Visitor, batch: Batch) -> dict[str, Any]:
    progress = batches.progress(desk.session, batch)
    return {
        "batch": batch,
        "progress": progress,
        "failed": progress.states.get(GradingState.FAILED, 0),
        "course": batch.course_assignment.course,
        "assignment": batch.course_assignment,
        "tab": "batches",
    }
