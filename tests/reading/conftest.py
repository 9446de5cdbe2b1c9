"""The command line in this process, and one sandbox for the files that a module of tests has read."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest
from typer.testing import Result

from grader.reading import explain
from grader.sandbox import Sandbox
from tests import command


@pytest.fixture(scope="module", autouse=True)
def one_sandbox() -> Iterator[None]:
    """`grader.explain` starts one for each file, which takes longer than to read most of them."""
    with Sandbox() as cells, pytest.MonkeyPatch.context() as patch:
        patch.setattr(explain, "Sandbox", lambda mode: nullcontext(cells) if mode == "auto" else Sandbox(mode))
        yield


@pytest.fixture
def grade() -> Callable[..., Result]:
    return command.grade
