"""What a submission to this assignment implements: layers of images, with the names of "Deep Learning from Scratch".

Images have the shape (n, channels, height, width). `backward` comes after a `forward` of the same layer; it returns the
gradient in that input.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Convolution:
    """A convolution with filters that are not turned.

    Args (of the constructor):
        W: filters, shape (filters, channels, height, width).
        b: biases, shape (filters,).
        stride: by how many pixels the window moves.
        pad: how many pixels of zeros are put on each side of the images.

    Attributes:
        dW, db: after `backward` the gradients in W and b, of their shapes.
    """

    def __init__(self, W, b, stride=1, pad=0): ...

    def forward(self, x: Array) -> Array:
        """The maps, shape (n, filters, out_h, out_w), with out_h = (height + 2 pad - filter height) / stride + 1."""

    def backward(self, dout: Array) -> Array:
        """Gradient in x, given that in the maps; leaves the sums `dW` and `db`."""


class Pooling:
    """Max-pooling.

    Args (of the constructor):
        pool_h, pool_w: height and width of the window.
        stride: by how many pixels it moves.
        pad: 0 here.
    """

    def __init__(self, pool_h, pool_w, stride=1, pad=0): ...

    def forward(self, x: Array) -> Array:
        """The largest pixel of each window, shape (n, channels, out_h, out_w)."""

    def backward(self, dout: Array) -> Array:
        """Gradient in x: what arrives goes to the largest pixel of each window; what meets in a pixel adds up."""


class Dropout:
    """Dropout that scales after training.

    Args (of the constructor):
        dropout_ratio: the probability with which a number is switched off.
    """

    def __init__(self, dropout_ratio=0.5): ...

    def forward(self, x: Array, train_flg: bool = True) -> Array:
        """In training x with some numbers set to 0, each for itself; afterwards x · (1 - dropout_ratio).

        Args:
            x: of any shape.
            train_flg: whether it is training.
        """

    def backward(self, dout: Array) -> Array:
        """Gradient in x after a forward pass of training: `dout` where x was kept, 0 elsewhere."""
