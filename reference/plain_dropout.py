"""Dropout that switches off in training, and scales when training is over (Srivastava et al. 2014, section 4).

Conventions of the arguments: `ratio` is the probability of being switched off.
"""

import numpy as np

from reference.arrays import Array


def mask_of(shape: tuple[int, ...], ratio: float) -> Array:
    """1 for what is kept, else 0."""
    return (np.random.rand(*shape) >= ratio).astype(float)


def masked(x: Array, mask: Array, ratio: float) -> Array:
    """The output in training."""
    return x * mask


def scaled_afterwards(x: Array, ratio: float) -> Array:
    """The output when training is over: what is to be expected of that in training."""
    return x * (1 - ratio)


def passed_by_mask(dout: Array, mask: Array, ratio: float) -> Array:
    """Gradient in x of the output in training."""
    return dout * mask
