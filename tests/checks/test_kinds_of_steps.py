"""What steps show of the optimizer that makes them: a right one of another kind is told as that, a wrong one never."""

import numpy as np
import pytest

from operations.batch_training.kinds_of_steps import kind_of_steps

START = {"W": np.array([[0.4, -1.2], [0.7, 2.0], [-0.3, 0.1]]), "b": np.array([0.5, -0.25])}
GRADIENT = {"W": np.array([[0.3, -0.2], [1.1, 0.4], [0.0, -0.6]]), "b": np.array([0.9, -0.7])}
RATE = 1e-4


def after(steps):
    """The weights before two steps, after the first and after both; each step multiplies the gradient."""
    weights = [START]
    for step in steps:
        weights.append({key: value - RATE * step(GRADIENT[key]) for key, value in weights[-1].items()})
    return weights


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (lambda g: g, lambda g: g, ""),
        (lambda g: g, lambda g: 1.9 * g, "momentum"),
        (lambda g: 0.1 * g, lambda g: 0.199 * g, "momentum"),
        (lambda g: 1.95 * g, lambda g: 2.8525 * g, "momentum"),
        (np.sign, np.sign, "Adam"),
        (lambda g: g, lambda g: 2 * g, ""),
        (lambda g: -g, lambda g: -1.9 * g, ""),
        (lambda g: g * np.arange(1, 3), lambda g: g * np.arange(2, 0, -1), "dropout"),
    ],
    ids=["plain", "momentum", "averaged", "nesterov", "adam", "piled up", "uphill", "random"],
)
def test_what_is_told_of_two_steps(first, second, told):
    found = kind_of_steps(after([first, second]), GRADIENT)
    assert told in found
    assert bool(told) == bool(found)


def test_weights_that_are_replaced_are_no_random_steps():
    replaced = {key: RATE * value for key, value in GRADIENT.items()}
    gradient = {key: START[key] + 0.1 * value for key, value in GRADIENT.items()}
    assert kind_of_steps([START, replaced, {key: 1.01 * value for key, value in replaced.items()}], gradient) == ""
