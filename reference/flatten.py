"""The dimensions of a sample as one, between convolutions and dense layers, and the way back."""

from collections.abc import Sequence

from reference.arrays import Array


def flatten(x: Array) -> Array:
    """Samples (n, …) as rows (n, d), d the product of the other sizes; the last index runs fastest."""
    return x.reshape(len(x), -1)


def unflatten(upstream: Array, shape: Sequence[int]) -> Array:
    """The gradient (n, d) of the rows, in the shape of what was flattened."""
    return upstream.reshape(shape)
