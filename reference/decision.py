"""From one sigmoid output to one of two classes."""

import numpy as np

from reference.arrays import Array


def decided(outputs: Array) -> Array:
    """1 where the output, the probability of class 1, is above one half, else 0."""
    return np.where(outputs > 0.5, 1.0, 0.0)
