"""Whether each target is still that of its input: batches may be drawn in two orders, or one array alone shuffled.

The inputs and the targets of a pass are followed back through what takes samples out of an array and what changes all
numbers alike, to an array of all inputs and one of all targets. Which samples were taken is known from the keys, or
from the rows themselves. The targets must then be those that stand in the same places.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from grader.reading.finding import Finding
from grader.reading.graph import ADDING, PARTS, SCALING, VIEWS, Graph
from grader.reading.judgement import Judgement
from grader.reading.recording import Array, Event

SHUFFLING = frozenset(["permutation", "shuffle"])
SHARE = 0.3  # of the targets that must be another sample's
LEAST = 4  # of them
MAX_WALK = 16
MAX_SHIFT = 12  # samples by which targets may be ahead, as in a series


@dataclass
class _Taken:
    """What was followed back: where it comes from, and the events that took some of its samples, from the last up."""

    value: int
    origin: int
    events: list[Event] = field(default_factory=list)
    is_changed: bool = False  # between the first of them and the last, its numbers become others

    @property
    def root(self) -> int:
        """The array of all samples."""
        return self.events[-1].operands[0] if self.events else self.value


def judge_pairing(judgement: Judgement) -> None:
    """Add what is found to the findings."""
    network = judgement.network
    graph = network.graph
    wrong = total = 0
    event: int | None = None
    for one in network.passes:
        if one.y_value is None or one.y is None:
            return
        first = one.layers[0]
        x = _followed(graph, first.input_value, first.product)
        y = _followed(graph, one.y_value, len(graph.events))
        found = _mismatches(graph, x, y, one.n)
        if found is None:
            return
        wrong, total = wrong + found, total + one.n
        taking = y.events or x.events
        event = taking[0].index if event is None and taking else event
    if wrong >= LEAST and wrong > SHARE * total:
        facts: dict[str, float | int | str] = {"wrong": wrong, "total": total}
        judgement.findings.append(Finding("y", "labels-apart", event, 0, facts))


def _followed(graph: Graph, value: int, before: int) -> _Taken:
    taken = _Taken(value, value)
    since = False  # the last that took samples, its numbers have become others
    for _ in range(MAX_WALK):
        maker = graph.maker(taken.origin, before)
        if maker is None or not maker.operands:
            break
        inner, is_changed = _inner(graph, maker)
        if inner is None:
            break
        if maker.op in SHUFFLING or (maker.op in PARTS and inner == maker.operands[0]):
            if _axis_of(graph, maker) is None:
                break
            taken.is_changed = taken.is_changed or (since and bool(taken.events))
            taken.events.append(maker)
            since = False
        since = since or is_changed
        taken.origin, before = inner, maker.index
    return taken


def _inner(graph: Graph, maker: Event) -> tuple[int | None, bool]:
    """The operand that holds the samples, and whether their numbers are changed."""
    first = maker.operands[0]
    if maker.op in VIEWS and graph.size(first) == graph.size(maker.result):
        return first, False
    if maker.op in SHUFFLING and graph.shape(first) == graph.shape(maker.result):
        return first, False
    if maker.op in PARTS:
        kinds = graph.array(first) if len(set(graph.shape(first))) == 1 and len(maker.operands) == 2 else None
        if kinds is not None and np.array_equal(kinds, np.eye(len(kinds))):  # np.eye(k)[labels]
            return maker.operands[1], True
        return first, False
    if maker.op in (*SCALING, *ADDING):
        smaller = [o for o in maker.operands if graph.size(o) < graph.size(maker.result)]
        larger = [o for o in maker.operands if graph.size(o) == graph.size(maker.result)]
        if len(larger) == 1 and len(smaller) == len(maker.operands) - 1:
            return larger[0], True
    return None, False


def _mismatches(graph: Graph, x: _Taken, y: _Taken, n: int) -> int | None:
    """How many targets are another sample's; None if that is not known."""
    inputs, targets = graph.array(x.root), graph.array(y.root)
    if x.origin == y.origin or inputs is None or targets is None or y.is_changed or not x.events:
        return None
    if _is_of_a_new_order(graph, y.root):
        return None
    x_axis, y_axis = _axis(graph, x, n), _axis(graph, y, n)
    if x_axis is None or y_axis is None or inputs.shape[x_axis] != targets.shape[y_axis]:
        return None
    places = _places(graph, x.events)
    values = _values(graph, y, n)
    if places is None or values is None or len(places) != len(values):
        return None
    whole = _in_rows(targets, y_axis)
    if whole.shape[1] != values.shape[1]:
        return None

    def count(at: Array) -> int:
        return int((whole[at] != values).any(axis=1).sum())

    wrong = count(places)
    if wrong and any(count((places + k) % len(whole)) * 4 < wrong for k in range(-MAX_SHIFT, MAX_SHIFT + 1)):
        return None
    return wrong


def _is_of_a_new_order(graph: Graph, root: int) -> bool:
    """Whether an array that is followed no further was made of samples in another order, perhaps that of the inputs.

    So are classes that are set in an array of zeros, `Y[range(n), labels[order]] = 1`.
    """
    maker = graph.maker(root, len(graph.events))
    for at in graph.ancestors(maker.index) if maker is not None else ():
        event = graph.events[at]
        if event.op in SHUFFLING:
            return True
        if event.op in PARTS and len(event.operands) == 2:
            sizes = graph.shape(event.operands[0])[:1], graph.shape(event.result)[:1], graph.shape(event.operands[1])
            if sizes[0] and sizes[0] == sizes[1] == sizes[2]:
                return True
    return False


def _axis(graph: Graph, taken: _Taken, n: int) -> int | None:
    """Along which axis of the root its samples lie."""
    if not taken.events:
        shape = graph.shape(taken.root)
        axes = [axis for axis, size in enumerate(shape) if size == n]
        return axes[0] if len(axes) == 1 else None
    return _axis_of(graph, taken.events[-1])


def _axis_of(graph: Graph, event: Event) -> int | None:
    """The axis along which an event takes samples, or changes their order."""
    before, after = graph.shape(event.operands[0]), graph.shape(event.result)
    if not before:
        return None
    if event.op in SHUFFLING or (len(after) == len(before) - 1 and before[1:] == after):
        return 0
    if len(before) == len(after):
        axes = [axis for axis, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        if len(axes) == 1:
            return axes[0]
        if not axes and len(event.operands) == 2:  # all samples, in another order
            keys = graph.size(event.operands[1])
            fitting = [axis for axis, size in enumerate(before) if size == keys]
            return fitting[0] if len(fitting) == 1 else None
    return None


def _in_rows(array: Array, axis: int) -> Array:
    moved = np.moveaxis(array, axis, 0)
    return moved.reshape(len(moved), -1)


def _places(graph: Graph, events: Sequence[Event]) -> Array | None:
    """Which samples of the root the events took, in their order; None if the rows do not tell."""
    found: Array | None = None
    for event in reversed(events):
        step = _places_of(graph, event)
        if step is None or (found is not None and len(step) and step.max() >= len(found)):
            return None
        found = step if found is None else found[step]
    if found is None:
        return None
    return found


def _places_of(graph: Graph, event: Event) -> Array | None:
    axis = _axis_of(graph, event)
    before, after = graph.array(event.operands[0]), graph.array(event.result)
    if axis is None or before is None or after is None:
        return None
    is_one = after.ndim < before.ndim
    rows, part = _in_rows(before, axis), after.reshape(1, -1) if is_one else _in_rows(after, axis)
    if rows.shape[1] != part.shape[1]:
        return None
    for key in event.operands[1:]:
        places = graph.array(key)
        if places is not None and places.size == len(part) and np.array_equal(places, np.round(places)):
            at = places.ravel().astype(int)
            if at.min() >= -len(rows) and at.max() < len(rows) and np.array_equal(rows[at], part):
                return np.asarray(at % len(rows))
    return _by_content(rows, part)


def _by_content(rows: Array, part: Array) -> Array | None:
    """Where the rows of a part stand among all; None where several are alike."""
    known: dict[bytes, int] = {}
    for place, row in enumerate(np.ascontiguousarray(rows)):
        key = row.tobytes()
        known[key] = -1 if key in known else place
    at = np.array([known.get(row.tobytes(), -1) for row in np.ascontiguousarray(part)])
    return at if len(at) and (at >= 0).all() else _as_slice(rows, part)


def _as_slice(rows: Array, part: Array) -> Array | None:
    """Rows that stand one after the other, in one place alone."""
    starts = [s for s in range(len(rows) - len(part) + 1) if np.array_equal(rows[s : s + len(part)], part)]
    return np.arange(starts[0], starts[0] + len(part)) if len(starts) == 1 else None


def _values(graph: Graph, y: _Taken, n: int) -> Array | None:
    """The targets that were taken, in the form in which they stand in the root."""
    if not y.events:
        root = graph.array(y.root)
        axis = _axis(graph, y, n)
        return None if root is None or axis is None else _in_rows(root, axis)
    last = y.events[0]
    axis, taken = _axis_of(graph, last), graph.array(last.result)
    if axis is None or taken is None:
        return None
    return taken.reshape(1, -1) if taken.ndim < len(graph.shape(last.operands[0])) else _in_rows(taken, axis)
