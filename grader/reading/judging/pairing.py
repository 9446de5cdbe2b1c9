"""Whether each target is still that of its input: batches may be drawn in two orders, or one array alone shuffled.

The inputs and the targets of a pass are followed back through what takes samples out of an array and what changes all
numbers alike, to an array of all inputs and one of all targets. Which samples were taken is known from the keys, or
from the rows themselves. The targets must then be those that stand in the same places.

Nobody promises that the two arrays stand in one order: one may have been put together, number by number, in the order
in which the other is taken. They do where each is older than what puts the other in order; else the samples that are
alike must tell, whose targets are alike only in one of the two orders.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, PARTS, SCALING, VIEWS, Graph
from grader.reading.recorded.recording import Array, Event

SHUFFLING = frozenset(["permutation", "shuffle"])
SHARE = 0.3  # of the targets that would be another sample's if they were drawn, which must be
LEAST = 4  # of them
MAX_WALK = 16
MAX_SHIFT = 12  # samples by which targets may be ahead, as in a series
FEW_ALIKE, MANY_ALIKE = 24, 600  # samples that are looked at to see which targets are theirs
ALIKE = 0.75  # of the distance between any two targets that between those of samples most alike may have
DEVIATIONS = 2.5  # by which it must be less than in the other order


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


@dataclass
class _Compared:
    """The inputs of a pass, its targets, and those that stand where the inputs were taken."""

    inputs: Array
    used: Array
    own: Array
    wrong: int
    by_chance: float  # how many would be wrong if all targets were drawn
    is_of_one_order: bool  # the two arrays of all samples


def judge_pairing(judgement: Judgement) -> None:
    """Add what is found to the findings."""
    network = judgement.network
    graph = network.graph
    compared: list[_Compared] = []
    event: int | None = None
    for one in network.passes:
        if one.y_value is None or one.y is None:
            return
        first = one.layers[0]
        x = _followed(graph, first.input_value, first.product)
        y = _followed(graph, one.y_value, len(graph.events))
        found = _compared(graph, x, y, one.n)
        if found is None:
            return
        compared.append(found)
        taking = y.events or x.events
        event = taking[0].index if event is None and taking else event
    wrong, total = sum(one.wrong for one in compared), sum(one.n for one in network.passes)
    if wrong < LEAST or wrong <= SHARE * sum(one.by_chance for one in compared):
        return
    if all(one.is_of_one_order for one in compared) or _own_fit_better(compared):
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


def _compared(graph: Graph, x: _Taken, y: _Taken, n: int) -> _Compared | None:
    """The targets that were taken beside those of the inputs; None if these are not known."""
    inputs, targets = graph.array(x.root), graph.array(y.root)
    if x.origin == y.origin or inputs is None or targets is None or y.is_changed or not x.events:
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
    is_of_one_order = not wrong or (_is_older(graph, y.root, x, y) and _is_older(graph, x.root, y, x))
    _, counts = np.unique(whole, axis=0, return_counts=True)
    by_chance = len(values) * float(1 - np.sum((counts / counts.sum()) ** 2))
    return _Compared(_in_rows(inputs, x_axis)[places], values, whole[places], wrong, by_chance, is_of_one_order)


def _is_older(graph: Graph, root: int, taken: _Taken, other: _Taken) -> bool:
    """Whether an array of all samples was there before the orders were drawn in which only those of the other stand."""
    seen = min(event.index for event in _first(graph, root))
    shared = {key for event in other.events for key in event.operands[1:]}
    for event in taken.events:
        places = None if shared.intersection(event.operands[1:]) else _places_of(graph, event)
        if places is not None and (np.diff(places) <= 0).any():
            drawn = _drawn(graph, event)
            if drawn is None or drawn <= seen:
                return False
    return True


def _first(graph: Graph, value: int) -> Iterator[Event]:
    """The event that made a value first, and the one that used it first."""
    for events in (graph.makers.get(value), graph.users.get(value)):
        if events:
            yield graph.events[events[0]]


def _drawn(graph: Graph, event: Event) -> int | None:
    """When the order was drawn in which an event takes samples; None if that is not seen, or it was made by sorting."""
    maker: Event | None = event
    is_key = False
    while maker is not None and maker.op not in SHUFFLING:
        if is_key and maker.op not in (*PARTS, *VIEWS):
            return None if maker.op == "argsort" else maker.index
        sources = maker.operands if is_key else maker.operands[1:]
        maker = graph.maker(sources[0], maker.index) if sources else None
        is_key = True
    return None if maker is None else maker.index


def _own_fit_better(compared: Sequence[_Compared]) -> bool:
    """Whether samples that are alike have targets that are, with those in their own places, and not with those used."""
    if len({(one.inputs.shape[1], one.own.shape[1]) for one in compared}) != 1:
        return False
    inputs, used, own = (
        np.concatenate([getattr(one, name) for one in compared])[:MANY_ALIKE].astype(float)
        for name in ("inputs", "used", "own")
    )
    inputs, at = np.unique(inputs, axis=0, return_index=True)
    if len(at) < FEW_ALIKE:
        return False
    inputs = inputs / np.where(inputs.std(axis=0) > 0, inputs.std(axis=0), 1)
    squares = (inputs**2).sum(axis=1)
    distances = squares[:, None] + squares - 2 * inputs @ inputs.T
    np.fill_diagonal(distances, np.inf)
    nearest = distances.argmin(axis=1)

    def apart(targets: Array) -> float:
        """Of two samples that are alike, in units of what two have that are drawn at random."""
        spread = 2 * float(targets.var(axis=0).sum())
        return float(((targets - targets[nearest]) ** 2).sum(axis=1).mean()) / spread if spread else 1.0

    theirs = apart(own[at])
    return theirs < ALIKE and apart(used[at]) - theirs > DEVIATIONS / np.sqrt(len(at))


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
