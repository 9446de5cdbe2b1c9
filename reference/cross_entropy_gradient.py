"""Gradient of a mean cross-entropy in the probabilities, with no softmax behind them (Deep Learning, 6.2.2).

With a softmax its derivative cancels: see `output_error`.
"""

from reference.arrays import Array


def cross_entropy_gradient(probs: Array, Y: Array) -> Array:
    """Gradient in the probabilities (n, k), given one-hot labels of that shape."""
    return slope_of_logarithms(probs, Y) / samples_of_the_gradient(Y)


def slope_of_logarithms(probs: Array, Y: Array) -> Array:
    """Of the sum of the costs."""
    return -Y / probs


def samples_of_the_gradient(Y: Array) -> int:
    """What is divided by."""
    return len(Y)
