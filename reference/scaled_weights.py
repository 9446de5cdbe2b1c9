"""How weights and biases of a layer begin when the standard deviation of the weights is given."""

import numpy as np

from reference.arrays import Array


def initial_weights(n_in: int, n_out: int, scale: float) -> Array:
    """Normal numbers around 0 with this standard deviation, shape (n_in, n_out)."""
    return scale * np.random.normal(size=(n_in, n_out))


def initial_biases(n_out: int) -> Array:
    """One number for each unit, all of them 0."""
    return np.zeros(n_out)
