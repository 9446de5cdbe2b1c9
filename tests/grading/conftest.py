"""One grading session for all tests here, and assignments with changed settings."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import Assignment, Grader, Report
from grader.submissions import load_source
from tests import library
from tests.grading.built_on_softmax import write_assignment

Grade = Callable[..., Report]
Changed = Callable[..., Path]


@pytest.fixture(scope="session")
def mlp() -> Assignment:
    return library.assignment("mnist-mlp")


@pytest.fixture(scope="session")
def session(mlp) -> Iterator[Grader]:
    with Grader(mlp) as session:
        yield session


@pytest.fixture(scope="session")
def grade_example(session, graded_examples) -> Grade:
    """The report on a file of `examples/`; each is graded once."""
    return lambda name: graded_examples.report(session, name)


@pytest.fixture(scope="session")
def right_answer(mlp) -> str:
    """A right module; a function defined again below it replaces the one that it has."""
    return (mlp.folder / "examples" / "right" / "course_dicts.py").read_text("utf-8")


@pytest.fixture(scope="session")
def grade_with(session, right_answer) -> Grade:
    """The report on the right module with some definitions put below it; on some functions alone, if they are named."""

    def grade(definitions: str, *functions: str) -> Report:
        return session.grade(
            load_source(f"{right_answer}\n\n{definitions}", "homework.py"), functions=functions or None
        )

    return grade


@pytest.fixture(scope="session")
def changed_assignment(mlp, tmp_path_factory) -> Changed:
    """A copy of the assignment with other limits, or a check added."""

    def change(*, more_checks: str = "", points: int = 100, **limits: float) -> Path:
        folder = tmp_path_factory.mktemp("changed") / "mnist-mlp"
        shutil.copytree(mlp.folder, folder, ignore=shutil.ignore_patterns("examples", "__pycache__"))
        settings = (folder / "assignment.toml").read_text("utf-8")
        for name, value in limits.items():
            settings, count = re.subn(rf"^{name} = \d+", f"{name} = {value}", settings, flags=re.MULTILINE)
            assert count == 1, f"assignment.toml does not set {name}"
        settings = re.sub(r"^points = \d+", f"points = {points}", settings, flags=re.MULTILINE)
        (folder / "assignment.toml").write_text(settings, "utf-8")
        if more_checks:
            (folder / "checks.py").write_text(more_checks, "utf-8")
        return folder

    return change


@pytest.fixture(scope="module")
def small(tmp_path_factory, session):
    """A grader of a small assignment, in the sandbox that is warm already."""
    folder = write_assignment(tmp_path_factory.mktemp("small") / "small")
    with Grader(folder, sandbox=session.sandbox) as grader:
        yield grader


def messages(report: Report, function: str) -> str:
    """What the report says about a function's checks, in one text."""
    return "\n".join(check.message for check in report.function(function).checks)
