"""Labels as rows with a single 1."""

import numpy as np

from reference.arrays import Array, Labels


def one_hot(labels: Labels, n_classes: int) -> Array:
    """Class numbers (n,) as rows (n, n_classes)."""
    return np.eye(n_classes)[labels]
