"""Arguments to try the functions of this assignment on, under the names that the notebook's own cells use."""

import numpy as np


def _parameters(rng):
    return {"W1": rng.randn(4, 2), "b1": rng.randn(4, 1), "W2": rng.randn(1, 4), "b2": rng.randn(1, 1)}


def layer_sizes_test_case():
    return np.zeros((5, 3)), np.zeros((2, 3))


def initialize_parameters_test_case():
    return 2, 4, 1


def forward_propagation_test_case():
    rng = np.random.RandomState(1)
    return rng.randn(2, 3), _parameters(rng)


def compute_cost_test_case():
    raise RuntimeError("the case is left out here: whether the parameters belong to it depends on the year")


def backward_propagation_test_case():
    rng = np.random.RandomState(1)
    parameters, X = _parameters(rng), rng.randn(2, 3)
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return parameters, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": 1 / (1 + np.exp(-Z2))}, X, np.array([[1, 0, 1]])


def update_parameters_test_case():
    rng = np.random.RandomState(1)
    parameters = _parameters(rng)
    return parameters, {f"d{name}": 0.1 * rng.randn(*value.shape) for name, value in parameters.items()}


def nn_model_test_case():
    rng = np.random.RandomState(1)
    return rng.randn(2, 3), np.array([[1, 0, 1]])


def predict_test_case():
    rng = np.random.RandomState(1)
    return _parameters(rng), rng.randn(2, 3)
