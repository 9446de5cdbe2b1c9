"""Signing in by a token, and out again. A token is never part of an address that a server or a proxy could log."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from grader.service import people
from grader.service.errors import NotSignedIn
from grader.service.pages import links
from grader.service.pages.desk import Desk, house_of, visit_of
from grader.service.pages.forms import Fields, Form, read_form, unsent_form
from grader.service.pages.links import own_path
from grader.service.pages.security import demand_same_origin, set_cookie, visit_cookie
from grader.service.pages.templating import render
from grader.service.pages.unsent import MOST_CHARACTERS, Unsent

router = APIRouter()
_MOST_BYTES = 10_000


def to_sign_in(request: Request) -> Response:
    """Sign in first, and come back then; the whole page does, where a script asked for a part of it."""
    if "HX-Request" in request.headers:
        page = urlsplit(request.headers.get("HX-Current-URL", "/")).path
        return Response(headers={"HX-Redirect": links.sign_in(page)})
    return RedirectResponse(links.sign_in(links.own_page(request)), status_code=303)


async def keep_and_sign_in(request: Request) -> Response:
    """The answer to a form whose sign-in has ended: sign in here, and have the form again as it was filled in."""
    unsent = await unsent_form(request)
    came_from = urlsplit(request.headers.get("referer", ""))
    query = f"?{came_from.query}" if came_from.query else ""
    return _form(request, unsent.page if unsent else came_from.path + query, unsent=unsent, has_ended=True)


@router.get("/sign-in")
def show_sign_in(request: Request, next: str = "/") -> Response:
    house = house_of(request)
    try:
        with house.context.sessions() as session:
            visit_of(request, session, house.context.settings)
        return RedirectResponse(own_path(next), status_code=303)
    except NotSignedIn:
        return _form(request, next)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    demand_same_origin(request)  # nobody can be signed in to somebody else's account by another site
    form = Form(await read_form(request, _MOST_BYTES))
    return await run_in_threadpool(_sign_in, request, form.text("token"), form.text("next"), form.text("unsent"))


@router.post("/sign-out")
def sign_out(desk: Desk, form: Fields) -> Response:
    cookie = visit_cookie(desk.settings)
    people.close_visit(desk.session, desk.request.cookies[cookie])
    desk.session.commit()
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(cookie, path="/", secure=desk.settings.secure_cookies, httponly=True, samesite="lax")
    return response


def _sign_in(request: Request, token: str, next: str, carried: str) -> Response:
    context = house_of(request).context
    unsent = _carried(carried)
    try:
        with context.sessions.begin() as session:
            cookie, visit = people.open_visit(session, token, context.settings.session_hours)
            visit.unsent = unsent.model_dump() if unsent else None
    except NotSignedIn as error:
        return _form(request, next, error if token else NotSignedIn("Paste your token first."), unsent)
    response = RedirectResponse(own_path(next or "/"), status_code=303)
    hours = context.settings.session_hours
    set_cookie(response, context.settings, visit_cookie(context.settings), cookie, seconds=3600 * hours)
    return response


def _carried(text: str) -> Unsent | None:
    """What the sign-in page has carried; nothing where it is not what we have written."""
    try:
        return Unsent.model_validate_json(text).without_secrets() if 0 < len(text) <= MOST_CHARACTERS else None
    except ValidationError:
        return None


def _form(
    request: Request,
    next: str,
    error: NotSignedIn | None = None,
    unsent: Unsent | None = None,
    *,
    has_ended: bool = False,
) -> HTMLResponse:
    settings = house_of(request).context.settings
    text = render(
        "sign_in.html.j2",
        next=own_path(next or "/"),
        error=error,
        unsent=unsent,
        has_ended=has_ended or unsent is not None,
        user=None,
        note="",
        settings=settings,
        path="/sign-in",
    )
    return HTMLResponse(text, NotSignedIn.status if error or has_ended else 200)
