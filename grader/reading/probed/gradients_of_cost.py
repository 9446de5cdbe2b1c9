"""What each parameter changes the costs of a step by, and which arrays of the step are its gradient, up to a factor."""

from collections.abc import Sequence

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.probed.cost_prober import SAME, CostProber, multiple
from grader.reading.probed.costs_meant import Measured
from grader.reading.probed.prober import Again
from grader.reading.probed.step_of_cost import A_COST, Learned
from grader.reading.recorded.graph import ADDING, PARTS, SCALING, VIEWS, Graph
from grader.reading.recorded.recording import Array

DIRECTIONS = 3
ROUGH = 2e-6  # of the largest change: what is left of the derivative by a number that moves little
STEADY = 1e-3  # of one multiple in two steps
MANY = 20  # samples, at least, that are told by their number
APART = 1e-2  # at least, of one that is wrong
#: What is made of each number by itself.
_BY_ELEMENT = ADDING | SCALING | VIEWS | PARTS | frozenset([
    "USub", "negative", "Pow", "power", "square", "sqrt", "abs", "absolute", "fabs", "sign", "clip", "minimum",
    "maximum", "where", "gt", "lt", "ge", "le", "eq", "ne", "zeros_like", "ones_like", "nan_to_num", "round", "Set",
    "concatenate", "hstack", "vstack", "append", "r_", "c_", "empty_like", "reciprocal",
])  # fmt: skip


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


def is_taken(graph: Graph, at: int, update: int, value: int, start: int) -> bool:
    """Whether what the event `at` gives reaches the update of a parameter as the gradient of it.

    Args:
        value: the version of the parameter that is changed.
        start: the event before the step.
    """
    size = graph.size(value)
    between = sorted(graph.ancestors(update, start))
    carried, numbers = {at}, set[int]()  # events that hold the gradient, or single numbers made of it
    for event in (graph.events[one] for one in between if one > at):
        sources = set(graph.sources[event.index])
        if sources & carried:
            if graph.size(event.result) == 1 and size > 1:
                numbers.add(event.index)  # its length, by which it is limited
            elif event.op not in _BY_ELEMENT:
                return False
            else:
                carried.add(event.index)
        elif sources & numbers and graph.size(event.result) == 1:
            numbers.add(event.index)
    if update not in carried:
        return False
    is_of_its_own = all(
        source in carried or source in numbers or _is_memory(graph, source, operand, value, start)
        for one in carried - {at}
        for source, operand in zip(graph.sources[one], graph.events[one].operands, strict=True)
    )
    return is_of_its_own and _goes_down(graph, at, update, value, start)


def _is_memory(graph: Graph, source: int, operand: int, value: int, start: int) -> bool:
    """Whether what comes to a gradient on the way is a number, was there before the step, or is made of the weight."""
    if graph.size(operand) == 1 or source <= start or operand in graph.made_at_random:  # or is noise
        return True
    size = graph.size(value)
    return all(
        graph.size(graph.events[one].result) in (1, size) and graph.events[one].op in _BY_ELEMENT
        for one in graph.ancestors(source, start)
    )


def _goes_down(graph: Graph, at: int, update: int, value: int, start: int) -> bool:
    """Whether each number goes against its gradient, if nothing but that and the weight has a part in the step."""
    gradient, before = graph.array(graph.events[at].result), graph.array(value)
    after = graph.array(graph.events[update].result)
    if gradient is None or before is None or after is None or not gradient.size == before.size == after.size:
        return True
    for one in graph.ancestors(update, at):
        for source, operand in zip(graph.sources[one], graph.events[one].operands, strict=True):
            is_memory = source < at and operand != value and graph.base(operand, one)[0] != value
            if is_memory and graph.size(operand) > 1 and operand != graph.events[at].result:
                return True  # what is remembered of the steps before may be larger
    return _is_downward(gradient.ravel(), (after.reshape(before.shape) - before).ravel(), before.ravel())


def _is_downward(gradient: Array, change: Array, weight: Array) -> bool:
    """Whether a change is a multiple of a gradient and of the weight, or has the sign of the one throughout."""
    moving = (change != 0) & (gradient != 0)
    signs = np.sign(change[moving]) * np.sign(gradient[moving])
    if not moving.any() or np.all(signs == signs[0]):
        return True
    for penalty in (weight, np.sign(weight)):
        terms = np.array([gradient, penalty]).T
        found = np.linalg.lstsq(terms, change, rcond=None)[0]
        if np.abs(terms @ found - change).max() < 1e-6 * np.abs(change).max():
            return True
    return False
