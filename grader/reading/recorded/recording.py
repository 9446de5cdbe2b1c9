"""A recorded run as it comes out of a cell, checked and made into events.

What a cell sends may be anything (a submission can replace the recorder), so every number is looked at here, and
nothing behind this file meets an index that leads nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

MAX_PLACES = 50_000
MAX_EVENTS = 200_000
MAX_VALUES = 400_000
MAX_OPERANDS = 4_096
MAX_TEXTS = 100_000
MAX_FAILED = 64
MAX_RANK = 32
MAX_SIZE = 1 << 40  # of one dimension
MAX_REPEATED = 3 << 20  # times that one number stands in an array
_BUFFERS = ("f8", "f4", "i8", "u1")

Array = np.ndarray[Any, Any]
#: the shape of an array; a list with its length; the name of any other type
Form = tuple[int | str, ...] | str


class BadRecording(Exception):
    """The cell sent something that is no recording."""


@dataclass(frozen=True)
class Place:
    """A piece of the person's text: an operation, a call, an assignment."""

    filename: str
    op: str
    function: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Event:
    """An operation that was carried out; values are known by their numbers."""

    index: int
    place: int
    op: str
    operands: tuple[int, ...]
    result: int


@dataclass(frozen=True)
class Recording:
    """Everything that was seen of a run.

    Attributes:
        named: (number of events before, place, name, value) for each assignment.
        end: why the run ended: "finished", "steps", "time", "memory", "events", "nothing new".
        passed: (events before, events at the end) of each loop that was ended so that the run goes on behind it.
        failed: operations that raised: the place, and the form of each operand.
    """

    places: tuple[Place, ...]
    events: tuple[Event, ...]
    named: tuple[tuple[int, int, str, int], ...]
    values: "ValueTable"
    end: str = "finished"
    passed: tuple[tuple[int, int], ...] = ()
    failed: tuple[tuple[int, tuple[Form, ...]], ...] = ()

    @classmethod
    def of(cls, message: Any) -> "Recording":
        """Read what a cell sent.  Raises BadRecording."""
        try:
            return _read(message)
        except BadRecording:
            raise
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
            raise BadRecording(f"{type(error).__name__}: {error}") from error

    def place_of(self, event: Event) -> Place:
        return self.places[event.place]

    def beyond(self) -> "Recording":
        """What was seen outside the loops that were passed, with its events counted anew."""
        if not self.passed:
            return self
        kept = [at for at in range(len(self.events)) if not any(first <= at < last for first, last in self.passed)]
        events = tuple(replace(self.events[at], index=index) for index, at in enumerate(kept))
        before = np.searchsorted(np.array(kept, dtype=int), np.arange(len(self.events) + 1)).tolist()
        names = tuple(
            (before[at], *rest) for at, *rest in self.named if not any(first < at < last for first, last in self.passed)
        )
        return replace(self, events=events, named=names)

    def number_in_run(self, index: int) -> int:
        """Which event of the run, with the loops that were passed, one of what is `beyond` them is."""
        for first, last in self.passed:
            if index >= first:
                index += last - first
        return index

    @property
    def behind(self) -> int:
        """The first event behind the last loop that was passed, of what is `beyond` it; 0 if none was."""
        return self.passed[-1][0] - sum(last - first for first, last in self.passed[:-1]) if self.passed else 0


@dataclass(frozen=True)
class ValueTable:
    """The values of a run; arrays are views of the buffers that came."""

    table: Array
    starts: Array  # of each shape in `dimensions`
    dimensions: Array
    buffers: tuple[Array, ...]

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def shapes(self) -> list[tuple[int, ...]]:
        sizes = self.dimensions.tolist()
        starts = self.starts.tolist()
        ranks = self.table[:, 2].tolist()
        return [tuple(sizes[start : start + rank]) for start, rank in zip(starts, ranks, strict=True)]

    @cached_property
    def sizes(self) -> list[int]:
        return [prod(shape) for shape in self.shapes]

    @cached_property
    def scalars(self) -> list[float]:
        """The numbers that stand alone; NaN for all other values."""
        found = np.full(len(self.table), np.nan)
        for number, buffer in enumerate(self.buffers):
            rows = np.flatnonzero((self.table[:, 2] == 0) & (self.table[:, 0] == number))
            found[rows] = buffer[self.table[rows, 1]]
        return list(found.tolist())

    def _buffer(self, number: int) -> int:
        buffer, start, _ = self.table[number].tolist()
        buffer = int(self.table[start, 0] if buffer == -2 else buffer)
        return -3 - buffer if buffer < -2 else buffer

    def is_whole(self, number: int) -> bool:
        """Whether it was stored as integers or booleans."""
        return self._buffer(number) in (2, 3)

    def precision(self, number: int) -> float:
        return float(np.finfo(np.float32).eps) if self._buffer(number) == 1 else float(np.finfo(float).eps)

    def raw(self, number: int) -> Array | None:
        """As it was stored, None if it was not."""
        buffer, start, _ = self.table[number].tolist()
        if buffer == -2:
            other = self.raw(start)
            return None if other is None else other.T
        if buffer < -2:
            return np.broadcast_to(self.buffers[-3 - buffer][start], self.shapes[number])
        if buffer < 0:
            return None
        size = self.sizes[number]
        return np.asarray(self.buffers[buffer][start : start + size].reshape(self.shapes[number]))

    def get(self, number: int) -> Array | None:
        """As floats, None if it was not kept."""
        raw = self.raw(number)
        return None if raw is None else raw.astype(float, copy=False)

    def scalar(self, number: int) -> float | None:
        """The number that a value of one entry is."""
        if self.sizes[number] != 1:
            return None
        value = self.get(number)
        return None if value is None else float(value.reshape(()))


def _check(condition: bool, what: str) -> None:
    if not condition:
        raise BadRecording(what)


def _integers(array: Any, columns: int | None = None) -> Array:
    _check(isinstance(array, np.ndarray) and array.dtype == np.int64, "numbers")
    _check(array.ndim == (1 if columns is None else 2), "numbers of another rank")
    _check(columns is None or array.shape[1] == columns, "numbers in another number of columns")
    return np.asarray(array)


def _texts(texts: Any) -> list[str]:
    _check(type(texts) is list and len(texts) <= MAX_TEXTS and all(type(text) is str for text in texts), "texts")
    return [text[:200] for text in texts]


def _read(message: Mapping[str, Any]) -> Recording:
    texts = _texts(message["texts"])
    table = _integers(message["places"], 7)
    _check(len(table) <= MAX_PLACES, "too many places")
    _check(not len(table) or (table.min() >= 0 and table[:, :3].max() < len(texts)), "places")
    places = tuple(
        Place(texts[file], texts[op], texts[function], line, column, end_line, end_column)
        for file, op, function, line, column, end_line, end_column in table.tolist()
    )
    values = _read_values(message["values"])
    events = _read_events(_integers(message["flow"]).tolist(), texts, len(places), len(values))
    named = _integers(message["named"], 4)
    if len(named):
        _check(named.min() >= 0, "names")
        limits = np.array([len(events) + 1, len(places), len(texts), len(values)])
        _check(bool((named < limits).all()), "names")
    end = message["end"]
    _check(type(end) is str, "the end")
    names = tuple((at, place, texts[name], value) for at, place, name, value in named.tolist())
    passed = _integers(message["passed"], 2)
    bounds = [0, *passed.ravel().tolist(), len(events)]
    _check(bounds == sorted(bounds), "loops that were passed")
    passed_loops = tuple((a, b) for a, b in passed.tolist())
    return Recording(
        places, events, names, values, end[:40], passed_loops, _read_failed(message["failed"], len(places))
    )


def _read_failed(found: Any, places: int) -> tuple[tuple[int, tuple[Form, ...]], ...]:
    _check(type(found) is list and len(found) <= MAX_FAILED, "operations that raised")
    for place, *forms in found:
        _check(type(place) is int and 0 <= place < places and len(forms) <= MAX_FAILED, "an operation that raised")
        for form in forms:
            is_shape = type(form) is list and len(form) <= MAX_RANK
            if is_shape and len(form) == 2 and form[0] in ("list", "tuple"):
                form = form[1:]
            is_shape = is_shape and all(type(n) is int and 0 <= n < MAX_SIZE for n in form)
            _check(is_shape or (type(form) is str and form.isidentifier()), "an operand")
    return tuple(
        (place, tuple(form[:40] if isinstance(form, str) else tuple(form) for form in forms)) for place, *forms in found
    )


def _read_events(flow: list[int], texts: list[str], places: int, values: int) -> tuple[Event, ...]:
    events: list[Event] = []
    position = 0
    while position < len(flow):
        place, op, result, count = flow[position : position + 4]
        start, position = position + 4, position + 4 + count
        is_event = 0 <= place < places and 0 <= op < len(texts) and 0 <= result < values and 0 <= count <= MAX_OPERANDS
        _check(is_event and position <= len(flow) and len(events) < MAX_EVENTS, "an event")
        operands = tuple(flow[start:position])
        _check(not operands or (min(operands) >= 0 and max(operands) < values), "operands")
        events.append(Event(len(events), place, texts[op], operands, result))
    return tuple(events)


def _read_values(message: Mapping[str, Any]) -> ValueTable:
    table = _integers(message["table"], 3)
    dimensions = _integers(message["shapes"])
    _check(len(table) <= MAX_VALUES, "too many values")
    buffers = tuple(np.asarray(message[name]) for name in _BUFFERS)
    for name, buffer in zip(_BUFFERS, buffers, strict=True):
        _check(buffer.ndim == 1 and buffer.dtype == np.dtype(name), "a buffer")
    ranks = table[:, 2]
    _check(not len(table) or bool((ranks >= 0).all() and (ranks <= 32).all()), "ranks")
    ends = np.cumsum(ranks)
    _check(int(ends[-1]) == len(dimensions) if len(table) else True, "shapes")
    _check(not len(dimensions) or bool(dimensions.min() >= 0 and dimensions.max() < MAX_SIZE), "shapes")
    found = ValueTable(table, ends - ranks, dimensions, buffers)
    _check(bool(((table[:, 0] >= -2 - len(_BUFFERS)) & (table[:, 0] < len(_BUFFERS))).all()), "buffers")
    lengths = [len(buffer) for buffer in buffers]
    for number, ((buffer, start, _), size) in enumerate(zip(table.tolist(), found.sizes, strict=True)):
        if buffer == -2:
            _check(0 <= start < number and table[start, 0] >= -1, "a transpose")
            _check(found.shapes[number] == found.shapes[start][::-1], "a transpose")
        is_there = 0 <= start < lengths[-3 - buffer] and 0 < size <= MAX_REPEATED if buffer < -2 else True
        _check(is_there, "a repeated number")
        _check(buffer < 0 or (start >= 0 and size > 0 and start + size <= lengths[buffer]), "a value")
    return found
