"""What handlers work with: who asks, with which rights, in which transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from grader.service import courses, people
from grader.service.context import Context
from grader.service.data import Course, CourseAssignment, User
from grader.service.errors import NotSignedIn
from grader.service.events import Watch
from grader.service.outputs import Summaries

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def get_context(request: Request) -> Context:
    return cast(Context, request.app.state.context)


async def _context(request: Request) -> Context:
    return get_context(request)


async def _watch(request: Request) -> Watch:
    return cast(Watch, request.app.state.watch)


async def _summaries(request: Request) -> Summaries:
    return cast(Summaries, request.app.state.summaries)


@dataclass(frozen=True)
class Caller:
    """Whoever sent the request. One trip to the database and one thread per request: nothing is asked before `enter`.

    Attributes:
        token: of an `Authorization: Bearer` header.
        cookie: of a browser's visit; counts only without a token.
        csrf_token: what a browser must send along with everything that changes something.
    """

    context: Context
    token: str | None
    cookie: str | None
    csrf_token: str | None
    is_safe: bool

    @contextmanager
    def enter(self) -> Iterator[tuple[Session, User]]:
        """A transaction, and the account behind the request; it is committed when the block ends well.

        Raises NotSignedIn, or Forbidden: a browser's request that no page of ours made.
        """
        with self.context.sessions() as session:
            user = self._identify(session)
            session.commit()  # that the token was used; a long answer must not keep others from writing
            yield session, user
            session.commit()

    @contextmanager
    def admin(self) -> Iterator[tuple[Session, User]]:
        """As `enter`, for admins.  Raises Forbidden as well."""
        with self.enter() as (session, user):
            people.demand_admin(user)
            yield session, user

    @contextmanager
    def course(self, slug: str, *, teaches: bool = False) -> Iterator[tuple[Session, User, Course]]:
        """As `enter`, with a course; `teaches`: for its instructors.  Raises NotFound, or Forbidden, as well."""
        with self.enter() as (session, user):
            found = courses.get_course(session, user, slug)
            if teaches:
                courses.demand_instructor(session, user, found)
            yield session, user, found

    @contextmanager
    def assignment(
        self, course: str, slug: str, *, teaches: bool = False
    ) -> Iterator[tuple[Session, User, CourseAssignment]]:
        """As `course`, with an assignment that somebody may know of."""
        with self.course(course) as (session, user, found):
            assignment = courses.get_assignment(session, user, found, slug)
            if teaches:
                courses.demand_instructor(session, user, found)
            yield session, user, assignment

    def identify(self) -> User:
        """The account, detached.  Raises as `enter`."""
        with self.enter() as (_, user):
            return user

    def _identify(self, session: Session) -> User:
        if self.token is not None:
            return people.user_of_token(session, self.token)
        if self.cookie is None:
            raise NotSignedIn("Send a token: `Authorization: Bearer grader_…`.")
        visit = people.visit_of_cookie(session, self.cookie)
        if not self.is_safe:
            people.demand_csrf_token(visit, self.csrf_token)
        return visit.token.user


_bearer = HTTPBearer(auto_error=False, description="a token, as `POST /api/v1/me/tokens` or a roster import makes it")
_cookie = APIKeyCookie(
    name=people.VISIT_COOKIE,
    auto_error=False,
    description=f"a browser that is signed in; what changes something also needs the header `{people.CSRF_HEADER}`",
)


async def _caller(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    cookie: Annotated[str | None, Security(_cookie)],
) -> Caller:
    context = get_context(request)
    return Caller(
        context=context,
        token=bearer.credentials if bearer else None,
        cookie=request.cookies.get(people.SECURE_VISIT_COOKIE) if context.settings.secure_cookies else cookie,
        csrf_token=request.headers.get(people.CSRF_HEADER),
        is_safe=request.method in _SAFE_METHODS,
    )


ContextDep = Annotated[Context, Depends(_context)]
WatchDep = Annotated[Watch, Depends(_watch)]
SummariesDep = Annotated[Summaries, Depends(_summaries)]
CallerDep = Annotated[Caller, Depends(_caller)]
