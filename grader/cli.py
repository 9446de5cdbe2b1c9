"""The `grade` command. Results go to stdout, progress and errors to stderr.

Exit status of `grade run`: 0 full marks, 1 points lost, 2 usage or unreadable submission, 3 a fault of the grader.
Every command imports what it needs when it runs, so that starting costs little.
"""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from grader.assignments import Assignment
    from grader.grading import OnProgress
    from grader.grading import Progress as GradingProgress
    from grader.render import Audience
    from grader.report import Report
    from grader.submissions import Submission

FULL_MARKS, POINTS_LOST, BAD_INPUT, OUR_FAULT = 0, 1, 2, 3
INTERRUPTED, PIPE_CLOSED = 130, 141  # 128 + the number of SIGINT and of SIGPIPE, as shells have it


class _Commands(TyperGroup):
    """The commands, which an interruption or a closed pipe ends without being mistaken for a lost point."""

    def invoke(self, context: Any) -> Any:
        try:
            return super().invoke(context)
        except KeyboardInterrupt as interruption:
            _complain("interrupted")
            raise typer.Exit(INTERRUPTED) from interruption
        except BrokenPipeError as error:
            # Nobody reads what is still buffered; the interpreter would try to write it when it exits.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(PIPE_CLOSED) from error


app = typer.Typer(
    name="grade",
    cls=_Commands,
    help="Grade neural networks written from scratch in numpy, and name the mistake.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
data_app = typer.Typer(help="MNIST on this machine.", invoke_without_command=True)
app.add_typer(data_app, name="data")

FormatName = Literal["text", "json", "html", "markdown", "junit", "gradescope", "notebook", "notebook-html"]
SandboxOption = Annotated[
    Literal["auto", "strict", "none"], typer.Option(help="none: for your own code only, nothing holds it")
]
AssignmentArgument = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="id of the library, or a folder")]
SUFFIX_FORMATS: dict[str, FormatName] = {
    ".html": "html",
    ".json": "json",
    ".md": "markdown",
    ".xml": "junit",
    ".ipynb": "notebook",
    ".txt": "text",
}


def main() -> None:
    """Entry point: like `app`, with a fault of the grader in one line."""
    try:
        app()
    except Exception as error:
        fault = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(fault.filename).name}, line {fault.lineno}"
        _complain(f"a fault of the grader, please report it: {type(error).__name__}: {error} ({place})")
        sys.exit(OUR_FAULT)


@app.command()
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
    with _errors_told(), Grader(assignment, sandbox=sandbox, seed=seed) as session:
        try:
            loaded = session.read(submission)
        except SubmissionRejected as rejection:
            _complain(str(rejection))
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


@app.command("list")
def list_assignments() -> None:
    """List the assignments of the library."""
    from grader.assignments import library_folders, read_assignment

    with _errors_told():
        for name, folder in library_folders().items():
            _say(f"{name:32} {read_assignment(folder).metadata.title}")


@app.command()
def show(assignment: AssignmentArgument) -> None:
    """Show what an assignment asks for: functions, points, limits."""
    with _errors_told():
        chosen = _assignment(assignment)
    _say(_description(chosen))


@app.command()
def starter(
    assignment: AssignmentArgument,
    folder: Annotated[Path, typer.Argument(help="where to write it")] = Path(),
) -> None:
    """Write the files a student starts from."""
    from grader.assignments.starter import write_starter

    with _errors_told():
        for path in write_starter(_assignment(assignment), folder):
            _say(str(path))


@app.command()
def new(folder: Annotated[Path, typer.Argument(help="folder of the new assignment; its name is the id")]) -> None:
    """Start an assignment of your own: a small one that works, to be changed."""
    from grader.assignments.scaffold import write_scaffold

    with _errors_told():
        for path in write_scaffold(folder):
            _say(str(path))


@app.command()
def validate(
    assignment: Annotated[str | None, typer.Argument(help="id of the library, or a folder")] = None,
    all: Annotated[bool, typer.Option("--all", help="every assignment of the library")] = False,
    sandbox: SandboxOption = "auto",
) -> None:
    """Grade an assignment's examples, and demand the outcome that each must get."""
    from grader.assignments import library_folders
    from grader.validation import validate_assignment

    names = list(library_folders()) if all else [assignment] if assignment else []
    if not names:
        _complain("name an assignment, or say --all")
        raise typer.Exit(BAD_INPUT)
    sound = True
    with _errors_told():
        for name in names:
            outcome = validate_assignment(_assignment(name), sandbox=sandbox)
            _say(outcome.table())
            sound = sound and outcome.is_sound
    raise typer.Exit(FULL_MARKS if sound else POINTS_LOST)


@app.command()
def doctor() -> None:
    """Tell whether submissions can be graded safely on this machine, and what to do if not."""
    from grader.doctor import examine

    findings = examine()
    _say(findings.text())
    raise typer.Exit(0 if findings.can_grade else OUR_FAULT)


@data_app.callback()
def data(context: typer.Context) -> None:
    """Tell which MNIST files are at hand."""
    from grader.datasets import describe_mnist

    if context.invoked_subcommand is None:
        status = describe_mnist()
        _say(status.summary)
        for file in status.files:
            _say(f"  {file.state:9} {file.filename}")


@data_app.command()
def fetch(
    folder: Annotated[Path | None, typer.Argument(help="where to put it; the user's cache folder if left out")] = None,
) -> None:
    """Fetch MNIST from its mirrors, and verify it."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn

    from grader.datasets import FetchProgress, fetch_mnist

    with (
        _errors_told(),
        Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=Console(stderr=True)) as bars,
    ):
        tasks: dict[str, TaskID] = {}

        def note(progress: FetchProgress) -> None:
            if progress.filename not in tasks:
                tasks[progress.filename] = bars.add_task(progress.filename)
            bars.update(tasks[progress.filename], completed=progress.received, total=progress.size)

        target = fetch_mnist(folder, progress=note)
    _say(str(target))


def _show_version(wanted: bool) -> None:
    if wanted:
        import grader

        typer.echo(grader.__version__)
        raise typer.Exit


@app.callback()
def version(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="show the version and stop")
    ] = False,
) -> None: ...


def _assignment(name: str) -> "Assignment":
    from grader.assignments import load_assignment

    return load_assignment(name)


def _exit_status(report: "Report") -> int:
    match report.status:
        case "rejected":
            return BAD_INPUT
        case "internal_error":
            return OUR_FAULT
    return FULL_MARKS if report.score >= report.max_score else POINTS_LOST


def _description(assignment: "Assignment") -> str:
    lines = [f"{assignment.id}: {assignment.metadata.title}", assignment.metadata.summary, ""]
    for function in assignment.contract:
        points = sum(check.points for check in assignment.checks if check.function == function.name)
        call = function.name if function.kind == "class" else f"{function.name}{function.signature}"
        lines.append(f"{points:5g}  {call}")
        lines.append(f"       {function.summary}")
    limits = assignment.metadata.limits
    lines += [
        "",
        f"{assignment.points:g} points. A call may take {limits.call_seconds:g} s, everything together "
        f"{limits.total_seconds:g} s, in {limits.memory_mb} MB.",
    ]
    return "\n".join(lines)


def _write_document(
    report: "Report", format: FormatName, submission: "Submission | None", audience: "Audience", output: Path | None
) -> None:
    """Write the report as a document in UTF-8, whatever the encoding of the terminal."""
    from grader.render import RenderError, render

    try:
        document = render(report, format, submission=submission, audience=audience)
    except RenderError as error:
        _complain(str(error))
        raise typer.Exit(BAD_INPUT) from error
    if output is None:
        typer.echo(document.encode(), nl=not document.endswith("\n"))
        return
    try:
        output.write_text(document, "utf-8")
    except OSError as error:
        _complain(f"cannot write {output}: {error.strerror}")
        raise typer.Exit(BAD_INPUT) from error


def _say(text: str) -> None:
    """Print a line, spelling out what the terminal cannot show."""
    from grader.render.spelling import spelled_out

    typer.echo(spelled_out(text, sys.stdout.encoding or "utf-8"))


def _complain(message: str) -> None:
    typer.echo(f"grade: {message}", err=True)


@contextmanager
def _errors_told() -> Iterator[None]:
    """Every error that people can do something about, in one line."""
    from grader.assignments import AssignmentError
    from grader.datasets import DatasetError
    from grader.sandbox import SandboxUnavailable

    try:
        yield
    except (AssignmentError, DatasetError, ValueError) as error:
        _complain(str(error))
        raise typer.Exit(BAD_INPUT) from error
    except SandboxUnavailable as error:
        _complain(f"{error} (`grade doctor` tells more)")
        raise typer.Exit(OUR_FAULT) from error
    except OSError as error:
        if error.filename is None:
            raise  # nothing that a user named, a closed pipe for one
        _complain(f"{error.filename}: {error.strerror}")
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
