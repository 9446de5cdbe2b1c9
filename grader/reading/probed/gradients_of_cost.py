"""What each parameter changes the costs of a step by, and which arrays of the step are its gradient, up to a factor."""

from collections.abc import Sequence

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.probed.cost_prober import SAME, CostProber, multiple
from grader.reading.probed.costs_meant import Measured
from grader.reading.probed.prober import Again
from grader.reading.probed.step_of_cost import A_COST, Learned
from grader.reading.probed.taken_by_step import is_taken
from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Array

DIRECTIONS = 3
ROUGH = 2e-6  # of the largest change: what is left of the derivative by a number that moves little
STEADY = 1e-3  # of one multiple in two steps
MANY = 20  # samples, at least, that are told by their number
APART = 1e-2  # at least, of one that is wrong


class Gradients:
    """The parameters that a step learns, as they were moved, one after another."""

    def __init__(
        self, graph: Graph, again: Again, learned: Sequence[Learned], start: int, costs: Sequence[Measured]
    ) -> None:
        self.graph, self.learned, self.start = graph, learned, start
        self.doubtful: set[int] = set()  # values whose gradient is another multiple in another step
        is_precise = all(graph.values.precision(one.value) < 1e-12 for one in learned)
        self.prober = CostProber(graph, again, costs, start, is_precise=is_precise)
        self.refused: set[int] = set()  # costs of which all gradients are another multiple in another step
        self.directions: dict[int, list[Array]] = {}
        self.changes: dict[int, Array] = {}  # of a parameter: directions by costs
        self.factors: dict[tuple[int, int], list[float]] = {}  # of (parameter, cost): what its gradients are times
        self._places: dict[tuple[int, int], list[int]] = {}  # of (parameter, cost): the events that make its gradient

    def _is_taken(self, one: Learned, cost: int) -> bool:
        """Whether the update takes what is right: by the change itself, or by what is made of it on the way."""
        places = self._places.get((one.value, cost), [])
        if not places or one.update in places:
            return True
        return any(is_taken(self.graph, at, one.update, one.value, self.start) for at in places)

    def _is_tested_alone(self, one: Learned) -> bool:
        return self.graph.size(one.value) > 1 and one.value not in self.doubtful

    def _measure(self, one: Learned) -> bool:
        if one.value in self.changes:
            return True
        count = 1 if self.graph.shape(one.value) == () else DIRECTIONS
        self.directions[one.value] = [self.prober.direction(one.value, seed) for seed in range(2, 2 + count)]
        found = [self.prober.changes([(one.value, direction)]) for direction in self.directions[one.value]]
        known = [change for change in found if change is not None]
        if len(known) == len(found):
            self.changes[one.value] = np.array(known)
        return len(known) == len(found)

    def _candidates(self, one: Learned) -> list[int]:
        """The events on the way to its update that may make its gradient, the last first."""
        size = self.graph.size(one.value)
        found = [
            at
            for at in self.graph.ancestors(one.update, max(self.start, one.first))
            if self.graph.size(self.graph.events[at].result) == size
        ]
        return sorted(found, reverse=True)[:60]

    def _matches(self, one: Learned) -> dict[int, int]:
        """Which costs its gradient belongs to, and the event that makes that."""
        found: dict[int, int] = {}
        self.factors = {key: factors for key, factors in self.factors.items() if key[0] != one.value}
        before, after = self.graph.array(one.value), self.graph.array(self.graph.events[one.update].result)
        events = self.graph.events
        arrays = [(at, self.graph.array(events[at].result)) for at in self._candidates(one)]
        if before is not None and after is not None and before.size == after.size:
            arrays.append((one.update, after.reshape(before.shape) - before))
        for cost in range(len(self.prober.costs)):
            changes = self.changes[one.value][:, cost]
            of_cost = self.prober.costs[cost].events
            made = set().union(
                *[self.graph.ancestors(at, self.start) for at in of_cost]
            )  # x itself is the gradient of w·x
            values = {number for at in made for number in (*events[at].operands, events[at].result)}
            for at, array in arrays:
                factor = (
                    None
                    if array is None or events[at].result in values
                    else multiple(array, self.directions[one.value], changes)
                )
                if factor is not None:
                    found[cost] = min(at, found.get(cost, at))
                    self._places.setdefault((one.value, cost), []).append(at)
                    self.factors.setdefault((one.value, cost), []).append(abs(factor))
        return found

    def _alike(self, cost: int) -> list[float]:
        """By which multiples of the derivative of a cost numbers are changed: those that most have."""
        those = [one for one in self.learned if one.value in self.changes and one.value not in self.doubtful]
        numbers = [one for one in those if self.graph.size(one.value) == 1]
        found = [(one, factor) for one in numbers if (factor := self._of_change(one, cost))]
        most = self._largest(cost)
        near = [[own for one, own in found if self._is_multiple(one, cost, own, factor, most)] for _, factor in found]
        return max(near, key=len, default=[])

    def _follows(self, one: Learned, cost: int, factor: float) -> bool:
        """Whether a number is changed by a multiple of the derivative, up to what a small step leaves of that."""
        own = self._of_change(one, cost) if self.graph.size(one.value) == 1 else None
        return own is not None and self._is_multiple(one, cost, own, factor, self._largest(cost))

    def _is_multiple(self, one: Learned, cost: int, own: float, factor: float, most: float) -> bool:
        """Whether a number is changed by `own` times the derivative, as others by `factor`; costs change by `most`."""
        change = abs(float(self.changes[one.value][0, cost]))
        return bool(change) and abs(own - factor) * change <= abs(factor) * (SAME * change + ROUGH * most)

    def _largest(self, cost: int) -> float:
        return max(float(np.abs(changes[:, cost]).max()) for changes in self.changes.values())

    def _common_factor(self, cost: int) -> float:
        """What most gradients are times the derivative of a cost.

        One sample's gradient by the weights of one unit is always a multiple of the inputs: its factor must be right.
        """
        known = [found for (one, of), found in self.factors.items() if of == cost and one not in self.doubtful]
        factors = [f for found in known for f in found]
        return max(factors, key=lambda f: sum(self._is_near(found, f) for found in known), default=0.0)

    def _has_factor(self, one: Learned, cost: int, factor: float) -> bool:
        return self.graph.size(one.value) == 1 or self._is_near(self.factors[one.value, cost], factor)

    @staticmethod
    def _is_near(factors: Sequence[float], factor: float, tolerance: float = SAME) -> bool:
        return any(abs(one / factor - 1) < tolerance for one in factors)

    def _match_numbers(self, cost: int, matches: dict[int, dict[int, int]], common: float) -> None:
        """A parameter of one number is right if it is changed by the same multiple as another that is right."""
        followed = [one for one in self.learned if cost in matches.get(one.value, {})]
        factors = [self._of_change(one, cost) for one in followed if self._has_factor(one, cost, common)]
        factors = factors or list(self._alike(cost)[:1])
        for one in self.learned:
            if one.value not in matches:
                is_right = one.value not in self.doubtful and any(
                    other and self._follows(one, cost, other) for other in factors
                )
                matches[one.value] = {cost: one.update} if is_right else {}

    def _of_change(self, one: Learned, cost: int) -> float | None:
        before, after = self.graph.array(one.value), self.graph.array(self.graph.events[one.update].result)
        if before is None or after is None or before.size != after.size:
            return None
        difference = after.reshape(before.shape) - before
        return multiple(difference, self.directions[one.value], self.changes[one.value][:, cost])

    def _of_sums(self, unsure: Sequence[Learned], right: Sequence[tuple[Learned, int]], cost: int) -> Finding | None:
        """A gradient that is as many times too large as those of the others were before they were divided."""
        if all(self.graph.size(one.value) == 1 for one in self.learned):
            return self._of_summed_number(unsure, [one for one, _ in right], cost)
        means = [min(self.factors.get((one.value, cost), [0.0])) for one, _ in right if self.graph.size(one.value) > 1]
        if len(means) < 2 or min(means) <= 0 or max(means) / min(means) - 1 > STEADY:
            return None
        for one in unsure:
            times = min(self.factors.get((one.value, cost), [0.0])) / min(means)
            sums = [factor for other, _ in right for factor in self.factors.get((other.value, cost), [])]
            if not any(round(times) in self.graph.shape(self.graph.events[at].result) for at in self.prober.forward):
                continue  # there are not so many samples: the number is that of the rate
            if (
                times > 1.5
                and abs(times / round(times) - 1) < STEADY
                and any(abs(a / b / times - 1) < STEADY for a in sums for b in sums)
            ):
                at = min(self._places[one.value, cost])
                return Finding("the gradient", "sum-beside-means", at, facts={"value": one.origin, "n": round(times)})
        return None

    def _of_summed_number(self, unsure: Sequence[Learned], right: Sequence[Learned], cost: int) -> Finding | None:
        """The same of single numbers: one is changed by as many times the derivative as there are samples."""
        changes = [self._of_change(one, cost) or 0.0 for one in right]
        if len(changes) < 2 or min(changes) >= 0 or max(changes) / min(changes) < 1 - STEADY:
            return None
        sizes = {size for at in self.prober.forward for size in self.graph.shape(self.graph.events[at].result)}
        for one in unsure:
            times = (self._of_change(one, cost) or 0.0) / min(changes)
            if times > MANY and abs(times / round(times) - 1) < STEADY and round(times) in sizes:
                facts: dict[str, float | int | str] = {"value": one.origin, "n": round(times)}
                return Finding("the gradient", "sum-beside-means", one.update, facts=facts)
        return None

    def _is_smooth(self, one: Learned, cost: int) -> bool:
        """Whether a cost changes by as much when a parameter is moved back as when it is moved forth."""
        changes = self.changes[one.value][:, cost]
        for k, direction in enumerate(self.directions[one.value][:2]):
            back = self.prober.changes([(one.value, direction)], -1.0)
            if back is None or abs(back[cost] - changes[k]) > APART * np.abs(changes).max():
                return False
        return bool(np.abs(changes).max() > 0)

    def _is_called_cost(self, cost: int) -> bool:
        if self.prober.costs[cost].kind:
            return True
        value = self.graph.events[self.prober.costs[cost].event].result
        return any(number == value and A_COST.search(name) for _, _, name, number in self.graph.recording.named)
