"""A network of one's own: drop a file, get the explanation. No assignment, no grade."""

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, Response

from grader.reading.costs import COSTS
from grader.render.explanation_html import explanation_html
from grader.service import explained_files
from grader.service.data import ExplainedFile
from grader.service.downloads import download
from grader.service.errors import ServiceError
from grader.service.handing_in import ENDINGS
from grader.service.pages import links
from grader.service.pages.desk import Desk, Visitor
from grader.service.pages.forms import Fields, Form, form_of, page_key
from grader.service.whole_files import whole

router = APIRouter(prefix="/explain")


def _may_send(desk: Visitor) -> None:
    explained_files.demand_may_send(desk.context, desk.session, desk.user, page_key(desk.request), begins=True)


OwnUpload = Annotated[Form, Depends(form_of(lambda settings: settings.max_upload_bytes, _may_send))]


@router.get("")
def show_form(desk: Desk) -> Response:
    return _page(desk)


@router.post("")
def send(desk: Desk, form: OwnUpload) -> Response:
    try:
        upload = form.file("file")
        page = page_key(desk.request)
        cost = form.text("cost")
        with whole(upload.file) as content:
            key = f"{page}-{cost}-{hashlib.sha256(content).hexdigest()}" if page else None
            file = explained_files.accept(desk.context, desk.user, upload.filename or "", content, cost=cost, key=key)
    except ServiceError as error:
        return _page(desk, error)
    return desk.see(links.explanation(file))


@router.get("/{explanation}")
def show_explanation(desk: Desk, explanation: str) -> Response:
    return desk.page("explanation.html.j2", **_shown(desk, explained_files.get(desk.session, desk.user, explanation)))


@router.get("/{explanation}/outcome")
def show_outcome(desk: Desk, explanation: str) -> Response:
    """What takes the place of the waiting part; asked again and again until it is over."""
    found = explained_files.get(desk.session, desk.user, explanation)
    return HTMLResponse(desk.fragment("explanation_outcome.html.j2", **_shown(desk, found)))


@router.get("/{explanation}/page.html")
def download_page(desk: Desk, explanation: str) -> Response:
    found = explained_files.get(desk.session, desk.user, explanation)
    text = explanation_html(explained_files.explanation_of(desk.context, found))
    return download(text.encode("utf-8", "replace"), f"{found.filename} explained.html")


@router.post("/{explanation}/delete")
def delete(desk: Desk, form: Fields, explanation: str) -> Response:
    explained_files.forget(desk.session, desk.user, explanation)
    desk.session.commit()
    return desk.see("/explain", "The file and its explanation were deleted.")


def _page(desk: Visitor, error: ServiceError | None = None) -> Response:
    return desk.page(
        "explain.html.j2",
        status=error.status if error else 200,
        error=error,
        endings=ENDINGS,
        costs=COSTS,
        files=explained_files.listed(desk.session, desk.user),
        key=desk.new_key(),
    )


def _shown(desk: Visitor, file: ExplainedFile) -> dict[str, Any]:
    return {
        "file": file,
        "explanation": explained_files.page_of(desk.context, file) if file.page else "",
        "costs": COSTS,
    }
