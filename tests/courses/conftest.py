"""A grading session for each course assignment, and its reports on examples and on changed texts of them."""

from collections.abc import Callable, Iterator

import pytest

from grader import Grader, Report
from grader.submissions import load_source
from tests.library import assignment
from tests.library import example as example

COURSES = ("cs231n-softmax", "cs231n-layers", "cs231n-two-layer-net", "dl-regularization", "dl-deep-network")
Session = Callable[[str], Grader]
GradeText = Callable[..., Report]


@pytest.fixture(scope="session")
def session() -> Iterator[Session]:
    """The grading session of an assignment; each is opened once."""
    opened: dict[str, Grader] = {}

    def of(name: str) -> Grader:
        if name not in opened:
            opened[name] = Grader(assignment(name))
        return opened[name]

    yield of
    for grader in opened.values():
        grader.close()


@pytest.fixture(scope="session")
def grade_text(session) -> GradeText:
    """The report on a module given as text, or on some of its functions."""

    def grade(name: str, text: str, functions: list[str] | None = None) -> Report:
        return session(name).grade(load_source(text, "homework.py"), functions=functions)

    return grade


def diagnosed(report: Report) -> set[str]:
    return {diagnosis.code for diagnosis in report.diagnoses()}


def remarks(report: Report) -> str:
    """All remarks on functions, in one text."""
    return "\n".join(text for function in report.functions for text in function.remarks)
