"""Courses, and who is in them."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool

from grader.service import courses, people, rosters
from grader.service.api import presenting
from grader.service.api.deps import Caller, CallerDep
from grader.service.api.models.common import Line, Slug
from grader.service.api.models.courses import CourseInfo
from grader.service.api.models.people import Correction, ImportedRoster, Member, MyCourse, NewCourse, NewMember
from grader.service.api.problems import documented
from grader.service.api.uploads import InstructorsUpload, Upload, documented_upload
from grader.service.data import Role

router = APIRouter(prefix="/courses", tags=["courses"], responses=documented(401))


@router.get("", summary="My courses")
def list_courses(caller: CallerDep) -> list[MyCourse]:
    """Those that one has a part in; admins see all, as instructors."""
    with caller.enter() as (session, user):
        return [MyCourse.of(c, role=role) for c, role in courses.courses_of(session, user)]


@router.post("", status_code=201, summary="Create a course", responses=documented(403, 409, 422))
def create_course(body: NewCourse, caller: CallerDep) -> MyCourse:
    """For admins."""
    with caller.enter() as (session, user):
        course = courses.new_course(session, user, body.slug, body.title)
        return MyCourse.of(course, role=Role.INSTRUCTOR)


@router.get("/{course}", summary="A course with its assignments", responses=documented(404, 422))
def show_course(course: Slug, caller: CallerDep) -> CourseInfo:
    """Students see the assignments that have opened."""
    with caller.course(course) as (session, user, found):
        role = courses.role_in(session, user, found)
        assert role is not None
        return CourseInfo.of(
            found,
            role=role,
            assignments=[
                presenting.course_assignment(session, user, assignment)
                for assignment in courses.assignments_of(session, user, found)
            ],
        )


@router.get("/{course}/roster", summary="Who is in a course", responses=documented(403, 404, 422))
def list_roster(course: Slug, caller: CallerDep) -> list[Member]:
    """For instructors; instructors first, then by name."""
    with caller.course(course, teaches=True) as (session, _, found):
        return [presenting.member(enrollment) for enrollment in rosters.members(session, found)]


@router.post(
    "/{course}/roster",
    summary="Import a roster",
    responses=documented(400, 403, 404, 413, 422),
    openapi_extra=documented_upload(),
)
async def import_roster(
    course: Slug,
    upload: InstructorsUpload,
    caller: CallerDep,
    dry_run: Annotated[bool, Query(description="tell what would change, and change nothing")] = False,
) -> ImportedRoster:
    """For instructors: a CSV with the columns login (or email, or key), name, email, key, role; or as Canvas, Moodle
    and Gradescope export it.

    Nobody is removed. Everyone whose account is new gets a token, which is told here and nowhere else. Whoever gets
    another key takes along what was handed in.
    """
    return await run_in_threadpool(_import, caller, course, upload, dry_run=dry_run)


def _import(caller: Caller, course: str, upload: Upload, *, dry_run: bool) -> ImportedRoster:
    with upload.content() as content, caller.course(course) as (session, user, found):
        if dry_run:
            return presenting.roster_import(rosters.plan_import(session, user, found, content), {})
        return presenting.roster_import(*rosters.import_roster(session, user, found, content))


@router.patch("/{course}/roster/{login}", summary="Correct a name or an address", responses=documented(403, 404, 422))
def correct(course: Slug, login: Line, body: Correction, caller: CallerDep) -> Member:
    """For instructors: of somebody who is in no course but theirs. What is left out stays."""
    with caller.course(course, teaches=True) as (session, user, found):
        whom = people.get_user(session, login)
        name, email = body.name or whom.name, body.email or whom.email
        return presenting.member(rosters.correct(session, user, found, whom, name=name, email=email))


@router.put("/{course}/roster/{login}", summary="Give somebody a part", responses=documented(403, 404, 422))
def enroll(course: Slug, login: Line, body: NewMember, caller: CallerDep) -> Member:
    """For instructors; only admins make instructors."""
    with caller.course(course, teaches=True) as (session, user, found):
        whom = people.get_user(session, login)
        return presenting.member(rosters.enroll(session, user, found, whom, body.role, body.key))


@router.delete(
    "/{course}/roster/{login}", status_code=204, summary="Take somebody's part", responses=documented(403, 404, 422)
)
def remove(course: Slug, login: Line, caller: CallerDep) -> None:
    """For instructors. Submissions stay."""
    with caller.course(course, teaches=True) as (session, user, found):
        rosters.remove(session, user, found, people.get_user(session, login))
