"""Which places of an argument each place of a result comes of: the windows of a convolution, the steps of a sequence.

One place after the other along each axis of an argument is given other numbers, in the submission and in the solution,
and what changes is compared. So what loops visit shows without reading them, also where several things are wrong there.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.diagnosis.cases.leaves import Array, Leaves, Path, leaves_of

Places = NDArray[np.bool_]  # along an axis of the argument, by those along one of the result: whether that comes of it
Call = Callable[[tuple[Any, ...]], Leaves | None]
Changed = dict[Path, Places]  # of parts of a result

SIZES = range(2, 13)  # of an axis whose places are told apart
LARGEST = 4_000  # numbers of an argument
CALLS = 90  # of the function, in all
FACTOR = 3.0  # times the largest number, so that what is moved is the largest of its window
TOLERANCE = 1e-9
LEAST_WINDOWS = 3  # to tell how they move


@dataclass(frozen=True)
class Reach:
    """What one axis of a part of the result comes of along one axis of an argument, and what it should come of."""

    argument: int
    within: Path  # where in the argument the array is
    axis: int
    part: Path
    part_axis: int
    found: Places
    right: Places

    @property
    def array(self) -> tuple[int, Path]:
        """Which argument it is about, or which part of one."""
        return self.argument, self.within

    @property
    def source(self) -> tuple[int, Path, int]:
        """The axis of an argument that it is about."""
        return self.argument, self.within, self.axis

    @property
    def is_everywhere(self) -> bool:
        """Whether each place should come of every other one."""
        return bool(self.right.all())


def reaches(
    arguments: Sequence[Any], given: Sequence[Any], parts: Sequence[Path], student: Call, solution: Call
) -> Iterator[Reach]:
    """Where what wrong `parts` come of is another than it should be.

    `arguments` are the submission's, `given` what a right function is given in their places.

    Raises:
        ValueError: what is given depends on the calls before.
    """
    arrays = [(k, path) for k, one in enumerate(given) for path, leaf in leaves_of(one).items() if _is_of_places(leaf)]
    arrays = [(k, path) for k, path in arrays if _are_alike(arguments[k], given[k], path)]
    usual = student(tuple(arguments)), solution(tuple(given))
    left = CALLS
    for number, path in arrays:
        array = leaves_of(given[number])[path]
        assert isinstance(array, np.ndarray)
        axes = [axis for axis, size in enumerate(array.shape) if size in SIZES]
        left -= 2 * sum(array.shape[axis] for axis in axes)
        if left < 0:
            return
        for axis in axes:
            sides: list[list[Changed]] = [[], []]
            for place in range(array.shape[axis]):
                # Of the largest number in a window the one sign tells, of the smallest the other.
                moved = [_moved(array, axis, place, sign) for sign in (1, -1)]
                for side, (call, own) in enumerate(((student, arguments), (solution, given))):
                    others = [[*own[:number], _put(own[number], path, one), *own[number + 1 :]] for one in moved]
                    sides[side].append(_either(*(_changed(usual[side], call(tuple(one)), parts) for one in others)))
            yield from _compared(number, path, axis, sides[0], sides[1])
    again = student(tuple(arguments)), solution(tuple(given))
    if any(_differ(*pair, parts) for pair in zip(usual, again, strict=True)):  # calls before have left something behind
        raise ValueError("what a call gives depends on those before it")


def _compared(
    number: int,
    path: Path,
    axis: int,
    found: Sequence[Changed],
    right: Sequence[Changed],
) -> Iterator[Reach]:
    for part in set.intersection(*(set(one) for one in (*found, *right))):
        shapes = {one[part].shape for one in (*found, *right)}
        if len(shapes) != 1:
            continue
        (shape,) = shapes
        for part_axis, size in enumerate(shape):
            if size < 2:
                continue
            others = tuple(other for other in range(len(shape)) if other != part_axis)
            own, asked = (np.array([one[part].any(axis=others) for one in side]) for side in (found, right))
            if not np.array_equal(own, asked):
                yield Reach(number, path, axis, part, part_axis, own, asked)


def _is_of_places(leaf: object) -> bool:
    is_array = isinstance(leaf, np.ndarray) and leaf.size <= LARGEST and bool(np.isfinite(leaf).all())
    return is_array and isinstance(leaf, np.ndarray) and leaf.ndim > 1 and not _is_simple(leaf)


def _is_simple(array: Array) -> bool:
    """Whether these are indices, labels or zeros, which other numbers may not take the place of."""
    return bool((array == np.round(array)).all())


def _are_alike(one: Any, other: Any, path: Path) -> bool:
    leaf, right = leaves_of(one).get(path), leaves_of(other).get(path)
    return isinstance(leaf, np.ndarray) and isinstance(right, np.ndarray) and np.array_equal(leaf, right)


def _either(one: Changed, other: Changed) -> Changed:
    return {part: one[part] | other[part] for part in one.keys() & other.keys()}


def _moved(array: Array, axis: int, place: int, sign: int) -> Array:
    """The array with larger numbers, or smaller ones, at one place along an axis, all different."""
    made = array.copy()
    where = tuple(place if other == axis else slice(None) for other in range(array.ndim))
    size = made[where].size
    more = 1 + np.abs(np.cos(1.7 * np.arange(size))).reshape(made[where].shape)
    made[where] += sign * FACTOR * float(np.abs(array).max()) * more
    return made


def _put(whole: Any, path: Path, value: Array) -> Any:
    if not path:
        return value.astype(whole.dtype) if isinstance(whole, np.ndarray) else value
    first, *rest = path
    if isinstance(whole, dict):
        return {key: _put(one, tuple(rest), value) if key == first else one for key, one in whole.items()}
    return type(whole)(_put(one, tuple(rest), value) if i == first else one for i, one in enumerate(whole))


def _changed(usual: Leaves | None, now: Leaves | None, parts: Sequence[Path]) -> Changed:
    """Where parts of a result are others; none of those that cannot be compared."""
    found = {}
    for part in parts:
        before, after = (usual or {}).get(part), (now or {}).get(part)
        if not isinstance(before, np.ndarray) or not isinstance(after, np.ndarray) or before.shape != after.shape:
            continue
        if before.ndim and np.isfinite(before).all() and np.isfinite(after).all():
            found[part] = np.abs(after - before) > TOLERANCE * max(1.0, float(np.abs(before).max(initial=0)))
    return found


def _differ(before: Leaves | None, after: Leaves | None, parts: Sequence[Path]) -> bool:
    return any(places.any() for places in _changed(before, after, parts).values())


# --- what shows in them ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Windows:
    """Which places along one axis, one run of them without gaps, belong to each place along another."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    size: int  # how many places there are

    @property
    def step(self) -> int | None:
        """How far it is from one window to the next, where the ends of the axis do not cut them off."""
        steps = {b - a for a, b in itertools.pairwise(self.first) if a > 0}
        steps |= {b - a for a, b in itertools.pairwise(self.last) if b < self.size - 1}
        return steps.pop() if len(steps) == 1 else None

    @property
    def lengths(self) -> frozenset[int]:
        """How long they are, where the ends of the axis do not cut them off."""
        whole = {b - a + 1 for a, b in self._ends if a > 0 and b < self.size - 1}
        longest = max(b - a + 1 for a, b in self._ends)
        return frozenset(whole | {longest})

    @property
    def are_regular(self) -> bool:
        return len(self.first) >= LEAST_WINDOWS and (self.step or 0) > 0 and len(self.lengths) == 1

    @property
    def _ends(self) -> list[tuple[int, int]]:
        return [*zip(self.first, self.last, strict=True)]


def windows_of(places: Places) -> Windows | None:
    """The windows along the first axis, for each place along the second; None where there is none for one of them."""
    first, last = [], []
    for column in places.T:
        (where,) = np.nonzero(column)
        if not where.size or where[-1] - where[0] + 1 != where.size:
            return None
        first.append(int(where[0]))
        last.append(int(where[-1]))
    return Windows(tuple(first), tuple(last), places.shape[0])
