"""The assignments that courses can set; for instructors, since students must not read ahead."""

from fastapi import APIRouter
from starlette.responses import Response

from grader.service import courses
from grader.service.api import files, presenting
from grader.service.api.deps import CallerDep
from grader.service.api.models.common import Line
from grader.service.api.models.courses import LibraryAssignment, LibraryEntry
from grader.service.api.problems import documented

router = APIRouter(prefix="/library", tags=["library"], responses=documented(401, 403, 409))


@router.get("", summary="All assignments of the library")
def list_library(caller: CallerDep) -> list[LibraryEntry]:
    """For instructors of any course, and admins."""
    with caller.enter() as (session, user):
        courses.demand_staff(session, user)
    return [LibraryEntry.of(found, id=name) for name, found in caller.context.shelf.described().items()]


@router.get("/{name}", summary="What an assignment asks for", responses=documented(404, 422))
def show_library_assignment(name: Line, caller: CallerDep) -> LibraryAssignment:
    """The contract, and how many points each function is worth."""
    with caller.enter() as (session, user):
        courses.demand_staff(session, user)
    return presenting.library_assignment(name, caller.context.shelf.get(name))


@router.get("/{name}/handout", summary="Its handout", response_class=Response, responses=files.MARKDOWN)
def library_handout(name: Line, caller: CallerDep) -> Response:
    """As Markdown."""
    with caller.enter() as (session, user):
        courses.demand_staff(session, user)
    return files.handout(caller.context.shelf.get(name))


@router.get(
    "/{name}/starter/{file}", summary="What students start from", response_class=Response, responses=files.STARTER
)
def library_starter(name: Line, file: files.StarterName, caller: CallerDep) -> Response:
    """A notebook, a module, or both with the handout and the modules that may be imported, as a ZIP."""
    with caller.enter() as (session, user):
        courses.demand_staff(session, user)
    return files.starter(caller.context.shelf.get(name), file)
