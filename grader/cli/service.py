"""`grade serve`, `grade worker`, `grade migrate`, `grade token`, `grade retention`: the grader as a service."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from grader.cli.terminal import BAD_INPUT, OUR_FAULT, complain, refusal, say

if TYPE_CHECKING:
    from grader.service.settings import Settings

FolderOption = Annotated[Path | None, typer.Option(help="where the database and the files are by default")]


class WithSettings(TyperCommand):
    """A command whose help lists the settings and their environment variables."""

    def format_help(self, context: Any, formatter: Any) -> None:
        super().format_help(context, formatter)
        with _service_at_hand():
            from grader.service.settings import Settings

            lines = list(Settings.described())
            width = max(len(variable) for variable, *_ in lines)
            say("Settings, by environment variable [default]:\n")
            for variable, default, meaning in lines:
                say(f"  {variable:{width}}  {meaning} [{default}]")


def serve(
    folder: FolderOption = None,
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on")] = None,
    workers: Annotated[int | None, typer.Option(help="processes that grade; one per core if left out")] = None,
) -> None:
    """Serve the grader to a class: web pages, API, and the workers that grade. Everything can be set by environment."""
    with _service_at_hand():
        from grader.service.engine.supervisor import serve

        serve(_settings(folder=folder, host=host, port=port, workers=workers))


def worker(folder: FolderOption = None) -> None:
    """Grade what others upload: one worker, for a service whose database and storage this machine can reach."""
    with _service_at_hand():
        from grader.service.engine.worker import main

        main(_settings(folder=folder))


def migrate(folder: FolderOption = None) -> None:
    """Bring the service's database up to date, and see whether its storage can be used."""
    with _service_at_hand():
        from grader.service.engine.supervisor import prepare

        settings = _settings(folder=folder)
        prepare(settings)
        say("the database is up to date")


def token(
    login: Annotated[str, typer.Argument(help="whose; an account that there is not yet is made")],
    admin: Annotated[bool, typer.Option("--admin", help="give all rights, too")] = False,
    label: Annotated[str, typer.Option(help="what the token is for")] = "grade token",
    folder: FolderOption = None,
) -> None:
    """Make a token to sign in with, for the first admin, or for whoever lost theirs; it is shown only once."""
    with _service_at_hand():
        from grader.service import people
        from grader.service.context import open_context
        from grader.service.data.revision import demand_current

        context = open_context(_settings(folder=folder))
        demand_current(context.engine)
        with context.sessions.begin() as session:
            user = people.find_user(session, login) or people.new_user(session, login)
            made = people.create_token(session, user, label)
            people.note_by_hand(session, user, is_admin=admin or user.is_admin)
        typer.echo(made)


def retention(
    keep_days: Annotated[
        float | None, typer.Option(show_default=False, help="in place of GRADER_KEEP_DAYS; all are kept without either")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="tell what would be deleted, and delete nothing")] = False,
    folder: FolderOption = None,
) -> None:
    """Delete old submissions with their reports, and files that nothing refers to, as workers do every hour."""
    with _service_at_hand():
        from grader.render.wording import count
        from grader.service.context import open_context
        from grader.service.data.revision import demand_current
        from grader.service.engine.queue import DbosQueue
        from grader.service.engine.retention import clean_up, planned

        context = open_context(_settings(folder=folder, keep_days=keep_days))
        demand_current(context.engine)
        found = (planned if dry_run else clean_up)(context, DbosQueue(context.engine))
        days = context.settings.keep_days
        say("would be deleted:" if dry_run else "deleted:")
        age = (
            "none, for neither --keep-days nor GRADER_KEEP_DAYS is set" if days is None else f"older than {days:g} days"
        )
        say(f"  {count(found.submissions, 'submission')} ({age})")
        say(f"  {found.batches} {'batch' if found.batches == 1 else 'batches'} of which nothing is left")
        say(f"  {count(found.files, 'file')} that nothing refers to any more")
        say(f"  {count(found.jobs, 'finished job')} in the queue's memory")


def _settings(**given: object) -> "Settings":
    """Raises typer.Exit: a setting makes no sense."""
    from pydantic import ValidationError

    from grader.service.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(map(str, problem["loc"])).upper()
            complain(f"GRADER_{name.removeprefix('GRADER_')}: {problem['msg']}")
        raise typer.Exit(BAD_INPUT) from error


@contextmanager
def _service_at_hand() -> Iterator[None]:
    """What the service needs is installed and can be reached, or one line says what is not."""
    if missing := [name for name in ("dbos", "fastapi", "pydantic_settings") if find_spec(name) is None]:
        raise refusal(
            f"the service needs more than is installed ({', '.join(missing)}): pip install 'numpy-grader[service]'"
        )
    from sqlalchemy.exc import DBAPIError

    from grader.service.errors import Invalid, ServiceError

    try:
        yield
    except ServiceError as error:
        raise refusal(error.detail, BAD_INPUT if isinstance(error, Invalid) else OUR_FAULT) from error
    except DBAPIError as error:
        raise refusal(
            f"the database cannot be used: {str(error.orig).strip().partition(chr(10))[0]}", OUR_FAULT
        ) from error
