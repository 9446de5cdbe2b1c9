"""Whoever asks."""

from fastapi import APIRouter

from grader.service import courses, people
from grader.service.api import presenting
from grader.service.api.deps import CallerDep
from grader.service.api.models.people import CreatedToken, Me, MyCourse, NewToken, TokenInfo
from grader.service.api.problems import documented

router = APIRouter(prefix="/me", tags=["me"], responses=documented(401))


@router.get("", summary="Who am I")
def me(caller: CallerDep) -> Me:
    """The account behind the token, and the courses that it has a part in."""
    with caller.enter() as (session, user):
        mine = [MyCourse.of(c, role=role) for c, role in courses.courses_of(session, user)]
        return Me.of(user, courses=mine)


@router.get("/tokens", summary="My tokens")
def my_tokens(caller: CallerDep) -> list[TokenInfo]:
    """Without what makes them tokens: only their hashes are kept."""
    with caller.enter() as (session, user):
        return [TokenInfo.of(token) for token in people.tokens_of(session, user)]


@router.post("/tokens", status_code=201, summary="Create a token of mine", responses=documented(403, 409, 422))
def create_my_token(body: NewToken, caller: CallerDep) -> CreatedToken:
    """The token is in the answer, and nowhere else ever again."""
    with caller.enter() as (session, user):
        return presenting.created_token(session, user, body)
