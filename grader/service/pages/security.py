"""What keeps a browser from being turned against its user: headers, cookies, and forms that cannot be forged."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from grader.service import people
from grader.service.errors import Forbidden
from grader.service.settings import Settings

CSRF_FIELD = "csrf"
NOTE_COOKIE = "grader_note"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Beside those that every answer of the service has.
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def visit_cookie(settings: Settings) -> str:
    """The cookie's name; `__Host-` holds browsers to what we ask of it."""
    return people.SECURE_VISIT_COOKIE if settings.secure_cookies else people.VISIT_COOKIE


def set_cookie(response: Response, settings: Settings, name: str, value: str, *, seconds: float) -> None:
    response.set_cookie(
        name, value, max_age=int(seconds), path="/", secure=settings.secure_cookies, httponly=True, samesite="lax"
    )


def demand_same_origin(request: Request) -> None:
    """Raises Forbidden: the browser says that another site sent the form. What it doesn't say is left to the token."""
    headers: Headers = request.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    foreign = site is not None and site not in ("same-origin", "none")
    if site is None and origin is not None:
        foreign = urlsplit(origin).netloc != headers.get("host")
    if foreign:
        raise Forbidden("This form was sent from another site.")
