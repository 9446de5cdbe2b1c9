"""Who is in a course. Fresh tokens are shown once, on the answer to the import itself, and kept nowhere."""

import csv
import io
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from grader.batch.gradebook import as_text
from grader.service import people, rosters
from grader.service.data import Course, Role
from grader.service.errors import Invalid, ServiceError
from grader.service.pages import links
from grader.service.pages.desk import Desk, Visitor
from grader.service.pages.forms import Fields, Roster, Typed

router = APIRouter(prefix="/courses/{course}/roster")


@router.get("")
def show_roster(desk: Desk, course: str) -> Response:
    return _page(desk, desk.taught_course(course))


@router.post("")
def import_roster(desk: Desk, form: Roster, course: str) -> Response:
    found = desk.taught_course(course)
    try:
        imported = rosters.import_roster(desk.session, desk.user, found, form.file("file").file.read())
    except ServiceError as error:
        desk.session.rollback()
        return _page(desk, found, error)
    desk.session.commit()
    return desk.page("imported.html.j2", course=found, imported=imported, sheet=_sheet(imported.tokens), base=desk.base)


@router.post("/people")
def enroll(desk: Desk, form: Fields, course: str) -> Response:
    found = desk.taught_course(course)
    tokens: dict[str, str] = {}
    try:
        role = form.text("role") or Role.STUDENT
        if role not in set(Role):
            raise Invalid(f"There is no role {role[:40]!r}.")
        user = people.find_user(desk.session, form.text("login"))
        if user is None:
            user = people.new_user(
                desk.session, form.text("login"), name=form.text("name"), email=form.text("email"), actor=desk.user
            )
            tokens[user.login] = people.create_token(desk.session, user, f"roster of {found.slug}")
        rosters.enroll(desk.session, desk.user, found, user, Role(role), form.text("student_key"))
    except ServiceError as error:
        desk.session.rollback()
        return _page(desk, found, error, form.typed())
    desk.session.commit()
    if tokens:
        return desk.page(
            "imported.html.j2",
            course=found,
            imported=rosters.Imported(1, 0, 0, tokens),
            sheet=_sheet(tokens),
            base=desk.base,
        )
    return desk.see(links.course(found, "roster"), f"{user.label} is in the course.")


@router.post("/remove")
def remove(desk: Desk, form: Fields, course: str) -> Response:
    found = desk.taught_course(course)
    user = people.get_user(desk.session, form.text("login"))
    rosters.remove(desk.session, desk.user, found, user)
    desk.session.commit()
    return desk.see(links.course(found, "roster"), f"{user.label} is not in the course any more.")


def _page(desk: Visitor, course: Course, error: ServiceError | None = None, typed: Typed | None = None) -> Response:
    return desk.page(
        "roster.html.j2",
        status=error.status if error else 200,
        error=error,
        course=course,
        members=rosters.members(desk.session, course),
        typed=typed or Typed(),
    )


def _sheet(tokens: Mapping[str, str]) -> str:
    """The tokens as a CSV; the page offers it as a download that the server never sees again."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["login", "token"])
    writer.writerows((as_text(login), token) for login, token in tokens.items())
    return stream.getvalue()
