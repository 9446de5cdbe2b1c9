"""Of a module's assignment, `NAME`, the reports on its examples; each example must get what it should."""

from collections.abc import Callable, Iterator

import pytest

from grader import Grader, Report
from tests.graded import GradedExamples
from tests.library import assignment


@pytest.fixture(scope="module")
def report_on(request: pytest.FixtureRequest, graded_examples: GradedExamples) -> Iterator[Callable[[str], Report]]:
    with Grader(assignment(request.module.NAME)) as session:
        yield lambda name: graded_examples.report(session, name)
