"""The courses of whoever asks, and what is set in one."""

from contextlib import suppress
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from grader.service import audit, courses, submissions
from grader.service.data import CourseAssignment, Role
from grader.service.errors import AssignmentAway
from grader.service.gradebooks import Book, make_book
from grader.service.pages import explanations, links
from grader.service.pages.desk import Desk, Visitor

router = APIRouter()


@dataclass(frozen=True)
class Standing:
    """Where a student is with an assignment; `left` is None without a limit, `score` as it counts now.

    `passed_over` says why later attempts than the one that counts do not, `waiting` which answers a person has yet to
    read: the score is not final before.
    """

    assignment: CourseAssignment
    used: int
    left: int | None
    score: float | None
    maximum: float | None
    is_closed: bool
    due: str
    book: Book | None = None
    passed_over: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        if self.score is not None and self.maximum is not None:
            return "done" if self.score >= self.maximum else "begun"
        return "handed-in" if self.used else "open"


@router.get("/")
def show_home(desk: Desk) -> Response:
    mine = courses.courses_of(desk.session, desk.user)
    if len(mine) == 1 and not desk.user.is_admin:
        return desk.see(links.course(mine[0][0]))
    return desk.page("home.html.j2", courses=mine)


@router.get("/courses/{course}")
def show_course(desk: Desk, course: str) -> Response:
    found = desk.course(course)
    assignments = courses.assignments_of(desk.session, desk.user, found)
    if courses.role_in(desk.session, desk.user, found) is Role.INSTRUCTOR:
        counts = {a.id: submissions.listed(desk.session, desk.user, a, limit=1)[1] for a in assignments}
        return desk.page(
            "taught_course.html.j2", course=found, assignments=assignments, counts=counts, words=explanations
        )
    key = submissions.student_key_of(desk.session, desk.user, found)
    standings = [standing(desk, assignment, key) for assignment in assignments]
    return desk.page("course.html.j2", course=found, standings=standings)


@router.get("/courses/{course}/audit")
def show_audit(desk: Desk, course: str, before: int | None = None) -> Response:
    found = desk.taught_course(course)
    entries = audit.entries(desk.session, found, before=before)
    return desk.page("audit.html.j2", course=found, entries=entries)


def standing(desk: Visitor, assignment: CourseAssignment, key: str) -> Standing:
    """Of one student, as the gradebook has it."""
    row, maximum, book = None, None, None
    with suppress(AssignmentAway):  # one such must not hide the others
        book = make_book(desk.session, desk.context.shelf, assignment, students_only=[key])
        row, maximum = book.row_of(key), book.gradebook.maximum
    used = submissions.attempts_used(desk.session, assignment, key)
    limit = assignment.max_attempts
    return Standing(
        assignment=assignment,
        used=used,
        left=None if limit is None else max(0, limit - used),
        score=row.score.final if row and row.score else None,
        maximum=maximum,
        is_closed=courses.is_closed(assignment),
        due=explanations.from_now(assignment.due_at) if assignment.due_at else "",
        book=book,
        passed_over=row.passed_over if row else (),
        waiting=row.score.waiting if row and row.score else (),
    )
