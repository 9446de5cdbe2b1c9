"""Mean cross-entropy of the softmax of scores, with its gradient in the scores; rows are samples.

The logarithm of the softmax is computed at once, so that it is finite where a probability underflows. Labels are
class numbers (Deep Learning, section 6.2.2.3).
"""

from typing import Any

import numpy as np

from reference.arrays import Array, Labels
from reference.one_hot import one_hot
from reference.output_error import output_delta


def softmax_loss(scores: Array, y: Labels) -> tuple[float, Array]:
    """The cost of scores (n, k) with labels (n,), and its gradient in the scores."""
    log_p = class_log_probabilities(scores, y)
    return float(average_loss(log_p, y)), score_gradient(np.exp(log_p), y)


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


def score_gradient(p: Array, y: Labels) -> Array:
    """(p - y)/n, with the labels as one-hot rows."""
    return output_delta(p, one_hot(y, p.shape[1]))
