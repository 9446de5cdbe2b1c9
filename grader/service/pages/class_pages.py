"""An assignment as its instructors see it: the class, every submission, one student's attempts, and the gradebook."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from grader.assignments import Assignment
from grader.batch import summary_page
from grader.batch.gradebook import Row
from grader.batch.journal import FunctionGrade
from grader.batch.policy import Adjustment as Decision
from grader.render import wording
from grader.service import archives, gradings, held, outputs, overview, submissions
from grader.service.data import CourseAssignment, Grading, Submission
from grader.service.downloads import download, streamed
from grader.service.errors import AssignmentAway, Invalid, NotFound, ServiceError
from grader.service.gradebooks import Book, adjust, decisions, make_book
from grader.service.pages import links
from grader.service.pages.desk import Desk, Visitor
from grader.service.pages.forms import Fields, Form, Typed
from grader.service.pages.student_pages import Attempt, attempts_of
from grader.service.storage import parts_of

router = APIRouter(prefix="/courses/{course}/assignments/{assignment}")
_PAGE = 100


@dataclass(frozen=True)
class FunctionPair:
    """One function in two attempts; None where an attempt has no grade for it."""

    name: str
    left: FunctionGrade | None
    right: FunctionGrade | None

    @property
    def change(self) -> str:
        """The points gained or lost from the left to the right one, in words."""
        if self.left is None or self.right is None or self.left.score == self.right.score:
            return ""
        gained = self.right.score - self.left.score
        return f"{'+' if gained > 0 else '−'}{wording.number(abs(gained))}"


@router.get("/class")
def show_class(desk: Desk, course: str, assignment: str) -> Response:
    found = desk.taught_assignment(course, assignment)
    _, summary = desk.house.summaries.get(desk.context, desk.session, found, patience=10)
    return desk.page(
        "class.html.j2",
        **_head(found, "class"),
        summary=summary_page.fragment(summary, lambda student: links.student(found, student.key)),
        students=len(summary.students),
    )


@router.get("/submissions")
def show_submissions(
    desk: Desk,
    course: str,
    assignment: str,
    student: str = "",
    state: str = "",
    low: str = "",
    high: str = "",
    mistake: str = "",
    batch: str = "",
    sort: str = "submitted",
    order: str = "down",
    page: int = 1,
) -> Response:
    found = desk.taught_assignment(course, assignment)
    asked = {"student": student, "state": state, "low": low, "high": high, "mistake": mistake, "batch": batch}
    error: ServiceError | None = None
    try:
        filters = overview.Filters(
            student=student.strip(),
            state=state,
            low=_points(low),
            high=_points(high),
            mistake=mistake,
            batch=batch,
            sort=sort if sort in overview.SORT_KEYS else "submitted",
            descending=order != "up",
        )
        listed, count = overview.find(desk.session, found, filters, limit=_PAGE, offset=_PAGE * (max(1, page) - 1))
    except Invalid as invalid:
        error, listed, count = invalid, [], 0
        filters = overview.Filters()
    values = _head(found, "submissions") | {
        "error": error,
        "rows": _rows(desk, found, listed),
        "count": count,
        "page": max(1, page),
        "pages": max(1, -(-count // _PAGE)),
        "asked": asked,
        "sort": filters.sort,
        "descending": filters.descending,
        "mistakes": overview.mistakes(desk.session, found),
        "waiting": len(held.held(desk.session, found)) + held.underway(desk.session, found),
    }
    if desk.request.headers.get("HX-Target") == "rows":
        return HTMLResponse(desk.fragment("submission_rows.html.j2", **values))
    return desk.page("submissions.html.j2", status=error.status if error else 200, **values)


@router.post("/regrade")
def regrade(desk: Desk, form: Fields, course: str, assignment: str) -> Response:
    """Those chosen, or all: each as its own grading, behind whoever is waiting for one."""
    found = desk.taught_assignment(course, assignment)
    chosen = submissions.ids_of(desk.session, found, _ticked(form, "which"))
    done = submissions.regrade(desk.context, desk.user, chosen, is_batch=True, hold=True)
    left_out = len(chosen) - len(done)
    note = f"{wording.count(len(done), 'submission')} will be graded again. What that changes is shown here first."
    if left_out:
        note += f" {wording.count(left_out, 'other')} had a grading under way already."
    return desk.see(links.assignment(found, "changes" if done else "submissions"), note)


@router.get("/changes")
def show_changes(desk: Desk, course: str, assignment: str) -> Response:
    """What a regrade of many changes, before it is handed back."""
    found = desk.taught_assignment(course, assignment)
    changes = held.with_grades(desk.session, desk.context.shelf, found, held.held(desk.session, found))
    return desk.page(
        "changes.html.j2",
        **_head(found, "submissions"),
        changes=changes,
        has_grades=any(change.grade for change in changes),
        other_grades=len({c.submission.student_key for c in changes if c.grade and c.grade.was != c.grade.now}),
        underway=held.underway(desk.session, found),
    )


@router.post("/changes")
def settle_changes(desk: Desk, form: Fields, course: str, assignment: str) -> Response:
    """Hand it back, all or the ticked, or drop it."""
    found = desk.taught_assignment(course, assignment)
    if form.text("action") == "drop":
        note = f"{wording.count(held.drop(desk.session, desk.user, found), 'grading')} dropped."
    else:
        count = held.hand_back(desk.session, desk.user, found, _ticked(form, "action"))
        note = f"{wording.count(count, 'grading')} handed back."
    desk.session.commit()
    return desk.see(links.assignment(found, "changes"), note)


@router.get("/student")
def show_student(desk: Desk, course: str, assignment: str, key: str, left: str = "", right: str = "") -> Response:
    return _student(desk, desk.taught_assignment(course, assignment), key, left, right)


@router.post("/student")
def adjust_score(desk: Desk, form: Fields, course: str, assignment: str) -> Response:
    found = desk.taught_assignment(course, assignment)
    key = form.text("key")
    try:
        if form.text("action") == "remove":
            adjust(desk.session, desk.user, desk.context.shelf, found, key, None)
            note = "The adjustment was taken back."
        else:
            decision = Decision(
                points=form.number("points", "Points to add") or 0.0,
                override=form.number("override", "Score instead"),
                comment=form.text("comment"),
                written=_written(form, desk.context.shelf.set_in(found)),
            )
            if not decision.points and decision.override is None and not decision.written:
                raise Invalid("Say how many points to add or to take off, or which score counts instead.")
            adjust(desk.session, desk.user, desk.context.shelf, found, key, decision)
            note = "The score was adjusted."
    except ServiceError as error:
        desk.session.rollback()
        return _student(desk, found, key, "", "", error=error, typed=form.typed())
    desk.session.commit()
    return desk.see(links.student(found, key), note)


def _written(form: Form, assignment: Assignment) -> dict[str, float]:
    """The points given to answers that a person reads.  Raises Invalid: one is no number."""
    typed = {one.name: form.number(f"written:{one.name}", f"Points of {one.name}") for one in assignment.written}
    return {name: points for name, points in typed.items() if points is not None}


@router.get("/gradebook")
def show_gradebook(desk: Desk, course: str, assignment: str) -> Response:
    return desk.page("gradebook.html.j2", error=None, **_head(desk.taught_assignment(course, assignment), "gradebook"))


@router.get("/gradebook/{name}")
def download_gradebook(desk: Desk, course: str, assignment: str, name: str) -> Response:
    found = desk.taught_assignment(course, assignment)
    return download(_gradebook_file(desk, found, name).encode("utf-8", "replace"), f"{found.slug}-{name}")


@router.get("/feedback.zip")
async def download_feedback(desk: Desk, course: str, assignment: str) -> Response:
    """What goes back to students, for everybody in the course."""
    archive = await run_in_threadpool(_wanted_feedback, desk, course, assignment)
    return await _packed(desk, archive, f"{assignment} feedback.zip")


@router.post("/gradebook/moodle")
async def fill_moodle(desk: Desk, form: Fields, course: str, assignment: str) -> Response:
    """Moodle's own worksheet, with the grades filled in; or by it what goes back to students in Moodle's form."""
    made = await run_in_threadpool(_with_worksheet, desk, form, course, assignment)
    return await _packed(desk, made, f"{assignment} feedback.zip") if isinstance(made, str) else made


def _with_worksheet(desk: Visitor, form: Form, course: str, assignment: str) -> Response | str:
    """The worksheet, or the archive of what goes back by it."""
    found = desk.taught_assignment(course, assignment)
    book = make_book(desk.session, desk.context.shelf, found)
    try:
        worksheet = form.file("worksheet").file.read()
        filled = outputs.filled_worksheet(book, worksheet)
    except Invalid as invalid:
        return desk.page("gradebook.html.j2", status=422, error=invalid, **_head(found, "gradebook"))
    if form.text("what") == "feedback":
        return _wanted_feedback(desk, course, assignment, worksheet)
    return download(filled.content, f"{found.slug}-moodle.csv")


def _wanted_feedback(desk: Visitor, course: str, assignment: str, worksheet: bytes | None = None) -> str:
    found = desk.taught_assignment(course, assignment)
    wanted = archives.Wanted(feedback_alone=True, worksheet=worksheet)
    archive = archives.request(desk.context, desk.session, desk.user, found, None, wanted)
    desk.session.commit()
    desk.session.close()
    return archive


async def _packed(desk: Visitor, archive: str, name: str) -> Response:
    blob = await archives.ready(desk.context, archive)
    return streamed(await run_in_threadpool(parts_of, desk.context.storage, blob), name)


def _gradebook_file(desk: Visitor, assignment: CourseAssignment, name: str) -> str:
    """Raises NotFound."""
    if name == "summary.json":
        return desk.house.summaries.get(desk.context, desk.session, assignment)[1].model_dump_json(indent=1)
    if name in set(outputs.Export):
        book = make_book(desk.session, desk.context.shelf, assignment)
        return outputs.exported(book, outputs.Export(name))
    raise NotFound("There is no such file.")


def _student(
    desk: Visitor,
    assignment: CourseAssignment,
    key: str,
    left: str,
    right: str,
    *,
    error: ServiceError | None = None,
    typed: Typed | None = None,
) -> Response:
    whole = make_book(desk.session, desk.context.shelf, assignment, students_only=[key])
    book, row = whole.gradebook, whole.row_of(key)
    attempts = attempts_of(desk, assignment, key, whole)
    if not attempts and row is None:
        raise NotFound("There is no such student here.")
    by_id = {attempt.submission.id: attempt for attempt in attempts}
    newer = by_id.get(right) or (attempts[0] if attempts else None)
    older = by_id.get(left) or next((attempt for attempt in attempts if attempt is not newer), None)
    decision = decisions(desk.session, assignment).get(key)
    shown = Typed() if typed is None else typed
    if decision and typed is None:
        shown["points"] = f"{decision.points:g}" if decision.points else ""
        shown["override"] = f"{decision.override:g}" if decision.override is not None else ""
        shown["comment"] = decision.comment
        shown.update({f"written:{name}": f"{points:g}" for name, points in decision.written.items()})
    return desk.page(
        "student.html.j2",
        status=error.status if error else 200,
        **_head(assignment, "submissions"),
        error=error,
        key=key,
        name=attempts[0].submission.label if attempts else row.student.label if row else key,
        attempts=attempts,
        counts=row,
        maximum=book.maximum,
        left=older,
        right=newer,
        pairs=_pairs(desk.context.shelf.set_in(assignment), older, newer),
        decision=decision,
        questions=desk.context.shelf.set_in(assignment).written,
        typed=shown,
    )


def _pairs(assignment: Assignment, left: Attempt | None, right: Attempt | None) -> list[FunctionPair]:
    before, after = _functions(left), _functions(right)
    names = [name for name in assignment.function_names if name in before or name in after]
    return [FunctionPair(name, before.get(name), after.get(name)) for name in names]


def _functions(attempt: Attempt | None) -> dict[str, FunctionGrade]:
    counting = submissions.counting_grading(attempt.submission) if attempt else None
    found = [FunctionGrade.model_validate(function) for function in counting.functions] if counting else []
    return {function.name: function for function in found}


def _rows(desk: Visitor, assignment: CourseAssignment, listed: Sequence[Submission]) -> list[dict[str, Any]]:
    """With what counts, which is one attempt of each student: whose score it is."""
    book: Book | None = None
    with suppress(AssignmentAway):  # what was handed in can be looked through all the same
        keys = {submission.student_key for submission in listed}
        book = make_book(desk.session, desk.context.shelf, assignment, students_only=keys)
    by_key = {row.student.key: row for row in book.gradebook.rows} if book else {}
    return [_row(submission, by_key.get(submission.student_key)) for submission in listed]


def _row(submission: Submission, row: Row | None) -> dict[str, Any]:
    counting: Grading | None = submissions.counting_grading(submission)
    counts = row is not None and row.score is not None and row.attempt == submission.attempt
    return {
        "submission": submission,
        "latest": submissions.latest_grading(submission),
        "counting": counting,
        "graded": counting.score if counting and counting.status == "graded" else None,
        "score": row.score if row and counts else None,
        "is_late": gradings.lateness_of(submission).is_late,
        "mistakes": len(counting.mistakes) if counting else 0,
    }


def _head(assignment: CourseAssignment, tab: str) -> dict[str, Any]:
    return {"course": assignment.course, "assignment": assignment, "tab": tab}


def _ticked(form: Form, how: str) -> list[str] | None:
    """The submissions that were chosen, None for all.  Raises Invalid: none was."""
    chosen = None if form.text(how) == "all" else form.texts("submission")
    if chosen == []:
        raise Invalid("No submission was chosen. Tick some in the table, or use the button for all.")
    return chosen


def _points(text: str) -> float | None:
    """Raises Invalid."""
    try:
        return float(text.replace(",", ".")) if text.strip() else None
    except ValueError:
        raise Invalid(f"Points: expected a number, not {text[:40]!r}.") from None
