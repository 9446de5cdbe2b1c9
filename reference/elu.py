"""The exponential linear unit (Clevert, Unterthiner & Hochreiter 2015), and its slope."""

import numpy as np

from reference.arrays import Array

Cache = tuple[Array, float]


def elu_forward(x: Array, alpha: float) -> tuple[Array, Cache]:
    """elu(x), and what `elu_backward` wants to know."""
    return elu(x, alpha), (x, alpha)


def elu(x: Array, alpha: float) -> Array:
    """x where it is positive, α (exp(x) - 1) elsewhere."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_derivative(x: Array, alpha: float) -> Array:
    """1 where x is positive, α exp(x) elsewhere."""
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


def elu_backward(dout: Array, cache: Cache) -> Array:
    """Gradient in x, given that in elu(x)."""
    return dout * elu_derivative(*cache)
