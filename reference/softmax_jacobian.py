"""The way back through a softmax of rows: each row times the Jacobian of its sample, diag(a) - a aᵀ.

Deep Learning, section 6.2.2.3.
"""

import numpy as np

from reference.arrays import Array
from reference.softmax import softmax


def softmax_backward(upstream: Array, z: Array) -> Array:
    """Gradient in z, given that in softmax(z)."""
    a = softmax(z)
    return a * (upstream - projection(upstream, a))


def projection(upstream: Array, a: Array) -> Array:
    """What arrives at all entries of a sample, weighted by its probabilities."""
    return np.sum(upstream * a, axis=1, keepdims=True)
