"""The logistic function 1 / (1 + exp(-z)) (Deep Learning, section 3.10), and its derivative.

Conventions:
    guarded: whether exp is taken of numbers ≤ 0 only, so that nothing overflows.
    by_value: whether the derivative asks the function above for σ(z), so that what is wrong there is wrong here.
"""

import numpy as np

from reference.arrays import Array


def sigmoid(z: Array, *, guarded: bool = True) -> Array:
    """Between 0 and 1, ½ at 0."""
    if not guarded:
        return 1 / (1 + np.exp(-z))
    decay = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, decay) / (1 + decay)


def sigmoid_derivative(z: Array, *, by_value: bool = True) -> Array:
    """σ(z) (1 - σ(z)), at the pre-activation z."""
    if by_value:
        return sigmoid(z) * (1 - sigmoid(z))
    decay = np.exp(-np.abs(z))
    return decay / (1 + decay) ** 2


def sigmoid_backward(upstream: Array, z: Array) -> Array:
    """Gradient in z, given that in sigmoid(z)."""
    return upstream * sigmoid_derivative(z)
