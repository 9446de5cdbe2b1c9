"""What a submission to this assignment implements. Images are (n, channels, height, width); samples come first."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Params = dict[str, Array]


def conv_forward(x: Array, w: Array, b: Array, stride: int = 1, pad: int = 0) -> tuple[Array, Opaque]:
    """Cross-correlate images with filters (the filters are not flipped).

    Args:
        x: images, shape (n, c, height, width).
        w: filters, shape (f, c, window height, window width).
        b: one bias for each filter, shape (f,).
        stride: pixels by which the window moves, in both directions.
        pad: zero pixels that are put on each of the four sides first.

    Returns:
        (out, cache): the maps, shape (n, f, rows, columns) with rows = (height + 2·pad - window height) // stride + 1
        and columns likewise, and whatever your `conv_backward` wants to know.
    """


def conv_backward(dout: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """Gradients of a cost in the inputs of a convolution.

    Args:
        dout: the gradient of the cost in the maps that `conv_forward` gave, of their shape.
        cache: what `conv_forward` returned with them.

    Returns:
        (dx, dw, db), of the shapes of x, w and b.
    """


def elu_forward(x: Array, alpha: float = 1.0) -> tuple[Array, Opaque]:
    """Exponential linear unit: x where x > 0, else alpha·(exp(x) - 1).

    Args:
        x: array of any shape; any finite numbers, 1000 included.
        alpha: a positive number.

    Returns:
        (out, cache): an array of the same shape, and whatever your `elu_backward` wants to know.
    """


def elu_backward(dout: Array, cache: Opaque) -> Array:
    """Gradient in the input of an ELU: dout where x > 0, else dout·alpha·exp(x).

    Args:
        dout: the gradient in the output, of its shape.
        cache: what `elu_forward` returned with it.
    """


def max_pool_forward(x: Array, size: int = 2, stride: int = 2) -> tuple[Array, Opaque]:
    """The largest pixel of each window of size × size pixels.

    Args:
        x: images, shape (n, c, height, width).
        size: side of the window.
        stride: pixels by which the window moves; windows overlap where it is less than size.

    Returns:
        (out, cache): shape (n, c, (height - size) // stride + 1, (width - size) // stride + 1), and a cache.
    """


def max_pool_backward(dout: Array, cache: Opaque) -> Array:
    """Gradient in the input of max-pooling: each window passes its dout to its largest pixel.

    Args:
        dout: the gradient in the output, of its shape.
        cache: what `max_pool_forward` returned with it.

    Returns:
        the shape of x; a pixel that is the largest of several windows receives the sum.
    """


def dense_forward(x: Array, w: Array, b: Array) -> tuple[Array, Opaque]:
    """Fully connected layer: each sample as a row of d numbers, times w, plus b.

    Args:
        x: shape (n, …), with d numbers for each sample (the last axis runs fastest).
        w: weights, shape (d, m).
        b: biases, shape (m,).

    Returns:
        (out, cache): shape (n, m), and a cache.
    """


def dense_backward(dout: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """Gradients of a cost in the inputs of a fully connected layer.

    Args:
        dout: the gradient in the output, shape (n, m).
        cache: what `dense_forward` returned with it.

    Returns:
        (dx, dw, db), of the shapes of x, w and b.
    """


def softmax_loss(scores: Array, y: Labels) -> tuple[float, Array]:
    """Mean cross-entropy of softmax(scores), and its gradient in the scores.

    Args:
        scores: shape (n, k); any finite numbers, 1000 and -1000 included.
        y: labels 0 … k-1, integers of shape (n,).

    Returns:
        (loss, dscores): the mean over the n samples of -log(probability of the true class), and an array of the shape
        of scores.
    """


def loss(params: Params, X: Array, y: Labels, reg: float) -> tuple[float, Params]:
    """Cost of a batch and its gradient, for the network

        convolution - ELU - max-pool 2×2 - convolution - ELU - max-pool 2×2 - dense - ELU - dense - softmax

    with stride 1 and no padding in the convolutions, stride 2 in the pooling and alpha = 1. The cost is

        mean cross-entropy + reg/2 · (Σ W1² + Σ W2² + Σ W3² + Σ W4²) + reg/(2n) · (Σ out1² + Σ out2²)

    where out1 and out2 are the maps that the two convolutions give, before ELU, and n is the number of images: like
    the cross-entropy, the penalty on activities is averaged over the batch.

    Args:
        params: filters `W1` (f1, c, h1, w1) and `W2` (f2, f1, h2, w2), weights `W3` (d, m) and `W4` (m, k), biases
            `b1` (f1,), `b2` (f2,), `b3` (m,) and `b4` (k,).
        X: images, shape (n, c, height, width).
        y: labels 0 … k-1, shape (n,).
        reg: strength of both penalties, at least 0.

    Returns:
        (loss, grads): one number, and a dict with the keys and shapes of params.
    """


def predict(params: Params, X: Array) -> Labels:
    """The class with the highest score for each image.

    Args:
        params: as for `loss`.
        X: images, shape (n, c, height, width).

    Returns:
        labels 0 … k-1 as integers, shape (n,).
    """
