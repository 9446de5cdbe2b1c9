"""What a submission to this assignment implements. Images are (batch, height, width, channels).

A parameter is an object with two arrays, `value` and `grad`.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class ConvolutionalLayer:
    """Filters that move over the image by one pixel at a time, and a bias for each.

    Attributes:
        W: a parameter: `W.value` and `W.grad` have the shape (filter_size, filter_size, in_channels, out_channels).
        B: a parameter of shape (out_channels,).
    """

    def __init__(self, in_channels, out_channels, filter_size, padding):
        """`padding` is how many zero pixels are put on each of the four sides first."""

    def forward(self, X: Array) -> Array:
        """The maps, for images of shape (batch, height, width, in_channels).

        Each is height + 2·padding - filter_size + 1 high, and as wide by its width; the filters are not flipped. The
        shape is (batch, rows, columns, out_channels).
        """

    def backward(self, d_out: Array) -> Array:
        """Gradient in the images, given that in the maps; adds those of W and B to `W.grad` and `B.grad`.

        Gradients begin at 0, and are 0 again before a training's next step: to put them there instead is as right.
        """


class MaxPoolingLayer:
    """The largest pixel of each window, channel by channel."""

    def __init__(self, pool_size, stride):
        """The window is `pool_size` high and wide, and moves by `stride` pixels."""

    def forward(self, X: Array) -> Array:
        """The largest pixels, for images of shape (batch, height, width, channels).

        (height - pool_size) // stride + 1 windows fit below each other, and as many beside each other by the width.
        """

    def backward(self, d_out: Array) -> Array:
        """Gradient in the images, given that in what `forward` returned."""


class Flattener:
    """Each image as one row."""

    def forward(self, X: Array) -> Array:
        """Shape (batch, height·width·channels), for images of shape (batch, height, width, channels)."""

    def backward(self, d_out: Array) -> Array:
        """The gradient in the shape of the images."""
