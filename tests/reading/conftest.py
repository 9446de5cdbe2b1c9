"""The command line in this process."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from grader.cli import app


@pytest.fixture
def grade() -> Callable[..., Result]:
    """Run `grade` with these arguments; the exit status and both streams come back."""

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
