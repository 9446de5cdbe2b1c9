"""Several faults in one function, and faults of a function beside those of another one."""

import pytest

from grader import Grader
from grader.submissions import load_source

WITHOUT_A_FORWARD_PASS = """
def backward_propagation(parameters, cache, X, Y):
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * A1 * (1 - A1)
    return {
        "dW1": np.dot(dZ1, X.T),
        "db1": np.sum(dZ1, axis=1, keepdims=True),
        "dW2": np.dot(dZ2, A1.T),
        "db2": np.sum(dZ2, axis=1, keepdims=True),
    }
"""
BOTH_WAYS = """
class BCE:
    def forward(self, y_out, y_truth):
        return -np.sum(y_truth * np.log(y_out) + (1 - y_truth) * np.log(1 - y_out))

    def backward(self, y_out, y_truth):
        return y_truth / y_out
"""
BOTH_MODES = """
def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = (np.random.rand(*x.shape) > p) / p
    if mode == "train":
        return x * mask, (dropout_param, mask)
    return x * mask * p, (dropout_param, mask)
"""
NO_SELF = """
class NeuralNetwork:
    def __init__(self, x, y):
        self.input, self.y = x, y
        self.weights1, self.weights2 = np.random.rand(x.shape[1], 4), np.random.rand(4, y.shape[1])

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def slope(x):
        return sigmoid(x) * (1 - sigmoid(x))

    def feedforward(self):
        self.layer1 = self.sigmoid(self.input @ self.weights1)
        self.output = self.sigmoid(self.layer1 @ self.weights2)

    def backprop(self):
        error = 2 * (self.y - self.output) * self.slope(self.output)
        step1 = np.dot(self.input.T, np.dot(error, self.weights2.T))
        self.weights2 += np.dot(self.layer1.T, error)
        self.weights1 += step1
"""


@pytest.mark.parametrize(
    ("assignment", "text", "functions", "titles"),
    [
        (
            *("dl-planar", WITHOUT_A_FORWARD_PASS, ["backward_propagation"]),
            ["The weight gradients are summed", "The slope is that of the sigmoid", "The bias gradients are summed"],
        ),
        (
            *("i2dl-losses", BOTH_WAYS, ["BCE.forward", "BCE.backward"]),
            ["`y_truth / y_out` is not the value that belongs there"],
        ),
        ("cs231n-a2-dropout", BOTH_MODES, ["dropout_forward"], ["The comparison keeps what it should switch off"]),
        (  # and nothing of the sigmoid, which is right where it is called otherwise
            *("loy-two-layer-network", NO_SELF, ["NeuralNetwork.feedforward", "NeuralNetwork.backprop"]),
            [
                *("`slope` is called with 2 arguments", "`sigmoid` is an attribute of the object"),
                *("The slope is taken at the value", "The slope of the hidden layer's sigmoid is missing"),
            ],
        ),
    ],
    ids=["a-helper-is-not-there", "another-method-is-repaired", "one-mode", "behind-a-stop"],
)
def test_each_of_several_faults_is_told(assignment, text, functions, titles):
    """Of the last of some functions."""
    with Grader(assignment) as grader:
        report = grader.grade(load_source(f"import numpy as np\n{text}", "homework.py"), functions=functions)
    found = next(one for one in report.functions if one.name == functions[-1]).diagnoses
    assert [one.title.startswith(title) for one, title in zip(found, titles, strict=True)] == [True] * len(titles)
