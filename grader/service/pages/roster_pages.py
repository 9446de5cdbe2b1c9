"""Who is in a course: what an import would change is shown first, then it is done.

Fresh tokens are shown once, on the answer to the import itself, and kept nowhere.
"""

import hmac
from collections import Counter
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from grader.batch.spreadsheet import as_text, csv_text
from grader.service import people, rosters
from grader.service.data import Course, Role
from grader.service.errors import Invalid, ServiceError
from grader.service.pages import links
from grader.service.pages.desk import Desk, Visitor
from grader.service.pages.forms import Fields, Roster, Typed

router = APIRouter(prefix="/courses/{course}/roster")
_SHOWN = 500  # changes on the page; the rest is counted


@router.get("")
def show_roster(desk: Desk, course: str) -> Response:
    return _page(desk, desk.taught_course(course))


@router.post("")
def import_roster(desk: Desk, form: Roster, course: str) -> Response:
    """Show what it would change; the file waits in the storage, which drops what nothing speaks of after a day."""
    found = desk.taught_course(course)
    try:
        content = form.file("file").file.read()
        plan = rosters.plan_import(desk.session, desk.user, found, content)
    except ServiceError as error:
        desk.session.rollback()
        return _page(desk, found, error)
    blob = desk.context.storage.put(content)
    return desk.page(
        "roster_plan.html.j2", course=found, plan=plan, shown=_SHOWN, blob=blob, seal=_seal(desk, found, blob)
    )


@router.post("/import")
def carry_out_import(desk: Desk, form: Fields, course: str) -> Response:
    """What was shown before, with the roster as it is now."""
    found = desk.taught_course(course)
    blob = form.text("blob")
    try:
        if not hmac.compare_digest(form.text("seal").encode(), _seal(desk, found, blob).encode()):
            raise Invalid("This is no import that was shown here before: choose the file again.")
        plan, tokens = rosters.import_roster(desk.session, desk.user, found, desk.context.storage.read(blob))
    except ServiceError as error:
        desk.session.rollback()
        return _page(desk, found, error)
    desk.session.commit()
    return _imported(desk, found, plan.counts, tokens)


@router.post("/correct")
def correct(desk: Desk, form: Fields, course: str) -> Response:
    """Name, address, key or role of one person."""
    found = desk.taught_course(course)
    try:
        user, role = people.get_user(desk.session, form.text("login")), _role(form.text("role"))
        if (user.name, user.email) != (form.text("name"), form.text("email")):
            rosters.correct(desk.session, desk.user, found, user, name=form.text("name"), email=form.text("email"))
        rosters.enroll(desk.session, desk.user, found, user, role, form.text("student_key"))
    except ServiceError as error:
        desk.session.rollback()
        return _page(desk, found, error)
    desk.session.commit()
    return desk.see(links.course(found, "roster"), f"{user.label} was corrected.")


@router.post("/people")
def enroll(desk: Desk, form: Fields, course: str) -> Response:
    found = desk.taught_course(course)
    tokens: dict[str, str] = {}
    try:
        role = _role(form.text("role") or Role.STUDENT)
        user = people.find_user(desk.session, form.text("login"))
        if user is None:
            user = people.new_user(
                desk.session, form.text("login"), name=form.text("name"), email=form.text("email"), actor=desk.user
            )
            tokens[user.login] = people.create_token(desk.session, user, f"roster of {found.slug}", actor=desk.user)
        rosters.enroll(desk.session, desk.user, found, user, role, form.text("student_key"))
    except ServiceError as error:
        desk.session.rollback()
        return _page(desk, found, error, form.typed())
    desk.session.commit()
    if tokens:
        return _imported(desk, found, Counter(added=1), tokens)
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


def _imported(desk: Visitor, course: Course, counts: Counter[str], tokens: Mapping[str, str]) -> Response:
    """What was done, with the tokens of new accounts as a CSV, which the server never sees again."""
    sheet = csv_text([("login", "token"), *((as_text(login), token) for login, token in tokens.items())])
    return desk.page("imported.html.j2", course=course, counts=counts, tokens=tokens, sheet=sheet, base=desk.base)


def _role(text: str) -> Role:
    """Raises Invalid."""
    if text not in set(Role):
        raise Invalid(f"There is no role {text[:40]!r}.")
    return Role(text)


def _seal(desk: Visitor, course: Course, blob: str) -> str:
    """Shows that a file is one that this visitor has just sent for this course."""
    return hmac.new(desk.visit.secret.encode(), f"roster:{course.slug}:{blob}".encode(), "sha256").hexdigest()
