"""Three mistakes in one network, each of which must be named."""

from collections.abc import Callable

import numpy as np
import pytest

from grader import Report
from grader.validation.examples import Example, problems_of, read_examples
from tests.library import assignment, folder
from tests.tables import sampled

NAME = "relu-softmax-per-sample"
EXAMPLES = sampled(read_examples(folder(NAME)), lambda example: bool(example.failed))  # `grade validate`: all
ASKED = "three_mistakes.py"
ReportOn = Callable[[str], Report]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.file)
def test_each_example_gets_what_it_should(report_on: ReportOn, example: Example) -> None:
    assert problems_of(report_on(example.file), example) == []


def test_the_three_mistakes_are_named_where_they_are_made(report_on: ReportOn) -> None:
    report = report_on(ASKED)
    training = {diagnosis.code: diagnosis for diagnosis in report.function("NeuralNetwork.train").diagnoses}
    assert "squared error" in training["train.squared-error-gradient"].title
    assert "overwritten" in training["train.bias-change-of-last-sample"].title
    assert "one number" in training["train.bias-change-one-number"].title
    (cost,) = report.function("categorical_cross_entropy").diagnoses
    assert cost.code == "cross_entropy.zero-times-infinity"


def test_the_pieces_of_the_network_are_right(report_on: ReportOn) -> None:
    for name in ("activation_ReLU", "activation_dReLU", "softmax", "dsoftmax", "predict"):
        assert report_on(ASKED).function(f"NeuralNetwork.{name}").status == "passed"


def test_the_jacobian_times_the_error_is_the_gradient_of_the_squared_error() -> None:
    """The claim that the diagnosis makes, by central differences."""
    solution = assignment(NAME).solution
    rng = np.random.default_rng(8)
    z, y = rng.normal(size=5), np.eye(5)[2]

    def numeric(cost: object) -> np.ndarray:
        steps = 1e-6 * np.eye(5)
        return np.array([(cost(z + h) - cost(z - h)) / 2e-6 for h in steps])  # type: ignore[operator]

    p = solution.softmax(z)
    np.testing.assert_allclose(
        solution.softmax_jacobian(p) @ (p - y),
        numeric(lambda z: 0.5 * np.sum((solution.softmax(z) - y) ** 2)),
        atol=1e-9,
    )
    np.testing.assert_allclose(
        solution.output_delta(p, y), numeric(lambda z: -np.log(solution.softmax(z)[2])), atol=1e-9
    )
