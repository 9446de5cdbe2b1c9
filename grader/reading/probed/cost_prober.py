"""Measures what single numbers of a step change by when values are moved."""

from collections.abc import Sequence

import numpy as np

from grader.reading.probed.costs_meant import Measured
from grader.reading.probed.prober import Again, Measuring
from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Array, Recording

SAME = 1e-4  # of the multiples in all directions


class CostProber(Measuring):
    """Measures single numbers that a step computes."""

    def __init__(self, graph: Graph, again: Again, costs: Sequence[Measured], start: int, *, is_precise: bool) -> None:
        end = max((cost.event for cost in costs), default=start)
        self.factors: dict[int, list[float]] = {}  # of events that make a gradient: what it is times the derivative
        self.misfits: dict[int, float] = {}  # of values that were moved: how far what is nearest is from the derivative
        super().__init__(graph, again, end, start=start, layer=0, above="", is_precise=is_precise)
        self.measure(costs)

    def measure(self, costs: Sequence[Measured]) -> None:
        """Go on with these."""
        self.costs = list(costs)
        made = [at for cost in costs for at in cost.events]
        self.forward = set().union(*[self.graph.ancestors(at) for at in made])
        self.end = max(made, default=self.end)

    def changes(self, moved: Sequence[tuple[int, Array]], sign: float = 1.0) -> Array | None:
        moves = self.moves(moved, sign)
        recording = (
            None
            if moves is None
            else self.again(moves, self.end, [at for cost in self.costs if cost.parts for at in cost.events])
        )
        if recording is None:
            return None
        found = [self._change(cost, recording) for cost in self.costs]
        return None if None in found else np.array(found, float) / (sign * self.step)

    def _change(self, cost: Measured, recording: Recording) -> float | None:
        if not cost.parts:
            now = recording.values.scalar(recording.events[cost.event].result)
            return None if now is None else float(now) - cost.before
        change = 0.0
        for part in cost.parts:
            made = recording.values.get(recording.events[part.event].result)
            before = self.graph.array(self.graph.events[part.event].result)
            if made is None or before is None or made.shape != before.shape:
                return None
            change += float(np.sum(part.slope * (made - before)))
        return change

    def gradient_among(self, value: int, backward: Sequence[int]) -> int | None:
        directions = [self.direction(value, seed) for seed in (3, 4)]
        found = [self.changes([(value, direction)]) for direction in directions]
        changes = [float(one[0]) for one in found if one is not None]
        if len(changes) < 2 or not all(changes):
            return None
        for at in backward:
            array = self.graph.array(self.graph.events[at].result)
            if array is not None and multiple(array, directions, np.array(changes)) is not None:
                return at
        return -1


def multiple(array: Array, directions: Sequence[Array], changes: Array) -> float | None:
    """By which number an array, in all directions, is what a cost changes by; None if by none."""
    believed = np.array([float(np.sum(array.reshape(one.shape) * one)) for one in directions])
    if not np.isfinite(believed).all() or not believed.any() or not changes.any():
        return None
    factor = float(believed @ changes) / float(changes @ changes)
    return factor if np.abs(believed - factor * changes).max() < SAME * np.abs(believed).max() else None
