"""Moves values in a second run of a script's own forward pass, and measures what the cost changes by."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.reading.judging.judgement import Judgement
from grader.reading.judging.unjudged import Unjudged
from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Array, Recording
from grader.reading.runs.run import Move
from grader.reading.structure.passes import rows

SECONDS = 60.0  # after which nothing further is looked at
TWICE = 12  # events within which the same is computed twice in one expression
#: Runs the file again, with arrays moved, up to an event; with the events of which arrays are kept besides the last.
#: None if that cannot be done.
Again = Callable[[Sequence[Move], int, Sequence[int]], Recording | None]


@dataclass(frozen=True)
class Anchor:
    """z of the lowest layer that was judged right, in one step: where changes are measured."""

    layer: int
    step: int
    event: int
    z: Array
    delta: Array
    rate: float  # Δ = −rate · gradient


@dataclass(frozen=True)
class Moved:
    """A parameter as it is in the step, its gradient as the script has it, and what it becomes."""

    one: Unjudged
    value: int
    gradient: Array
    update: int  # the event that changes it


class Measuring:
    """What finds the place of a mistake: moves values, and tells whether an array is the gradient by one.

    Attributes:
        forward: the events that what is measured descends from, the last of which is `end`.
        start: the event behind which the way back may begin.
        above: what is known to be right, in words.
    """

    def __init__(
        self, graph: Graph, again: Again, end: int, *, start: int, layer: int, above: str, is_precise: bool
    ) -> None:
        self.graph, self.again = graph, again
        self.start, self.end, self.layer, self.above = start, end, layer, above
        self.forward = graph.ancestors(end)
        self.tolerance = 2e-4 if is_precise else 2e-2
        self.step = 1e-6 if is_precise else 1e-3
        self._until = time.monotonic() + SECONDS

    def gradient_among(self, value: int, backward: Sequence[int]) -> int | None:
        """The event that makes the gradient by a value, up to a factor: −1 if none of some does.

        None if the value moves nothing.
        """
        raise NotImplementedError

    def moves(self, moved: Sequence[tuple[int, Array]], sign: float) -> list[Move] | None:
        """What is asked of a second run; None if a value has no part in what is measured."""
        moves = []
        for value, direction in moved:
            array = self.graph.array(value)
            users = self.graph.users.get(value, ())
            event = min((at for at in users if at in self.forward), default=None)
            if array is None or event is None:
                return None
            moves.append(Move(self._first_of_its_kind(event, users), array, sign * self.step * direction))
        return moves

    def _first_of_its_kind(self, event: int, users: Sequence[int]) -> int:
        """Where the same was computed before: `max(x @ W, 0.1 * (x @ W))` uses both, though they are one value."""
        events = self.graph.events
        made = (events[event].op, events[event].operands, events[event].result)
        near = [at for at in users if event - TWICE < at <= event]
        return min(at for at in near if (events[at].op, events[at].operands, events[at].result) == made)

    @property
    def has_time(self) -> bool:
        return time.monotonic() < self._until

    def direction(self, value: int, seed: int) -> Array:
        array = self.graph.array(value)
        assert array is not None
        size = float(np.sqrt(np.mean(array * array))) or 0.1
        draws = np.random.default_rng(seed)
        signs = np.where(draws.random(array.shape) < 0.5, -1.0, 1.0) if seed % 2 else 1.0
        return np.asarray(np.abs(draws.normal(size=array.shape)) * size * signs)


class Prober(Measuring):
    """Measures at z of the lowest layer that was judged right: the cost changes by Σ δ ⊙ dz."""

    def __init__(self, judgement: Judgement, anchor: Anchor, again: Again) -> None:
        is_precise = judgement.network.tolerance < 1e-6
        above = f"what comes from above (δ{anchor.layer + 1}) is right"
        graph, end = judgement.network.graph, anchor.event
        super().__init__(graph, again, end, start=end, layer=anchor.layer, above=above, is_precise=is_precise)
        self.judgement, self.anchor = judgement, anchor
        self.together = 2e-5 if is_precise else 2e-2  # of all at once, where one that is wrong is a part

    def gradient_among(self, value: int, backward: Sequence[int]) -> int | None:
        n = self.judgement.steps[0].n
        direction = self.direction(value, 3)
        change = self.change([(value, direction)])
        if not change:
            return None
        for at in backward:
            array = self.graph.array(self.graph.events[at].result)
            if array is not None:
                ratio = float(np.sum(array.reshape(direction.shape) * direction)) / change
                if min(abs(abs(ratio) * factor - 1) for factor in (1.0, float(n))) < self.tolerance:
                    return at
        return -1

    def change(self, moved: Sequence[tuple[int, Array]], sign: float = 1.0) -> float | None:
        """By how much the cost changes, for a step of 1, when values are moved; None if it cannot be measured."""
        moves = self.moves(moved, sign)
        recording = None if moves is None else self.again(moves, self.anchor.event, ())
        result = None if recording is None else recording.values.get(recording.events[self.anchor.event].result)
        z = None if result is None else rows(result, self.judgement.network.is_column)
        if z is None or z.size != self.anchor.z.size:
            return None
        difference = (z.reshape(self.anchor.z.shape) - self.anchor.z) / (sign * self.step)
        found = float(np.sum(self.anchor.delta * difference))
        return found if np.isfinite(found) else None

    def are_all_right(self, parts: Sequence[Moved]) -> bool:
        """One run for all: each is moved so that the script expects a change of 1 of it."""
        moved, expected = [], 0.0
        for part in parts:
            direction = self.direction(part.value, 3)
            believed = float(np.sum(part.gradient * direction))
            if abs(believed) > 1e-9 * float(np.sum(np.abs(part.gradient * direction))) and abs(believed) > 1e-12:
                direction, expected = direction / believed, expected + 1.0
            moved.append((part.value, direction))
        change = self.change(moved)
        return change is not None and abs(change - expected) < self.together * max(1.0, expected)

    def ratio(self, value: int, gradient: Array, seed: int) -> float | None:
        """What the script takes for the change of the cost, over what it is: to both sides, or to one at a kink."""
        direction = self.direction(value, seed)
        believed = float(np.sum(gradient * direction))
        forth = self.change([(value, direction)])
        if forth and abs(believed / forth - 1) < self.tolerance:
            return believed / forth
        back = self.change([(value, direction)], -1.0) if forth else None
        if not forth or not back:
            return None
        changes = forth, back
        up, down = believed / forth, believed / back
        both = 2 * believed / (changes[0] + changes[1]) if changes[0] + changes[1] else float("inf")
        nearest = min((both, up, down), key=lambda ratio: abs(ratio - 1))
        is_smooth = abs(up - down) < 2e-2 * max(abs(up), abs(down))
        return nearest if is_smooth or abs(nearest - 1) < self.tolerance else None
