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
NOT_TRANSPOSED = """
def backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y):
    m = Y.size
    dZ2 = A2.copy()
    dZ2[Y, np.arange(m)] = 1
    dZ1 = W2.dot(dZ2) * (Z1 > 0)
    return (
        dZ1.dot(X.T) / m,
        dZ1.sum(axis=1, keepdims=True) / m,
        dZ2.dot(A1.T) / m,
        dZ2.sum(axis=1, keepdims=True) / m,
    )
"""
OWN_NAME = """
def linear_forward(A_prev, W, b):
    Z = np.dot(W, Z) - b
    return Z, (A_prev, W, b)
"""
NOT_READ = """
class KNearestNeighbor:
    def train(self, X, y):
        self.X_train, self.y_train = X, y

    def compute_distances_two_loops(self, X):
        dists = np.zeros((len(X), len(self.X_train)))
        for i in range(len(X)):
            for j in range(len(self.X_train)):
                one = np.sum((X[i] - self.X_train[j]) ** 2)
                dists[i, j] = dists
        return dists
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
        (
            *("digits-two-layer", NOT_TRANSPOSED, ["backward_prop"]),
            ["The weights are not transposed on the way back", "`dZ2[Y, np.arange(m)] = 1` puts a number over what"],
        ),
        (
            *("dl-deep-network", OWN_NAME, ["linear_forward"]),
            ["`A_prev` is meant, not `Z`, in `np.dot(W, Z)`", "The biases are subtracted instead of added"],
        ),
        (
            *("cs231n-a1-knn", NOT_READ, ["KNearestNeighbor.compute_distances_two_loops"]),
            ["`one` is meant, not `dists`", "The root is missing"],
        ),
    ],
    ids=[
        "a-helper-is-not-there",
        "another-method-is-repaired",
        "one-mode",
        "behind-a-stop",
        "a-known-one",
        "a-parameter",
        "an-unread-name",
    ],
)
def test_each_of_several_faults_is_told(assignment, text, functions, titles):
    """Of the last of some functions."""
    with Grader(assignment) as grader:
        report = grader.grade(load_source(f"import numpy as np\n{text}", "homework.py"), functions=functions)
    found = next(one for one in report.functions if one.name == functions[-1]).diagnoses
    assert [one.title.startswith(title) for one, title in zip(found, titles, strict=True)] == [True] * len(titles)
