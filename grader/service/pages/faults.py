"""What cannot be done, said in a page: what happened, and the way on."""

from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import HTMLResponse

from grader.service.errors import NotSignedIn, ServiceError
from grader.service.pages.desk import house_of, visit_of
from grader.service.pages.security import csrf_token
from grader.service.pages.templating import render


def fault_page(request: Request, error: ServiceError, *, status: int | None = None) -> HTMLResponse:
    """Also where the database is away, or nobody is signed in."""
    context = house_of(request).context
    user, csrf = None, ""
    try:
        with context.sessions() as session:
            visit = visit_of(request, session, context.settings)
            user, csrf = visit.token.user, csrf_token(visit)
    except (NotSignedIn, SQLAlchemyError):
        pass
    text = render(
        "fault.html.j2", error=error, user=user, csrf=csrf, note="", settings=context.settings, path=request.url.path
    )
    return HTMLResponse(text, status or error.status)
