"""Weights that are used again and again (for each time step, or each sample): in which of their uses the mistake lies.

What a weight gives in its last use is moved alone. Nothing but the cost of that step, and of what comes behind it,
changes by that, so a gradient that is cut off on its way back through time is right there as well. Where it is right
for the last use and not for the one before, the mistake is in what is sent back from the one to the other.
"""

from collections.abc import Sequence

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.probed.cost_prober import CostProber, multiple
from grader.reading.probed.probed_names import Between, name_between
from grader.reading.probed.probed_places import PROBED
from grader.reading.probed.step_of_cost import Learned
from grader.reading.recorded import activations as act
from grader.reading.recorded.graph import ADDING, PRODUCTS, SCALING, VIEWS, Graph

LEAST = 4  # numbers of what a weight gives
MAX_USES = 5  # before the last one, that are looked at
LIMITING = frozenset(["clip", "minimum", "maximum", "where"])


def finding_of_uses(prober: CostProber, one: Learned) -> Finding | None:
    """What is wrong with the gradient of a weight that is used several times, if that can be told from two of these."""
    graph = prober.graph
    uses = _uses(prober, one)
    if len(uses) < 2:
        return None
    backward = sorted(graph.ancestors(one.update, max(prober.start, uses[-1])) - prober.forward)
    stands = _stands(prober, graph.events[uses[-1]].result, backward)
    if stands is None:
        return _in_last_use(prober, one, uses[-1], backward)
    place = graph.events[stands].place
    for use in uses[-2 : -2 - MAX_USES : -1]:
        following = _stands(prober, graph.events[use].result, backward) if stands >= 0 and prober.has_time else -1
        if following is None:
            return _between(prober, one, stands, [at for at in backward if graph.events[at].place == place])
        if following < 0 or graph.events[following].place != place:
            return None
        stands = following
    return None


def _between(prober: CostProber, one: Learned, right: int, those: Sequence[int]) -> Finding | None:
    """The mistake in what is sent from the right gradient of one use to that of the use before, if on one way alone."""
    graph = prober.graph
    pairs = ((at, _sent(graph, right, at)) for at in those if at != right)
    later, sent = next(((at, found) for at, found in pairs if found is not None), (0, None))
    if sent is None or _is_limited(graph, right, sent) or not _is_only_way(prober, right, sent, later):
        return None
    line = graph.recording.place_of(graph.events[right]).line
    above = f"for a later one of its uses the gradient of line {line} is right, and for the one before it is not"
    return Finding("the gradient", PROBED, sent, facts={"above": above, "value": one.origin})


def _uses(prober: CostProber, one: Learned) -> list[int]:
    """The products of a weight in the forward pass, at the place where it is used most often."""
    graph = prober.graph
    places: dict[int, list[int]] = {}
    for at in graph.users.get(one.value, ()):
        event = graph.events[at]
        if at in prober.forward and event.op in PRODUCTS and graph.size(event.result) >= LEAST:
            places.setdefault(event.place, []).append(at)
    found = max(places.values(), key=len, default=[])
    made = [graph.events[at].result for at in found]
    alone = [at for at, value in zip(found, made, strict=True) if made.count(value) == 1]  # each is moved alone
    return found if alone == found else []


def _stands(prober: CostProber, value: int, backward: Sequence[int]) -> int | None:
    """The first event that makes the gradient by a value of one of the costs: of all of it, or of what is known so far.

    −1 if the value moves nothing, so that nothing is known.
    """
    graph = prober.graph
    directions = [prober.direction(value, seed) for seed in (3, 4)]
    changes = [prober.changes([(value, direction)]) for direction in directions]
    if changes[0] is None or changes[1] is None:
        return -1
    size = graph.size(value)
    for at in backward:
        array = graph.array(graph.events[at].result) if graph.size(graph.events[at].result) == size else None
        for cost in range(len(prober.costs)):
            pair = np.array([changes[0][cost], changes[1][cost]])
            if array is not None and multiple(array, directions, pair) is not None:
                return at
    return None


def _in_last_use(prober: CostProber, one: Learned, use: int, backward: Sequence[int]) -> Finding | None:
    """A mistake in the way back through the activation behind the last use, where what comes from above is right."""
    graph = prober.graph
    z = _summed(prober, use)
    size = graph.size(graph.events[z].result)
    inner = graph.array(graph.events[z].result)
    for at in sorted(prober.forward):
        a = graph.array(graph.events[at].result)
        if at <= z or z not in graph.ancestors(at, z - 1) or a is None or inner is None or a.size != size:
            continue
        if act.recognise(inner.reshape(1, -1), a.reshape(1, -1)) in (None, act.IDENTITY, act.SOFTMAX):
            continue
        right = _stands(prober, graph.events[at].result, backward)
        if right is None or right < 0:
            return None
        made = [
            user
            for user in graph.users_after(graph.events[right].result, right)
            if user.op in SCALING and user.index in backward and all(graph.size(o) == size for o in user.operands)
        ]
        gradient, wrong = graph.array(graph.events[right].result), graph.array(made[0].result) if made else None
        if gradient is None or wrong is None:
            return None
        shape = (1, size)
        parts = [part.reshape(shape) for part in (inner, a, gradient, wrong)]
        name = name_between(Between(parts[0], parts[1], parts[2], parts[3]))
        line = graph.recording.place_of(graph.events[right]).line
        facts: dict[str, float | int | str] = {
            "above": f"what is sent back by line {line} is right",
            "value": one.origin,
        }
        if name is not None:
            facts["f"] = name[1]
        return Finding("the gradient", name[0] if name else PROBED, made[0].index, facts=facts)
    return None


def _summed(prober: CostProber, use: int) -> int:
    """The last of the sums that a product goes into: the gradient by all of them is one."""
    graph, at = prober.graph, use
    for _ in range(4):
        users = graph.users_after(graph.events[at].result, at)
        same = (
            user.index
            for user in users
            if user.index in prober.forward
            and user.op in ADDING
            and graph.size(user.result) == graph.size(graph.events[at].result)
        )
        following = next(same, None)
        if following is None:
            break
        at = following
    return at


def _sent(graph: Graph, right: int, later: int) -> int | None:
    """The product by which one gradient goes into another that is made later, if it does."""
    if right not in graph.ancestors(later, right - 1):
        return None
    value, limit = graph.events[right].result, later
    for user in graph.users_after(value, right):
        if user.index >= limit:
            return None
        if user.op in PRODUCTS and user.index in graph.ancestors(later, right):
            return user.index
        if user.op in VIEWS:
            value = user.result
    return None


def _is_only_way(prober: CostProber, right: int, sent: int, later: int) -> bool:
    """Whether all that one gradient has of the way back to another comes through one product, as gates have several."""
    graph = prober.graph
    earlier = graph.ancestors(right, prober.start) - prober.forward
    seen, pending = {later}, [later]
    while pending:
        for source in graph.sources[pending.pop()]:
            if source in earlier:
                return False
            if source > prober.start and source != sent and source not in seen and source not in prober.forward:
                seen.add(source)
                pending.append(source)
    return True


def _is_limited(graph: Graph, start: int, end: int) -> bool:
    return any(graph.events[at].op in LIMITING for at in graph.ancestors(end, start))
