"""Small inputs of the kind of given ones: few rows and columns, small whole numbers in them.

Sizes that are the same in several arguments stay the same, since they are one dimension: of `x` (7, 5) and `W` (5, 4)
come (1, 2) and (2, 2). What the numbers are stays as well: labels, one-hot rows, probabilities, shares, what is never
negative.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

WHOLE = ((1.0, 2.0, -1.0, 3.0, -2.0), (2.0, -1.0, 1.0, 3.0, -3.0, 0.5))
POSITIVE = ((1.0, 2.0, 3.0), (2.0, 1.0, 0.5))
SHARES = ((0.5, 0.25, 0.75), (0.75, 0.5, 0.25))
LABELS = ((1, 0), (0, 0))
TINY = 1e-3  # a number below it is there for the rounding, like ε, and is kept
LARGEST_SIZES = (1, 2, 3, 4)


@dataclass
class _Filling:
    """Which numbers are put into arrays: into equal ones the same, into others others, so that none are exchanged."""

    number: int
    arrays: int = 0
    known: dict[tuple[Any, ...], NDArray[Any]] = field(default_factory=dict)

    def numbers(self, choices: Sequence[Sequence[Any]], count: int) -> list[Any]:
        chosen = choices[self.number]
        begin = self.arrays % len(chosen)
        self.arrays += 1
        return list(islice(cycle(chosen), begin, begin + count))


def small(values: Any) -> Iterator[Any]:
    """Values of the same structure with small inputs in them, those with the fewest numbers first."""
    sizes = sorted(_sizes(values))
    for mapped in sorted(_mappings(sizes, _first_sizes(values)), key=lambda mapped: count(values, mapped)):
        for number in range(len(WHOLE)):
            yield _made(values, mapped, _Filling(number))


def count(values: Any, sizes: Mapping[int, int] | None = None) -> int:
    """How many numbers there are in values, or would be with other sizes."""
    if isinstance(values, np.ndarray):
        return math.prod(sizes.get(size, size) for size in values.shape) if sizes is not None else values.size
    if isinstance(values, Mapping):
        return sum(count(value, sizes) for value in values.values())
    if isinstance(values, tuple | list):
        return sum(count(value, sizes) for value in values)
    return 1


def nudged(values: Any, by: float = 1e-6) -> Any:
    """The values with every fractional number moved a little, each by another amount."""
    if isinstance(values, np.ndarray) and values.dtype.kind == "f":
        return values + by * (1 + np.cos(1.7 * np.arange(values.size))).reshape(values.shape)
    if isinstance(values, Mapping):
        return {key: nudged(value, by) for key, value in values.items()}
    if type(values) in (tuple, list):
        return type(values)(nudged(value, by) for value in values)
    return values


def _sizes(values: Any) -> set[int]:
    if isinstance(values, np.ndarray):
        return {size for size in values.shape if size > 1}
    if isinstance(values, Mapping):
        return set().union(*map(_sizes, values.values()))
    if isinstance(values, tuple | list):
        return set().union(*map(_sizes, values))
    return set()


def _first_sizes(values: Any) -> tuple[int, ...]:
    """The sizes of the first array with axes: among them is the number of samples."""
    if isinstance(values, np.ndarray):
        return tuple(values.shape)
    inside = values.values() if isinstance(values, Mapping) else values if isinstance(values, tuple | list) else ()
    return next((found for value in inside if (found := _first_sizes(value))), ())


def _mappings(sizes: Sequence[int], first: Sequence[int]) -> Iterator[Mapping[int, int]]:
    """What sizes become: 1 or 2, one of them 1 and the others 2, all different, at most 3 or 4."""
    told: list[Mapping[int, int]] = [{size: min(size, largest) for size in sizes} for largest in LARGEST_SIZES]
    told += [{other: 1 if other == size else min(other, 2) for other in sizes} for size in first if size > 1]
    told.append({size: min(size, place) for place, size in enumerate(sizes, start=1)})
    told.append({size: min(size, place) for place, size in enumerate(sizes, start=2)})
    yield from {tuple(mapped.values()): mapped for mapped in told}.values()


def _made(value: Any, sizes: Mapping[int, int], filling: _Filling) -> Any:
    if isinstance(value, np.ndarray):
        key = (value.shape, value.dtype.str, value.tobytes())
        if key not in filling.known:
            filling.known[key] = _array(value, sizes, filling)
        return filling.known[key]
    if isinstance(value, Mapping):
        return {key: _made(item, sizes, filling) for key, item in value.items()}
    if type(value) in (tuple, list):
        return type(value)(_made(item, sizes, filling) for item in value)
    if type(value) is int:
        return sizes.get(value, value)
    if type(value) is float:
        return _number(value)
    return value


def _number(value: float) -> float:
    if not np.isfinite(value) or abs(value) < TINY:
        return value
    if 0 < value < 1:
        return 0.5
    return float(round(value)) or 1.0


def _array(array: NDArray[Any], sizes: Mapping[int, int], filling: _Filling) -> NDArray[Any]:
    shape = tuple(sizes.get(size, size) for size in array.shape)
    number = int(np.prod(shape))
    kind = array.dtype.kind
    if kind in "iu":
        return np.array(filling.numbers(LABELS, number), array.dtype).reshape(shape)
    if kind != "f" or not array.size or not np.isfinite(array).all():
        return array[tuple(slice(size) for size in shape)]
    axis = next((axis for axis in (-1, 0) if array.ndim == 2 and np.allclose(array.sum(axis=axis), 1.0)), None)
    if axis is not None and (array >= 0).all():
        rows, length = number // shape[axis], shape[axis]
        whole = np.isin(array, (0.0, 1.0)).all()
        made = np.array([_one_hot(row, length) if whole else _shares(row, length) for row in range(rows)])
        return made if axis == -1 else np.ascontiguousarray(made.T)
    if np.isin(array, (0.0, 1.0)).all():
        choices: Sequence[Sequence[Any]] = ((1.0, 0.0), (0.0, 1.0))
    elif (array > 0).all() and (array < 1).all():
        choices = SHARES
    elif (array >= 0).all():
        choices = POSITIVE
    else:
        choices = WHOLE
    return np.array(filling.numbers(choices, number), np.float64).reshape(shape)


def _one_hot(row: int, length: int) -> list[float]:
    return [1.0 if place == (row + 1) % length else 0.0 for place in range(length)]


def _shares(row: int, length: int) -> list[float]:
    """Numbers that add up to 1: a half, a quarter … and what is left; another row begins elsewhere."""
    parts = [0.5 ** (place + 1) for place in range(length - 1)]
    parts.append(1.0 - sum(parts))
    if length == 2:
        parts = [0.25, 0.75]
    begin = row % length
    return parts[begin:] + parts[:begin]
