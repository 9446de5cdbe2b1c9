"""Max-pooling of images (n, channels, height, width), in named steps (Deep Learning, section 9.3)."""

import numpy as np

from reference.arrays import Array
from reference.windows import add_windows, windows


def pooling_windows(x: Array, height: int, width: int, stride: int) -> Array:
    """What the window sees at each position, (n, channels, rows, columns, height, width)."""
    return windows(x, (height, width), stride)


def largest(patches: Array) -> Array:
    """The largest pixel of each window."""
    return patches.max(axis=(-2, -1))


def pooled(x: Array, height: int, width: int, stride: int) -> Array:
    """The layer's output."""
    return largest(pooling_windows(x, height, width, stride))


def routed(dout: Array, patches: Array) -> Array:
    """dout at the place of each window's largest pixel (the first of equal ones), 0 elsewhere."""
    flat = patches.reshape(*patches.shape[:4], -1)
    winners = flat.argmax(axis=-1)[..., np.newaxis]
    passed_on = np.zeros(flat.shape)
    np.put_along_axis(passed_on, winners, dout[..., np.newaxis], axis=-1)
    return passed_on.reshape(patches.shape)


def returned_to_pixels(patches: Array, shape: tuple[int, ...], stride: int) -> Array:
    """What all windows send to each pixel, added up."""
    return add_windows(patches, shape, stride)


def pooling_gradient(dout: Array, x: Array, height: int, width: int, stride: int) -> Array:
    """Gradient in x."""
    return returned_to_pixels(routed(dout, windows(x, (height, width), stride)), x.shape, stride)
