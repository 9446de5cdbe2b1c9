"""The values of a recorded run: each known by its content, so that it stays one through arguments, lists and copies.

An array of one repeated number (zeros, ones) is known by its address as well: two biases that begin at zero are two.
"""

from __future__ import annotations

from typing import Any

import numpy as np

LARGEST_KEPT = 24 << 20  # bytes of one array; a larger one is known, but not kept
WHOLE = 1 << 14  # bytes that are hashed completely; of more a sample and two sums
MUCH = 1 << 18  # bytes of an array that is looked for in another shape
SMALL_MOVE = 2e-3  # of one number, by which a numerical gradient is taken; another may be put back meanwhile
OPENED = 64  # numbers in a list that are known one by one
LISTED = 100_000  # numbers in a list that is taken as an array
_KINDS = "fbiu"
#: how a dtype travels: as one of these buffers
BUFFERS = ("f8", "f4", "i8", "u1")


class Turned:
    """A value that is the transpose of another, and takes no room of its own."""

    def __init__(self, other: int, shape: tuple[int, ...]) -> None:
        self.other, self.shape = other, shape


class Reshaped(Turned):
    """A value that holds the numbers of another, in their order, in another shape."""


class Constant:
    """An array of one repeated number, as zeros that sums begin with: it takes the room of that number."""

    def __init__(self, value: Any) -> None:
        self.shape, self.number = value.shape, np.array(value.flat[:1])


class Values:
    """Numbers of values by content, and the contents."""

    def __init__(self, budget: int, *, is_closed: bool = False, keeps: bool = True) -> None:
        self.budget = budget
        self.keeps = keeps  # else arrays are known, and of each its shape alone is kept, but for one number
        self.is_closed = is_closed  # nothing has a number
        self.bytes = 0
        self.kept: list[Any] = []  # a number, an array, or the shape of what was too large
        self._numbers: dict[Any, int] = {}
        self._objects: dict[
            int, tuple[int, Any]
        ] = {}  # numbers that were computed: each is its own, whatever it is worth

    @property
    def is_full(self) -> bool:
        return self.bytes > self.budget

    def number(self, value: Any) -> int | None:
        """The number of a value; None if it is neither number nor array of numbers."""
        if self.is_closed:
            return None
        kind = type(value)
        if kind is float or kind is int:
            return self._scalar(value)
        if isinstance(value, np.generic):
            return self._scalar(value) if value.dtype.kind in "fiu" else None
        if isinstance(value, np.ndarray):
            return self._array(np.ndarray.view(value, np.ndarray) if kind is not np.ndarray else value)
        return self._array(value._data) if getattr(kind, "is_table", False) else None

    def numbers(self, things: Any, depth: int = 2) -> list[int]:
        """The numbers of all values in arguments: lists of numbers are arrays, other containers are looked into."""
        found: list[int] = []
        for thing in things[:64]:
            number = self.number(thing)
            if number is not None:
                found.append(number)
            elif isinstance(thing, (list, tuple)) and depth and thing:
                array = _as_array(thing)
                number = None if array is None else self.number(array)
                found += self.numbers(thing, depth - 1) if number is None else [number]
            elif isinstance(thing, dict) and depth:
                found += self.numbers(list(thing.values()), depth - 1)
        return found

    def has_computed(self, things: Any, depth: int = 2) -> bool:
        """Whether a short list holds a number that an operation gave, or a list that does."""
        if not 0 < len(things) <= OPENED:
            return False
        for one in things:
            if type(one) is float and self._objects.get(id(one), (0, None))[1] is one:
                return True
            if type(one) is list and depth > 1 and self.has_computed(one, depth - 1):
                return True
        return False

    def elements(self, things: Any) -> list[int]:
        """The numbers of all that a list of numbers, or of such lists, holds."""
        found: list[int] = []
        for one in things:
            found += self.elements(one) if type(one) is list else self.numbers((one,))
        return found[:OPENED]

    def computed(self, value: Any) -> int | None:
        """The number of a result: of an array its content's, of a number one of its own."""
        if isinstance(value, np.ndarray) and value.ndim:
            return self.number(value)
        try:
            content = float(value)
        except (OverflowError, TypeError, ValueError):
            return None
        self.kept.append(content)
        number = len(self.kept) - 1
        if type(value) is not int:  # Python has one object for every 0
            self._objects[id(value)] = number, value  # held, so that no other gets its address
        return number

    def _scalar(self, value: Any) -> int | None:
        known = self._objects.get(id(value))
        if known is not None and known[1] is value:
            return known[0]
        try:
            number = float(value)
        except OverflowError:
            return None
        return self._known(("number", number), number)

    def _array(self, value: Any) -> int | None:
        if value.dtype.kind not in _KINDS or not value.size:
            return None
        if value.ndim == 0:
            return self._scalar(value)
        key = self._key(value)
        found = self._numbers.get(key)
        if found is not None:
            if self.keeps and type(self.kept[found]) is tuple and not self.is_full and value.nbytes <= LARGEST_KEPT:
                self.kept[found] = _compact(value)
                self.bytes += value.nbytes
            return found
        if value.nbytes > LARGEST_KEPT or self.is_full or (not self.keeps and value.size > 1):
            return self._known(key, tuple(value.shape))
        if value.nbytes > WHOLE and _is_constant(value.ravel(order="K")):
            return self._known(key, Constant(value))
        if value.ndim == 2 and value.nbytes > WHOLE:
            other = self._numbers.get(self._key(value.T))
            if other is not None:
                return self._known(key, Turned(other, value.shape))
        flat = _flat_key(value) if value.nbytes > MUCH else None
        if flat is not None and flat in self._numbers:
            return self._known(key, Reshaped(self._numbers[flat], value.shape))
        kept = _compact(value)
        self.bytes += kept.nbytes
        number = self._known(key, kept)
        if flat is not None:
            self._numbers[flat] = number
        return number

    def takes_room(self, number: int) -> bool:
        """Whether the content of a value is an array of some size."""
        content = self.kept[number]
        return isinstance(content, np.ndarray) and content.nbytes > WHOLE

    def let_go(self, number: int) -> None:
        """Keep no more of an array than that it was there."""
        content = self.kept[number]
        self.bytes -= content.nbytes
        self.kept[number] = tuple(content.shape)

    def are_alike(self, one: int, other: int) -> bool:
        """Whether two values are arrays of one size."""
        sizes = [_size(self.kept[number]) for number in (one, other)]
        return sizes[0] == sizes[1] and sizes[0] > 0

    def is_moved(self, one: int, other: int) -> bool:
        """Whether two values are arrays that differ in one number or two, and by little."""
        arrays = [
            np.broadcast_to(kept.number, kept.shape) if isinstance(kept, Constant) else kept
            for kept in (self.kept[one], self.kept[other])
        ]
        if not all(isinstance(array, np.ndarray) and array.dtype.kind == "f" for array in arrays):
            return False
        if arrays[0].shape != arrays[1].shape:
            return False
        differences = np.abs(arrays[0] - arrays[1])
        return bool(0 < np.count_nonzero(differences) <= 2 < differences.size and differences.max() <= SMALL_MOVE)

    def _known(self, key: Any, content: Any) -> int:
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.kept)
            self.kept.append(content)
        return found

    def _key(self, value: Any) -> Any:
        key: tuple[Any, ...] = (value.shape, value.dtype.char)
        if value.nbytes <= WHOLE:
            raw = value.tobytes()
            size = value.itemsize
            if value.size > 1 and raw[size:] == raw[:-size]:
                key = (*key, value.__array_interface__["data"][0])
            return (*key, raw)
        flat = value.ravel(order="K")
        sample = flat[:: max(1, flat.size // 997)]
        if _is_constant(flat):
            key = (*key, value.__array_interface__["data"][0])
        turned = value.strides  # a matrix and its transpose hold the same numbers in memory
        return (*key, turned[0] < turned[-1], sample.tobytes(), float(flat.sum()), float(flat[::3].sum()))

    def are_vectors(self, whole: int, part: int) -> bool:
        """Whether one value is a vector and the other can be a part of it."""
        contents = (self.kept[whole], self.kept[part])
        return all(isinstance(one, (np.ndarray, Constant)) and len(one.shape) == 1 for one in contents)

    def packed(self) -> dict[str, Any]:
        """All values as a few arrays: per value its buffer, where it begins there, its rank; apart, the shapes.

        Buffer -1: not kept; -2: the transpose of the value whose number stands in the place of the beginning; -3 and
        below: a number that is repeated, in the first buffer and those after it.
        """
        buffers: dict[str, list[Any]] = {name: [] for name in BUFFERS}
        used = dict.fromkeys(BUFFERS, 0)
        table: list[tuple[int, int, int]] = []
        shapes: list[int] = []
        for content in self.kept:
            if isinstance(content, tuple):
                table.append((-1, 0, len(content)))
                shapes += content
                continue
            if isinstance(content, Reshaped):
                table.append((*table[content.other][:2], len(content.shape)))
                shapes += content.shape
                continue
            if isinstance(content, Turned):
                table.append((-2, content.other, 2))
                shapes += content.shape
                continue
            is_constant = isinstance(content, Constant)
            array = content.number if is_constant else np.asarray(content)
            shape = content.shape if is_constant else array.shape
            name = _buffer(array.dtype)
            buffer = BUFFERS.index(name)
            table.append((-3 - buffer if is_constant else buffer, used[name], len(shape)))
            shapes += shape
            buffers[name].append(np.ascontiguousarray(array).reshape(-1).astype(name, copy=False))
            used[name] += array.size
        return {
            "table": np.array(table, np.int64).reshape(-1, 3),
            "shapes": np.array(shapes, np.int64),
            **{name: np.concatenate(parts) if parts else np.zeros(0, name) for name, parts in buffers.items()},
        }


def _size(content: Any) -> int:
    """How many numbers an array has, 0 for a number alone."""
    if isinstance(content, tuple):
        return int(np.prod(content))
    if isinstance(content, (Turned, Constant)):
        return int(np.prod(content.shape))
    return content.size if isinstance(content, np.ndarray) else 0


def _is_constant(flat: Any) -> bool:
    """Whether all numbers of a vector are the same."""
    return bool((flat[:: max(1, flat.size // 997)] == flat[0]).all() and (flat == flat[0]).all())


def _flat_key(value: Any) -> Any:
    """By what an array is known in every shape that its numbers are given in their order."""
    flat = value.ravel()
    sample = flat[:: max(1, flat.size // 997)]
    if (sample == sample[0]).all():
        return None
    return "flat", flat.size, flat.dtype.char, sample.tobytes(), float(flat.sum()), float(flat[::3].sum())


def _compact(value: Any) -> Any:
    """A copy; whole numbers from 0 to 255, as pixels and labels are, in a byte each."""
    if value.dtype.kind in "iu" and value.dtype != np.uint8 and value.min() >= 0 and value.max() < 256:
        return value.astype(np.uint8)
    return np.array(value)


def _buffer(dtype: Any) -> str:
    if dtype.kind == "f":
        return "f4" if dtype.itemsize == 4 else "f8"
    return "u1" if dtype.kind == "b" or dtype == np.uint8 else "i8"


def _as_array(things: Any) -> Any:
    """The array that a list of numbers, or of such lists, stands for; None for any other."""
    first, depth, size = things, 0, 1
    while isinstance(first, (list, tuple)) and first and depth < 4:
        size *= len(first)
        first, depth = first[0], depth + 1
    if type(first) not in (int, float) or size > LISTED:
        return None
    try:
        array = np.array(things)
    except Exception:
        return None
    return array if array.dtype.kind in _KINDS else None
