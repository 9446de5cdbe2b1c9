"""Mean cross-entropy of the softmax of scores, with its gradient in the scores (Deep Learning, section 6.2.2.3).

The logarithm of the softmax is computed at once, so that it is finite where a probability underflows. Inside, samples
are rows and labels class numbers, whatever they are outside.

Conventions:
    layout: samples are "rows" of the scores (n, k) or "columns" (k, n).
    labels: "integers", class numbers (n,), or "one-hot", of the shape of the scores.
"""

from typing import Any

import numpy as np

from reference.arrays import Array, Labels
from reference.one_hot import one_hot
from reference.output_error import output_delta


def softmax_loss(scores: Array, y: Labels, *, layout: str = "rows", labels: str = "integers") -> tuple[float, Array]:
    """The cost of scores with their labels, and its gradient in the scores."""
    if labels == "one-hot":
        y = y.argmax(axis=0 if layout == "columns" else 1)
    log_p = class_log_probabilities(scores.T if layout == "columns" else scores, y)
    gradient = score_gradient(np.exp(log_p), y)
    return float(average_loss(log_p, y)), gradient.T if layout == "columns" else gradient


def shifted(scores: Array) -> Array:
    """Scores with the same probabilities whose largest in each row is 0, so that `exp` cannot overflow."""
    return scores - scores.max(axis=1, keepdims=True)


def log_normalised(scores: Array) -> Array:
    """log(exp(s) / Σ exp(s)) of each row."""
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def log_probabilities(scores: Array) -> Array:
    """log softmax of each row."""
    return log_normalised(shifted(scores))


def class_log_probabilities(scores: Array, y: Labels) -> Array:
    """log softmax of each row, for a loss with these labels, which have no part in it."""
    return log_probabilities(scores)


def average_loss(log_p: Array, y: Labels) -> np.floating[Any]:
    """Minus the mean logarithm of the true classes' probabilities."""
    return -np.mean(log_p[np.arange(len(y)), y])


def score_gradient(p: Array, y: Labels, *, layout: str = "rows") -> Array:
    """(p - y)/n, with the labels as one-hot rows."""
    if layout == "columns":
        return output_delta(p.T, one_hot(y, p.shape[1])).T
    return output_delta(p, one_hot(y, p.shape[1]))
