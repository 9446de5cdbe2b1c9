"""What a submission to this assignment implements: layers whose forward pass returns a cache. Rows are samples."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque

Array = NDArray[np.float64]


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, Opaque]:
    """x w + b, each sample as a row.

    Args:
        x: inputs, shape (N, d1, …, dk).
        w: weights, shape (D, M), with D = d1 · … · dk.
        b: biases, shape (M,).

    Returns:
        (out, cache): the outputs, shape (N, M), and whatever `affine_backward` wants to know.
    """


def affine_backward(dout: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """Gradients in inputs, weights and biases, sums over the samples.

    Args:
        dout: gradient in the outputs, shape (N, M).
        cache: what `affine_forward` returned.

    Returns:
        (dx, dw, db), of the shapes of x, w and b.
    """


class Sigmoid:
    """1 / (1 + exp(-x)), entry by entry."""

    def forward(self, x: Array) -> tuple[Array, Opaque]:
        """The outputs, entry by entry.

        Returns:
            (outputs, cache): an array of the shape of x, and whatever `backward` wants to know.
        """

    def backward(self, dout: Array, cache: Opaque) -> Array:
        """Gradient in x, given that in the outputs, of the same shape, and the cache of `forward`."""


class Relu:
    """max(0, x), entry by entry."""

    def forward(self, x: Array) -> tuple[Array, Opaque]:
        """The outputs, entry by entry.

        Returns:
            (outputs, cache): an array of the shape of x, and whatever `backward` wants to know.
        """

    def backward(self, dout: Array, cache: Opaque) -> Array:
        """Gradient in x, given that in the outputs, of the same shape, and the cache of `forward`."""


class LeakyRelu:
    """x where it is positive, 0.01 x elsewhere; another slope may be given to the constructor."""

    def forward(self, x: Array) -> tuple[Array, Opaque]:
        """The outputs, entry by entry.

        Returns:
            (outputs, cache): an array of the shape of x, and whatever `backward` wants to know.
        """

    def backward(self, dout: Array, cache: Opaque) -> Array:
        """Gradient in x, given that in the outputs, of the same shape, and the cache of `forward`."""


class Tanh:
    """tanh(x), entry by entry."""

    def forward(self, x: Array) -> tuple[Array, Opaque]:
        """The outputs, entry by entry.

        Returns:
            (outputs, cache): an array of the shape of x, and whatever `backward` wants to know.
        """

    def backward(self, dout: Array, cache: Opaque) -> Array:
        """Gradient in x, given that in the outputs, of the same shape, and the cache of `forward`."""
