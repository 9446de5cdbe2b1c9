"""Whether arguments of a call are computed from one another: a layer's `Z` and its activation, an error and outputs.

Numbers put in their place one by one would not fit together, and functions that are right could then differ: one asks
`Z > 0`, another `A > 0`.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FEWEST = 4  # numbers of an array of which something can be told
MOST_ARRAYS = 24
MOST_MATRICES = 12  # that are multiplied with each other


def are_related(values: Any) -> bool:
    """Whether one array among values is a function of another, a sum or difference of two, or their product."""
    different = {(array.shape, array.tobytes()): array for array in _arrays(values) if array.size >= FEWEST}
    arrays = list(different.values())
    if len(arrays) > MOST_ARRAYS:
        return True
    matrices = [array for array in arrays if array.ndim == 2][:MOST_MATRICES]
    pairs = list(itertools.combinations(arrays, 2))
    return (
        any(a.shape == b.shape and (_follows(a, b) or _is_masked(a, b) or _is_masked(b, a)) for a, b in pairs)
        or any(_is_sum(*three) for three in itertools.combinations(arrays, 3))
        or any(_is_product(c, [array for array in matrices if array is not c]) for c in matrices)
    )


def _arrays(values: Any) -> Iterator[Array]:
    if isinstance(values, np.ndarray):
        if values.dtype.kind in "fb" and np.isfinite(values).all():
            yield values.astype(np.float64)
    elif isinstance(values, Mapping):
        for value in values.values():
            yield from _arrays(value)
    elif isinstance(values, tuple | list):
        for value in values:
            yield from _arrays(value)


def _follows(a: Array, b: Array) -> bool:
    """Whether one rises, or falls, wherever the other does: as a whole, in each row, or in each column."""
    if a.size > FEWEST and _is_monotonic(a.ravel(), b.ravel()):
        return True
    if a.ndim != 2 or min(a.shape) < 2:
        return False
    return any(
        one.shape[1] > 2 and all(_is_monotonic(x, y) for x, y in zip(one, other, strict=True))
        for one, other in ((a, b), (a.T, b.T))
    )


def _is_monotonic(a: Array, b: Array) -> bool:
    if np.unique(a).size < 3 or np.unique(b).size < 2:
        return False
    steps = np.diff(b[np.argsort(a, kind="stable")])
    return bool((steps >= 0).all() or (steps <= 0).all())


def _is_masked(a: Array, mask: Array) -> bool:
    """Whether one is 0 wherever the other, of zeros and ones, is."""
    off = mask == 0
    return bool(np.isin(mask, (0.0, 1.0)).all() and off.sum() > 1 and (a[off] == 0).all() and a.any())


def _is_sum(a: Array, b: Array, c: Array) -> bool:
    if not a.shape == b.shape == c.shape:
        return False
    return any(np.allclose(whole, part) for whole, part in ((a, b + c), (b, a + c), (c, a + b), (-c, a + b)))


def _is_product(c: Array, others: Sequence[Array]) -> bool:
    """Whether it is a matrix product of two others, up to one number for each row or column, as a bias adds."""
    both_ways = [other for array in others for other in (array, array.T)]
    for a, b in itertools.permutations(both_ways, 2):
        if a.shape[1] == b.shape[0] and (a.shape[0], b.shape[1]) == c.shape and min(c.shape) > 1:
            left = c - a @ b
            if np.allclose(left, left[:1]) or np.allclose(left, left[:, :1]):
                return True
    return False
