"""The gradebook of an assignment: rows, exports, the instructor's own decisions, and the class at a glance."""

import dataclasses

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from grader.batch.policy import Adjustment
from grader.batch.summary import ClassSummary
from grader.service import archives, gradebooks, outputs
from grader.service.api import files, presenting
from grader.service.api.deps import Caller, CallerDep, SummariesDep
from grader.service.api.models.batches import AdjustmentBody, AdjustmentInfo, GradebookInfo
from grader.service.api.models.common import Line, Slug
from grader.service.api.problems import documented
from grader.service.downloads import download, streamed
from grader.service.storage import parts_of

router = APIRouter(tags=["gradebook"], responses=documented(401, 403, 404, 409, 422))

_ASSIGNMENT = "/courses/{course}/assignments/{assignment}"


@router.get(_ASSIGNMENT + "/gradebook", summary="The gradebook")
def show_gradebook(course: Slug, assignment: Slug, caller: CallerDep) -> GradebookInfo:
    """For instructors: a row for every student on the roster, whatever became of the submission."""
    with caller.assignment(course, assignment, teaches=True) as (session, _, found):
        return presenting.gradebook_info(gradebooks.make_book(session, caller.context.shelf, found))


@router.get(
    _ASSIGNMENT + "/feedback.zip", summary="What goes back to students", response_class=Response, responses=files.ZIP
)
async def class_feedback(course: Slug, assignment: Slug, caller: CallerDep) -> Response:
    """For instructors: a folder per student, a CSV for a mail merge, nbgrader's tree, Gradescope's results.

    A worker packs it; where that takes longer than a minute, the answer is 503 with `Retry-After`.
    """
    archive = await run_in_threadpool(_wanted_feedback, caller, course, assignment)
    blob = await archives.ready(caller.context, archive)
    content = await run_in_threadpool(parts_of, caller.context.storage, blob)
    return streamed(content, f"{assignment}-feedback.zip")


def _wanted_feedback(caller: Caller, course: str, assignment: str) -> str:
    with caller.assignment(course, assignment, teaches=True) as (session, user, found):
        return archives.request(caller.context, session, user, found, None, archives.Wanted(feedback_alone=True))


@router.get(
    _ASSIGNMENT + "/gradebook/{export}", summary="The gradebook as a file", response_class=Response, responses=files.CSV
)
def export_gradebook(course: Slug, assignment: Slug, export: outputs.Export, caller: CallerDep) -> Response:
    """For instructors: everything as CSV, Canvas's gradebook, nbgrader's grades, JUnit XML."""
    with caller.assignment(course, assignment, teaches=True) as (session, _, found):
        book = gradebooks.make_book(session, caller.context.shelf, found)
    media_type = "application/xml" if export is outputs.Export.JUNIT else "text/csv"
    text = outputs.exported(book, export)
    return download(text.encode("utf-8", "replace"), f"{found.slug}-{export}", media_type)


@router.get(_ASSIGNMENT + "/summary", summary="The class at a glance")
def class_summary(course: Slug, assignment: Slug, caller: CallerDep, summaries: SummariesDep) -> ClassSummary:
    """For instructors: scores, success by function, and the mistakes of the class with the students behind each."""
    with caller.assignment(course, assignment, teaches=True) as (session, _, found):
        return summaries.get(caller.context, session, found)[1]


@router.get(_ASSIGNMENT + "/adjustments", summary="The instructors' own decisions")
def list_adjustments(course: Slug, assignment: Slug, caller: CallerDep) -> list[AdjustmentInfo]:
    """For instructors."""
    with caller.assignment(course, assignment, teaches=True) as (session, _, found):
        return [_told(student, decision) for student, decision in sorted(gradebooks.decisions(session, found).items())]


@router.put(_ASSIGNMENT + "/adjustments/{student:path}", summary="Decide about a score")
def put_adjustment(
    course: Slug, assignment: Slug, student: Line, body: AdjustmentBody, caller: CallerDep
) -> AdjustmentInfo:
    """For instructors: points on top, or a score in place of the computed one; it survives every regrading."""
    decision = Adjustment(body.points, body.override, body.comment, body.written)
    with caller.assignment(course, assignment) as (session, user, found):
        gradebooks.adjust(session, user, caller.context.shelf, found, student, decision)
        return _told(student, gradebooks.decisions(session, found)[student])


@router.delete(_ASSIGNMENT + "/adjustments/{student:path}", status_code=204, summary="Take a decision back")
def delete_adjustment(course: Slug, assignment: Slug, student: Line, caller: CallerDep) -> None:
    """For instructors."""
    with caller.assignment(course, assignment) as (session, user, found):
        gradebooks.adjust(session, user, caller.context.shelf, found, student, None)


def _told(student: str, decision: Adjustment) -> AdjustmentInfo:
    return AdjustmentInfo(student=student, **dataclasses.asdict(decision))
