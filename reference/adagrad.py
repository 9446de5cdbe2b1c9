"""A step of AdaGrad (Duchi, Hazan & Singer 2011; Deep Learning, algorithm 8.4).

Conventions:
    eps: what keeps the division from being by 0.
    within: whether it stands within the root, √(h + ε), or is added to it.
"""

import numpy as np

from reference.arrays import Array


def adagrad(w: Array, dw: Array, squares: Array, lr: float) -> tuple[Array, Array]:
    """The new parameter and the new sum of its squared gradients."""
    squares = next_squares(squares, dw)
    return w - lr * dw / size_of_all_gradients(squares), squares


def next_squares(squares: Array, dw: Array) -> Array:
    """The sum of all squared gradients so far."""
    return squares + dw**2


def size_of_all_gradients(squares: Array, *, eps: float = 1e-7, within: bool = False) -> Array:
    """What the gradient is divided by."""
    return np.sqrt(squares + eps) if within else np.sqrt(squares) + eps
