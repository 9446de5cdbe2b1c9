"""One submission: live while it is graded, then the feedback; with its downloads."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import HTMLResponse, Response

from grader.assignments import Assignment
from grader.batch.feedback.pages import page_with
from grader.batch.feedback.statement import Statement, statement_of
from grader.service import events, gradings, originals, submissions
from grader.service.data import CourseAssignment, GradingState, Submission
from grader.service.downloads import ANY_FILE, download, streamed
from grader.service.errors import AssignmentAway
from grader.service.gradebooks import answers_of, make_book
from grader.service.pages import explanations, links
from grader.service.pages.desk import Desk, House, Visitor, house_of, visit_of
from grader.service.pages.forms import Fields
from grader.service.pages.liveness import Liveness
from grader.service.pages.templating import render as render_template

router = APIRouter(prefix="/submissions/{submission}")


@router.get("")
def show_submission(desk: Desk, submission: str) -> Response:
    return desk.page("submission.html.j2", **_shown(desk, submissions.get(desk.session, desk.user, submission)))


@router.get("/outcome")
def show_outcome(desk: Desk, submission: str) -> Response:
    """What takes the place of the live part when a grading is over."""
    found = submissions.get(desk.session, desk.user, submission)
    return HTMLResponse(desk.fragment("outcome.html.j2", **_shown(desk, found)))


@router.get("/live")
async def follow(request: Request, submission: str) -> Response:
    """Progress as pieces of the page; the last event is `over`."""
    house = house_of(request)
    grading, liveness = await asyncio.to_thread(_open_liveness, request, house, submission)
    return EventSourceResponse(_pieces(house, grading, liveness), ping=15)


@router.post("/cancel")
def cancel(desk: Desk, form: Fields, submission: str) -> Response:
    found = submissions.cancel(desk.context, desk.user, submission)
    return desk.see(links.submission(found), "The grading was cancelled. It does not count as an attempt.")


@router.post("/regrade")
def regrade(desk: Desk, form: Fields, submission: str) -> Response:
    (found,) = submissions.regrade(desk.context, desk.user, [submission])
    return desk.see(links.submission(found), "It is graded again.")


@router.get("/original")
def download_original(desk: Desk, submission: str) -> Response:
    found = submissions.get(desk.session, desk.user, submission)
    desk.session.close()
    name, content = originals.read(desk.context, found)
    return streamed(content, name, ANY_FILE)


@router.get("/report.html")
def download_report(desk: Desk, submission: str) -> Response:
    found = submissions.get(desk.session, desk.user, submission)
    grading, for_instructor = submissions.reported_grading(found), desk.teaches(found.course_assignment.course)
    answers = answers_of(desk.session, found)
    page = gradings.whole_page(desk.context, found, grading, answers, for_instructor=for_instructor)
    if statement := _statement(desk, found):
        page = page_with(page, statement)
    return download(page.encode("utf-8", "replace"), f"feedback {found.label} {found.attempt}.html")


@router.get("/feedback.ipynb")
def download_notebook(desk: Desk, submission: str) -> Response:
    """As a worker has made it, with the statement on what counts; sent part by part, for it may be large."""
    found = submissions.get(desk.session, desk.user, submission)
    grading, for_instructor = submissions.reported_grading(found), desk.teaches(found.course_assignment.course)
    statement, answers = _statement(desk, found), answers_of(desk.session, found)
    name = f"feedback {found.label} {found.attempt}.ipynb"
    desk.session.close()  # what follows takes its time with a large notebook
    given = statement.answers if statement else answers
    parts = gradings.notebook_of(desk.context, grading, statement, given, for_instructor=for_instructor)
    return streamed(parts, name, ANY_FILE)


def _shown(desk: Visitor, submission: Submission) -> dict[str, Any]:
    """Everything that the page of a submission shows."""
    assignment = submission.course_assignment
    teaches = submissions.is_instructors(desk.session, desk.user, submission)
    latest = submissions.seen_grading(submission, by_instructor=teaches)
    counting = submissions.counting_grading(submission)
    late = gradings.lateness_of(submission)
    shown: dict[str, Any] = {
        "submission": submission,
        "assignment": assignment,
        "course": assignment.course,
        "latest": latest,
        "counting": counting,
        "teaches": teaches,
        "is_own": submission.user_id == desk.user.id,
        "late": explanations.lateness(late),
        "standing": _standing(desk, submission),
        "report": gradings.page_of(desk.context, counting, answers_of(desk.session, submission), for_instructor=teaches)
        if counting
        else "",
        "is_notebook": bool(counting and counting.student_notebook),
        "liveness": None,
    }
    if not latest.state.is_final:
        liveness = Liveness(_on_shelf(desk.house, assignment), latest.state)
        (_, place, news) = events.ask(desk.session, desk.context.queue.places, {latest.id: 0})[latest.id]
        liveness.hear_all(news)
        liveness.place = place
        shown["liveness"] = liveness
    return shown


@dataclass(frozen=True)
class _Standing:
    """Of a student whose attempt this is: which one counts, and the score with how it came about."""

    statement: Statement
    counts: bool


def _standing(desk: Visitor, submission: Submission) -> _Standing | None:
    """None for a trial of an instructor's, while the assignment's files are away, and while nothing counts."""
    key = submission.student_key
    try:
        book = make_book(desk.session, desk.context.shelf, submission.course_assignment, students_only=[key])
    except AssignmentAway:
        return None
    row = book.row_of(key)
    if row is None or row.score is None or book.submission_of(row) is None:
        return None
    return _Standing(statement_of(row, book.gradebook), book.submission_of(row) is submission)


def _statement(desk: Visitor, submission: Submission) -> Statement | None:
    """What stands on the feedback of the attempt that counts."""
    standing = _standing(desk, submission)
    return standing.statement if standing and standing.counts else None


def _open_liveness(request: Request, house: House, submission_id: str) -> tuple[int, Liveness]:
    """No connection to the database stays open while somebody watches."""
    with house.context.sessions() as session:
        user = visit_of(request, session, house.context.settings).token.user
        submission = submissions.get(session, user, submission_id)
        teaches = submissions.is_instructors(session, user, submission)
        grading = submissions.seen_grading(submission, by_instructor=teaches)
        return grading.id, Liveness(_on_shelf(house, submission.course_assignment), grading.state)


def _on_shelf(house: House, assignment: CourseAssignment) -> Assignment | None:
    try:
        return house.context.shelf.set_in(assignment)
    except AssignmentAway:
        return None  # the worker will tell


async def _pieces(house: House, grading_id: int, liveness: Liveness) -> AsyncIterator[ServerSentEvent]:
    said = ""
    async for news in house.watch.follow(grading_id):
        if news.kind == "end":
            yield ServerSentEvent(_END_WORDS[GradingState(news.data["state"])], event="stage")
            yield ServerSentEvent("over", event="over")
            return
        liveness.hear(news)
        if liveness.words != said:
            said = liveness.words
            yield ServerSentEvent(said, event="stage")
        yield ServerSentEvent(_one_line(render_template("live.html.j2", liveness=liveness)), event="progress")


def _one_line(html: str) -> str:
    """Without line ends, each of which would begin another field of the event."""
    return " ".join(html.split())


_END_WORDS = {
    GradingState.DONE: "Done. The feedback is below.",
    GradingState.FAILED: "There is no grade, by no fault of the work.",
    GradingState.CANCELLED: "Cancelled.",
}
