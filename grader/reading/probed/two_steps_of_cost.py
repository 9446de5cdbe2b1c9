"""What is right in one step must be so in another: by the same multiple, in the same direction, growing alike.

With one sample and one output, a wrong δ of the output makes all gradients multiples of what they should be.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.probed.costs_meant import Measured, again_in
from grader.reading.probed.gradients_of_cost import APART, DIRECTIONS, STEADY, Gradients
from grader.reading.probed.piled_up import pile_up
from grader.reading.probed.probed_places import PROBED
from grader.reading.probed.step_of_cost import Learned
from grader.reading.probed.uses_one_by_one import LIMITING
from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Array

FEW = 8  # numbers, of which some must follow the cost alike if more are to be measured


@dataclass(frozen=True)
class ByCost:
    """What was found: the cost, the parameters that are right, and the first that is not.

    Attributes:
        right: parameters, each with the event that makes its gradient.
        is_of_few: they have so few numbers that one step alone tells too little.
        shown: what makes a number that is called a cost, where the steps go by another one that the file has not.
        is_growing: the steps make the number grow, which nothing calls a cost.
    """

    graph: Graph
    cost: Measured
    right: list[tuple[Learned, int]]
    unsure: list[Learned]
    finding: Finding | None
    is_of_few: bool = False
    shown: int | None = None
    is_growing: bool = False


class InTwoSteps(Gradients):
    """The parameters that a step learns, compared with those of another one."""

    def piles_up_in(self, later: "InTwoSteps", stop: int, found: ByCost) -> bool:
        """Whether the steps grow by the gradient in another step as well, which `later` measures."""
        if not self._measures_the_same(later, stop, found) or not all(later._measure(one) for one in later.learned):
            return False
        return pile_up(later.graph, later.learned, later.directions, later.changes) is not None

    def holds_in(self, later: "InTwoSteps", stop: int, found: ByCost) -> bool:
        """Whether what is right is the same multiple of the derivative in another step, which `later` measures.

        With one sample and one output, a wrong δ of the output makes all gradients multiples of what they should be.
        """
        following = {one.origin: one for one in later.learned}
        right = [one for one, _ in found.right if one.origin in following]
        if not right or not self._measures_the_same(later, stop, found):
            return not found.is_of_few
        largest = max(right, key=lambda one: self.graph.size(one.value))
        return all(
            self._holds(one, following[one.origin], later, found) for one in right if found.is_of_few or one is largest
        )

    def _holds(self, one: Learned, other: Learned, later: "InTwoSteps", found: ByCost) -> bool:
        cost = self.prober.costs.index(found.cost)
        if not later._measure(other) or not later.changes[other.value].any():
            return not found.is_of_few
        changed = self._of_change(one, cost), later._of_change(other, 0)
        if changed[0] and changed[1] and abs(changed[0] / changed[1] - 1) < STEADY:
            return True
        if self.graph.size(one.value) == 1 or found.is_of_few:
            return False  # or its rate decays
        later._matches(other)
        factors = later.factors.get((other.value, 0), [])
        return any(self._is_near(factors, factor) for factor in self.factors[one.value, cost])

    def _measures_the_same(self, later: "InTwoSteps", stop: int, found: ByCost) -> bool:
        """Whether the other step computes the cost as well, by which it is measured from now on."""
        cost = again_in(self.graph, found.cost, later.start, stop)
        if cost is None or [(cost.event, cost.kind)] != [(one.event, one.kind) for one in later.prober.costs]:
            later.changes.clear()
        later.prober.measure([] if cost is None else [cost])
        return cost is not None

    def is_uphill_in(self, later: "InTwoSteps", stop: int, found: ByCost) -> bool:
        """Whether what makes the cost grow does so in another step: a reward may turn one of them."""
        following = {one.origin: one for one in later.learned}
        cost = self.prober.costs.index(found.cost)
        up = [one for one in self.learned if one.origin in following and (self._of_change(one, cost) or 0.0) > 0]
        if not up or not self._measures_the_same(later, stop, found) or later.prober.costs[0].before <= 0:
            return False
        other = following[max(up, key=lambda one: self.graph.size(one.value)).origin]
        return later._measure(other) and (later._of_change(other, 0) or 0.0) > 0

    def with_own_multiple(self, later: "InTwoSteps", found: ByCost) -> ByCost:
        """With the last parameter that follows no steady multiple of the derivative, the common one or its own.

        So it is with the weights of one unit and one sample, whose gradient has the right direction whatever δ is.
        """
        following = {one.origin: one for one in later.learned}
        cost = self.prober.costs.index(found.cost)

        def ratios(one: Learned) -> tuple[float, float] | None:
            other = following.get(one.origin)
            if other is None or not later.prober.has_time or not later._measure(other):
                return None
            factors = self._of_change(one, cost), later._of_change(other, 0)
            return (factors[0], factors[1]) if factors[0] and factors[1] else None

        common = next((found_one for one, _ in found.right if (found_one := ratios(one)) is not None), None)
        if common is None or abs(common[0] / common[1] - 1) > STEADY or not later.prober.costs:
            return found
        for one in sorted(found.unsure, key=lambda one: -one.first)[:FEW]:
            own = ratios(one) if self.graph.size(one.value) <= DIRECTIONS or one.value in self.doubtful else None
            if one.is_shared or self._is_limited(one):
                continue
            if own is None:
                finding = self._of_another(one, following.get(one.origin), later, cost, common[0])
                if finding is not None:
                    return replace(found, finding=finding, unsure=[other for other in found.unsure if other is not one])
                continue
            apart = own[0] / common[0], own[1] / common[1]
            if apart[0] < 0 and abs(apart[0] / apart[1] - 1) < APART:
                left = [other for other in found.unsure if other is not one]
                return replace(found, finding=self._uphill([one], is_all=False), unsure=left)
            if abs(apart[0] / apart[1] - 1) > 10 * APART:
                line = self.graph.recording.place_of(self.graph.events[found.cost.event]).line
                facts: dict[str, float | int | str] = {
                    "ratio": f"{apart[0]:.3g}", "other": f"{apart[1]:.3g}", "value": one.origin,
                    "above": f"the cost is that of line {line}",
                }  # fmt: skip
                finding = Finding("the gradient", "no-steady-multiple", self._gradient_of(one), facts=facts)
                return replace(found, finding=finding, unsure=[other for other in found.unsure if other is not one])
        return found

    def _is_limited(self, one: Learned) -> bool:
        """Whether its gradient is cut where it is too large, so that it is none then."""
        behind = self.graph.ancestors(one.update, self.start) - self.prober.forward
        return any(self.graph.events[at].op in LIMITING for at in behind)

    def _of_another(
        self, one: Learned, other: Learned | None, later: "InTwoSteps", cost: int, factor: float
    ) -> Finding | None:
        """What is wrong with a parameter of few numbers that is changed by no multiple of the derivative.

        The derivative by each of its numbers is known by as many directions. In two steps, what it is changed by must
        be no multiple of that, with or without a penalty.
        """
        steps = [(self, one, cost), (later, other, 0)]
        if other is None or self.graph.size(one.value) > DIRECTIONS or not self._is_smooth(one, cost):
            return None
        found = [
            judge.in_full(each, of) for judge, each, of in steps if each is not None and each.value in judge.changes
        ]
        known = [each for each in found if each is not None]
        if len(known) < 2:
            return None
        gradient, change, weight = (np.concatenate([each[k] for each in known]) for k in range(3))
        for penalty in (weight, np.sign(weight)):
            terms = np.array([gradient, penalty]).T
            best = np.linalg.lstsq(terms, change, rcond=None)[0]
            if np.abs(terms @ best - change).max() < 2 * APART * np.abs(change).max():
                return None
        total, own = known[0][0].sum() * factor, known[0][1]
        is_total = self.graph.size(one.value) > 1 and np.abs(own - total).max() < 1e-3 * abs(total)
        line = self.graph.recording.place_of(self.graph.events[self.prober.costs[cost].event]).line
        facts: dict[str, float | int | str] = {"value": one.origin, "above": f"the cost is that of line {line}"}
        return Finding("the gradient", "one-number" if is_total else PROBED, self._gradient_of(one), facts=facts)

    def in_full(self, one: Learned, cost: int) -> tuple[Array, Array, Array] | None:
        """Of a parameter of few numbers: the derivative by each, the change of each, and the numbers themselves."""
        before, after = self.graph.array(one.value), self.graph.array(self.graph.events[one.update].result)
        directions = np.array([direction.ravel() for direction in self.directions[one.value]])
        if (
            before is None
            or after is None
            or before.size != after.size
            or np.linalg.matrix_rank(directions) < before.size
        ):
            return None
        gradient = np.linalg.lstsq(directions, self.changes[one.value][:, cost], rcond=None)[0]
        return gradient, (after.reshape(before.shape) - before).ravel(), before.ravel()

    def _gradient_of(self, one: Learned) -> int:
        """The event that gives what the update of a number takes, before it is scaled by a rate."""
        at = one.update
        for _ in range(3):
            event = self.graph.events[at]
            sources = [s for s in self.graph.sources[at] if s > self.start and self.graph.events[s].result != one.value]
            if not sources or (at != one.update and event.op not in ("Mult", "Div")):
                break
            at = max(sources)
        return at

    def _uphill(self, those: Sequence[Learned], *, is_all: bool) -> Finding:
        """Steps along the gradient, not against it: of all parameters, or of the last of some."""
        last = max(those, key=lambda one: one.update)
        if is_all:
            return Finding("step", "uphill", last.update)
        return Finding("the step", "sign-turned", last.update, facts={"value": last.origin})
