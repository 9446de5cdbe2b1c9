"""How arrays, labels and parameters are represented."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
"""Real numbers; the alias names the usual precision, float32 arrays are accepted at run time."""

Labels = NDArray[np.int64]
"""Class numbers 0 … k-1, or row numbers."""

Parameters = dict[str, Array]
"""Weights and biases of a network by name: "W1", "b1", "W2" …; gradients use the same names."""
