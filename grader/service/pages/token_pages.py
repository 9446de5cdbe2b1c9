"""Everybody's own tokens."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from grader.service import people
from grader.service.data.base import utc_now
from grader.service.errors import Invalid, ServiceError
from grader.service.pages.desk import Desk, Visitor
from grader.service.pages.forms import Fields, Typed

router = APIRouter(prefix="/tokens")


@router.get("")
def show_tokens(desk: Desk) -> Response:
    return _page(desk)


@router.post("")
def create_token(desk: Desk, form: Fields) -> Response:
    try:
        days = form.whole_number("days", "Days")
        if days is not None and not 1 <= days <= 3650:
            raise Invalid("A token is valid for 1 to 3650 days, or until it is revoked.")
        expires_at = utc_now() + timedelta(days=days) if days else None
        text = people.create_token(desk.session, desk.user, form.text("label"), expires_at=expires_at)
    except ServiceError as error:
        return _page(desk, error=error, typed=form.typed())
    desk.session.commit()
    return _page(desk, fresh=text)


@router.post("/{token}/revoke")
def revoke_token(desk: Desk, form: Fields, token: int) -> Response:
    people.revoke_token(desk.session, desk.user, token)
    desk.session.commit()
    return desk.see("/tokens", "The token is not valid any more.")


def _page(desk: Visitor, *, fresh: str = "", error: ServiceError | None = None, typed: Typed | None = None) -> Response:
    return desk.page(
        "tokens.html.j2",
        status=error.status if error else 200,
        error=error,
        fresh=fresh,
        base=desk.base,
        typed=typed or Typed(),
        tokens=people.tokens_of(desk.session, desk.user),
        current=desk.visit.token_id,
    )
