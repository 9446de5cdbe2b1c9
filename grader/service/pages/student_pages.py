"""One assignment as a student has it: the handout, what to start from, handing in, and what came of it."""

import hashlib
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from grader.assignments.starter import starter_files
from grader.service import courses, gradings, handing_in, submissions
from grader.service.data import CourseAssignment, Grading, Submission
from grader.service.downloads import download
from grader.service.errors import AssignmentAway, NotFound, ServiceError
from grader.service.gradebooks import Book, decisions
from grader.service.pages import explanations, links
from grader.service.pages.course_pages import standing
from grader.service.pages.desk import Desk, Visitor
from grader.service.pages.forms import Upload, page_key
from grader.service.whole_files import whole

router = APIRouter()
_ASSIGNMENT = "/courses/{course}/assignments/{assignment}"


@dataclass(frozen=True)
class Attempt:
    """A submission with what came of it.

    Attributes:
        score: after lateness and caps; of the attempt that counts what the gradebook has.
        counts: whether this is the attempt that counts.
    """

    submission: Submission
    latest: Grading
    outcome: Grading
    score: float | None
    counts: bool
    late: str


@router.get(_ASSIGNMENT)
def show_assignment(desk: Desk, course: str, assignment: str) -> Response:
    return _page(desk, desk.assignment(course, assignment))


@router.post(_ASSIGNMENT + "/submissions")
def hand_in(desk: Desk, form: Upload, course: str, assignment: str) -> Response:
    found = desk.assignment(course, assignment)
    try:
        upload = form.file("file")
        page = page_key(desk.request)
        with whole(upload.file) as content:
            key = f"{page}-{hashlib.sha256(content).hexdigest()}" if page else None
            accepted = handing_in.accept(
                desk.context, desk.user, found, upload.filename or "", content, idempotency_key=key
            )
    except ServiceError as error:
        return _page(desk, found, error)
    return desk.see(links.submission(accepted))


@router.get(_ASSIGNMENT + "/starter/{name}")
def download_starter(desk: Desk, course: str, assignment: str, name: str) -> Response:
    found = desk.context.shelf.set_in(desk.assignment(course, assignment))
    if text := starter_files(found).get(name):
        return download(text.encode(), name)
    raise NotFound("There is no such file to start from.")


def attempts_of(desk: Visitor, assignment: CourseAssignment, key: str, book: Book | None) -> list[Attempt]:
    """All that one student handed in, the newest first; without a book nothing is known to count."""
    found, _ = submissions.listed(desk.session, desk.user, assignment, student=key, limit=200)
    row = book.row_of(key) if book else None
    attempts = []
    for submission in found:
        counting = submissions.counting_grading(submission)
        latest = submissions.seen_grading(submission, by_instructor=desk.teaches(assignment.course))
        counts = bool(row and row.score and row.attempt == submission.attempt)
        score = row.score if row and counts else None
        if not counts and counting and counting.status == "graded" and book:
            score = gradings.score_of(submission, counting, book.gradebook.maximum)
        late = explanations.lateness(gradings.lateness_of(submission))
        attempts.append(Attempt(submission, latest, counting or latest, score.final if score else None, counts, late))
    return sorted(attempts, key=lambda attempt: -attempt.submission.attempt)


def _page(desk: Visitor, assignment: CourseAssignment, error: ServiceError | None = None) -> Response:
    from grader.service.pages.handouts import handout  # nbconvert's Markdown would slow down every start

    on_shelf, away = None, None
    try:
        on_shelf = desk.context.shelf.set_in(assignment)
    except AssignmentAway as gone:  # what was handed in can be read all the same
        away = gone
    key = submissions.student_key_of(desk.session, desk.user, assignment.course)
    mine = standing(desk, assignment, key)
    policy = courses.policy_of(assignment)
    return desk.page(
        "assignment.html.j2",
        status=error.status if error else 200,
        error=error or away,
        is_away=on_shelf is None,
        course=assignment.course,
        assignment=assignment,
        standing=mine,
        attempts=attempts_of(desk, assignment, key, mine.book),
        decision=decisions(desk.session, assignment).get(key),
        late_rule=explanations.late_rule(policy),
        attempts_rule=explanations.attempts_rule(policy),
        from_now=explanations.from_now,
        has_opened=courses.has_opened(assignment),
        teaches=desk.teaches(assignment.course),
        handout=handout(on_shelf) if on_shelf else "",
        starters=[name for name in starter_files(on_shelf) if name != "README.md"] if on_shelf else [],
        endings=handing_in.ENDINGS,
        key=desk.new_key(),
    )
