"""Layers as pairs of functions that share a cache: affine layers of inputs of any shape, ReLU; a loss and its gradient.

`relu_backward` and `softmax_loss` are other formulas' own.
"""

from reference.arrays import Array
from reference.dense import affine, bias_gradient, propagate, weight_gradient
from reference.relu import relu, relu_backward
from reference.softmax_loss import softmax_loss

__all__ = ["affine_backward", "affine_forward", "relu_backward", "relu_forward", "softmax_loss"]

AffineCache = tuple[Array, ...]


def rows(x: Array) -> Array:
    """Each sample as a row."""
    return x.reshape(len(x), -1)


def in_shape_of(dx: Array, x: Array) -> Array:
    """The rows as the layer got them."""
    return dx.reshape(x.shape)


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineCache]:
    """x w + b with each sample as a row, and what courses keep for the way back."""
    return affine(rows(x), w, b), (x, w, b)


def affine_backward(dout: Array, cache: AffineCache) -> tuple[Array, Array, Array]:
    """Gradients in x, w and b."""
    x, w = cache[:2]
    dx = in_shape_of(propagate(dout, w), x)
    return dx, weight_gradient(x.reshape(len(x), -1), dout, len(x)), bias_gradient(dout, len(x))


def relu_forward(x: Array) -> tuple[Array, Array]:
    """max(0, x), and what `relu_backward` wants to know."""
    return relu(x), x
