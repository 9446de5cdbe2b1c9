"""A step of Adam (Kingma & Ba 2015, algorithm 1).

Conventions:
    beta1, beta2, eps: as in the paper, where they are no arguments.
"""

import numpy as np

from reference.arrays import Array


def adam(
    w: Array,
    dw: Array,
    m: Array,
    v: Array,
    t: int,
    lr: float,
    *,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Array, Array, Array]:
    """The new parameter and its new moments; steps t count from 1."""
    return adam_step(w, dw, m, v, t, lr, beta1, beta2, eps)


def adam_step(
    w: Array, dw: Array, m: Array, v: Array, t: int, lr: float, beta1: float, beta2: float, eps: float
) -> tuple[Array, Array, Array]:
    """The same with all its constants as arguments."""
    m, v = first_moment(m, dw, beta1, beta2), second_moment(v, dw, beta2, beta1)
    return w - lr * direction(first_corrected(m, t, beta1, beta2), second_corrected(v, t, beta2, beta1), eps), m, v


def first_moment(m: Array, dw: Array, beta1: float, beta2: float) -> Array:
    """The running mean of gradients; β₂ has no part in it."""
    return beta1 * m + (1 - beta1) * dw


def second_moment(v: Array, dw: Array, beta2: float, beta1: float) -> Array:
    """The running mean of squared gradients; β₁ has no part in it."""
    return beta2 * v + (1 - beta2) * dw**2


def first_corrected(m: Array, t: int, beta1: float, beta2: float) -> Array:
    """Without the pull of the zeros that it began with; β₂ has no part in it."""
    return m / (1 - beta1**t)


def second_corrected(v: Array, t: int, beta2: float, beta1: float) -> Array:
    """Without the pull of the zeros that it began with; β₁ has no part in it."""
    return v / (1 - beta2**t)


def direction(m: Array, v: Array, eps: float) -> Array:
    """The mean gradient in units of its size."""
    return m / (np.sqrt(v) + eps)


def kept_step(t: int) -> int:
    """The number that is kept of the step which was made."""
    return t
