"""Handing in, and what became of it."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from grader.report import Report
from grader.service import courses, gradings, handing_in, originals, submissions
from grader.service.api import files, presenting
from grader.service.api.deps import Caller, CallerDep
from grader.service.api.models.common import Limit, Line, Offset, Page, Slug, Uuid
from grader.service.api.models.submissions import Regrade, Regraded, SubmissionStatus
from grader.service.api.problems import documented
from grader.service.api.uploads import IdempotencyKey, SubmissionUpload, Upload, documented_upload
from grader.service.data import GradingState
from grader.service.downloads import ANY_FILE, streamed
from grader.service.gradebooks import answers_of

router = APIRouter(tags=["submissions"], responses=documented(401, 404, 422))

_OF_ASSIGNMENT = "/courses/{course}/assignments/{assignment}/submissions"


@router.post(
    _OF_ASSIGNMENT,
    status_code=202,
    summary="Hand in",
    response_model=SubmissionStatus,
    responses=documented(400, 403, 409, 413, 415, 429),
    openapi_extra=documented_upload(),
)
async def submit(
    course: Slug, assignment: Slug, upload: SubmissionUpload, caller: CallerDep, idempotency_key: IdempotencyKey = None
) -> Response:
    """A notebook, a module or an archive. Once this is answered, it is on disk and in the queue, whatever happens.

    Send a fresh `Idempotency-Key` with every submission and the same one with every repetition of the request: a
    connection that breaks then costs neither the submission nor a second attempt.
    """
    return await run_in_threadpool(_accept, caller, course, assignment, upload, idempotency_key)


def _accept(caller: Caller, course: str, assignment: str, upload: Upload, key: str | None) -> Response:
    context, user = caller.context, upload.user
    with context.sessions() as session:
        found = courses.get_assignment(session, user, courses.get_course(session, user, course), assignment)
    with upload.content() as content:
        accepted = handing_in.accept(context, user, found, upload.filename, content, idempotency_key=key)
    with context.sessions() as session:
        told = presenting.status(context, session, user, submissions.get(session, user, accepted.id))
    headers = {"Location": told.links.self}
    return JSONResponse(told.model_dump(mode="json"), status_code=202, headers=headers)


@router.get(_OF_ASSIGNMENT, summary="Submissions, the newest first")
def list_submissions(
    course: Slug,
    assignment: Slug,
    caller: CallerDep,
    student: Annotated[Line | None, Query(description="key of a student")] = None,
    state: Annotated[GradingState | None, Query(description="of the latest grading")] = None,
    batch: Annotated[Uuid | None, Query(description="id of a batch")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Page[SubmissionStatus]:
    """One's own; everybody's for instructors."""
    with caller.assignment(course, assignment) as (session, user, found):
        page, total = submissions.listed(
            session, user, found, student=student, state=state, batch=batch, limit=limit, offset=offset
        )
        return Page(items=presenting.statuses(caller.context, session, user, found, page), total=total)


@router.post(
    "/courses/{course}/assignments/{assignment}/regrade",
    status_code=202,
    summary="Grade many again",
    responses=documented(403),
)
def regrade_many(course: Slug, assignment: Slug, body: Regrade, caller: CallerDep) -> Regraded:
    """For instructors, with the assignment as it is now; behind everything that somebody waits for.

    With `hold` the grades of before count until the `changes` are handed back.
    """
    with caller.assignment(course, assignment, teaches=True) as (session, user, found):
        chosen = submissions.ids_of(session, found, body.submissions)
    regraded = submissions.regrade(caller.context, user, chosen, is_batch=True, hold=body.hold)
    return Regraded(submissions=[submission.id for submission in regraded])


@router.get("/submissions/{submission}", summary="How far a submission is")
def show_submission(submission: Uuid, caller: CallerDep) -> SubmissionStatus:
    """Its place in the queue while it waits; its score after lateness, caps and adjustments when it is graded."""
    with caller.enter() as (session, user):
        found = submissions.get(session, user, submission)
        return presenting.status(caller.context, session, user, found)


@router.get("/submissions/{submission}/report", summary="The report", response_model=Report)
def show_report(submission: Uuid, caller: CallerDep) -> Response:
    """Students get what the assignment's hint policy lets them see, instructors everything."""
    with caller.enter() as (session, user):
        found = submissions.get(session, user, submission)
        for_instructor, answers = submissions.is_instructors(session, user, found), answers_of(session, found)
    grading = submissions.reported_grading(found)
    report = gradings.report_of(caller.context, grading, answers, for_instructor=for_instructor)
    text = report.to_json(indent=None)
    return Response(text, media_type="application/json")


@router.get(
    "/submissions/{submission}/report.html",
    summary="The report as a page",
    response_class=Response,
    responses=files.HTML,
)
def report_page(submission: Uuid, caller: CallerDep) -> Response:
    """One self-contained page that loads nothing and runs nothing."""
    with caller.enter() as (session, user):
        found = submissions.get(session, user, submission)
        for_instructor, answers = submissions.is_instructors(session, user, found), answers_of(session, found)
    grading = submissions.reported_grading(found)
    return files.page(gradings.whole_page(caller.context, found, grading, answers, for_instructor=for_instructor))


@router.get(
    "/submissions/{submission}/file", summary="The original file", response_class=Response, responses=files.ORIGINAL
)
def original_file(submission: Uuid, caller: CallerDep) -> Response:
    """As it was handed in; of an entry of a batch, the files that are graded."""
    with caller.enter() as (session, user):
        found = submissions.get(session, user, submission)
    name, content = originals.read(caller.context, found)
    return streamed(content, name, ANY_FILE)


@router.post("/submissions/{submission}/cancel", summary="Stop a grading", responses=documented(403, 409))
def cancel_submission(submission: Uuid, caller: CallerDep) -> SubmissionStatus:
    """While it waits or runs. One that had begun counts as an attempt."""
    user = caller.identify()
    submissions.cancel(caller.context, user, submission)
    return show_submission(submission, caller)


@router.post(
    "/submissions/{submission}/regrade", status_code=202, summary="Grade again", responses=documented(403, 409)
)
def regrade_one(submission: Uuid, caller: CallerDep) -> SubmissionStatus:
    """For instructors, with the assignment as it is now."""
    user = caller.identify()
    submissions.regrade(caller.context, user, [submission])
    return show_submission(submission, caller)
