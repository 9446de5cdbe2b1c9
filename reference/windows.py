"""What a window sees that moves over images (n, channels, height, width): of convolution and pooling alike.

The window moves by `stride` pixels and stays inside: an image side of H pixels gives (H - window) // stride + 1
positions, and pixels that no position reaches are not used.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from reference.arrays import Array

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
