"""Inverted dropout with a given mask (Srivastava et al. 2014), and its gradient.

Conventions:
    keep: the probability with which a unit is kept, where it is no argument.
"""

from reference.arrays import Array


def dropout(x: Array, mask: Array, *, keep: float = 0.8) -> Array:
    """x where the mask is 1, else 0, divided by the probability of being kept, so that the mean stays."""
    return kept_and_scaled(x, mask, keep)


def kept_and_scaled(x: Array, mask: Array, keep: float) -> Array:
    """The same with the probability as an argument."""
    return x * mask / keep


def dropout_backward(dout: Array, mask: Array, *, keep: float = 0.8) -> Array:
    """Gradient in x, given that in the result."""
    return passed_back(dout, mask, keep)


def passed_back(dout: Array, mask: Array, keep: float) -> Array:
    """The same with the probability as an argument."""
    return dout * mask / keep
