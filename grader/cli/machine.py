"""Commands about this machine: whether it can grade, and which data it has."""

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.terminal import OUR_FAULT, errors_told, say


def doctor() -> None:
    """Tell whether submissions can be graded safely on this machine, and what to do if not."""
    from grader.doctor import examine

    findings = examine()
    say(findings.text())
    raise typer.Exit(0 if findings.can_grade else OUR_FAULT)


def data(context: typer.Context) -> None:
    """Tell which data sets are at hand, and what to put where for the others."""
    from grader.datasets import describe_mnist, describe_named

    if context.invoked_subcommand is None:
        status = describe_mnist()
        say(status.summary)
        for file in status.files:
            say(f"  {file.state:9} {file.filename}")
        for line in describe_named():
            say(line)


def fetch(
    names: Annotated[
        list[str] | None, typer.Argument(help="of mnist, fashion-mnist, cifar-10, digits and iris; mnist if left out")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="where to put them; the user's cache folder if left out")] = None,
) -> None:
    """Fetch data sets from public mirrors, and verify them; what scikit-learn has here is copied from it."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn

    from grader.datasets import FetchProgress, fetch_set

    with (
        errors_told(),
        Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=Console(stderr=True)) as bars,
    ):
        tasks: dict[str, TaskID] = {}

        def note(progress: FetchProgress) -> None:
            if progress.filename not in tasks:
                tasks[progress.filename] = bars.add_task(progress.filename)
            bars.update(tasks[progress.filename], completed=progress.received, total=progress.size)

        targets = [fetch_set(name, to, progress=note) for name in names or ["mnist"]]
    for target in targets:
        say(str(target))
