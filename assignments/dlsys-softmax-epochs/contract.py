"""What a submission to this assignment implements. Rows are samples; there are no biases."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import updates

Array = NDArray[np.float64]
Labels = NDArray[np.uint8]


def softmax_loss(Z: Array, y: Labels) -> float:
    """The mean cross-entropy of the softmax of logits, log(Σ exp(z)) - z[y]; logits are of moderate size.

    Args:
        Z: logits, shape (n, k).
        y: labels 0 … k-1, shape (n,).

    Returns:
        the mean over the samples, one number.
    """


@updates("theta")
def softmax_regression_epoch(X: Array, y: Labels, theta: Array, lr: float = 0.1, batch: int = 100) -> None:
    """One epoch of stochastic gradient descent for softmax regression, the logits being X theta.

    Batches are taken in the order of the samples, without shuffling; each step goes against the gradient of the mean
    loss of its batch. `theta` is changed in place.

    Args:
        X: inputs, shape (n, d); n is a multiple of `batch`.
        y: labels, shape (n,).
        theta: parameters, shape (d, k).
        lr: learning rate.
        batch: samples of a step.
    """


@updates("W1", "W2")
def nn_epoch(X: Array, y: Labels, W1: Array, W2: Array, lr: float = 0.1, batch: int = 100) -> None:
    """The same for a network with one hidden layer, the logits being max(0, X W1) W2. `W1` and `W2` change in place.

    Args:
        X: inputs, shape (n, d); n is a multiple of `batch`.
        y: labels, shape (n,).
        W1: weights of the hidden layer, shape (d, h).
        W2: weights of the output, shape (h, k).
        lr: learning rate.
        batch: samples of a step.
    """
