"""What the commands share: streams, exit statuses, options, and how errors are told."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

import typer

FULL_MARKS, POINTS_LOST, BAD_INPUT, OUR_FAULT = 0, 1, 2, 3
NEEDS_A_LOOK = 1  # of a batch: it is done, and some of the download belongs to nobody
INTERRUPTED, PIPE_CLOSED = 130, 141  # 128 + the number of SIGINT and of SIGPIPE, as shells have it

SandboxOption = Annotated[
    Literal["auto", "strict", "none"], typer.Option(help="none: for your own code only, nothing holds it")
]
AssignmentArgument = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="id of the library, or a folder")]


def say(text: str) -> None:
    """Print a line, spelling out what the terminal cannot show."""
    from grader.render.spelling import spelled_out

    typer.echo(spelled_out(text, sys.stdout.encoding or "utf-8"))


def complain(message: str) -> None:
    """Print a line on stderr."""
    typer.echo(f"grade: {message}", err=True)


def refusal(message: str, status: int = BAD_INPUT) -> typer.Exit:
    """Print a line on stderr, and make the end of the command with this exit status."""
    complain(message)
    return typer.Exit(status)


@contextmanager
def documents_alone_on_stdout() -> Iterator[None]:
    """Whatever writes to standard output meanwhile, as LAPACK does about odd matrices, goes to standard error."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


@contextmanager
def errors_told() -> Iterator[None]:
    """Every error that people can do something about, in one line."""
    try:
        yield
    except Exception as error:
        from grader.assignments import AssignmentError
        from grader.datasets import DatasetError
        from grader.sandbox import SandboxUnavailable

        if isinstance(error, SandboxUnavailable):
            raise refusal(f"{error} (`grade doctor` tells more)", OUR_FAULT) from error
        if isinstance(error, AssignmentError | DatasetError | ValueError):
            raise refusal(str(error)) from error
        if isinstance(error, OSError) and error.filename is not None:  # else nothing that a user named: a closed pipe
            raise refusal(f"{error.filename}: {error.strerror}") from error
        raise


@contextmanager
def bar(begins: str, *, counts: bool = False) -> Iterator[Callable[..., Any]]:
    """Gives what changes a bar, by the names that `rich` has for its parts; where nobody watches, it does nothing."""
    if not sys.stderr.isatty():
        yield lambda **parts: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), *([MofNCompleteColumn()] if counts else []))
    with Progress(*columns, transient=True, console=Console(stderr=True)) as bars:
        task = bars.add_task(begins, total=None)
        yield lambda **parts: bars.update(task, **parts)
