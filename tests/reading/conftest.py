"""The command line in this process, and one sandbox for all the files that tests have read."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest
from typer.testing import Result

from grader.reading import explain
from grader.sandbox import Sandbox
from tests import command


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as cells:
        yield cells


@pytest.fixture(scope="module", autouse=True)
def in_that_sandbox(sandbox: Sandbox) -> Iterator[None]:
    """`grader.explain` starts one for each file, which takes longer than to read most of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explain, "Sandbox", lambda mode: nullcontext(sandbox) if mode == "auto" else Sandbox(mode))
        yield


@pytest.fixture
def grade() -> Callable[..., Result]:
    return command.grade
