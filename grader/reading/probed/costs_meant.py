"""Costs that a step minimises and that the file computes nowhere: by what is left between the outputs and the targets.

    error = y - output          # squared error: Σ error²/2; cross-entropy, where the outputs are shares of 1

Only their gradient is needed, which is known: what the cost changes by is Σ slope ⊙ (change of the error).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.reading.probed.step_of_cost import Learned
from grader.reading.recorded.graph import ADDING, GATHERED, PARTS, SCALING, VIEWS, Graph
from grader.reading.recorded.recording import Array, Event

MAX_PLACES = 4
MAX_HEADS = 3  # that are one cost together
MAX_ALONE = 3  # differences of one place that are costs of their own as well
MAX_DIFFERENCES = 400
_ADDING_UP = ADDING | SCALING | VIEWS | PARTS | {"sum", "mean", "average", GATHERED}
SQUARED, CROSS_ENTROPY = "squared error", "cross-entropy"


@dataclass(frozen=True)
class Part:
    """A difference: the event that makes it, which operand is the output, the slope of the cost by the difference."""

    event: int
    side: int
    slope: Array


@dataclass(frozen=True, eq=False)
class Measured:
    """A cost: a single number that the step computes, or what differences make up (`kind` says what it is then).

    Attributes:
        event: the last event that it is made of.
        before: what it is.
    """

    event: int
    before: float
    kind: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """What it is told as: of one output, many costs have gradients of the same direction."""
        is_of_one = bool(self.parts) and all(part.slope.size == 1 for part in self.parts)
        return "error" if is_of_one else self.kind or "cost"

    @property
    def events(self) -> tuple[int, ...]:
        """All events whose results it is measured by."""
        return tuple(part.event for part in self.parts) or (self.event,)


def computed(graph: Graph, costs: Sequence[int]) -> list[Measured]:
    """Costs that are single numbers of the run."""
    return [Measured(at, float(graph.values.scalar(graph.events[at].result) or 0.0)) for at in costs]


def costs_meant(graph: Graph, learned: Sequence[Learned], start: int, stop: int) -> list[Measured]:
    """The costs that the differences of outputs and targets belong to, of the step in which these are made."""
    found: list[Measured] = []
    whole: list[list[Measured]] = []  # of each place, the cost of each kind
    for those in _differences(graph, learned, start, stop):
        groups = [those, *([[one] for one in those] if 1 < len(those) <= MAX_ALONE else [])]
        costs = [_costs_of(graph, group) for group in groups]
        whole.append(costs[0])
        found += [cost for group in costs for cost in group]
    heads = itertools.product(*whole) if 1 < len(whole) <= MAX_HEADS else ()
    return [*found, *(_sum_of(costs) for costs in heads)]


def _sum_of(costs: Sequence[Measured]) -> Measured:
    """One cost of several heads."""
    last = max(costs, key=lambda cost: cost.event)
    kind = " and ".join(dict.fromkeys(cost.kind for cost in costs))
    return Measured(
        last.event, sum(cost.before for cost in costs), kind, tuple(p for cost in costs for p in cost.parts)
    )


def terms_of(graph: Graph, cost: Measured) -> list[Measured]:
    """What each difference, or each number that is added up, adds to a cost, in their order."""
    if cost.parts:
        return [Measured(part.event, 0.0, cost.kind, (part,)) for part in cost.parts] if len(cost.parts) > 1 else []
    found, pending = set[int](), [cost.event]
    while pending:
        event = graph.events[pending.pop()]
        inner = graph.sources[event.index] if event.op in _ADDING_UP else ()
        added = [at for at in inner if at >= 0 and at not in found]
        found |= {at for at in added if graph.values.scalar(graph.events[at].result) is not None}
        pending += added
    return computed(graph, sorted(found))


def again_in(graph: Graph, one: Measured, start: int, stop: int) -> Measured | None:
    """The cost of the same place and kind in another step."""
    place = graph.events[one.event].place
    those = [at for at in range(start + 1, stop + 1) if graph.events[at].place == place]
    if not one.parts or not those:
        return next(iter(computed(graph, those[-1:])), None)
    if len({graph.events[part.event].place for part in one.parts}) > 1:
        return None  # of several heads
    pairs = [(at, one.parts[-1].side) for at in those[-len(one.parts) :]]
    return next((cost for cost in _costs_of(graph, pairs) if cost.kind == one.kind), None)


def _differences(graph: Graph, learned: Sequence[Learned], start: int, stop: int) -> list[list[tuple[int, int]]]:
    """(event, which operand is the output) of the differences, by their places, in which most parameters have a part.

    What is made of one is none: it is on the way back already.
    """
    values = {one.value: 1 << k for k, one in enumerate(learned)}
    parts: dict[int, int] = {}  # event -> which parameters have a part in it
    behind: set[int] = set()  # events that descend from a difference
    found: dict[int, list[tuple[int, int]]] = {}
    shares: dict[int, int] = {}
    for at in range(start + 1, min(stop, len(graph.events) - 1) + 1):
        event, sources = graph.events[at], graph.sources[at]
        bits = [parts.get(s, 0) | values.get(o, 0) for s, o in zip(sources, event.operands, strict=True)]
        if any(bits):
            parts[at] = int(np.bitwise_or.reduce(np.array(bits, object)))
        if any(source in behind for source in sources):
            behind.add(at)
        elif (side := _side_of_output(graph, event, bits)) is not None:
            found.setdefault(event.place, []).append((at, side))
            shares[event.place] = shares.get(event.place, 0) | parts[at]
            behind.add(at)
    most = max((share.bit_count() for share in shares.values()), default=0)
    those = [
        pairs
        for place, pairs in found.items()
        if shares[place].bit_count() == most and not _is_of_one(graph, *pairs[0])
    ]
    return [pairs for pairs in those if len(pairs) <= MAX_DIFFERENCES][:MAX_PLACES]


def _side_of_output(graph: Graph, event: Event, bits: Sequence[int]) -> int | None:
    """Which operand of a difference is the output, if the other is of targets: `p - y`, or `p[range(n), y] -= 1`."""
    if event.op in ("Sub", "subtract") and len(bits) == 2 and bool(bits[0]) != bool(bits[1]):
        is_alike = len({graph.size(value) for value in (*event.operands, event.result)}) == 1
        return (0 if bits[0] else 1) if is_alike else None
    if event.op != "Set" or not bits[:1] or not bits[0] or any(bits[1:]):
        return None
    before, after = graph.array(event.operands[0]), graph.array(event.result)
    if before is None or after is None or before.shape != after.shape or before.size < 2:
        return None
    taken = np.round(before - after, 9)
    is_one_of_each = taken.sum(axis=-1 if taken.ndim > 1 and taken.shape[-1] > 1 else None) == 1
    return 0 if bool(np.isin(taken, (0.0, 1.0)).all() and np.all(is_one_of_each)) else None


def _is_of_one(graph: Graph, at: int, side: int) -> bool:
    """Whether it is a difference like the 1 − a of a slope: with 1 in all steps."""
    event = graph.events[at]
    if side == 0 or graph.sources[at][0] >= 0 or graph.values.scalar(event.operands[0]) != 1:
        return False
    return all(one.operands[0] == event.operands[0] for one in graph.events if one.place == event.place)


def _costs_of(graph: Graph, pairs: Sequence[tuple[int, int]]) -> list[Measured]:
    squared: list[Part] = []
    crossed: list[Part] = []
    for at, side in pairs:
        event = graph.events[at]
        difference, output = graph.array(event.result), graph.array(event.operands[side])
        if difference is None or output is None or not np.isfinite(difference).all():
            return []
        squared.append(Part(at, side, difference))
        if output.shape == difference.shape and _is_share(output):
            sign = 1.0 if side == 0 else -1.0
            by_output = difference * sign / (output * (1 - output))  # of the binary cross-entropy
            if output.ndim and output.size > 1 and any(_sums_to_one(output, axis) for axis in range(output.ndim)):
                by_output = -(output - sign * difference) / output
            crossed.append(Part(at, side, sign * by_output))
    before = sum(float(np.sum(part.slope * part.slope)) / 2 for part in squared)
    last = pairs[-1][0]
    found = [Measured(last, before, SQUARED, tuple(squared))]
    if len(crossed) == len(squared):
        found.append(Measured(last, before, CROSS_ENTROPY, tuple(crossed)))
    return found


def _is_share(output: Array) -> bool:
    return bool(np.all((output > 0) & (output < 1)))


def _sums_to_one(output: Array, axis: int) -> bool:
    return bool(np.all(np.abs(np.sum(output, axis=axis) - 1) < 1e-6))
