"""The service as its admins see it: courses, people, workers, and the whole log of changes."""

import sqlalchemy as sa
from fastapi import APIRouter
from starlette.responses import Response

from grader.service import audit, courses, people
from grader.service.data import Grading, Worker, server_seconds
from grader.service.errors import ServiceError
from grader.service.pages import links
from grader.service.pages.desk import Desk, Visitor
from grader.service.pages.forms import Fields, Typed

router = APIRouter(prefix="/admin")


@router.get("")
def show_admin(desk: Desk) -> Response:
    people.demand_admin(desk.user)
    return _page(desk)


@router.post("/courses")
def new_course(desk: Desk, form: Fields) -> Response:
    try:
        course = courses.new_course(desk.session, desk.user, form.text("slug"), form.text("title"))
    except ServiceError as error:
        desk.session.rollback()
        return _page(desk, error=error, about="course", typed=form.typed())
    desk.session.commit()
    return desk.see(links.course(course, "roster"), f"{course.title} is there. Next: its roster.")


@router.get("/users")
def show_users(desk: Desk, find: str = "") -> Response:
    people.demand_admin(desk.user)
    return _users(desk, find)


@router.post("/users")
def new_user(desk: Desk, form: Fields) -> Response:
    people.demand_admin(desk.user)
    try:
        user = people.new_user(
            desk.session,
            form.text("login"),
            name=form.text("name"),
            email=form.text("email"),
            is_admin=form.checked("is_admin"),
            actor=desk.user,
        )
        token = people.create_token(desk.session, user, "first token", actor=desk.user)
    except ServiceError as error:
        desk.session.rollback()
        return _users(desk, "", error=error, typed=form.typed())
    desk.session.commit()
    return _users(desk, "", fresh=token, fresh_for=user.login)


@router.post("/users/token")
def new_token(desk: Desk, form: Fields) -> Response:
    """For somebody who has lost theirs."""
    people.demand_admin(desk.user)
    user = people.get_user(desk.session, form.text("login"))
    token = people.create_token(desk.session, user, f"from {desk.user.login}", actor=desk.user)
    desk.session.commit()
    return _users(desk, user.login, fresh=token, fresh_for=user.login)


@router.post("/users/rights")
def change_rights(desk: Desk, form: Fields) -> Response:
    user = people.get_user(desk.session, form.text("login"))
    people.set_admin(desk.session, desk.user, user, form.checked("is_admin"))
    desk.session.commit()
    return desk.see("/admin/users", f"{user.label} {'is' if user.is_admin else 'is not'} an admin now.")


@router.get("/audit")
def show_audit(desk: Desk, before: int | None = None) -> Response:
    people.demand_admin(desk.user)
    return desk.page("audit.html.j2", course=None, entries=audit.entries(desk.session, None, before=before))


def _page(desk: Visitor, *, error: ServiceError | None = None, about: str = "", typed: Typed | None = None) -> Response:
    now = desk.session.scalar(sa.select(server_seconds(desk.session))) or 0.0
    workers = list(
        desk.session.scalars(
            sa.select(Worker).where(Worker.executor.not_like("#%")).order_by(Worker.host, Worker.executor)
        )
    )
    counted = sa.select(Grading.state, sa.func.count()).group_by(Grading.state)
    states = {row[0]: row[1] for row in desk.session.execute(counted)}
    return desk.page(
        "admin.html.j2",
        status=error.status if error else 200,
        error=error,
        about=about,
        typed=typed or Typed(),
        courses=courses.courses_of(desk.session, desk.user),
        workers=[(worker, max(0.0, now - worker.beat)) for worker in workers],
        counts=states,
        lease=desk.settings.lease_seconds,
    )


def _users(
    desk: Visitor,
    find: str,
    *,
    fresh: str = "",
    fresh_for: str = "",
    error: ServiceError | None = None,
    typed: Typed | None = None,
) -> Response:
    sought = find.strip().lower()
    found = [
        user
        for user in people.all_users(desk.session)
        if sought in user.login or sought in user.name.lower() or sought in user.email.lower()
    ]
    return desk.page(
        "users.html.j2",
        status=error.status if error else 200,
        error=error,
        typed=typed or Typed(),
        find=find,
        users=found[:500],
        count=len(found),
        fresh=fresh,
        fresh_for=fresh_for,
        base=desk.base,
    )
