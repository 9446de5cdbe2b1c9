"""The command line in this process."""

from typer.testing import CliRunner, Result

from grader.cli.app import app


def grade(*arguments: object) -> Result:
    """Run `grade` with these arguments; the exit status and both streams come back."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
