"""A step of RMSProp (Tieleman & Hinton 2012; Deep Learning, algorithm 8.5).

Conventions:
    rho, eps: how much of the mean square is kept, and what keeps the division from being by 0, where they are no
        arguments.
    within: whether eps stands within the root, √(s + ε), or is added to it.
"""

import numpy as np

from reference.arrays import Array


def rmsprop(
    w: Array, dw: Array, mean_square: Array, lr: float, *, rho: float = 0.99, eps: float = 1e-8
) -> tuple[Array, Array]:
    """The new parameter and the new running mean of its squared gradients."""
    return rmsprop_step(w, dw, mean_square, lr, rho, eps)


def rmsprop_step(w: Array, dw: Array, mean_square: Array, lr: float, rho: float, eps: float) -> tuple[Array, Array]:
    """The same with its constants as arguments."""
    mean_square = next_mean_square(mean_square, dw, rho)
    return w - lr * dw / size_of_gradient(mean_square, eps), mean_square


def next_mean_square(mean_square: Array, dw: Array, rho: float) -> Array:
    """The running mean of squared gradients."""
    return rho * mean_square + (1 - rho) * dw**2


def size_of_gradient(mean_square: Array, eps: float, *, within: bool = False) -> Array:
    """What the gradient is divided by."""
    return np.sqrt(mean_square + eps) if within else np.sqrt(mean_square) + eps
