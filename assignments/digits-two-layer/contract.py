"""What a submission to this assignment implements: a network of two layers. Samples are columns."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


def init_params() -> tuple[Array, Array, Array, Array]:
    """Random parameters for images of 784 pixels, ten hidden units and ten classes.

    Returns:
        (W1, b1, W2, b2), of the shapes (10, 784), (10, 1), (10, 10) and (10, 1).
    """


def ReLU(Z: Array) -> Array:
    """max(0, Z), element by element.

    Args:
        Z: array of any shape.

    Returns:
        an array of the same shape.
    """


def softmax(Z: Array) -> Array:
    """Probabilities of the classes for each sample.

    Args:
        Z: shape (k, m): one column for each of m samples.

    Returns:
        shape (k, m); each column sums to 1.
    """


def forward_prop(W1: Array, b1: Array, W2: Array, b2: Array, X: Array) -> tuple[Array, Array, Array, Array]:
    """Forward pass: Z1 = W1·X + b1, A1 = ReLU(Z1), Z2 = W2·A1 + b2, A2 = softmax(Z2).

    Args:
        W1, b1: of the hidden layer, shapes (h, n) and (h, 1).
        W2, b2: of the output layer, shapes (k, h) and (k, 1).
        X: inputs, shape (n, m).

    Returns:
        (Z1, A1, Z2, A2).
    """


def one_hot(Y: Labels) -> Array:
    """Labels as columns of zeros with a single one.

    Args:
        Y: labels 0 … k-1, shape (m,); the largest occurs.

    Returns:
        shape (k, m).
    """


def backward_prop(
    Z1: Array, A1: Array, Z2: Array, A2: Array, W1: Array, W2: Array, X: Array, Y: Labels
) -> tuple[Array, Array, Array, Array]:
    """Gradients of the mean cross-entropy.

    Args:
        Z1, A1, Z2, A2: what `forward_prop` returned.
        W1, W2: the weights.
        X: inputs, shape (n, m).
        Y: labels, shape (m,).

    Returns:
        (dW1, db1, dW2, db2), of the shapes of the parameters, averaged over the m columns of X.
    """


def update_params(
    W1: Array, b1: Array, W2: Array, b2: Array, dW1: Array, db1: Array, dW2: Array, db2: Array, alpha: float
) -> tuple[Array, Array, Array, Array]:
    """A step of gradient descent.

    Args:
        W1, b1, W2, b2: parameters.
        dW1, db1, dW2, db2: gradients.
        alpha: learning rate.

    Returns:
        (W1, b1, W2, b2), the new ones.
    """


def get_predictions(A2: Array) -> Labels:
    """The most probable class of each sample.

    Args:
        A2: probabilities, shape (k, m).

    Returns:
        labels, shape (m,).
    """


def gradient_descent(X: Array, Y: Labels, alpha: float, iterations: int) -> tuple[Array, Array, Array, Array]:
    """Start with `init_params`, and make that many steps on all samples.

    Args:
        X: images, shape (784, m).
        Y: labels 0 … 9, shape (m,); all of them occur.
        alpha: learning rate.
        iterations: number of steps.

    Returns:
        (W1, b1, W2, b2) after the last step.
    """
