"""A step of Adam (Kingma & Ba 2015, algorithm 1).

Conventions:
    beta1, beta2, eps: as in the paper.
"""

import numpy as np

from reference.arrays import Array


def adam(w: Array, dw: Array, m: Array, v: Array, t: int, lr: float) -> tuple[Array, Array, Array]:
    """The new parameter and its new moments; steps t count from 1."""
    m, v = first_moment(m, dw), second_moment(v, dw)
    return w - lr * direction(first_corrected(m, t), second_corrected(v, t)), m, v


def first_moment(m: Array, dw: Array, *, beta1: float = 0.9) -> Array:
    """The running mean of gradients."""
    return beta1 * m + (1 - beta1) * dw


def second_moment(v: Array, dw: Array, *, beta2: float = 0.999) -> Array:
    """The running mean of squared gradients."""
    return beta2 * v + (1 - beta2) * dw**2


def first_corrected(m: Array, t: int, *, beta1: float = 0.9) -> Array:
    """Without the pull of the zeros that it began with."""
    return m / (1 - beta1**t)


def second_corrected(v: Array, t: int, *, beta2: float = 0.999) -> Array:
    """Without the pull of the zeros that it began with."""
    return v / (1 - beta2**t)


def direction(m: Array, v: Array, *, eps: float = 1e-8) -> Array:
    """The mean gradient in units of its size."""
    return m / (np.sqrt(v) + eps)
