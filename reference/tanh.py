"""The hyperbolic tangent, and its gradient (Deep Learning, section 6.3.2)."""

import numpy as np

from reference.arrays import Array


def tanh(z: Array) -> Array:
    """Between -1 and 1, 0 at 0."""
    return np.tanh(z)


def tanh_derivative(z: Array) -> Array:
    """1 - tanh(z)², at the pre-activation z."""
    return 1 - np.tanh(z) ** 2


def tanh_backward(upstream: Array, z: Array) -> Array:
    """Gradient in z, given that in tanh(z)."""
    return upstream * tanh_derivative(z)
