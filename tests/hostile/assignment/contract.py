"""What the hostile submissions pretend to implement."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque

Array = NDArray[np.float64]


def relu(z: Array) -> Array:
    """max(0, z), element by element."""


def loss(y: Array, t: Array) -> float:
    """The mean of (y - t)²/2 over all elements."""


def forward(W: Array, X: Array) -> tuple[Array, Opaque]:
    """relu(X W), (n, k), for X (n, d) and W (d, k), and a cache for `backward`."""


def backward(W: Array, cache: Opaque, upstream: Array) -> Array:
    """The gradient with respect to W, (d, k), given the one with respect to the output, (n, k)."""
