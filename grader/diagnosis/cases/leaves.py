"""The numbers inside a value, by where they are in it, and when two of them count as the same.

Looser than the checks' own comparison on purpose: a submission that computes in float32, or adds 1e-8 inside a
logarithm, makes the same mistake as the one that does not. Right and wrong are 1e-4 apart, so nothing is mixed up.
"""

import math
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.implementation import Hidden

Array = NDArray[np.float64]
Path = tuple[str | int, ...]
Leaf = Array | str | None
Leaves = Mapping[Path, Leaf]

RELATIVE = 1e-5
ABSOLUTE = 1e-9
RAISED: Path = ("raised",)
MAX_LEAVES = 4096
ROUNDING = 1e-12  # of sums of numbers around 1
DIFFERENT_NUMBERS = 3
LARGEST_DENOMINATOR = 1000


def leaves_of(value: Any, kept: Collection[int] = ()) -> dict[Path, Leaf]:
    """Path -> array (float64), text or None; hidden objects and the positions in `kept` are left out."""
    if -1 in kept:
        return {}
    leaves: dict[Path, Leaf] = {}
    if kept and isinstance(value, tuple):
        for i, item in enumerate(value):
            if i not in kept:
                _collect(item, (i,), leaves)
    else:
        _collect(value, (), leaves)
    return leaves


def _collect(value: Any, path: Path, leaves: dict[Path, Leaf]) -> None:
    if isinstance(value, Hidden) or len(leaves) >= MAX_LEAVES:
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            _collect(item, (*path, key), leaves)
    elif isinstance(value, tuple | list) and not _is_vector(value):
        for i, item in enumerate(value):
            _collect(item, (*path, i), leaves)
    elif isinstance(value, str) or value is None:
        leaves[path] = value
    else:
        array = np.asarray(value)
        if array.dtype.kind in "biufc":
            leaves[path] = array.real.astype(np.float64) if array.dtype.kind == "c" else array.astype(np.float64)


def _is_vector(value: Any) -> bool:
    return len(value) > 0 and all(
        isinstance(item, bool | int | float | np.number) or (isinstance(item, np.ndarray) and item.ndim == 0)
        for item in value
    )


def same(a: Leaf, b: Leaf, relative: float = RELATIVE) -> bool:
    """Whether two leaves are the same numbers, up to rounding and dimensions of length one."""
    if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray):
        return type(a) is type(b) and a == b
    if a.shape != b.shape:
        if a.size != b.size or [n for n in a.shape if n != 1] != [n for n in b.shape if n != 1]:
            return False
        b = b.reshape(a.shape)
    norm_a, norm_b = _norm(a), _norm(b)
    if math.isfinite(norm_a) and math.isfinite(norm_b):
        return _norm(a - b) <= max(relative * (norm_a + norm_b), ABSOLUTE)
    return _same_of_any_size(a, b, relative)


def _same_of_any_size(a: Array, b: Array, relative: float) -> bool:
    """`same` for leaves with NaN, infinities, or numbers whose squares overflow."""
    finite = np.isfinite(a)
    if not np.array_equal(finite, np.isfinite(b)) or not np.array_equal(a[~finite], b[~finite], equal_nan=True):
        return False
    a, b = a[finite], b[finite]
    largest = float(np.max(np.abs(np.concatenate([a, b])), initial=1.0))
    a, b = a / largest, b / largest
    return _norm(a - b) <= max(relative * (_norm(a) + _norm(b)), ABSOLUTE / largest)


def _norm(array: Array) -> float:
    return math.sqrt(np.vdot(array, array))  # which warns of no overflow, as `@` and `dot` do


def is_distinctive(array: Array) -> bool:
    """Whether these are numbers that two functions hardly share by chance.

    Zeros, counts and shares are not, unless several different ones come in one array; what rounding leaves of zeros is
    none.
    """
    finite = array[np.isfinite(array)]
    numbers = np.unique(np.where(np.abs(finite) <= ROUNDING, 0, finite))
    return numbers.size >= DIFFERENT_NUMBERS or not all(map(_is_simple, numbers.tolist()))


def _is_simple(number: float) -> bool:
    """Whether a number is a fraction with a small denominator."""
    near = Fraction(number).limit_denominator(LARGEST_DENOMINATOR)
    return abs(number - float(near)) <= ROUNDING * max(1.0, abs(number))
