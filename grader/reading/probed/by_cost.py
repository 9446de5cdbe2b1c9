"""Judges a network that is no chain of layers by the cost that its file computes.

Several heads, branches, a vector of weights for each unit: no layers are read, but each parameter is moved in a second
run of the person's own forward pass, in some directions, and all single numbers that the step computes are measured.
The gradient of a parameter is right if it stands in the step, up to a factor: if some array there is, in every
direction, the same multiple of what the cost changes by. That a cost is the one that is minimised is known by the
parameters whose gradient is right; without any, nothing is said.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.unjudged import Unjudged
from grader.reading.probed.probed_places import finding_of
from grader.reading.probed.prober import Again, Measuring, Moved
from grader.reading.recorded.graph import OUTER, PRODUCTS, Graph
from grader.reading.recorded.recording import Array, Recording
from grader.reading.structure.parameters import Parameter, Parameters

MAX_PARAMETERS = 12
MAX_COSTS = 40
DIRECTIONS = 3
LATE = 2  # the step that is looked at, if there are as many
SAME = 1e-4  # of the multiples in all directions
APART = 1e-2  # at least, of one that is wrong
_A_COST = re.compile(r"loss|cost|error|mse|nll|^[JEL]$", re.IGNORECASE)
_NEVER_COSTS = frozenset(["Index", "Item", "max", "min", "argmax", "argmin", "gt", "lt", "ge", "le", "eq", "ne"])


@dataclass(frozen=True)
class Learned:
    """A parameter in the step that is looked at: the value, what changes it, where it is used first.

    `origin` is what it was before the first step: the value that has its name.
    """

    origin: int
    value: int
    update: int
    first: int
    is_shared: bool


@dataclass(frozen=True)
class ByCost:
    """What was found: the event that computes the cost, the parameters that are right, and the first that is not.

    Attributes:
        right: parameters, each with the event that makes its gradient.
    """

    graph: Graph
    cost: int
    right: list[tuple[Learned, int]]
    unsure: list[Learned]
    finding: Finding | None


def judge_by_cost(recording: Recording, again: Again, least: int = 2) -> ByCost | None:
    """Judge the gradients of a recorded training of `least` parameters; None where no cost is known to be minimised."""
    graph = Graph(recording)
    parameters = Parameters(graph)
    step = _step(graph, [p for p in (*parameters.all, *parameters.others) if p.is_updated])
    if step is None or not least <= len(step[0]) <= MAX_PARAMETERS:
        return None
    learned, start, stop = step
    costs = _costs(graph, learned, start, stop)
    forward: set[int] = set().union(*[graph.ancestors(cost) for cost in costs])
    learned = [one for one in learned if one.first in forward]  # a velocity is first read on the way back
    if len(learned) < least:
        return None
    judge = _Judge(graph, again, learned, start, costs)
    return judge.judged()


def _step(graph: Graph, parameters: Sequence[Parameter]) -> tuple[list[Learned], int, int] | None:
    """The parameters of one step, the event before its forward pass, and the one before the next."""
    usual = Counter(len(p.updates) for p in parameters).most_common(1)
    if not usual:
        return None
    count = usual[0][0]
    all_ = [p for p in parameters if abs(len(p.updates) - count) <= 1]
    k = min(LATE, min(len(p.updates) for p in all_) - 1)
    start = max((p.updates[k - 1] for p in all_), default=-1) if k else -1
    later = [u for p in all_ for u in graph.users.get(p.versions[k + 1], ()) if u > max(p.updates[k] for p in all_)]
    stop = min(later, default=len(graph.events)) - 1
    found = []
    for p in all_:
        value = p.versions[k]
        array, users = graph.array(value), [u for u in graph.users.get(value, ()) if start < u < p.updates[k]]
        if array is None or not users or graph.values.is_whole(value):
            continue
        places = {graph.events[u].place for u in users if graph.events[u].op in PRODUCTS | OUTER}
        is_again = any(n > 1 for n in Counter(graph.events[u].place for u in users).values())
        found.append(Learned(p.first, value, p.updates[k], users[0], is_again or len(places) > 2))
    return found, start, stop


def _costs(graph: Graph, learned: Sequence[Learned], start: int, stop: int) -> list[int]:
    """The single numbers of the step in which parameters have a part: the last of them."""
    depends = {one.first for one in learned}
    found = []
    for at in range(start + 1, min(stop, len(graph.events) - 1) + 1):
        event = graph.events[at]
        if at in depends or any(source in depends for source in graph.sources[at]):
            depends.add(at)
            number = graph.values.scalar(event.result)
            if number is not None and np.isfinite(number) and number != 0 and event.op not in _NEVER_COSTS:
                found.append(at)
    return found[-MAX_COSTS:]


class _CostProber(Measuring):
    """Measures single numbers that a step computes."""

    def __init__(self, graph: Graph, again: Again, costs: Sequence[int], start: int, *, is_precise: bool) -> None:
        end = max(costs)
        super().__init__(graph, again, end, start=start, layer=0, above="", is_precise=is_precise)
        self.costs = list(costs)
        self.before = np.array([graph.values.scalar(graph.events[at].result) for at in costs], float)
        self.forward = set().union(*[graph.ancestors(at) for at in costs])

    def measure_alone(self, cost: int) -> None:
        """Go on with one of them."""
        self.costs, self.before = [self.costs[cost]], self.before[[cost]]
        self.end = self.costs[0]
        self.forward = self.graph.ancestors(self.end)

    def changes(self, moved: Sequence[tuple[int, Array]], sign: float = 1.0) -> Array | None:
        moves = self.moves(moved, sign)
        recording = None if moves is None else self.again(moves, self.end)
        if recording is None:
            return None
        now = [recording.values.scalar(recording.events[at].result) for at in self.costs]
        if any(number is None for number in now):
            return None
        return np.asarray((np.array(now, float) - self.before) / (sign * self.step))

    def gradient_among(self, value: int, backward: Sequence[int]) -> int | None:
        directions = [self.direction(value, seed) for seed in (3, 4)]
        found = [self.changes([(value, direction)]) for direction in directions]
        changes = [float(one[0]) for one in found if one is not None]
        if len(changes) < 2 or not all(changes):
            return None
        for at in backward:
            array = self.graph.array(self.graph.events[at].result)
            if array is not None and _multiple(array, directions, np.array(changes)) is not None:
                return at
        return -1


def _multiple(array: Array, directions: Sequence[Array], changes: Array) -> float | None:
    """By which number an array, in all directions, is what a cost changes by; None if by none."""
    believed = np.array([float(np.sum(array.reshape(one.shape) * one)) for one in directions])
    if not np.isfinite(believed).all() or not believed.any() or not changes.any():
        return None
    factor = float(believed @ changes) / float(changes @ changes)
    return factor if np.abs(believed - factor * changes).max() < SAME * np.abs(believed).max() else None


class _Judge:
    def __init__(
        self, graph: Graph, again: Again, learned: Sequence[Learned], start: int, costs: Sequence[int]
    ) -> None:
        self.graph, self.learned, self.start = graph, learned, start
        is_precise = all(graph.values.precision(one.value) < 1e-12 for one in learned)
        self.prober = _CostProber(graph, again, costs, start, is_precise=is_precise)
        self.directions: dict[int, list[Array]] = {}
        self.changes: dict[int, Array] = {}  # of a parameter: directions by costs
        self.factors: dict[tuple[int, int], list[float]] = {}  # of (parameter, cost): what its gradients are times

    def judged(self) -> ByCost | None:
        if self.prober.step > 1e-5:
            return None  # too rough to tell one multiple from another
        for one in self.learned:
            if not self._measure(one) or not self.prober.has_time:
                return None
        matches = {one.value: self._matches(one) for one in self.learned if self.graph.size(one.value) > 1}
        counts = Counter(cost for found in matches.values() for cost in found)
        if not counts:
            return None
        cost = self._minimised(counts, matches)
        self._match_numbers(cost, matches)
        factor = self._common_factor(cost)
        right = [
            (one, matches[one.value][cost])
            for one in self.learned
            if cost in matches[one.value] and self._has_factor(one, cost, factor)
        ]
        if not any(self.graph.size(one.value) > DIRECTIONS for one, _ in right):
            return None
        sure = {one.value for one, _ in right}
        others = [one for one in self.learned if one.value not in sure]
        unsure = [one for one in others if cost in matches[one.value] or not self._is_wrong(one, cost, matches)]
        wrong = [one for one in others if one not in unsure]
        event = self.prober.costs[cost]
        uphill = [one for one, _ in right if self._goes_uphill(one, matches[one.value])]
        finding = None
        if uphill:
            right = [(one, at) for one, at in right if one not in uphill]
            finding = self._uphill(uphill, is_all=not right)
        elif wrong:
            self.prober.measure_alone(cost)
            finding = self._finding(max(wrong, key=lambda one: one.first))
        return ByCost(self.graph, event, right, unsure, finding)

    def _measure(self, one: Learned) -> bool:
        self.directions[one.value] = [self.prober.direction(one.value, seed) for seed in range(2, 2 + DIRECTIONS)]
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
        before, after = self.graph.array(one.value), self.graph.array(self.graph.events[one.update].result)
        arrays = [(at, self.graph.array(self.graph.events[at].result)) for at in self._candidates(one)]
        if before is not None and after is not None and before.size == after.size:
            arrays.append((one.update, after.reshape(before.shape) - before))
        for cost in range(len(self.prober.costs)):
            changes = self.changes[one.value][:, cost]
            made = self.graph.ancestors(self.prober.costs[cost], self.start)  # x itself is the gradient of w·x
            for at, array in arrays:
                factor = None if array is None or at in made else _multiple(array, self.directions[one.value], changes)
                if factor is not None:
                    found[cost] = min(at, found.get(cost, at))
                    self.factors.setdefault((one.value, cost), []).append(abs(factor))
        return found

    def _minimised(self, counts: Counter[int], matches: dict[int, dict[int, int]]) -> int:
        """The cost that most parameters follow; before all, one that is made of others which some follow."""

        def order(cost: int) -> tuple[int, int, int, int]:
            is_whole = any(self._is_sum(cost, set(found) - {cost}, matches) for found in matches.values())
            moving = sum(bool(np.abs(changes[:, cost]).max() > 0) for changes in self.changes.values())
            return int(is_whole), counts[cost], moving, -cost

        return max(counts, key=order)

    def _common_factor(self, cost: int) -> float:
        """What most gradients are times the derivative of a cost.

        One sample's gradient by the weights of one unit is always a multiple of the inputs: its factor must be right.
        """
        factors = [f for (_, of), found in self.factors.items() if of == cost for f in found]
        return max(factors, key=lambda f: sum(self._is_near(found, f) for found in self.factors.values()))

    def _has_factor(self, one: Learned, cost: int, factor: float) -> bool:
        return self.graph.size(one.value) == 1 or self._is_near(self.factors[one.value, cost], factor)

    @staticmethod
    def _is_near(factors: Sequence[float], factor: float) -> bool:
        return any(abs(one / factor - 1) < SAME for one in factors)

    def _match_numbers(self, cost: int, matches: dict[int, dict[int, int]]) -> None:
        """A parameter of one number is right if it is changed by the same multiple as another that is right."""
        factors = [self._of_change(one, cost) for one in self.learned if cost in matches.get(one.value, {})]
        for one in self.learned:
            if one.value not in matches:
                factor = self._of_change(one, cost)
                is_right = factor and any(other and abs(factor / other - 1) < SAME for other in factors)
                matches[one.value] = {cost: one.update} if is_right else {}

    def _of_change(self, one: Learned, cost: int) -> float | None:
        before, after = self.graph.array(one.value), self.graph.array(self.graph.events[one.update].result)
        if before is None or after is None or before.size != after.size:
            return None
        difference = after.reshape(before.shape) - before
        return _multiple(difference, self.directions[one.value], self.changes[one.value][:, cost])

    def _is_wrong(self, one: Learned, cost: int, matches: dict[int, dict[int, int]]) -> bool:
        """Whether it moves the cost smoothly, and nothing in its step is a gradient of that or of a sum of costs."""
        changes, directions = self.changes[one.value], self.directions[one.value]
        if one.is_shared or self.graph.size(one.value) <= DIRECTIONS or not np.abs(changes[:, cost]).max() > 0:
            return False
        for k, direction in enumerate(directions[:2]):
            back = self.prober.changes([(one.value, direction)], -1.0)
            if back is None or abs(back[cost] - changes[k, cost]) > APART * np.abs(changes[:, cost]).max():
                return False
        if matches[one.value]:  # of a part of the cost alone: only where the parts are added up is that a fault
            return self._is_sum(cost, set(matches[one.value]), matches)
        followed = sorted({c for found in matches.values() for c in found})
        parts = changes[:, followed]
        if np.linalg.matrix_rank(parts / max(1e-300, np.abs(parts).max()), tol=1e-5) >= len(directions):
            return False  # as many costs as directions: any array is a sum of them
        for at in self._candidates(one):
            array = self.graph.array(self.graph.events[at].result)
            if array is None:
                continue
            believed = np.array([float(np.sum(array.reshape(d.shape) * d)) for d in directions])
            found = np.linalg.lstsq(parts, believed, rcond=1e-6)[0]
            if believed.any() and np.abs(parts @ found - believed).max() < APART * np.abs(believed).max():
                return False
        return True

    def _is_sum(self, cost: int, parts: set[int], matches: dict[int, dict[int, int]]) -> bool:
        """Whether a cost is made of one of some parts, and of another that a parameter follows which follows none."""
        ancestors = self.graph.ancestors(self.prober.costs[cost], self.start)
        others = {c for found in matches.values() if not parts & set(found) for c in found} - {cost}
        return any(self.prober.costs[part] in ancestors for part in parts) and any(
            self.prober.costs[other] in ancestors for other in others
        )

    def _goes_uphill(self, one: Learned, followed: Iterable[int]) -> bool:
        """Whether a step makes a cost grow.

        What is negative is none yet, as −J on the way to J; nor is what is not called one: a log-likelihood shall grow.
        """
        costs = [cost for cost in followed if self.prober.before[cost] > 0 and self._is_called_cost(cost)]
        factors = [self._of_change(one, cost) for cost in costs]
        return bool(factors) and all(factor is not None and factor > 0 for factor in factors)

    def _is_called_cost(self, cost: int) -> bool:
        value = self.graph.events[self.prober.costs[cost]].result
        return any(number == value and _A_COST.search(name) for _, _, name, number in self.graph.recording.named)

    def _uphill(self, those: Sequence[Learned], *, is_all: bool) -> Finding:
        """Steps along the gradient, not against it: of all parameters, or of the last of some."""
        last = max(those, key=lambda one: one.update)
        if is_all:
            return Finding("step", "uphill", last.update)
        return Finding("the step", "sign-turned", last.update, facts={"value": last.origin})

    def _finding(self, one: Learned) -> Finding:
        place = self.graph.recording.place_of(self.graph.events[self.prober.end])
        self.prober.above = f"the cost is that of line {place.line}"
        believed = self.graph.array(one.value)
        assert believed is not None
        candidates = self._candidates(one)
        array = self.graph.array(self.graph.events[candidates[0]].result) if candidates else believed
        part = Moved(Unjudged("", one.origin, one.first), one.value, believed if array is None else array, one.update)
        return finding_of(self.prober, part, float("nan"))
