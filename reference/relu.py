"""The rectified linear unit, max(0, z) (Nair & Hinton 2010; Deep Learning, section 6.3.1), and its gradient."""

import numpy as np

from reference.arrays import Array


def relu(z: Array) -> Array:
    """max(0, z), element by element."""
    return np.maximum(z, 0)


def relu_derivative(z: Array) -> Array:
    """1 where z > 0, else 0; the kink at z = 0 counts as 0."""
    return (z > 0).astype(float)


def relu_backward(upstream: Array, z: Array) -> Array:
    """Gradient in z, given that in relu(z)."""
    return upstream * (z > 0)
