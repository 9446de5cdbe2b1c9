"""What a submission to this assignment implements: convolution and pooling of images (m, n_H, n_W, n_C)."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Cache = tuple[object, ...]
Settings = dict[str, int]


def zero_pad(X: Array, pad: int) -> Array:
    """Zero pixels around each image.

    Args:
        X: images, shape (m, n_H, n_W, n_C).
        pad: number of zero pixels on each of the four sides.

    Returns:
        shape (m, n_H + 2·pad, n_W + 2·pad, n_C).
    """


def conv_single_step(a_slice_prev: Array, W: Array, b: Array) -> float:
    """One filter at one position: the sum of all products, plus the bias.

    Args:
        a_slice_prev: what the window sees, shape (f, f, n_C_prev).
        W: the filter, shape (f, f, n_C_prev).
        b: its bias, shape (1, 1, 1).

    Returns:
        one number.
    """


def conv_forward(A_prev: Array, W: Array, b: Array, hparameters: Settings) -> tuple[Array, Cache]:
    """A layer of n_C filters.

    Args:
        A_prev: images, shape (m, n_H_prev, n_W_prev, n_C_prev).
        W: filters, shape (f, f, n_C_prev, n_C).
        b: biases, shape (1, 1, 1, n_C).
        hparameters: `stride` and `pad`.

    Returns:
        (Z, cache): Z of shape (m, n_H, n_W, n_C), where n_H = (n_H_prev - f + 2·pad)/stride + 1, rounded down; and the
        tuple (A_prev, W, b, hparameters).
    """


def pool_forward(A_prev: Array, hparameters: Settings, mode: str = "max") -> tuple[Array, Cache]:
    """The largest pixel of each window, or the mean of the window, channel by channel.

    Args:
        A_prev: images, shape (m, n_H_prev, n_W_prev, n_C).
        hparameters: the window's side `f`, and `stride`.
        mode: "max" or "average".

    Returns:
        (A, cache): A of shape (m, n_H, n_W, n_C), where n_H = (n_H_prev - f)/stride + 1, rounded down; and the tuple
        (A_prev, hparameters).
    """


def conv_backward(dZ: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of a convolution.

    Args:
        dZ: gradient in Z, shape (m, n_H, n_W, n_C).
        cache: what `conv_forward` returned.

    Returns:
        (dA_prev, dW, db): gradients in A_prev, W and b, of their shapes; sums over images, not means.
    """


def create_mask_from_window(x: Array) -> Array:
    """Where the largest number of a window is.

    Args:
        x: a window, shape (f, f).

    Returns:
        shape (f, f): True at the largest number, False elsewhere.
    """


def distribute_value(dz: float, shape: tuple[int, int]) -> Array:
    """A number shared evenly.

    Args:
        dz: the number.
        shape: (n_H, n_W) of the result.

    Returns:
        an array of that shape, whose entries are equal and add up to dz.
    """


def pool_backward(dA: Array, cache: Cache, mode: str = "max") -> Array:
    """Gradient of a pooling layer in its input.

    Args:
        dA: gradient in A, shape (m, n_H, n_W, n_C).
        cache: what `pool_forward` returned.
        mode: "max" or "average".

    Returns:
        shape (m, n_H_prev, n_W_prev, n_C).
    """
