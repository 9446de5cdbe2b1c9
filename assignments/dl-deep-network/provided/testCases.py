"""Arguments to try the functions of this assignment on, under the names that the notebook's own cells use."""

import numpy as np


def linear_forward_test_case():
    rng = np.random.RandomState(1)
    return rng.randn(3, 2), rng.randn(1, 3), rng.randn(1, 1)


def linear_activation_forward_test_case():
    rng = np.random.RandomState(2)
    return rng.randn(3, 2), rng.randn(1, 3), rng.randn(1, 1)


def L_model_forward_test_case():
    rng = np.random.RandomState(1)
    return rng.randn(4, 2), _parameters(rng, (4, 3, 1))


def L_model_forward_test_case_2hidden():
    rng = np.random.RandomState(6)
    return rng.randn(5, 4), _parameters(rng, (5, 4, 3, 1))


def compute_cost_test_case():
    return np.array([[1, 1, 0]]), np.array([[0.7, 0.85, 0.35]])


def linear_backward_test_case():
    rng = np.random.RandomState(1)
    return rng.randn(3, 4), _linear_cache(rng, 3, 5, 4)


def linear_activation_backward_test_case():
    rng = np.random.RandomState(2)
    return rng.randn(1, 2), (_linear_cache(rng, 1, 3, 2), rng.randn(1, 2))


def L_model_backward_test_case():
    rng = np.random.RandomState(3)
    caches = [(_linear_cache(rng, 3, 4, 2), rng.randn(3, 2)), (_linear_cache(rng, 1, 3, 2), rng.randn(1, 2))]
    return rng.uniform(0.1, 0.9, size=(1, 2)), np.array([[1, 0]]), caches


def update_parameters_test_case():
    rng = np.random.RandomState(2)
    parameters = _parameters(rng, (4, 3, 1))
    return parameters, {f"d{name}": rng.randn(*value.shape) for name, value in parameters.items()}


def initialize_parameters_test_case():
    return 3, 2, 1


def initialize_parameters_deep_test_case():
    return [5, 4, 3]


def print_grads(grads):
    for name in sorted(grads):
        print(f"{name} = {grads[name]}")


def _linear_cache(rng, n_out, n_in, m):
    return rng.randn(n_in, m), rng.randn(n_out, n_in), rng.randn(n_out, 1)


def _parameters(rng, sizes):
    parameters = {}
    for layer in range(1, len(sizes)):
        parameters[f"W{layer}"] = rng.randn(sizes[layer], sizes[layer - 1])
        parameters[f"b{layer}"] = rng.randn(sizes[layer], 1)
    return parameters
