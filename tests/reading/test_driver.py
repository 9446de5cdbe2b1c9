# ruff: noqa: E501
"""Files that define a network and do not train it."""

import pytest

from grader.reading.driver import drivers

CLASS = """
class Net:
    def __init__(self, sizes, seed=0): ...
    def train(self, X, y, epochs, batch_size, learning_rate): ...
"""
PARTS = """
def initialize_parameters(layer_dims): ...
def forward_propagation(X, parameters): ...
def backward_propagation(parameters, cache, X, Y): ...
def update_parameters(parameters, grads, learning_rate=0.5): ...
"""
PAIRS = """
class Network:
    def __init__(self, sizes): ...
    def SGD(self, training_data, epochs, mini_batch_size, eta, test_data=None): ...
"""


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (CLASS, "_net = Net(sizes=[784, 16, 10])\n_net.train(X=_rows, y=_one_hot, epochs=3, batch_size=10, learning_rate=0.1)"),
        (PARTS, "_g = backward_propagation(parameters=_p, cache=_cache, X=_rows, Y=_one_hot)"),
        (PAIRS, "_net.SGD(training_data=_pairs, epochs=3, mini_batch_size=10, eta=0.1)"),
    ],
)  # fmt: skip
def test_what_parameters_are_called_tells_what_to_give(source, told):
    assert told in drivers([source])[0].told


def test_a_parameter_that_says_nothing_is_not_guessed():
    assert drivers(["def train(zorglub): ..."]) == []


def test_text_that_is_no_python_has_no_driver():
    assert drivers(["def train(X, y:"]) == []
