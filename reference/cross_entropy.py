"""Mean cross-entropy of predicted probabilities and labels (Deep Learning, section 6.2.2.3).

Conventions:
    axis: of the classes: 1 when rows are samples, 0 when columns are.
    labels: "one-hot", of the shape of the probabilities, or "integers", class numbers (n,).
"""

import numpy as np

from reference.arrays import Array


def cross_entropy(probs: Array, Y: Array, *, axis: int = 1, labels: str = "one-hot") -> float:
    """The mean over the samples of -log(probability of the true class)."""
    if labels == "integers":
        rows = np.eye(probs.shape[axis])[Y]
        Y = rows.T if axis == 0 else rows
    return average_loss(true_class_log_probability(probs, Y, axis=axis), probs, Y)


def true_class_log_probability(probs: Array, Y: Array, *, axis: int = 1) -> Array:
    """log p of the true class of each sample, (n,); finite because p is at least the smallest normal number."""
    return np.log(np.maximum(np.sum(probs * Y, axis=axis), np.finfo(float).tiny))


def average_loss(log_probabilities: Array, probs: Array, Y: Array) -> float:
    """Minus the mean of the n logarithms."""
    return float(-np.mean(log_probabilities))
