"""A script whose formulas are right and whose weights begin at zero."""

from collections.abc import Iterator

import numpy as np
import pytest

from grader import Grader, Report, load_assignment
from grader.validation.examples import Example, problems_of, read_examples

ASSIGNMENT = load_assignment("leaky-relu-column-major")
EXAMPLES = {example.file: example for example in read_examples(ASSIGNMENT)}
ASKED = "zero_weights.py"


@pytest.fixture(scope="module")
def reports() -> Iterator[dict[str, Report]]:
    with Grader(ASSIGNMENT) as session:
        yield {name: session.grade(ASSIGNMENT.folder / "examples" / name) for name in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_each_example_gets_what_it_should(reports: dict[str, Report], example: Example) -> None:
    report = reports[example.file]
    assert problems_of(report, example) == []


def test_the_formulas_are_right(reports: dict[str, Report]) -> None:
    failed = {check.id for check in reports[ASKED].function("training").checks if check.status != "passed"}
    assert failed == {"training.symmetry", "training.learns"}


def test_the_curve_has_its_two_figures(reports: dict[str, Report]) -> None:
    (run,) = reports[ASKED].training
    (found,) = run.diagnoses
    assert found.confidence == "certain"
    assert found.evidence["first cost"] == pytest.approx(10 * np.log(2))
    assert found.evidence["last cost"] == pytest.approx(found.evidence["cost of ignorance"], rel=1e-2)
    assert found.evidence["cost of ignorance"] == pytest.approx(3.25, abs=0.02)
    assert "All weights are 0 at first." in found.explanation


def test_the_training_begins_at_its_loop(reports: dict[str, Report]) -> None:
    location = reports[ASKED].function("training").location
    assert location is not None
    lines = (ASSIGNMENT.folder / "examples" / ASKED).read_text("utf-8").splitlines()
    assert lines[location.line - 1] == "for j in range(iterations):"


def test_lines_that_the_grader_stands_in_for_are_told(reports: dict[str, Report]) -> None:
    remarks = " ".join(reports[ASKED].remarks)
    for name in ("X", "y", "layer_sizes", "alpha", "iterations"):
        assert f"`{name}`" in remarks


def test_a_submission_without_a_loop_is_told_what_to_write(reports: dict[str, Report]) -> None:
    training = reports["no_loop.py"].function("training")
    assert training.status == "missing"
    assert all("no top-level `for` or `while` uses `iterations`" in check.message for check in training.checks)
