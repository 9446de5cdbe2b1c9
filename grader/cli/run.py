"""`grade run`: one submission, its report as text or as a document."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.reports import FormatName, exit_status, show_report
from grader.cli.terminal import (
    BAD_INPUT,
    AssignmentArgument,
    SandboxOption,
    complain,
    documents_alone_on_stdout,
    errors_told,
)

if TYPE_CHECKING:
    from grader.grading import OnProgress
    from grader.grading import Progress as GradingProgress


def run(
    assignment: AssignmentArgument,
    submission: Annotated[
        Path | None, typer.Argument(help="notebook, module, folder or archive", show_default=False)
    ] = None,
    format: Annotated[FormatName | None, typer.Option(help="text, unless the ending of --output tells")] = None,
    output: Annotated[Path | None, typer.Option(help="write the report there instead of to stdout")] = None,
    function: Annotated[list[str] | None, typer.Option(help="grade this function alone (repeatable)")] = None,
    sandbox: SandboxOption = "auto",
    seed: Annotated[int, typer.Option(min=0, help="of the random inputs")] = 0,
    instructor: Annotated[bool, typer.Option("--instructor", help="show all hints and the evidence")] = False,
) -> None:
    """Grade one submission.

    A network of your own, that belongs to no assignment, is for `grade explain`.
    """
    if submission is None:
        complain(_without_submission(assignment))
        raise typer.Exit(BAD_INPUT)
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
            with documents_alone_on_stdout(), _progress_bar() as show:
                report = session.grade(loaded, functions=function or None, on_progress=show)
    show_report(report, format, output, submission=loaded, instructor=instructor)
    if report.functions and all(found.status == "missing" for found in report.functions):
        complain(f"nothing of {assignment} is in it; `grade explain {submission}` tells what a network of its own does")
    raise typer.Exit(exit_status(report))


def _without_submission(assignment: str) -> str:
    """What to say where one argument was given."""
    if Path(assignment).suffix in (".py", ".ipynb", ".zip") or Path(assignment).is_dir():
        return (
            f"name the assignment as well: `grade run ASSIGNMENT {assignment}` (`grade list` shows them). If it is a "
            f"network of your own, without an assignment: `grade explain {assignment}`"
        )
    return f"name the submission as well: `grade run {assignment} SUBMISSION`"


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
