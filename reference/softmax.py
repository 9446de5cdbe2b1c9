"""Softmax, exp(z) / Σ exp(z) over the classes of a sample (Deep Learning, section 6.2.2.3).

Conventions:
    axis: of the classes: 1 when rows are samples, 0 when columns are, None for one sample alone.
"""

import numpy as np

from reference.arrays import Array


def softmax(z: Array, *, axis: int | None = 1) -> Array:
    """Probabilities from logits; those of a sample sum to 1."""
    return normalised(np.exp(shifted(z, axis=axis)), axis=axis)


def shifted(z: Array, *, axis: int | None = 1) -> Array:
    """Logits with the same probabilities whose largest is 0 for each sample, so that `exp` cannot overflow."""
    return z - z.max(axis=axis, keepdims=True)


def normalised(exponentials: Array, *, axis: int | None = 1) -> Array:
    """Divided by their sum over the classes."""
    return exponentials / exponentials.sum(axis=axis, keepdims=True)
