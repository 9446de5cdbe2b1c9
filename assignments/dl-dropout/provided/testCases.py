"""Arguments to try the functions of this assignment on, under the names that the notebook's own cells use."""

import numpy as np

_SIZES = (3, 2, 3, 1)


def _parameters(rng):
    parameters = {}
    for layer in range(1, len(_SIZES)):
        parameters[f"W{layer}"] = rng.randn(_SIZES[layer], _SIZES[layer - 1])
        parameters[f"b{layer}"] = rng.randn(_SIZES[layer], 1)
    return parameters


def compute_cost_with_regularization_test_case():
    rng = np.random.RandomState(1)
    return np.array([[0.41, 0.02, 0.91, 0.37, 0.25]]), np.array([[1, 1, 0, 1, 0]]), _parameters(rng)


def backward_propagation_with_regularization_test_case():
    rng = np.random.RandomState(1)
    X, Y, parameters = rng.randn(3, 5), np.array([[1, 1, 0, 1, 0]]), _parameters(rng)
    return X, Y, _cache(X, parameters)


def forward_propagation_with_dropout_test_case():
    rng = np.random.RandomState(1)
    return rng.randn(3, 5), _parameters(rng)


def backward_propagation_with_dropout_test_case():
    rng = np.random.RandomState(1)
    X, Y, parameters = rng.randn(3, 5), np.array([[1, 1, 0, 1, 0]]), _parameters(rng)
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = _cache(X, parameters)
    D1, D2 = rng.rand(*A1.shape) < 0.8, rng.rand(*A2.shape) < 0.8
    return X, Y, (Z1, D1, A1 * D1 / 0.8, W1, b1, Z2, D2, A2 * D2 / 0.8, W2, b2, Z3, A3, W3, b3)


def _cache(X, parameters):
    cache, A = (), X
    for layer in range(1, len(_SIZES)):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = np.dot(W, A) + b
        A = 1 / (1 + np.exp(-Z)) if layer == len(_SIZES) - 1 else np.maximum(0, Z)
        cache += (Z, A, W, b)
    return cache
