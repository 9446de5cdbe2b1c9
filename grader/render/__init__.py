"""Showing a report: terminal text, JSON, HTML, Markdown, JUnit, Gradescope and the annotated notebook.

    grader.render.render(report, "html")

Importing this package costs next to nothing: a format's module, and whatever library it stands on, is imported
when that format is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Literal, cast

from grader.render.errors import RenderError, UnknownFormatError, UnsuitableSubmissionError

if TYPE_CHECKING:
    from grader.report import Report
    from grader.submissions import Submission

__all__ = ["FORMATS", "Audience", "RenderError", "UnknownFormatError", "UnsuitableSubmissionError", "render"]

Audience = Literal["student", "instructor"]

_MODULES = {
    "text": "grader.render.text",
    "json": "grader.render.json",
    "html": "grader.render.html",
    "markdown": "grader.render.markdown",
    "junit": "grader.render.junit",
    "gradescope": "grader.render.gradescope",
    "notebook": "grader.render.notebook",
    "notebook-html": "grader.render.notebook_html",
}

FORMATS: tuple[str, ...] = tuple(_MODULES)


def render(
    report: "Report", format: str, *, submission: "Submission | None" = None, audience: Audience = "student"
) -> str:
    """The report as a document in `format`, one of `FORMATS`.

    `submission` lets a document quote the student's own source lines; the two notebook formats need it. Students
    get what helps them to go on; instructors also get codes, evidence, timing and the standard error stream.

    Raises UnknownFormatError for a format that there is not, UnsuitableSubmissionError for a notebook format
    without a notebook.
    """
    if format not in _MODULES:
        raise UnknownFormatError(f"no format {format!r}: choose one of {', '.join(FORMATS)}")
    if audience == "student":
        report = report.for_student()
    module = import_module(_MODULES[format])
    return cast(str, module.render(report, submission=submission, audience=audience))
