"""What `grade batch` says while it goes on and at the end, wherever it was graded."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from grader.cli.terminal import complain, say

if TYPE_CHECKING:
    from grader.batch import BatchProgress, OnBatchProgress
    from grader.batch.gradebook import RowStatus

_NAMED = 10  # so many of a kind are named on the terminal, the rest is counted


def say_counts(counts: "Mapping[RowStatus, int] | Mapping[str, int]", output: Path) -> None:
    """What became of the submissions, and where the gradebook and the class summary are."""
    say(f"{counts.get('graded', 0)} with a grade, {counts.get('rejected', 0)} that could not be read")
    say(f"gradebook: {output / 'grades.csv'}")
    say(f"the class: {output / 'index.html'}")


def complain_of(what: str, names: Sequence[str]) -> None:
    from grader.submissions.errors import printable

    for name in names[:_NAMED]:
        complain(f"{what} {printable(name)}")
    if len(names) > _NAMED:
        complain(f"{what} {len(names) - _NAMED} more")


def complain_of_unreadable(names: Sequence[tuple[str, bool]], counts_as: Literal["empty", "zero"]) -> None:
    """Whose work could not be read, each with whether an instructor gave it a score, and what that counts."""
    outcome = "the policy lets it count zero" if counts_as == "zero" else "no score, which is no zero"
    complain_of(f"could not be read ({outcome}):", [name for name, is_given in names if not is_given])
    complain_of("could not be read (an instructor's score counts):", [name for name, is_given in names if is_given])


def complain_of_ungraded(count: int) -> None:
    if count:
        complain(f"{count} not graded yet; --resume without --only grades them")


@contextmanager
def progress_bar() -> "Iterator[OnBatchProgress]":
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
