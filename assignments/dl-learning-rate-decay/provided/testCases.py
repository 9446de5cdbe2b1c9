"""Arguments to try the functions of this assignment on, under the names that the notebook's own cells use."""

import numpy as np


def _parameters(rng):
    shapes = {"W1": (2, 3), "b1": (2, 1), "W2": (3, 3), "b2": (3, 1)}
    return {name: rng.randn(*shape) for name, shape in shapes.items()}


def _grads(rng):
    return {f"d{name}": value for name, value in _parameters(rng).items()}


def update_parameters_with_gd_test_case():
    rng = np.random.RandomState(1)
    return _parameters(rng), _grads(rng), 0.01


def random_mini_batches_test_case():
    rng = np.random.RandomState(1)
    return rng.randn(12288, 148), rng.randn(1, 148) < 0.5, 64


def initialize_velocity_test_case():
    return _parameters(np.random.RandomState(1))


def update_parameters_with_momentum_test_case():
    rng = np.random.RandomState(1)
    return _parameters(rng), _grads(rng), {name: 0 * value for name, value in _grads(rng).items()}


def initialize_adam_test_case():
    return _parameters(np.random.RandomState(1))


def update_parameters_with_adam_test_case():
    raise RuntimeError("the case is left out here: what it gives depends on the year")
