"""`grade batch`: every submission of a download, to a gradebook and a page per student."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader.cli.batch_words import complain_of, complain_of_ungraded, complain_of_unreadable, progress_bar, say_counts
from grader.cli.server import TokenFileOption, TokenOption
from grader.cli.terminal import (
    BAD_INPUT,
    INTERRUPTED,
    NEEDS_A_LOOK,
    OUR_FAULT,
    AssignmentArgument,
    complain,
    errors_told,
    refusal,
    say,
)

if TYPE_CHECKING:
    from grader.batch import BatchProgress, BatchResult


_CHANGES = 20  # so many grades that changed are told, the rest is in a file
_JOBS = (
    "--jobs does not go with --server: a service grades as many submissions at a time as it has workers. More of them: "
    "`grade serve --workers N`, `grade worker` on another machine, or `docker compose up --scale worker=N`"
)


def batch(
    assignment: AssignmentArgument,
    submissions: Annotated[Path, typer.Argument(help="the download: a folder or a ZIP")],
    output: Annotated[Path, typer.Option(help="where reports and gradebook go")],
    jobs: Annotated[int | None, typer.Option(min=1, help="submissions at a time; one per core if left out")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="go on with the batch in --output; what is unchanged stays")
    ] = False,
    layout: Annotated[
        Literal["auto", "canvas", "moodle", "gradescope", "nbgrader", "folder"] | None,
        typer.Option(help="how the download is packed", show_default="auto"),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="grade this student again, by key, name, e-mail or pattern (repeatable)")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, show_default="of a secret", help="of the random inputs")] = None,
    policy: Annotated[Path | None, typer.Option(help="late penalties, attempts, caps, adjustments: a TOML")] = None,
    moodle_worksheet: Annotated[Path | None, typer.Option(help="Moodle's grading worksheet, to be filled in")] = None,
    roster: Annotated[
        Path | None, typer.Option(help="who the students are: a CSV as Canvas, Moodle or Gradescope exports it")
    ] = None,
    nbgrader_folder: Annotated[
        str, typer.Option(show_default=False, help="what nbgrader calls the assignment, where a course has several")
    ] = "",
    similarity: Annotated[
        bool, typer.Option("--similarity", help="tell in the class summary which submissions share much structure")
    ] = False,
    carried_forward: Annotated[
        Literal["full", "half", "none"] | None,
        typer.Option(help="what counts of errors carried forward", show_default="as the assignment says"),
    ] = None,
    sandbox: Annotated[
        Literal["auto", "strict"], typer.Option(help="strict: both layers of isolation or none")
    ] = "auto",
    server: Annotated[str, typer.Option(show_default=False, help="have a service do it: its address, https://…")] = "",
    course: Annotated[str, typer.Option(show_default=False, help="with --server: as in its address")] = "",
    token: TokenOption = "",
    token_file: TokenFileOption = None,
) -> None:
    """Grade every submission of a download from Canvas, Moodle, Gradescope, nbgrader or a folder.

    With --server, ASSIGNMENT is one of the course. The course's seed and policy hold; --seed and --policy give this
    batch its own.
    """
    if server:
        from grader.cli.batch_server import grade_on_server

        if not course:
            raise refusal("--server needs --course")
        if jobs is not None:
            raise refusal(_JOBS)
        if nbgrader_folder:
            raise refusal("--nbgrader-folder does not go with --server: leave the other assignments out of the upload")
        if roster is not None:
            raise refusal("--roster does not go with --server: import the roster into the course there")
        if carried_forward is not None:
            raise refusal("--carried-forward does not go with --server: it is among the course's terms there")
        if sandbox != "auto":
            raise refusal("--sandbox is the service's own setting: GRADER_SANDBOX=strict there")
        grade_on_server(
            assignment,
            submissions,
            output,
            server=server,
            course=course,
            token=token,
            token_file=token_file,
            layout=layout or "auto",
            resume=resume,
            only=only or (),
            seed=seed,
            policy=policy,
            moodle_worksheet=moodle_worksheet,
            similarity=similarity,
        )
        return
    from grader.batch import BatchError, grade_batch
    from grader.batch.errors import WorkersLost

    latest: list[BatchProgress] = []
    try:
        with errors_told(), progress_bar() as show:

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
                policy=policy,
                moodle_worksheet=moodle_worksheet,
                roster=roster,
                folder=nbgrader_folder,
                similarity=similarity,
                sandbox=sandbox,
                carried_forward=carried_forward,
                on_progress=note,
            )
    except BatchError as error:
        raise refusal(str(error), OUR_FAULT if isinstance(error, WorkersLost) else BAD_INPUT) from error
    except KeyboardInterrupt as interruption:
        done = f" after {latest[0].done} of {latest[0].total} submissions" if latest else ""
        raise refusal(f"interrupted{done}; the same command with --resume goes on", INTERRUPTED) from interruption
    _tell(result)
    if result.faults:
        raise typer.Exit(OUR_FAULT)
    if result.discovery.unmatched:
        raise typer.Exit(NEEDS_A_LOOK)


def _tell(result: "BatchResult") -> None:
    """Where the gradebook is and what became of the submissions; on stderr what needs a look."""
    from grader.render import wording

    rows = result.gradebook.rows
    say(f"students: {len(rows)} ({result.discovery.layout} layout), graded now: {result.graded}")
    for sentence in result.kept_terms:
        say(sentence)
    say_counts(Counter(row.status for row in rows), result.output)
    unreadable = [row for row in rows if row.status == "rejected"]
    decided = [(row.student.label, row.score is not None and row.score.is_given) for row in unreadable]
    complain_of_unreadable(decided, result.gradebook.unreadable)
    for row in rows:
        for sentence in row.passed_over:
            complain(f"{row.student.label}: {sentence}")
    if result.changes:
        say(f"{wording.count(len(result.changes), 'grade')} changed: {result.output / 'changes.csv'}")
        for change in result.changes[:_CHANGES]:
            say(f"  {change}")
    complain_of_ungraded(result.waiting)
    faults = {of: [fault.label for fault in result.faults if fault.fault == of] for of in ("grader", "assignment")}
    complain_of("the grader itself failed on", faults["grader"])
    complain_of("a check of the assignment failed by itself on", faults["assignment"])
    for reason in sorted({fault.reason for fault in result.faults if fault.fault == "assignment"})[:3]:
        complain(reason)
    complain_of("belongs to no student:", result.discovery.unmatched)
    for note in result.notes:
        complain(note)
