"""Answers that are files."""

import io
import zipfile
from enum import StrEnum
from typing import Any

from starlette.responses import HTMLResponse, Response

from grader.assignments import Assignment
from grader.assignments.starter import starter_files
from grader.render.html import content_security_policy, stylesheet
from grader.service.api.problems import documented
from grader.service.downloads import download
from grader.service.errors import NotFound


class StarterName(StrEnum):
    """The files that a student can start from."""

    NOTEBOOK = "starter.ipynb"
    MODULE = "starter.py"
    EVERYTHING = "starter.zip"


Responses = dict[int | str, dict[str, Any]]


def _content(media_type: str) -> Responses:
    return {200: {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}}


MARKDOWN = {**_content("text/markdown"), **documented(404, 422)}
STARTER = {**_content("application/octet-stream"), **documented(404, 422)}
CSV = {**_content("text/csv"), **documented(403, 404, 422)}
ZIP = {**_content("application/zip"), **documented(403, 404, 422)}
TEXT: Responses = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}
HTML = {**_content("text/html"), **documented(404, 422)}
ORIGINAL = {**_content("application/octet-stream"), **documented(404, 422)}


def page(html: str) -> Response:
    """A report: it loads nothing, and runs nothing, whatever a submission has put into it."""
    policy = f"{content_security_policy(stylesheet())}; frame-ancestors 'self'; sandbox"
    return HTMLResponse(
        html.encode("utf-8", "replace"), headers={"Content-Security-Policy": policy, "X-Frame-Options": "SAMEORIGIN"}
    )


def handout(assignment: Assignment) -> Response:
    """Raises NotFound: the assignment has none."""
    path = assignment.folder / "README.md"
    if not path.is_file():
        raise NotFound(f"{assignment.metadata.title} has no handout.")
    return Response(path.read_bytes(), media_type="text/markdown; charset=utf-8")


def starter(assignment: Assignment, name: StarterName) -> Response:
    """One file, or all of them as a ZIP."""
    contents = starter_files(assignment)
    if name is not StarterName.EVERYTHING:
        return download(contents[name].encode(), name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in contents.items():
            archive.writestr(f"{assignment.id}/{path}", text)
    return download(packed.getvalue(), f"{assignment.id}.zip", "application/zip")
