"""Convolution and max-pooling of images (n, channels, height, width), and their gradients.

Both look at the image through a window that moves by `stride` pixels. The window stays inside: an image
side of H pixels gives (H - window) // stride + 1 positions, and pixels that no position reaches are not
used.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from reference.arrays import Array, Labels

Window = tuple[int, int]
"""(height, width) in pixels."""


def windows(images: Array, window: Window, stride: int) -> Array:
    """What the window sees at each position.

    A read-only view of shape (n, channels, rows, columns, window height, window width).
    Raises ValueError if the window is larger than the images, or if it would not move.
    """
    if window[0] > images.shape[2] or window[1] > images.shape[3]:
        raise ValueError(f"the window {window} does not fit into images of size {images.shape[2:]}")
    if stride < 1:
        raise ValueError(f"the stride must be at least 1 pixel, but it is {stride}")
    every_position = sliding_window_view(images, window, axis=(2, 3))
    return every_position[:, :, ::stride, ::stride]


def add_windows(patches: Array, image_shape: tuple[int, ...], stride: int) -> Array:
    """Add up patches (as laid out by `windows`) in the images they were cut from: the transpose of `windows`.

    A pixel that several windows see receives the sum of their patches.
    """
    images = np.zeros(image_shape, patches.dtype)
    rows, columns, height, width = patches.shape[2:]
    for i, j in np.ndindex(height, width):
        seen = images[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]
        seen += patches[..., i, j]
    return images


def conv2d(images: Array, W: Array, b: Array, stride: int = 1, padding: int = 0) -> Array:
    """Cross-correlate padded images (n, channels, height, width) with filters (Deep Learning, equation 9.6).

    W is (filters, channels, window height, window width), b (filters,); the result is (n, filters, rows,
    columns). Images get `padding` zero pixels on each of their four sides.
    """
    patches = windows(_pad(images, padding), _window(W), stride)
    maps = np.tensordot(patches, W, axes=([1, 4, 5], [1, 2, 3]))
    return np.moveaxis(maps, -1, 1) + b[:, np.newaxis, np.newaxis]


def conv2d_gradients(
    images: Array, W: Array, upstream: Array, stride: int = 1, padding: int = 0
) -> tuple[Array, Array, Array]:
    """Gradients in images, W and b, given the gradient `upstream` in the result of `conv2d`.

    Each weight meets every window once, and each window passes its share back to the pixels it saw (Deep
    Learning, equations 9.11 and 9.13).
    """
    padded = _pad(images, padding)
    patches = windows(padded, _window(W), stride)
    dW = np.tensordot(upstream, patches, axes=([0, 2, 3], [0, 2, 3]))
    db = upstream.sum(axis=(0, 2, 3))
    dpatches = np.moveaxis(np.tensordot(upstream, W, axes=(1, 0)), 3, 1)
    dpadded = add_windows(dpatches, padded.shape, stride)
    height, width = images.shape[2:]
    return dpadded[:, :, padding : padding + height, padding : padding + width], dW, db


def max_pool2d(images: Array, window: Window, stride: int) -> tuple[Array, Labels]:
    """Largest pixel of each window (Deep Learning, section 9.3), shape (n, channels, rows, columns).

    Also gives where it was found, as a position in the flattened window; the first of equal pixels wins.
    """
    patches = windows(images, window, stride)
    flat = patches.reshape(*patches.shape[:4], -1)
    winners = flat.argmax(axis=-1)
    return np.take_along_axis(flat, winners[..., np.newaxis], axis=-1)[..., 0], winners


def max_pool2d_gradient(
    upstream: Array, winners: Labels, image_shape: tuple[int, ...], window: Window, stride: int
) -> Array:
    """Gradient with respect to the images: what arrives at a window goes to its winner alone."""
    flat = np.zeros((*upstream.shape, window[0] * window[1]), upstream.dtype)
    np.put_along_axis(flat, winners[..., np.newaxis], upstream[..., np.newaxis], axis=-1)
    return add_windows(flat.reshape(*upstream.shape, *window), image_shape, stride)


def _pad(images: Array, padding: int) -> Array:
    return np.pad(images, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def _window(W: Array) -> Window:
    return W.shape[2], W.shape[3]
