"""A right submission gets full marks and no diagnosis, whatever it looks like.

The suite tries some of the variants; `make variants` tries 500.
"""

import os
from collections.abc import Iterator

import pytest
from correct_variants import correct_variant

from grader.grading import Grader
from grader.submissions import load_source
from tests import library

VARIANTS = int(os.environ.get("GRADER_VARIANTS", "1"))


@pytest.fixture(scope="module")
def session() -> Iterator[Grader]:
    with Grader(library.assignment("mnist-mlp")) as session:
        yield session


@pytest.mark.parametrize("number", range(VARIANTS))
def test_a_right_submission_gets_full_marks_and_no_diagnosis(number, session):
    report = session.grade(load_source(correct_variant(number)))

    lost = [check.message for function in report.functions for check in function.checks if check.status != "passed"]
    assert lost == []
    assert list(report.diagnoses()) == []
    assert report.score == report.max_score


def test_what_is_accepted_with_a_remark_is_no_mistake_beside_another():
    right = library.example("cs231n-a2-dropout", "right/of_earlier_years.py").read_text()
    with Grader(library.assignment("cs231n-a2-dropout")) as grader:
        report = grader.grade(load_source(right.replace("if 'seed' in dropout_param", "if 'seed' in ()")))

    assert [one.title for one in report.diagnoses()] == ["The seed is ignored"]
    assert any("as the course had it until 2017" in remark for remark in report.function("dropout_forward").remarks)
