"""The leaky rectified unit (Maas, Hannun & Ng 2013), and its slope.

Conventions:
    slope: for negative arguments.
"""

import numpy as np

from reference.arrays import Array


def leaky_relu(z: Array, *, slope: float = 0.01) -> Array:
    """z where it is positive, slope·z elsewhere."""
    return np.where(z > 0, z, slope * z)


def leaky_relu_derivative(z: Array, *, slope: float = 0.01) -> Array:
    """1 where z is positive, else the slope; activations have the sign of z, and give the same."""
    return np.where(z > 0, 1.0, slope)


def leaky_relu_backward(upstream: Array, z: Array) -> Array:
    """Gradient in z, given that in leaky_relu(z)."""
    return upstream * leaky_relu_derivative(z)
