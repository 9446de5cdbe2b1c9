"""Vectors of words, looked up by number, and their gradient (Deep Learning, section 12.4.2)."""

import numpy as np

from reference.arrays import Array, Labels


def looked_up(x: Labels, W: Array) -> Array:
    """The vector of each word of x: shape (*x.shape, D) for W of shape (V, D)."""
    return W[x]


def scattered(dout: Array, x: Labels, shape: tuple[int, ...]) -> Array:
    """Gradient in W: each word adds up what arrives at all its places."""
    dW = np.zeros(shape)
    np.add.at(dW, x, dout)
    return dW
