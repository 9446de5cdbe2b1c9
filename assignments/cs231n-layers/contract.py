"""What a submission to this assignment implements. Images are (N, C, H, W); samples come first everywhere."""

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


def conv_forward_naive(x: Array, w: Array, b: Array, conv_param: dict[str, int]) -> tuple[Array, Opaque]:
    """Cross-correlate images with filters (the filters are not flipped); loops are welcome.

    Args:
        x: images, shape (N, C, H, W).
        w: filters, shape (F, C, HH, WW).
        b: one bias for each filter, shape (F,).
        conv_param: "stride", the pixels by which the window moves, and "pad", the zero pixels put on each of the four
            sides first. (H + 2·pad - HH) and (W + 2·pad - WW) are multiples of the stride.

    Returns:
        (out, cache): out of shape (N, F, 1 + (H + 2·pad - HH) / stride, 1 + (W + 2·pad - WW) / stride), and whatever
        your `conv_backward_naive` wants to know.
    """


def conv_backward_naive(dout: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """Gradients of a loss in the arguments of a convolution.

    Args:
        dout: the gradient of the loss in the layer's output, of its shape.
        cache: what `conv_forward_naive` returned with that output.

    Returns:
        (dx, dw, db), of the shapes of x, w and b.
    """


def max_pool_forward_naive(x: Array, pool_param: dict[str, int]) -> tuple[Array, Opaque]:
    """The largest pixel of each window.

    Args:
        x: images, shape (N, C, H, W).
        pool_param: "pool_height" and "pool_width", the sides of the window, and "stride", the pixels by which it moves;
            windows overlap where that is less than a side. (H - pool_height) and (W - pool_width) are multiples of it.

    Returns:
        (out, cache): out of shape (N, C, 1 + (H - pool_height) / stride, 1 + (W - pool_width) / stride), and whatever
        your `max_pool_backward_naive` wants to know.
    """


def max_pool_backward_naive(dout: Array, cache: Opaque) -> Array:
    """Gradient in the input of max-pooling: each window passes its dout to its largest pixel.

    Args:
        dout: the gradient in the output, of its shape.
        cache: what `max_pool_forward_naive` returned with it.

    Returns:
        the shape of x; a pixel that is the largest of several windows receives the sum.
    """
