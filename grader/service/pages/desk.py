"""Who asks, and what an answer is made with; every page that needs somebody signed in takes a `Desk`."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any, cast
from urllib.parse import quote, unquote

from fastapi import Depends, Request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from grader.service import courses, people
from grader.service.context import Context
from grader.service.data import Course, CourseAssignment, Role, User, Visit
from grader.service.data.base import utc_now
from grader.service.errors import NotSignedIn
from grader.service.events import Watch
from grader.service.outputs import Summaries
from grader.service.pages import links
from grader.service.pages.security import NOTE_COOKIE, set_cookie, visit_cookie
from grader.service.pages.templating import render
from grader.service.pages.unsent import KEPT_FOR, Unsent, filled
from grader.service.settings import Settings


@dataclass(frozen=True)
class House:
    """What all requests share; `openapi` makes the API's document."""

    context: Context
    watch: Watch
    summaries: Summaries
    openapi: Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Visitor:
    """One request of somebody signed in. `session` is closed after it; what is not committed is undone."""

    request: Request
    house: House
    session: Session
    visit: Visit

    @property
    def context(self) -> Context:
        return self.house.context

    @property
    def settings(self) -> Settings:
        return self.house.context.settings

    @property
    def user(self) -> User:
        return self.visit.token.user

    def course(self, slug: str) -> Course:
        """Raises NotFound."""
        return courses.get_course(self.session, self.user, slug)

    def teaches(self, course: Course) -> bool:
        return courses.role_in(self.session, self.user, course) is Role.INSTRUCTOR

    def taught_course(self, slug: str) -> Course:
        """Raises NotFound or Forbidden."""
        course = self.course(slug)
        courses.demand_instructor(self.session, self.user, course)
        return course

    def assignment(self, course: str, slug: str) -> CourseAssignment:
        """Raises NotFound."""
        return courses.get_assignment(self.session, self.user, self.course(course), slug)

    def taught_assignment(self, course: str, slug: str) -> CourseAssignment:
        """Raises NotFound or Forbidden."""
        return courses.get_assignment(self.session, self.user, self.taught_course(course), slug)

    @property
    def base(self) -> str:
        """Where the service is, for links that are sent to somebody."""
        return (self.settings.public_url or str(self.request.base_url)).rstrip("/")

    @staticmethod
    def new_key() -> str:
        """Makes an upload that is sent twice (a double click, a reload) one upload."""
        return str(uuid.uuid4())

    def fragment(self, template: str, **values: Any) -> str:
        return render(template, csrf=people.csrf_token(self.visit), user=self.user, settings=self.settings, **values)

    def page(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        note = unquote(self.request.cookies.get(NOTE_COOKIE, ""))[:500]
        values["path"] = self.request.url.path
        text = self._with_unsent_form(template, values) or self.fragment(template, note=note, **values)
        response = HTMLResponse(text, status)
        if note:
            response.delete_cookie(NOTE_COOKIE)
        return response

    def _with_unsent_form(self, template: str, values: dict[str, Any]) -> str | None:
        """The page with the form as it was before the sign-in, once; None where that is not what this page is for."""
        if self.visit.unsent is None or self.request.method != "GET":
            return None
        unsent = Unsent.model_validate(self.visit.unsent)
        is_recent = utc_now() - self.visit.created_at < KEPT_FOR
        if not is_recent or unsent.page != links.own_page(self.request):
            return None
        self.visit.unsent = None
        self.session.commit()
        return filled(self.fragment(template, note=unsent.note, **values), unsent)

    def see(self, path: str, note: str = "") -> Response:
        """On to another page by GET, which begins with the note."""
        response = RedirectResponse(path, status_code=303)
        if note:
            set_cookie(response, self.settings, NOTE_COOKIE, quote(note[:500]), seconds=60)
        return response


def house_of(request: Request) -> House:
    return cast(House, request.app.state.house)


def visit_of(request: Request, session: Session, settings: Settings) -> Visit:
    """Raises NotSignedIn."""
    cookie = request.cookies.get(visit_cookie(settings))
    if not cookie:
        raise NotSignedIn("Sign in to see this page.")
    return people.visit_of_cookie(session, cookie)


def page_for_anybody(request: Request, template: str, **values: Any) -> str:
    """A page that needs nobody signed in; also where the database is away."""
    context = house_of(request).context
    user, csrf = None, ""
    with suppress(NotSignedIn, SQLAlchemyError), context.sessions() as session:
        visit = visit_of(request, session, context.settings)
        user, csrf = visit.token.user, people.csrf_token(visit)
    shared = {"user": user, "csrf": csrf, "note": "", "settings": context.settings, "path": request.url.path}
    return render(template, **shared, **values)


def _open_desk(request: Request) -> Iterator[Visitor]:
    house = house_of(request)
    with house.context.sessions() as session:
        visit = visit_of(request, session, house.context.settings)
        session.commit()  # gives the connection back: whoever waits for a thread must not keep others from theirs
        yield Visitor(request, house, session, visit)


Desk = Annotated[Visitor, Depends(_open_desk)]
