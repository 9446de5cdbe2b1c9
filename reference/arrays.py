"""How arrays, labels and parameters are represented."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
"""Real numbers. The alias names the usual precision; float32 and complex arrays are accepted at run time."""

Labels = NDArray[np.int64]
"""Class numbers 0 … k-1, or row numbers."""

Parameters = dict[str, Array]
"""Weights and biases of a network by name: "W1", "b1", "W2" …; gradients use the same names."""


def is_weight(name: str) -> bool:
    """Tell weights (penalized and decayed) from biases (neither; Deep Learning, section 7.1)."""
    return name.startswith("W")


def one_hot(labels: Labels, n_classes: int) -> Array:
    """Write labels (n,) as rows (n, n_classes) that hold a single 1.

    Raises ValueError if a label is outside 0 … n_classes-1.
    """
    labels = np.asarray(labels)
    if labels.size and not 0 <= labels.min() <= labels.max() < n_classes:
        raise ValueError(
            f"labels must be in 0 … {n_classes - 1} for {n_classes} classes, "
            f"but they span {labels.min()} … {labels.max()}"
        )
    return np.eye(n_classes)[labels]
