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


@pytest.fixture
def named_in_its_line(told: Callable[..., tuple[Diagnosis, ...]]) -> Callable[..., None]:
    """That a change of a right text is told first, in these words and in the line where it stands."""

    def check(assignment: str, text: str, function: str, right: str, wrong: str, words: str) -> None:
        assert right in text
        changed = text.replace(right, wrong)
        (diagnosis, *_) = told(assignment, changed, function)
        assert words in diagnosis.title
        if wrong:
            assert diagnosis.location is not None
            line = changed.splitlines()[diagnosis.location.line - 1]
            assert wrong in line or line in wrong.splitlines()

    return check
