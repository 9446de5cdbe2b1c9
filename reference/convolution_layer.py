"""A convolution of images (n, channels, height, width) with filters, in named steps (Deep Learning, section 9.1).

What the window sees and how patches are added up again is in `reference.windows`.
"""

import numpy as np

from reference.arrays import Array
from reference.windows import add_windows, windows


def image_under_filters(x: Array, pad: int) -> Array:
    """The image with `pad` zero pixels on each of its four sides."""
    return padded(x, pad)


def padded(x: Array, pad: int) -> Array:
    """Zero pixels around the image."""
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def seen_by_filters(image: Array, w: Array, stride: int) -> Array:
    """What the window sees at each position, (n, channels, rows, columns, height, width)."""
    return windows(image, (w.shape[2], w.shape[3]), stride)


def correlated(patches: Array, w: Array) -> Array:
    """Each filter's sum of products at each position, (n, filters, rows, columns)."""
    return np.moveaxis(np.tensordot(patches, w, axes=([1, 4, 5], [1, 2, 3])), -1, 1)


def with_bias(maps: Array, b: Array, w: Array) -> Array:
    """One bias for each filter."""
    return maps + b[:, np.newaxis, np.newaxis]


def convolved(x: Array, w: Array, b: Array, stride: int, pad: int) -> Array:
    """The layer's output."""
    return with_bias(correlated(seen_by_filters(image_under_filters(x, pad), w, stride), w), b, w)


def filter_gradient(dout: Array, patches: Array) -> Array:
    """Gradient in the filters: each weight meets every window once."""
    return np.tensordot(dout, patches, axes=([0, 2, 3], [0, 2, 3]))


def filter_bias_gradient(dout: Array) -> Array:
    """Gradient in the biases, one for each filter."""
    return dout.sum(axis=(0, 2, 3))


def patch_gradient(dout: Array, w: Array) -> Array:
    """Gradient in what the window saw at each position."""
    return np.moveaxis(np.tensordot(dout, w, axes=(1, 0)), 3, 1)


def returned_to_image(patches: Array, shape: tuple[int, ...], stride: int) -> Array:
    """The patches added up where they were cut from."""
    return add_windows(patches, shape, stride)


def cropped(dx: Array, pad: int) -> Array:
    """Without what was put around the image."""
    return dx[:, :, pad : dx.shape[2] - pad, pad : dx.shape[3] - pad]


def convolution_gradients(dout: Array, x: Array, w: Array, stride: int, pad: int) -> tuple[Array, Array, Array]:
    """Gradients in x, w and b."""
    image = padded(x, pad)
    patches = windows(image, (w.shape[2], w.shape[3]), stride)
    dx = cropped(returned_to_image(patch_gradient(dout, w), image.shape, stride), pad)
    return dx, filter_gradient(dout, patches), filter_bias_gradient(dout)
