"""What keeps a browser from being turned against its user: headers, cookies, and forms that cannot be forged."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service import people
from grader.service.errors import Forbidden
from grader.service.settings import Settings

CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"
NOTE_COOKIE = "grader_note"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}


class SecureHeaders:
    """Middleware: every answer carries the headers, except where it has set one of them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


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
