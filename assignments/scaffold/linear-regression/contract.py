"""What a submission implements. Starters and the checks of presence are made from these signatures and docstrings.

A result annotated `Opaque` (from `grader.assignments`) is the student's own business, such as a cache: it is passed on
and never looked at.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def predict(w: Array, b: float, X: Array) -> Array:
    """Predictions of a linear model, X·w + b.

    Args:
        w: weights, shape (d,).
        b: intercept.
        X: inputs, shape (n, d); rows are samples.

    Returns:
        one prediction for each sample, shape (n,).
    """


def mse(predicted: Array, y: Array) -> float:
    """Mean squared error.

    Args:
        predicted: predictions, shape (n,).
        y: targets, shape (n,).

    Returns:
        one number: the mean over the samples of (predicted - y)².
    """


def gradients(w: Array, b: float, X: Array, y: Array) -> tuple[Array, float]:
    """Gradient of the mean squared error of the predictions with respect to the weights and the intercept.

    Args:
        w: weights, shape (d,).
        b: intercept.
        X: inputs, shape (n, d).
        y: targets, shape (n,).

    Returns:
        the derivative by `w`, shape (d,), and the derivative by `b`, one number.
    """
