"""A penalty that is shared among the mini-batch instead of the training set: named in the gradient and in the run."""

from collections.abc import Callable

import numpy as np
import pytest

from grader import Report
from grader.validation.examples import Example, problems_of, read_examples
from tests.library import assignment, folder
from tests.tables import sampled

NAME = "sigmoid-l2"
EXAMPLES = sampled(read_examples(folder(NAME)), lambda example: bool(example.failed))  # `grade validate`: all
ASKED = "lambda_over_the_batch.py"
ReportOn = Callable[[str], Report]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.file)
def test_each_example_gets_what_it_should(report_on: ReportOn, example: Example) -> None:
    assert problems_of(report_on(example.file), example) == []


def test_the_gradient_without_penalty_is_right(report_on: ReportOn) -> None:
    gradients = report_on(ASKED).function("NeuralNetwork.calculate_gradients")
    passed = {check.title for check in gradients.checks if check.status == "passed"}
    assert {
        "Weights of the output layer and of one layer alone",
        "Weights of the hidden layers",
        "Biases of every layer",
    } <= passed


def test_the_gradient_agrees_with_its_own_cost(report_on: ReportOn) -> None:
    """Central differences of the network's own cost do not find the mistake: another batch size does."""
    gradients = report_on(ASKED).function("NeuralNetwork.calculate_gradients")
    own_cost = next(check for check in gradients.checks if check.id.endswith("own-cost"))
    assert own_cost.status == "passed"


def test_training_fails_because_the_gradient_does(report_on: ReportOn) -> None:
    """The cost is wrong as well, but a training only notes it down."""
    assert report_on(ASKED).function("NeuralNetwork.train").follows_from == ("NeuralNetwork.calculate_gradients",)


def test_the_run_shows_weights_that_die(report_on: ReportOn) -> None:
    (run,) = report_on(ASKED).training
    (found,) = run.diagnoses
    assert found.code == "training.weights-decay-to-nothing"
    assert found.evidence["share of the most frequent class"] > 0.99
    assert found.evidence["norm of the weights, after / before"] < 0.2
    assert run.history[-1].test_accuracy < 0.2 < 0.8 < run.reference_history[-1].test_accuracy


def test_the_penalty_of_the_solution_is_shared_among_the_training_set() -> None:
    network = assignment(NAME).solution.NeuralNetwork([6, 5, 4], 2000)
    data = np.zeros((10, 6)), np.full((10, 4), 0.5)
    added = network.calculate_gradients(*data, 2.0)["w1"] - network.calculate_gradients(*data, 0.0)["w1"]
    np.testing.assert_allclose(added, 2.0 / 2000 * network.parameters["w1"])
