"""The dimensions of a sample as one, between convolutions and dense layers, and the way back.

Conventions:
    layout: of what is flat: samples are "rows" (n, d) or "columns" (d, n); images are (n, …) in both.
"""

from collections.abc import Sequence

from reference.arrays import Array


def flatten(x: Array, *, layout: str = "rows") -> Array:
    """Each sample of (n, …) with its d numbers in one dimension; the last index runs fastest."""
    return x.reshape(len(x), -1).T if layout == "columns" else x.reshape(len(x), -1)


def unflatten(upstream: Array, shape: Sequence[int], *, layout: str = "rows") -> Array:
    """The gradient in what is flat, in the shape of what was flattened."""
    return upstream.T.reshape(shape) if layout == "columns" else upstream.reshape(shape)
