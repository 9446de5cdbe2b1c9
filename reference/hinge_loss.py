"""Multiclass hinge loss of scores (Weston & Watkins 1999), with its gradient in the scores.

Inside, samples are rows and labels class numbers, whatever they are outside.

Conventions:
    layout: samples are "rows" of the scores (n, k) or "columns" (k, n).
    labels: "integers", class numbers (n,), or "one-hot", of the shape of the scores.
"""

from typing import Any

import numpy as np

from reference.arrays import Array, Labels


def hinge_loss(scores: Array, y: Labels, *, layout: str = "rows", labels: str = "integers") -> tuple[float, Array]:
    """The loss of scores with their labels, and its gradient in the scores."""
    if labels == "one-hot":
        y = y.argmax(axis=0 if layout == "columns" else 1)
    violations = without_true_class(violated(margins(scores.T if layout == "columns" else scores, y)), y)
    gradient = averaged_hinge_gradient(hinge_gradient(violations, y))
    return float(averaged_violations(violations)), gradient.T if layout == "columns" else gradient


def margins(scores: Array, y: Labels) -> Array:
    """By how much each class comes too near to the true one, the margin being 1."""
    return scores - scores[np.arange(len(y)), y][:, np.newaxis] + 1


def violated(margins: Array) -> Array:
    """What is far enough counts nothing."""
    return np.maximum(margins, 0)


def without_true_class(violations: Array, y: Labels) -> Array:
    """The true class has no margin to itself."""
    return np.where(np.arange(violations.shape[1]) == y[:, np.newaxis], 0.0, violations)


def averaged_violations(violations: Array) -> np.floating[Any]:
    """The mean over the samples."""
    return violations.sum() / len(violations)


def hinge_gradient(violations: Array, y: Labels) -> Array:
    """Gradient of the sum: 1 for each class that comes too near, and minus their number for the true one."""
    gradient = too_near(violations)
    gradient[np.arange(len(y)), y] = true_class_gradient(violations)
    return gradient


def too_near(violations: Array) -> Array:
    """1 for each class that comes too near."""
    return (violations > 0).astype(float)


def true_class_gradient(violations: Array) -> Array:
    """Gradient in the true class's score."""
    return -(violations > 0).sum(axis=1).astype(float)


def averaged_hinge_gradient(gradient: Array) -> Array:
    """Divided by the number of samples, as the loss is."""
    return gradient / len(gradient)
