"""What a submission to this assignment implements. Rows are samples.

A parameter is an object with two arrays, `value` and `grad`.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


def softmax(predictions: Array) -> Array:
    """Probabilities of the classes, shape (n, k), from scores of the same shape; large scores do not overflow."""


def cross_entropy_loss(probs: Array, target_index: Labels) -> float:
    """Minus the mean logarithm of the true classes' probabilities.

    Args:
        probs: probabilities, shape (n, k).
        target_index: the true classes, shape (n,).
    """


def softmax_with_cross_entropy(predictions: Array, target_index: Labels) -> tuple[float, Array]:
    """The cross-entropy of the softmax of scores, and its gradient in the scores.

    Args:
        predictions: scores, shape (n, k).
        target_index: the true classes, shape (n,).

    Returns:
        (loss, dprediction): one number, and an array of the shape of the scores.
    """


def l2_regularization(W: Array, reg_strength: float) -> tuple[float, Array]:
    """The penalty reg_strength · ΣW², and its gradient, of the shape of W.

    Returns:
        (loss, gradient).
    """


class ReLULayer:
    """max(0, X), entry by entry."""

    def __init__(self): ...

    def forward(self, X: Array) -> Array:
        """max(0, X), of the shape of X, (n, d)."""

    def backward(self, d_out: Array) -> Array:
        """Gradient in X, given that in the output; both of shape (n, d)."""


class FullyConnectedLayer:
    """X W + B.

    Attributes:
        W: a parameter: `W.value` and `W.grad` have the shape (n_input, n_output).
        B: a parameter of shape (1, n_output).
    """

    def __init__(self, n_input, n_output): ...

    def forward(self, X: Array) -> Array:
        """The output, shape (n, n_output), of inputs of shape (n, n_input)."""

    def backward(self, d_out: Array) -> Array:
        """Gradient in the inputs, given that in the output; adds those of W and B to `W.grad` and `B.grad`.

        Gradients begin at 0, and are 0 again before a training's next step: to put them there instead is as right.
        """
