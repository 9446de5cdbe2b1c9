"""Mean cross-entropy of sigmoid outputs, each a yes or no of its own (Deep Learning, 6.2.2.2; Nielsen, chapter 3).

Conventions:
    layout: samples are "rows" or "columns".
    guarded: whether an output of exactly 0 or 1 has a finite cost.
"""

import numpy as np

from reference.arrays import Array


def binary_cross_entropy(outputs: Array, y: Array, *, layout: str = "rows") -> float:
    """The mean over the samples, summed over the outputs of each."""
    return float(average(sample_costs(outputs, y), y.shape[1 if layout == "columns" else 0]))


def guarded_log(p: Array, *, guarded: bool = True) -> Array:
    """ln p; finite when guarded, because p counts as at least the smallest normal number."""
    return np.log(np.maximum(p, np.finfo(float).tiny)) if guarded else np.log(p)


def sample_costs(outputs: Array, y: Array, *, layout: str = "rows") -> Array:
    """Of each sample, (n,)."""
    costs = y * guarded_log(outputs) + (1 - y) * guarded_log(1 - outputs)
    return -np.sum(costs, axis=0 if layout == "columns" else 1)


def average(costs: Array, n: int) -> float:
    """The mean of the n samples."""
    return np.sum(costs) / n
