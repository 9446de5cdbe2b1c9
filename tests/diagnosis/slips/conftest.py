"""What a file is told."""

from collections.abc import Callable

import pytest

from grader import Grader
from grader.report import Diagnosis
from grader.submissions import load_source


@pytest.fixture
def told(grader_of: Callable[[str], Grader]) -> Callable[..., tuple[Diagnosis, ...]]:
    """The diagnoses of a function, by its assignment and the file's text; with others that are graded beside it."""

    def of(assignment: str, text: str, function: str, *others: str) -> tuple[Diagnosis, ...]:
        report = grader_of(assignment).grade(load_source(text, "homework.py"), functions=[function, *others])
        return next(one for one in report.functions if one.name == function).diagnoses

    return of
