"""Products of two matrices that a function of the file's own fills in, element by element.

    result = np.zeros((n, m));  result[i, j] = sum(a[i, :] * b[:, j])      for each i and j

Where what such a loop has filled in is the product of the two arrays that it took from, to all digits, the last element
stands for that product.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.reading.recorded.graph import GATHERED
from grader.reading.recorded.recording import Event, Recording

_EMPTY = frozenset(["zeros", "empty", "zeros_like", "empty_like"])
_WITHIN = frozenset(["Index", "Item", "Mult", "multiply", "sum", "Add", "add", "Set", "float"])
_PARTS = frozenset(["Index", "Item"])
TOLERANCE = 1e-9  # of the largest element


def with_loop_products(recording: Recording) -> Recording:
    """The recording with such loops as products; itself if it has none."""
    found: dict[int, Event] = {}
    for start, product in _products(recording):
        found[product.index] = product
        for event in recording.events[start + 1 : product.index]:  # of its elements, nothing is looked at
            found[event.index] = replace(event, op=GATHERED, operands=())
    if not found:
        return recording
    return replace(recording, events=tuple(found.get(event.index, event) for event in recording.events))


def _products(recording: Recording) -> Iterator[tuple[int, Event]]:
    """The event that makes the array, and the product that it holds in the end."""
    events, shapes = recording.events, recording.values.shapes
    for start in events:
        if start.op not in _EMPTY or len(shapes[start.result]) != 2 or 0 in shapes[start.result]:
            continue
        filled, last, times = start.result, -1, -1
        taken: dict[int, None] = {}
        for event in events[start.index + 1 :]:
            if event.op not in _WITHIN or (filled in event.operands and event.op != "Set" and event.op not in _PARTS):
                break
            if event.op == "Set" and event.operands[:1] == (filled,):
                filled, last = event.result, event.index
            elif event.op in _PARTS and event.operands and len(shapes[event.operands[0]]) == 2:
                taken[event.operands[0]] = None
            elif event.op in ("Mult", "multiply"):
                times = event.place
        arrays = [value for value in taken if value != start.result]
        if last < 0 or times < 0 or not 1 <= len(arrays) <= 2:
            continue
        pair = _pair(recording, arrays, filled)
        if pair is not None:
            yield start.index, Event(last, times, "dot", pair, filled)


def _pair(recording: Recording, arrays: list[int], filled: int) -> tuple[int, int] | None:
    """The two arrays, in the order in which their product is what was filled in."""
    values = recording.values
    result = values.get(filled)
    for one, other in ((arrays[0], arrays[-1]), (arrays[-1], arrays[0])):
        a, b = values.get(one), values.get(other)
        if a is None or b is None or result is None or a.shape[1] != b.shape[0] or not np.isfinite(result).all():
            continue
        is_whole = result.shape == (a.shape[0], b.shape[1])
        if is_whole and np.abs(a @ b - result).max() <= TOLERANCE * max(np.abs(result).max(), 1e-30):
            return one, other
    return None
