"""Style sheets and scripts: each under an address that changes with its content, so that browsers may keep it."""

import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from grader.batch import summary_page
from grader.render import explanation_html, html, markup
from grader.service.errors import NotFound

_STATIC = files("grader.service.pages").joinpath("static")
_SCRIPTS = {"pages.js": "pages.js", "htmx.js": "vendor/htmx.min.js", "htmx-sse.js": "vendor/htmx-sse.min.js"}
_FOREVER = "public, max-age=31536000, immutable"


@cache
def content(name: str) -> tuple[str, str]:
    """Text and media type.  Raises NotFound."""
    if name == "grader.css":  # the reports' own look comes first, so that pages and what they embed are of one piece
        sheets = (html.stylesheet(), explanation_html.stylesheet(), summary_page.stylesheet(), markup.code_colours())
        return "\n".join((*sheets, _STATIC.joinpath("pages.css").read_text("utf-8"))), "text/css"
    if name in _SCRIPTS:
        return _STATIC.joinpath(_SCRIPTS[name]).read_text("utf-8"), "text/javascript"
    if name == "icon.svg":
        return _STATIC.joinpath(name).read_text("utf-8"), "image/svg+xml"
    raise NotFound("There is no such file.")


@cache
def address(name: str) -> str:
    """Where a browser gets it."""
    return f"/static/{_digest(name)}/{name}"


def serve(request: Request) -> Response:
    """An outdated address gives what there is now."""
    name = request.path_params["name"]
    text, kind = content(name)
    is_current = request.path_params["digest"] == _digest(name)
    return Response(text, media_type=kind, headers={"Cache-Control": _FOREVER if is_current else "no-cache"})


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(content(name)[0].encode()).hexdigest()[:12]
