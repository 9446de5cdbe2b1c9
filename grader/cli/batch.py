"""`grade batch`: every submission of a download, to a gradebook and a page per student."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader.cli.terminal import (
    BAD_INPUT,
    INTERRUPTED,
    OUR_FAULT,
    AssignmentArgument,
    complain,
    errors_told,
    say,
)

if TYPE_CHECKING:
    from grader.batch import BatchProgress, BatchResult, OnBatchProgress

_NAMED = 10  # so many of a kind are named on the terminal, the rest is counted


def batch(
    assignment: AssignmentArgument,
    submissions: Annotated[Path, typer.Argument(help="the download: a folder or a ZIP")],
    output: Annotated[Path, typer.Option(help="where reports and gradebook go")],
    jobs: Annotated[int | None, typer.Option(min=1, help="submissions at a time; one per core if left out")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="go on with the batch in --output; what is unchanged stays")
    ] = False,
    layout: Annotated[
        Literal["auto", "canvas", "moodle", "gradescope", "nbgrader", "folder"],
        typer.Option(help="how the download is packed"),
    ] = "auto",
    only: Annotated[
        list[str] | None, typer.Option(help="grade this student again, by key, name, e-mail or pattern (repeatable)")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="of the random inputs")] = 0,
    policy: Annotated[Path | None, typer.Option(help="late penalties, attempts, caps, adjustments: a TOML")] = None,
    moodle_worksheet: Annotated[Path | None, typer.Option(help="Moodle's grading worksheet, to be filled in")] = None,
    similarity: Annotated[
        bool, typer.Option("--similarity", help="tell in the class summary which submissions share much structure")
    ] = False,
    sandbox: Annotated[
        Literal["auto", "strict"], typer.Option(help="strict: both layers of isolation or none")
    ] = "auto",
) -> None:
    """Grade every submission of a download from Canvas, Moodle, Gradescope, nbgrader or a folder."""
    from grader.batch import BatchError, grade_batch
    from grader.batch.adjustments import adjustments_of
    from grader.batch.errors import WorkersLost
    from grader.batch.policy import Policy, read_policy

    latest: list[BatchProgress] = []
    try:
        with errors_told(), _progress_bar() as show:
            rules = read_policy(policy) if policy else Policy()

            def note(progress: "BatchProgress") -> None:
                latest[:] = [progress]
                show(progress)

            result = grade_batch(
                assignment,
                submissions,
                output,
                jobs=jobs,
                resume=resume,
                layout=layout,
                only=only or (),
                seed=seed,
                policy=rules,
                adjustments=adjustments_of(rules, policy) if policy else {},
                moodle_worksheet=moodle_worksheet,
                similarity=similarity,
                sandbox=sandbox,
                on_progress=note,
            )
    except BatchError as error:
        complain(str(error))
        raise typer.Exit(OUR_FAULT if isinstance(error, WorkersLost) else BAD_INPUT) from error
    except KeyboardInterrupt as interruption:
        done = f" after {latest[0].done} of {latest[0].total} submissions" if latest else ""
        complain(f"interrupted{done}; the same command with --resume goes on")
        raise typer.Exit(INTERRUPTED) from interruption
    _tell(result)
    if any(row.status == "internal_error" for row in result.gradebook.rows):
        raise typer.Exit(OUR_FAULT)


def _tell(result: "BatchResult") -> None:
    """Where the gradebook is and what became of the submissions; on stderr what needs a look."""
    rows = result.gradebook.rows
    counts = {status: sum(row.status == status for row in rows) for status in ("graded", "rejected", "not_graded")}
    faults = [row.student.label for row in rows if row.status == "internal_error"]
    say(f"students: {len(rows)} ({result.discovery.layout} layout), graded now: {result.graded}")
    say(f"{counts['graded']} with a grade, {counts['rejected']} that could not be read")
    say(f"gradebook: {result.output / 'grades.csv'}")
    if counts["not_graded"]:
        complain(f"{counts['not_graded']} not graded yet; --resume without --only grades them")
    _complain_of("the grader itself failed on", faults)
    _complain_of("belongs to no student:", result.discovery.unmatched)
    for note in result.notes:
        complain(note)


def _complain_of(what: str, names: "tuple[str, ...] | list[str]") -> None:
    from grader.submissions.errors import printable

    for name in names[:_NAMED]:
        complain(f"{what} {printable(name)}")
    if len(names) > _NAMED:
        complain(f"{what} {len(names) - _NAMED} more")


@contextmanager
def _progress_bar() -> "Iterator[OnBatchProgress]":
    """A bar on stderr when people watch it, nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failures]}", markup=False),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, transient=True, console=Console(stderr=True)) as bars:
        task = bars.add_task("looking through the download", total=None, rate="", failures="")

        def show(progress: "BatchProgress") -> None:
            speed = bars.tasks[task].finished_speed or bars.tasks[task].speed
            bars.update(
                task,
                completed=progress.done,
                total=progress.total,
                description=progress.latest[:40],
                rate=f"{60 * speed:.0f}/min" if speed else "",
                failures=f"{progress.failures} without a grade" if progress.failures else "",
            )

        yield show
