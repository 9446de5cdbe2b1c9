"""Judges a network that is no chain of layers by the cost that its file computes.

Several heads, branches, a vector of weights for each unit: no layers are read, but each parameter is moved in a second
run of the person's own forward pass, in some directions, and all single numbers that the step computes are measured.
The gradient of a parameter is right if it stands in the step, up to a factor: if some array there is, in every
direction, the same multiple of what the cost changes by. That a cost is the one that is minimised is known by the
parameters whose gradient is right; without any, nothing is said.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.unjudged import Unjudged
from grader.reading.probed.costs_meant import computed, costs_meant
from grader.reading.probed.factors_of_uses import of_inputs, of_one_use
from grader.reading.probed.gradients_of_cost import APART, DIRECTIONS
from grader.reading.probed.learned_numbers import learned_numbers
from grader.reading.probed.looked_up import changed_beside, is_looked_up
from grader.reading.probed.piled_up import pile_up
from grader.reading.probed.probed_places import finding_of
from grader.reading.probed.prober import Again, Moved
from grader.reading.probed.step_of_cost import LATE, MAX_LATER, Learned, costs_of, step_of
from grader.reading.probed.two_steps_of_cost import FEW, ByCost, InTwoSteps
from grader.reading.probed.uses_one_by_one import finding_of_uses, uses_of
from grader.reading.recorded.graph import ADDING, PARTS, PRODUCTS, SCALING, Graph
from grader.reading.recorded.recording import Recording
from grader.reading.structure.parameters import Parameter, Parameters

MAX_PARAMETERS = 12
ALIKE = 3  # numbers, at least, that follow a cost by one multiple where there is nothing else
MAX_SHARED = 5  # weights that are used again and again, of which the uses are looked at
MAX_GROUPS = 3  # of parameters that have one multiple together


def judge_by_cost(
    recording: Recording, again: Again, least: int = 2, also: Iterable[tuple[int, int]] = ()
) -> ByCost | None:
    """Judge the gradients of a recorded training of `least` parameters; None where no cost is known to be minimised.

    `also` has values that are learned as well, each with the event that uses it first.
    """
    graph = Graph(recording)
    parameters = Parameters(graph)
    arrays = [p for p in (*parameters.all, *parameters.others) if p.is_updated]
    firsts = {p.first for p in arrays}
    further = [parameters.followed(value, at) for value, at in also if value not in firsts]
    arrays += [p for p in further if p.is_updated]
    wholes = {version for p in arrays for version in p.versions}
    arrays = [p for p in arrays if not is_looked_up(graph, p, arrays) and not _is_taken_anew(graph, p, wholes)]
    known = {update for p in arrays for update in p.updates}
    numbers = [p for p in learned_numbers(graph) if not known & set(p.updates) and not is_looked_up(graph, p, arrays)]
    step = step_of(graph, [*arrays, *numbers])
    if step is None or sum(graph.size(one.value) for one in step[0]) < least:
        return None
    learned, start, stop = step
    if sum(graph.shape(one.value) != () for one in learned) > MAX_PARAMETERS:
        return None
    costs = [*computed(graph, costs_of(graph, learned, start, stop)), *costs_meant(graph, learned, start, stop)]
    values = {one.value for one in learned}
    costs = [cost for cost in costs if not _is_sum_of_inputs(graph, cost.event, values)]
    if not costs:
        return None
    forward: set[int] = set().union(*[graph.ancestors(at) for cost in costs for at in cost.events])
    inside = set().union(*[graph.ancestors(at) - {at} for cost in costs for at in cost.events])  # an update is a number
    used = {
        one.value: min((at for at in graph.users[one.value] if start < at < one.update and at in forward), default=None)
        for one in learned
        if one.update not in inside  # a state that goes on from time to time
    }
    learned = [replace(one, first=at) for one in learned if (at := used.get(one.value)) is not None]  # no velocities
    if sum(graph.size(one.value) for one in learned) < least:
        return None
    judge = _Judge(graph, again, learned, start, costs)
    found = judge.judged()
    following = step_of(graph, [*arrays, *numbers], LATE + MAX_LATER + 1) or step_of(
        graph, [*arrays, *numbers], LATE + 1
    )
    if following is None or following[1] == start:
        return None if found is not None and found.is_of_few else found
    later = _Judge(graph, again, following[0], following[1], [])
    if found is not None and found.finding is not None and found.finding.code == "pile-up":
        return found if not found.finding.facts or judge.piles_up_in(later, following[2], found) else None
    for _ in range(MAX_GROUPS):
        if found is not None and found.finding is not None and found.finding.code in ("uphill", "sign-turned"):
            return found if judge.is_uphill_in(later, following[2], found) else None
        if found is None or not found.right or found.finding is not None:
            return found
        if judge.holds_in(later, following[2], found):
            return judge.with_own_multiple(later, found)
        if found.cost.kind:
            judge.refused.add(judge.prober.costs.index(found.cost))
        else:
            judge.doubtful |= {one.value for one, _ in found.right}
        found = judge.judged()
    return None


def _is_sum_of_inputs(graph: Graph, at: int, learned: Set[int]) -> bool:
    """Whether a number is z of one sample: what weights are changed by is along its gradient, by whatever rule."""
    event = graph.events[at]
    if event.op in ADDING and any(operand in learned for operand in event.operands):  # its bias
        makers = [graph.maker(operand, at) for operand in event.operands]
        event = next((one for one in makers if one is not None and one.op in PRODUCTS), event)
    return event.op in PRODUCTS and sum(operand in learned for operand in event.operands) == 1


def _is_taken_anew(graph: Graph, one: Parameter, wholes: Set[int]) -> bool:
    """Whether it is a part of another parameter, which is taken of that again in each step."""
    made = [graph.events[at] for at in one.updates]
    return all(event.op in PARTS and event.operands[0] in wholes for event in made)


class _Judge(InTwoSteps):
    def judged(self) -> ByCost | None:
        if self.prober.step > 1e-5:
            return None  # too rough to tell one multiple from another
        for count, one in enumerate(self._from_both_ends()):
            if not self._measure(one) or not self.prober.has_time:
                return None
            if count >= FEW and self._is_hopeless():
                return self._piled_up()
        matches = {one.value: self._matches(one) for one in self.learned if self._is_tested_alone(one)}
        counts = Counter(cost for found in matches.values() for cost in found) or self._followed_by_numbers()
        counts = Counter({cost: count for cost, count in counts.items() if cost not in self.refused})
        taken = {at for places in self._places.values() for at in places}
        piled = None if any(one.update in taken for one in self.learned) else self._piled_up()
        if piled is not None or not counts:
            return piled
        cost = self._minimised(counts, matches)
        factor = self._common_factor(cost)
        self._match_numbers(cost, matches, factor)
        right = [
            (one, matches[one.value][cost])
            for one in self.learned
            if cost in matches[one.value] and self._has_factor(one, cost, factor)
        ]
        lost = {one.value for one, _ in right if not self._is_taken(one, cost)}  # changed on the way to the update
        right = [(one, at) for one, at in right if one.value not in lost]
        size = sum(self.graph.size(one.value) for one, _ in right)
        least = ALIKE if all(self.graph.size(one.value) == 1 for one, _ in right) else DIRECTIONS + 1
        is_of_few = size < least
        if size < 2 or (is_of_few and (len(right) < len(self.learned) or not self._is_called_cost(cost))):
            return None
        if self.prober.costs[cost].kind and not any(self._is_weight(one) for one, _ in right):
            return None  # that of a bias is the difference of what is and what should be, in many a rule
        sure = {one.value for one, _ in right}
        others = [one for one in self.learned if one.value not in sure]
        are_guessed = len({self.graph.events[part.event].place for part in self.prober.costs[cost].parts}) > 1
        unsure = [
            one for one in others if are_guessed or cost in matches[one.value] or not self._is_wrong(one, cost, matches)
        ]  # of several heads without a cost, one may have another than it seems: that of a policy
        wrong = [one for one in others if one not in unsure]
        event = self.prober.costs[cost]
        shown = self._shown_instead(cost, matches)
        is_growing = any((self._of_change(one, cost) or 0.0) > 0 for one, _ in right)
        uphill = [one for one, _ in right if self._goes_uphill(one, matches[one.value])]
        finding = None
        if uphill:
            right = [(one, at) for one, at in right if one not in uphill]
            is_all = not right and not any(changed_beside(self.graph, {one.origin for one in uphill}))
            finding = self._uphill(uphill, is_all=is_all)
        elif wrong:
            self.prober.measure([event])
            finding = self._finding(max(wrong, key=lambda one: one.first))
        else:
            finding = self._of_uses([one for one in unsure if one.value not in lost], cost, matches)
            changed = [(one, uses_of(self.prober, one)) for one in unsure if one.value in lost and one.is_shared]
            wrong_inputs = (of_inputs(self.prober, one, uses) for one, uses in changed if uses and finding is None)
            finding = next((one for one in wrong_inputs if one is not None), finding)
            shared = (of_one_use(self.prober, one) for one in unsure if one.is_shared and finding is None)
            finding = next((one for one in shared if one is not None), finding)
            finding = finding or self._of_sums([one for one in unsure if one.value not in lost], right, cost)
            unsure = [one for one in unsure if finding is None or one.origin != finding.facts["value"]]
        return ByCost(self.graph, event, right, unsure, finding, is_of_few, shown, is_growing)

    def _shown_instead(self, cost: int, matches: dict[int, dict[int, int]]) -> int | None:
        """What makes a number of the same outputs that is called a cost, and that no parameter follows."""
        differences = [self.graph.events[part.event] for part in self.prober.costs[cost].parts]
        outputs = {
            one.operands[part.side] for one, part in zip(differences, self.prober.costs[cost].parts, strict=True)
        }
        places = {one.place for one in differences}
        followed = set[int]().union(*matches.values())
        for other, shown in enumerate(self.prober.costs):
            is_difference = self.graph.events[shown.event].place in places
            if shown.kind or is_difference or other in followed or not self._is_called_cost(other):
                continue
            made = self.graph.ancestors(shown.event, self.start)
            if outputs & {operand for at in made for operand in self.graph.events[at].operands}:
                return shown.event
        return None

    def _is_weight(self, one: Learned) -> bool:
        users = [self.graph.events[at] for at in self.graph.users.get(one.value, ()) if at in self.prober.forward]
        for part in [event for event in users if event.op in PARTS]:
            users += self.graph.users_after(part.result, part.index)
        return any(event.op in PRODUCTS | SCALING for event in users)

    def _from_both_ends(self) -> list[Learned]:
        """The parameters, by turns from the output and from the inputs."""
        ordered = sorted(self.learned, key=lambda one: -one.first)
        return [ordered[k // 2 if k % 2 == 0 else -1 - k // 2] for k in range(len(ordered))]

    def _is_hopeless(self) -> bool:
        """Whether, of several numbers that were measured, hardly two follow any cost alike: none has its gradient."""
        if any(self.graph.size(one.value) > 1 for one in self.learned):
            return False
        moving = sum(bool(np.abs(changes).max() > 0) for changes in self.changes.values())
        return moving >= FEW and all(len(self._alike(cost)) < DIRECTIONS for cost in range(len(self.prober.costs)))

    def _piled_up(self) -> ByCost | None:
        found = pile_up(self.graph, self.learned, self.directions, self.changes)
        if found is None:
            return None
        cost, last, is_sure = found
        finding = Finding("step", "pile-up", last.update, facts={} if is_sure else {"numbers": "few"})
        return ByCost(self.graph, self.prober.costs[cost], [], [], finding)

    def _minimised(self, counts: Counter[int], matches: dict[int, dict[int, int]]) -> int:
        """The cost that most parameters follow; before all, one that is made of others which some follow."""

        places = {cost: self.graph.events[self.prober.costs[cost].event].place for cost in counts}
        latest = {place: max(cost for cost in counts if places[cost] == place) for place in places.values()}
        way = set[int]().union(*[self.graph.ancestors(one.update, self.start) for one in self.learned])

        def order(cost: int) -> tuple[int, ...]:
            is_whole = any(self._is_sum(cost, set(found) - {cost}, matches) for found in matches.values())
            changed = sum(one.update in self._places.get((one.value, cost), ()) for one in self.learned)
            moving = sum(bool(np.abs(changes[:, cost]).max() > 0) for changes in self.changes.values())
            is_named = int(bool(self.prober.costs[cost].kind)) or 2 * int(self._is_called_cost(cost))
            is_all = latest[places[cost]] == cost  # of what a loop adds up
            is_on_way = not self.prober.costs[cost].kind and self.prober.costs[cost].event in way  # back: a gradient
            return int(is_whole), int(not is_on_way), changed, counts[cost], moving, is_named, int(is_all), -cost

        return max(counts, key=order)

    def _followed_by_numbers(self) -> Counter[int]:
        """How many numbers are changed by one multiple of what each cost changes by, if enough are."""
        alike = {cost: self._alike(cost) for cost in range(len(self.prober.costs))}
        least = min(ALIKE, len(self.learned))
        counts = {cost: len(found) for cost, found in alike.items() if len(found) >= least and found[0] < 0}
        called = {cost: count for cost, count in counts.items() if self._is_called_cost(cost)}
        is_as_good = called and max(called.values()) == max(counts.values())
        return Counter(called if is_as_good else counts)  # with one sample, what the cost is made of has its direction

    def _is_wrong(self, one: Learned, cost: int, matches: dict[int, dict[int, int]]) -> bool:
        """Whether it moves the cost smoothly, and nothing in its step is a gradient of that or of a sum of costs."""
        changes, directions = self.changes[one.value], self.directions[one.value]
        is_small = self.graph.size(one.value) <= DIRECTIONS or one.value in self.doubtful
        if one.is_shared or is_small or not self._is_smooth(one, cost):
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

    def _of_uses(self, unsure: Sequence[Learned], cost: int, matches: dict[int, dict[int, int]]) -> Finding | None:
        """The first mistake that two uses of a shared weight tell, of those that move the cost smoothly."""
        shared = [
            one
            for one in unsure
            if one.is_shared
            and len(self.graph.shape(one.value)) > 1
            and cost not in matches[one.value]
            and self._is_tested_alone(one)
            and len(uses_of(self.prober, one)) > 1
        ]
        ordered = sorted(shared, key=lambda one: -one.first)[:MAX_SHARED]
        return finding_of_uses(self.prober, ordered, self.prober.costs[cost]) if ordered else None

    def _is_sum(self, cost: int, parts: set[int], matches: dict[int, dict[int, int]]) -> bool:
        """Whether a cost is made of one of some parts, and of another that a parameter follows which follows none."""
        ancestors = self.graph.ancestors(self.prober.costs[cost].event, self.start)
        others = {c for found in matches.values() if not parts & set(found) for c in found} - {cost}
        return any(self.prober.costs[part].event in ancestors for part in parts) and any(
            self.prober.costs[other].event in ancestors for other in others
        )

    def _goes_uphill(self, one: Learned, followed: Iterable[int]) -> bool:
        """Whether a step makes a cost grow.

        What is negative is none yet, as −J on the way to J; nor is what is not called one: a log-likelihood shall grow.
        """
        costs = [cost for cost in followed if self.prober.costs[cost].before > 0 and self._is_called_cost(cost)]
        factors = [self._of_change(one, cost) for cost in costs]
        return bool(factors) and all(factor is not None and factor > 0 for factor in factors)

    def _finding(self, one: Learned) -> Finding:
        place = self.graph.recording.place_of(self.graph.events[self.prober.end])
        self.prober.above = f"the {self.prober.costs[0].name} is that of line {place.line}"
        believed = self.graph.array(one.value)
        assert believed is not None
        candidates = self._candidates(one)
        array = self.graph.array(self.graph.events[candidates[0]].result) if candidates else believed
        part = Moved(Unjudged("", one.origin, one.first), one.value, believed if array is None else array, one.update)
        return finding_of(self.prober, part, float("nan"))
