"""A script whose formulas are right and whose weights begin at zero."""

from collections.abc import Callable

import numpy as np
import pytest

from grader import Report
from grader.validation.examples import Example, problems_of, read_examples
from tests.library import folder
from tests.tables import sampled

NAME = "leaky-relu-column-major"
EXAMPLES = sampled(read_examples(folder(NAME)), lambda example: bool(example.failed))  # `grade validate`: all
ASKED = "zero_weights.py"
ReportOn = Callable[[str], Report]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.file)
def test_each_example_gets_what_it_should(report_on: ReportOn, example: Example) -> None:
    assert problems_of(report_on(example.file), example) == []


def test_the_formulas_are_right(report_on: ReportOn) -> None:
    failed = {check.id for check in report_on(ASKED).function("training").checks if check.status != "passed"}
    assert failed == {"training.symmetry", "training.learns"}


def test_the_curve_has_its_two_figures(report_on: ReportOn) -> None:
    (run,) = report_on(ASKED).training
    (found,) = run.diagnoses
    assert found.confidence == "certain"
    assert found.evidence["first cost"] == pytest.approx(10 * np.log(2))
    assert found.evidence["last cost"] == pytest.approx(found.evidence["cost of ignorance"], rel=1e-2)
    assert found.evidence["cost of ignorance"] == pytest.approx(3.25, abs=0.02)
    assert "All weights are 0 at first." in found.explanation


def test_the_training_begins_at_its_loop(report_on: ReportOn) -> None:
    location = report_on(ASKED).function("training").location
    assert location is not None
    lines = (folder(NAME) / "examples" / ASKED).read_text("utf-8").splitlines()
    assert lines[location.line - 1] == "for j in range(iterations):"


def test_lines_that_the_grader_stands_in_for_are_told(report_on: ReportOn) -> None:
    remarks = " ".join(report_on(ASKED).remarks)
    for name in ("X", "y", "layer_sizes", "alpha", "iterations"):
        assert f"`{name}`" in remarks


def test_a_submission_without_a_loop_is_told_what_to_write(report_on: ReportOn) -> None:
    training = report_on("no_loop.py").function("training")
    assert training.status == "missing"
    assert all("no top-level `for` or `while` uses `iterations`" in check.message for check in training.checks)
