"""Accounts and tokens; for admins, but for revoking one's own tokens."""

from typing import Annotated

from fastapi import APIRouter, Path

from grader.service import people
from grader.service.api import presenting
from grader.service.api.deps import CallerDep
from grader.service.api.models.common import MAX_INTEGER, Line
from grader.service.api.models.people import CreatedToken, NewToken, NewUser, TokenInfo, UserChange, UserInfo
from grader.service.api.problems import documented

router = APIRouter(tags=["users"], responses=documented(401, 403, 422))

TokenId = Annotated[int, Path(ge=1, le=MAX_INTEGER)]


@router.get("/users", summary="All accounts")
def list_users(caller: CallerDep) -> list[UserInfo]:
    """For admins."""
    with caller.admin() as (session, _):
        return [UserInfo.of(found) for found in people.all_users(session)]


@router.post("/users", status_code=201, summary="Create an account", responses=documented(409))
def create_user(body: NewUser, caller: CallerDep) -> UserInfo:
    """For admins. It has no token yet."""
    with caller.admin() as (session, user):
        made = people.new_user(
            session, body.login, name=body.name, email=body.email, is_admin=body.is_admin, actor=user
        )
        return UserInfo.of(made)


@router.get("/users/{login}", summary="An account", responses=documented(404))
def show_user(login: Line, caller: CallerDep) -> UserInfo:
    """For admins."""
    with caller.admin() as (session, _):
        return UserInfo.of(people.get_user(session, login))


@router.patch("/users/{login}", summary="Give or take admin rights", responses=documented(404))
def change_user(login: Line, body: UserChange, caller: CallerDep) -> UserInfo:
    """For admins; nobody can take their own rights."""
    with caller.admin() as (session, user):
        found = people.get_user(session, login)
        if body.is_admin is not None:
            people.set_admin(session, user, found, body.is_admin)
        return UserInfo.of(found)


@router.get("/users/{login}/tokens", summary="Somebody's tokens", responses=documented(404))
def list_tokens(login: Line, caller: CallerDep) -> list[TokenInfo]:
    """For admins."""
    with caller.admin() as (session, _):
        return [TokenInfo.of(token) for token in people.tokens_of(session, people.get_user(session, login))]


@router.post("/users/{login}/tokens", status_code=201, summary="Create a token for somebody", responses=documented(404))
def create_token(login: Line, body: NewToken, caller: CallerDep) -> CreatedToken:
    """For admins. The token is in the answer, and nowhere else ever again."""
    with caller.admin() as (session, user):
        return presenting.created_token(session, people.get_user(session, login), body, actor=user)


@router.delete("/tokens/{token_id}", status_code=204, summary="Revoke a token", responses=documented(404))
def revoke_token(token_id: TokenId, caller: CallerDep) -> None:
    """One's own, or anybody's for admins. Browsers that it signed in are signed out."""
    with caller.enter() as (session, user):
        people.revoke_token(session, user, token_id)
