"""How the commands show a report, and which exit status it stands for."""

import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from grader.cli.terminal import BAD_INPUT, FULL_MARKS, OUR_FAULT, POINTS_LOST, refusal

if TYPE_CHECKING:
    from grader.render import Audience
    from grader.report import Report
    from grader.submissions import Submission

FormatName = Literal["text", "json", "html", "markdown", "junit", "gradescope", "notebook", "notebook-html"]
SUFFIX_FORMATS: dict[str, FormatName] = {
    ".html": "html",
    ".json": "json",
    ".md": "markdown",
    ".xml": "junit",
    ".ipynb": "notebook",
    ".txt": "text",
}


def show_report(
    report: "Report",
    format: FormatName | None,
    output: Path | None,
    *,
    submission: "Submission | None",
    instructor: bool,
    at_length: bool = False,
) -> None:
    """Print the report, or write it; `format` goes before the ending of `output`.

    A rejected submission has nothing to be printed as text: why has been told already.
    """
    chosen = _chosen(format, output)
    audience: Audience = "instructor" if instructor else "student"
    if chosen != "text" or output:
        from grader.render import render

        write_document(lambda: render(report, chosen, submission=submission, audience=audience), output)
    elif report.status != "rejected":
        from grader.render import text

        shown = report if instructor else report.for_student()
        text.write(shown, sys.stdout, submission=submission, audience=audience, at_length=at_length)
        sys.stdout.flush()


def load_renderer(format: FormatName | None, output: Path | None) -> None:
    """Load what the report will be written with, while this process waits for the submission in its cell."""
    if _chosen(format, output) == "text":
        threading.Thread(target=import_module, args=("grader.render.text",)).start()


def _chosen(format: FormatName | None, output: Path | None) -> FormatName:
    return format or SUFFIX_FORMATS.get(output.suffix.lower() if output else "", "text")


def exit_status(report: "Report") -> int:
    match report.status:
        case "rejected":
            return BAD_INPUT
        case "internal_error":
            return OUR_FAULT
    return FULL_MARKS if report.score >= report.max_score else POINTS_LOST


def write_document(make: Callable[[], str], output: Path | None) -> None:
    """Write a document, or print it, in UTF-8, whatever the encoding of the terminal."""
    from grader.render import RenderError

    try:
        document = make()
    except RenderError as error:
        raise refusal(str(error)) from error
    if output is None:
        typer.echo(document.encode(), nl=not document.endswith("\n"))
        return
    try:
        output.write_text(document, "utf-8")
    except OSError as error:
        raise refusal(f"cannot write {output}: {error.strerror}") from error
