"""`grade run`: one submission, its report as text or as a document."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader.cli.terminal import (
    BAD_INPUT,
    FULL_MARKS,
    OUR_FAULT,
    POINTS_LOST,
    AssignmentArgument,
    SandboxOption,
    complain,
    errors_told,
)

if TYPE_CHECKING:
    from grader.grading import OnProgress
    from grader.grading import Progress as GradingProgress
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


def run(
    assignment: AssignmentArgument,
    submission: Annotated[Path, typer.Argument(help="notebook, module, folder or archive")],
    format: Annotated[FormatName | None, typer.Option(help="text, unless the ending of --output tells")] = None,
    output: Annotated[Path | None, typer.Option(help="write the report there instead of to stdout")] = None,
    function: Annotated[list[str] | None, typer.Option(help="grade this function alone (repeatable)")] = None,
    sandbox: SandboxOption = "auto",
    seed: Annotated[int, typer.Option(min=0, help="of the random inputs")] = 0,
    instructor: Annotated[bool, typer.Option("--instructor", help="show all hints and the evidence")] = False,
) -> None:
    """Grade one submission."""
    from grader.grading import Grader
    from grader.submissions import SubmissionRejected

    loaded = None
    with errors_told(), Grader(assignment, sandbox=sandbox, seed=seed) as session:
        try:
            loaded = session.read(submission)
        except SubmissionRejected as rejection:
            complain(str(rejection))
            report = session.rejected(submission, str(rejection))
        else:
            with _progress_bar() as show:
                report = session.grade(loaded, functions=function or None, on_progress=show)
    chosen = format or SUFFIX_FORMATS.get(output.suffix.lower() if output else "", "text")
    audience: Audience = "instructor" if instructor else "student"
    if chosen != "text" or output:
        _write_document(report, chosen, loaded, audience, output)
    elif loaded is not None:
        from grader.render import text

        shown = report if instructor else report.for_student()
        text.write(shown, sys.stdout, submission=loaded, audience=audience)
        sys.stdout.flush()
    raise typer.Exit(_exit_status(report))


def _exit_status(report: "Report") -> int:
    match report.status:
        case "rejected":
            return BAD_INPUT
        case "internal_error":
            return OUR_FAULT
    return FULL_MARKS if report.score >= report.max_score else POINTS_LOST


def _write_document(
    report: "Report", format: FormatName, submission: "Submission | None", audience: "Audience", output: Path | None
) -> None:
    """Write the report as a document in UTF-8, whatever the encoding of the terminal."""
    from grader.render import RenderError, render

    try:
        document = render(report, format, submission=submission, audience=audience)
    except RenderError as error:
        complain(str(error))
        raise typer.Exit(BAD_INPUT) from error
    if output is None:
        typer.echo(document.encode(), nl=not document.endswith("\n"))
        return
    try:
        output.write_text(document, "utf-8")
    except OSError as error:
        complain(f"cannot write {output}: {error.strerror}")
        raise typer.Exit(BAD_INPUT) from error


@contextmanager
def _progress_bar() -> "Iterator[OnProgress]":
    """A bar on stderr when people watch it, nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(TextColumn("{task.description}"), BarColumn(), transient=True, console=Console(stderr=True)) as bars:
        task = bars.add_task("running the submission", total=None)

        def show(progress: "GradingProgress") -> None:
            if progress.stage == "epoch" and progress.epoch:
                words = f"{progress.epoch.function}: epoch {progress.epoch.epoch} of {progress.epoch.epochs}"
                bars.update(task, description=words)
            elif progress.stage in ("check", "diagnosing"):
                bars.update(task, description="checking", completed=progress.done, total=progress.total)

        yield show
