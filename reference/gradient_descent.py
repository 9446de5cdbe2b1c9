"""The step of gradient descent, w ← w - η g (Deep Learning, section 4.3)."""

from reference.arrays import Array


def update(value: Array, gradient: Array, rate: float) -> Array:
    """The new value of one parameter."""
    return value - rate * gradient
