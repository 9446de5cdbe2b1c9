"""What a submission to this assignment implements. Samples come first everywhere."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, Opaque]:
    """Fully connected layer: each sample as a row of D numbers, times w, plus b.

    Args:
        x: inputs, shape (N, d_1, …, d_k) with D = d_1·…·d_k numbers for each sample (the last axis runs fastest).
        w: weights, shape (D, M).
        b: biases, shape (M,).

    Returns:
        (out, cache): out of shape (N, M), and whatever your `affine_backward` wants to know.
    """


def affine_backward(dout: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """Gradients of a loss in the arguments of an affine layer.

    Args:
        dout: the gradient of the loss in the layer's output, shape (N, M).
        cache: what `affine_forward` returned with that output.

    Returns:
        (dx, dw, db), of the shapes of x, w and b.
    """


def relu_forward(x: Array) -> tuple[Array, Opaque]:
    """Rectified linear unit, max(0, x) in every place.

    Args:
        x: an array of any shape; it is left as it was.

    Returns:
        (out, cache): out of the shape of x, and whatever your `relu_backward` wants to know.
    """


def relu_backward(dout: Array, cache: Opaque) -> Array:
    """Gradient in the input of a ReLU: dout where the input was positive, else 0.

    Args:
        dout: the gradient in the output, of its shape.
        cache: what `relu_forward` returned with it.
    """


def softmax_loss(x: Array, y: Labels) -> tuple[float, Array]:
    """Mean cross-entropy of softmax(x), and its gradient in x.

    Args:
        x: scores, shape (N, C).
        y: labels 0 … C-1, integers of shape (N,); not every class need occur.

    Returns:
        (loss, dx): the mean over the N samples of -log p[y], and an array of the shape of x.
    """


def svm_loss(x: Array, y: Labels) -> tuple[float, Array]:
    """Mean multiclass hinge loss, and its gradient in the scores.

    The loss of a sample is the sum over the classes j ≠ y of max(0, x[j] - x[y] + 1).

    Args:
        x: scores, shape (N, C).
        y: labels 0 … C-1, integers of shape (N,); not every class need occur.

    Returns:
        (loss, dx): the mean over the N samples, and an array of the shape of x.
    """
