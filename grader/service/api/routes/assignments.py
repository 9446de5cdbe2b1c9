"""The assignments of a course."""

from fastapi import APIRouter
from starlette.responses import Response

from grader.service import courses
from grader.service.api import files, presenting
from grader.service.api.deps import CallerDep
from grader.service.api.models.common import Slug
from grader.service.api.models.courses import CourseAssignmentInfo, LibraryAssignment, NewAssignment, Terms
from grader.service.api.problems import documented

router = APIRouter(prefix="/courses/{course}/assignments", tags=["assignments"], responses=documented(401, 404, 422))


@router.get("", summary="The assignments of a course")
def list_assignments(course: Slug, caller: CallerDep) -> list[CourseAssignmentInfo]:
    """Students see those that have opened."""
    with caller.course(course) as (session, user, found):
        return [
            presenting.course_assignment(session, user, assignment)
            for assignment in courses.assignments_of(session, user, found)
        ]


@router.post("", status_code=201, summary="Set an assignment of the library", responses=documented(403, 409))
def set_assignment(course: Slug, body: NewAssignment, caller: CallerDep) -> CourseAssignmentInfo:
    """For instructors."""
    with caller.course(course) as (session, user, found):
        settings = body.settings()
        title = settings.pop("title", "")
        made = courses.set_assignment(
            session, user, found, caller.context.shelf, body.assignment, slug=body.slug or "", title=title, **settings
        )
        return presenting.course_assignment(session, user, made)


@router.get("/{assignment}", summary="An assignment of a course")
def show_assignment(course: Slug, assignment: Slug, caller: CallerDep) -> CourseAssignmentInfo:
    """Its dates, its policy, and how many attempts are left."""
    with caller.assignment(course, assignment) as (session, user, found):
        return presenting.course_assignment(session, user, found)


@router.patch("/{assignment}", summary="Change its terms", responses=documented(403))
def change_assignment(course: Slug, assignment: Slug, body: Terms, caller: CallerDep) -> CourseAssignmentInfo:
    """For instructors. What is left out stays; null takes a date or a limit away."""
    with caller.assignment(course, assignment) as (session, user, found):
        courses.change_assignment(session, user, found, body.settings())
        return presenting.course_assignment(session, user, found)


@router.get("/{assignment}/contract", summary="What it asks for", responses=documented(409))
def contract(course: Slug, assignment: Slug, caller: CallerDep) -> LibraryAssignment:
    """The functions to implement, and how many points each is worth."""
    with caller.assignment(course, assignment) as (_, _, found):
        return presenting.library_assignment(found.assignment, caller.context.shelf.set_in(found))


@router.get(
    "/{assignment}/handout", summary="Its handout", response_class=Response, responses=files.MARKDOWN | documented(409)
)
def handout(course: Slug, assignment: Slug, caller: CallerDep) -> Response:
    """As Markdown."""
    with caller.assignment(course, assignment) as (_, _, found):
        return files.handout(caller.context.shelf.set_in(found))


@router.get(
    "/{assignment}/starter/{file}",
    summary="What to start from",
    response_class=Response,
    responses=files.STARTER | documented(409),
)
def starter(course: Slug, assignment: Slug, file: files.StarterName, caller: CallerDep) -> Response:
    """A notebook, a module, or both with the handout and the modules that may be imported, as a ZIP."""
    with caller.assignment(course, assignment) as (_, _, found):
        return files.starter(caller.context.shelf.set_in(found), file)
