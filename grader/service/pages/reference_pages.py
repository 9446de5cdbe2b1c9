"""The page that explains the API; open to everybody, as the OpenAPI document is."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from grader.service.errors import NotSignedIn
from grader.service.pages.api_reference import Reference
from grader.service.pages.desk import house_of, visit_of
from grader.service.pages.templating import render
from grader.service.people import csrf_token

router = APIRouter()


@router.get("/docs/api")
def show_reference(request: Request) -> Response:
    house = house_of(request)
    user, csrf = None, ""
    with house.context.sessions() as session:
        try:
            visit = visit_of(request, session, house.context.settings)
            user, csrf = visit.token.user, csrf_token(visit)
        except NotSignedIn:
            pass
        text = render(
            "api_reference.html.j2",
            reference=Reference(house.openapi()),
            user=user,
            csrf=csrf,
            note="",
            settings=house.context.settings,
            path=request.url.path,
        )
    return HTMLResponse(text)
