"""What a submission to this assignment implements: one loss, written twice. Samples are rows, classes columns of W."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import vectorized

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


def svm_loss_naive(W: Array, X: Array, y: Labels, reg: float) -> tuple[float, Array]:
    """Hinge loss of a linear classifier and its gradient in W, with explicit loops.

    The loss is the mean over the samples of the sum over the classes j ≠ y of max(0, s[j] - s[y] + 1), with the scores
    s = x W of a sample, plus the penalty reg·ΣW². (A penalty of ½·reg·ΣW² is accepted as well; its gradient must be the
    one that belongs to it.)

    Args:
        W: weights, shape (D, C).
        X: inputs, shape (N, D).
        y: labels 0 … C-1, integers of shape (N,); not every class need occur.
        reg: strength of the penalty, at least 0.

    Returns:
        (loss, dW): one number, and the gradient of the loss in W, shape (D, C).
    """


@vectorized(over=["W", "X", "y"])
def svm_loss_vectorized(W: Array, X: Array, y: Labels, reg: float) -> tuple[float, Array]:
    """The same loss and gradient by operations on whole arrays, without loops over samples or classes.

    Args:
        W: weights, shape (D, C).
        X: inputs, shape (N, D).
        y: labels 0 … C-1, integers of shape (N,); not every class need occur.
        reg: strength of the penalty, at least 0.

    Returns:
        (loss, dW): one number, and the gradient of the loss in W, shape (D, C).
    """
