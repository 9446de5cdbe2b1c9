"""`grade run`: one submission, its report as text or as a document."""

import shlex
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.ahead import sandbox as _begun
from grader.cli.reports import FormatName, exit_status, load_renderer, show_report
from grader.cli.terminal import BAD_INPUT, SandboxOption, bar, complain, documents_alone_on_stdout, errors_told, refusal
from grader.garbage import while_all_stays

if TYPE_CHECKING:
    from grader.grading import OnProgress
    from grader.grading import Progress as GradingProgress
    from grader.preparation import Preparation
    from grader.report import Report
    from grader.sandbox import Sandbox
    from grader.submissions import Submission


def run(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="[ASSIGNMENT] SUBMISSION",
            help="an id of the library, or an assignment's folder; and a notebook, module, folder or archive",
        ),
    ],
    format: Annotated[FormatName | None, typer.Option(help="text, unless the ending of --output tells")] = None,
    output: Annotated[Path | None, typer.Option(help="write the report there instead of to stdout")] = None,
    function: Annotated[list[str] | None, typer.Option(help="grade this function alone (repeatable)")] = None,
    sandbox: SandboxOption = "auto",
    seed: Annotated[int, typer.Option(min=0, help="of the random inputs")] = 0,
    explain: Annotated[
        bool, typer.Option("--explain", help="tell of each mistake what it does to the network, and why, in the text")
    ] = False,
    instructor: Annotated[bool, typer.Option("--instructor", help="show all hints and the evidence")] = False,
) -> None:
    """Grade one submission.

    Without an assignment it is recognised, by the names, parameters and imports in the submission.

    A network of your own, that belongs to no assignment, is for `grade explain`.
    """
    if len(names) > 2:
        raise refusal(
            f"one submission at a time is graded, but {len(names) - 1} are named; a class is for `grade batch`"
        )
    submission = Path(names[-1])
    assignment = names[0] if len(names) == 2 else _recognised(names[0], submission)
    loaded = None
    with errors_told(), _begun(sandbox) as begun, ExitStack() as preparing:
        with while_all_stays():
            prepared = preparing.enter_context(_prepared(assignment, begun))
            from grader.grading import Grader
            from grader.submissions import SubmissionRejected

            grader = Grader(assignment, sandbox=sandbox, seed=seed, begun=prepared)
        with grader as session:
            try:
                loaded = session.read(submission)
            except SubmissionRejected as rejection:
                complain(str(rejection))
                report = session.rejected(submission, str(rejection))
            else:
                load_renderer(format, output)
                with documents_alone_on_stdout(), _progress_bar() as show:
                    report = session.grade(loaded, functions=function or None, on_progress=show)
    show_report(report, format, output, submission=loaded, instructor=instructor, at_length=explain)
    if loaded is not None and _has_nothing(report, loaded):
        complain(_nothing_in_it(assignment, submission, loaded))
    raise typer.Exit(exit_status(report))


def _prepared(assignment: str, sandbox: "Sandbox") -> "Preparation":
    """The data set on its way, and into the sandbox, while what remains is imported."""
    from grader.assignments import folder_of
    from grader.assignments.settings import read_metadata
    from grader.preparation import Preparation

    folder = folder_of(assignment)
    return Preparation(folder, read_metadata(folder), sandbox, proves=True)


def _recognised(only: str, submission: Path) -> str:
    """The assignment that the only argument belongs to; says which and why, or what to type instead."""
    from grader.assignments import library_folders
    from grader.recognition import Catalogue
    from grader.submissions import SubmissionRejected, load_submission

    if only in library_folders() or (submission / "assignment.toml").is_file():
        raise refusal(f"name the submission as well: `grade run {only} SUBMISSION`")
    catalogue = Catalogue.of_library()
    try:
        verdict = catalogue.compare(load_submission(submission, catalogue.names))
    except SubmissionRejected as rejection:
        raise refusal(str(rejection)) from rejection
    matches = verdict.matches
    if len(matches) == 1:
        complain(f"{submission.name} is taken for {matches[0].id} ({matches[0].title}): {matches[0].reason}")
        if verdict.besides:
            complain("it has all of other assignments as well, which are not graded here:")
            for match in verdict.besides:
                typer.echo(f"  grade run {match.id} {shlex.quote(only)}    # {match.title}", err=True)
        return matches[0].id
    if matches:
        complain(f"{submission.name} fits several assignments; name the one that is meant:")
        for match in matches:
            typer.echo(f"  grade run {match.id} {shlex.quote(only)}    # {match.title}: {match.reason}", err=True)
    else:
        complain(
            f"{submission.name} fits no assignment {'of the library' if catalogue.outlines else 'installed here'}; "
            f"name the one that it belongs to: `grade run ASSIGNMENT {shlex.quote(only)}` (`grade list` shows them). "
            f"If it is a network of your own, without an assignment: `grade explain {shlex.quote(only)}`"
        )
    raise typer.Exit(BAD_INPUT)


def _has_nothing(report: "Report", submission: "Submission") -> bool:
    """Whether nothing of the assignment is even written; under another name, or lost to a syntax error, it is."""
    from grader.checks.stubs import names_written
    from grader.render.first_words import why_missing

    names = {function.name.partition(".")[0] for function in report.functions}
    is_empty = all(function.status == "missing" and not why_missing(function) for function in report.functions)
    return bool(names) and is_empty and not names_written(names, submission)


def _nothing_in_it(assignment: str, path: Path, submission: "Submission | None") -> str:
    """What to type for a submission that has nothing of the assignment."""
    from grader.recognition import Catalogue

    match = Catalogue.of_library().compare(submission).instead_of(Path(assignment).name) if submission else None
    if match is not None:
        return f"nothing of {assignment} is in it; try `grade run {match.id} {shlex.quote(str(path))}`"
    return f"nothing of {assignment} is in it; `grade explain {path}` tells what a network of its own does"


@contextmanager
def _progress_bar() -> "Iterator[OnProgress]":
    with bar("running the submission") as update:

        def show(progress: "GradingProgress") -> None:
            if progress.stage == "epoch" and progress.epoch:
                words = f"{progress.epoch.function}: epoch {progress.epoch.epoch} of {progress.epoch.epochs}"
                update(description=words)
            elif progress.stage in ("check", "diagnosing"):
                update(description="checking", completed=progress.done, total=progress.total)

        yield show
