"""The commands put together, and the entry point."""

import os
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from grader.cli import assignments, bundles, machine, service
from grader.cli.batch import batch
from grader.cli.explain import explain
from grader.cli.run import run
from grader.cli.submit import submit
from grader.cli.terminal import INTERRUPTED, OUR_FAULT, PIPE_CLOSED, complain, refusal


class _Commands(TyperGroup):
    """The commands, which an interruption or a closed pipe ends without being mistaken for a lost point."""

    def invoke(self, context: Any) -> Any:
        try:
            return super().invoke(context)
        except KeyboardInterrupt as interruption:
            raise refusal("interrupted", INTERRUPTED) from interruption
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

app.command()(run)
app.command()(explain)
app.command()(batch)
app.command()(submit)
app.command("list")(assignments.list_assignments)
app.command()(assignments.show)
app.command()(assignments.starter)
app.command()(assignments.new)
app.command()(assignments.name)
app.command()(assignments.operations)
app.command()(assignments.validate)
app.command()(bundles.bundle)
app.command()(bundles.check)
app.command()(machine.doctor)
app.command(cls=service.WithSettings)(service.serve)
app.command(cls=service.WithSettings)(service.worker)
app.command()(service.migrate)
app.command()(service.token)
app.command()(service.retention)
data_app.callback()(machine.data)
data_app.command()(machine.fetch)
app.add_typer(data_app, name="data")


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


def _end(status: Any) -> None:
    """End without taking apart what was loaded, which takes a tenth of a second; what must be closed is closed."""
    if isinstance(status, int | None) and threading.active_count() == 1 and "coverage" not in sys.modules:
        with suppress(OSError, ValueError):  # nobody reads it any more
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status or 0)
    raise SystemExit(status)


def main() -> None:
    """Entry point: like `app`, with a fault of the grader in one line."""
    try:
        app()
    except SystemExit as end:
        _end(end.code)
    except Exception as error:
        fault = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(fault.filename).name}, line {fault.lineno}"
        complain(f"a fault of the grader, please report it: {type(error).__name__}: {error} ({place})")
        sys.exit(OUR_FAULT)
