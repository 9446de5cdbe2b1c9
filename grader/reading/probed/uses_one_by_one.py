"""Weights that are used again and again (for each time step, or each sample): in which of their uses the mistake lies.

What a weight gives in its last use is moved alone. Nothing but the cost of that step, and of what comes behind it,
changes by that, so a gradient that is cut off on its way back through time is right there as well. Where it is right
for the last use and not for the one before, the mistake is in what is sent back from the one to the other.
"""

from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.probed.cost_prober import SAME, CostProber
from grader.reading.probed.costs_meant import Measured, terms_of
from grader.reading.probed.factors_of_uses import of_inputs, of_what_is_sent
from grader.reading.probed.probed_names import Between, name_between
from grader.reading.probed.probed_places import PROBED
from grader.reading.probed.step_of_cost import Learned
from grader.reading.recorded import activations as act
from grader.reading.recorded.graph import ADDING, PRODUCTS, VIEWS, Graph
from grader.reading.recorded.recording import Array

LEAST = 4  # numbers of what a weight gives
MAX_USES = 5  # before the last one, that are looked at
MAX_ONWARD = 7  # values between a weight and what goes on to the next time
LEAST_MOVED = 0.1  # a value of the forward pass is moved as if it were no smaller
LEAST_CHANGE = 1e-5  # of a cost, to be told from rounding
APART = 1e-2  # at least, of what is no gradient
NOT_EXACT = 30  # times as far from a gradient as others, at most, is what is none
ROUGH = 1e-2  # of what moving a value back changes, beside moving it forth
LIMITING = frozenset(["clip", "minimum", "maximum", "where"])


def finding_of_uses(prober: CostProber, those: Sequence[Learned], cost: Measured) -> Finding | None:
    """What is wrong with the gradients of weights that are used several times, if that can be told from their uses.

    Args:
        cost: what is minimised. What each time adds to it is looked at as well: a way back that is cut off is right.
    """
    graph = prober.graph
    measured = list(prober.costs)
    prober.measure([cost, *terms_of(graph, cost)])
    try:
        found, near = [], []
        for one in those:
            uses = uses_of(prober, one)
            if len(uses) > 1:
                last = graph.events[uses[-1]].result
                backward = sorted(graph.ancestors(one.update, max(prober.start, uses[-1])) - prober.forward)
                stands = _stands(prober, last, backward)
                if stands is None and (finding := _in_last_use(prober, one, uses[-1], backward)) is not None:
                    return finding
                found += [(one, uses, backward, stands)] if stands is not None and stands >= 0 else []
                near += [(one, uses[-1], backward)] if stands == -1 and last in prober.misfits else []
        exact = max((prober.misfits[graph.events[uses[-1]].result] for _, uses, _, _ in found), default=np.inf)
        wrong = (part for part in near if prober.misfits[graph.events[part[1]].result] > NOT_EXACT * exact)
        lasts = (_in_last_use(prober, *parts) for parts in wrong)
        sent = (_before_last(prober, *parts) for parts in found)
        return next((finding for finding in chain(lasts, sent) if finding is not None), None)
    finally:
        prober.measure(measured)


def _before_last(
    prober: CostProber, one: Learned, uses: Sequence[int], backward: Sequence[int], stands: int
) -> Finding | None:
    """What is wrong on the way from one use to the one before; `stands` makes the gradient of the last."""
    place = prober.graph.events[stands].place
    if (other := of_inputs(prober, one, uses, stands)) is not None:
        return other
    for later, use in pairwise(uses[: -2 - MAX_USES : -1]):
        following = _stands(prober, prober.graph.events[use].result, backward, stands) if prober.has_time else -1
        if following is None:
            same = [at for at in backward if prober.graph.events[at].place == place]
            return _between(prober, one, stands, same) or _of_carried(prober, one, (use, later), backward, stands)
        sent = of_what_is_sent(prober, one, use, later, stands) if later == uses[-1] and prober.has_time else None
        if sent is not None:
            return sent
        if following < 0 or prober.graph.events[following].place != place:
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


def uses_of(prober: CostProber, one: Learned) -> list[int]:
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


def _stands(prober: CostProber, value: int, backward: Sequence[int], like: int | None = None) -> int | None:
    """The first event that makes the gradient by a value of one of the costs: of all of it, or of what is known so far.

    −1 if the value moves nothing, or not smoothly, so that nothing is known. With `like`, an event that makes another
    gradient is none: of one output and small weights, the gradients of all times have one direction.
    """
    graph = prober.graph
    array = graph.array(value)
    size = 0.0 if array is None else float(np.sqrt(np.mean(array * array)))
    scale = max(1.0, LEAST_MOVED / size) if size else 1.0  # z may be near 0, where its weights are small
    directions = [scale * prober.direction(value, seed) for seed in (3, 4)]
    found = [prober.changes([(value, direction)]) for direction in directions]
    if found[0] is None or found[1] is None:
        return -1
    changes = np.array(found)
    if np.abs(changes).max() < LEAST_CHANGE * max(abs(cost.before) for cost in prober.costs):
        return -1
    tested = np.concatenate([changes, *_so_far(prober, changes)], axis=1)
    nearest, found_at, known = np.inf, -1, list[float]()
    for at in backward:
        array = graph.array(graph.events[at].result)
        if array is None or array.size != graph.size(value) or graph.events[at].op in VIEWS:
            continue  # the weights of the layer above have the direction of the gradient as well
        for form in (array, array.T):
            factors, misfits = _fit(form, directions, tested)
            once = misfits[[like is None or _is_once(prober, like, factor) for factor in factors]]
            nearest = min(nearest, np.min(once, initial=np.inf))
            if np.min(once, initial=np.inf) < SAME:
                found_at = at if found_at < 0 else found_at
                known += [float(factor) for factor in factors[misfits < SAME]]
    if found_at >= 0:
        prober.factors[found_at], prober.misfits[value] = known, nearest
        return found_at
    back = prober.changes([(value, directions[0])], -1.0)
    is_smooth = back is not None and np.abs(back - changes[0]).max() < ROUGH * np.abs(changes[0]).max()
    if is_smooth:
        prober.misfits[value] = nearest
    return None if is_smooth and nearest > APART else -1


def _fit(array: Array, directions: Sequence[Array], changes: Array) -> tuple[Array, Array]:
    """(by which number an array is what each cost changes by, how much of it is left then)."""
    believed = np.array([float(np.sum(array.reshape(one.shape) * one)) for one in directions])
    squares = (changes * changes).sum(0)
    moving = squares > 0
    factors = np.where(moving, believed @ changes / np.where(moving, squares, 1.0), 0.0)
    left = np.abs(believed[:, None] - factors * changes).max(0)
    largest = float(np.abs(believed).max())
    return factors, np.where(moving & (largest > 0), left / (largest or 1.0), np.inf)


def _is_once(prober: CostProber, like: int, factor: float) -> bool:
    """Whether one gradient is as large as another: times 1, or the number of times that a mean was taken of."""
    times = {1, *(len(cost.parts) for cost in prober.costs)}
    known = prober.factors.get(like, ())
    return not known or any(
        abs(factor / one * scale - 1) < ROUGH for one in known for n in times if n for scale in (n, 1 / n)
    )


def _so_far(prober: CostProber, changes: Array) -> list[Array]:
    """What the sums of the costs of one place change by, up to each time: where a way is cut off, some count."""
    places: dict[tuple[int, str], list[int]] = {}
    for k, cost in enumerate(prober.costs):
        if len(cost.parts) < 2:
            places.setdefault((prober.graph.events[cost.event].place, cost.kind), []).append(k)
    return [np.cumsum(changes[:, those], axis=1) for those in places.values() if len(those) > 1]


def _in_last_use(prober: CostProber, one: Learned, use: int, backward: Sequence[int]) -> Finding | None:
    """The mistake in the way back to what the last use gives, from what is right further up."""
    graph = prober.graph
    values = _onward(prober, use, prober.end)
    right, lower, upper = _highest_wrong(prober, values, backward)
    way = [] if right is None else _way(prober, one, use, right, backward)
    if right is None or not way:
        return None
    same = graph.events[right].result
    at = way[-1] if lower == values[0] else next((one for one in way if graph.events[one].result != same), way[-1])
    arrays = [graph.array(value) for value in (lower, upper, graph.events[right].result, graph.events[at].result)]
    z, a, gradient, made = (np.zeros((1, 1)) if array is None else array.reshape(1, -1) for array in arrays)
    is_function = z.shape == a.shape and act.recognise(z, a) not in (None, act.IDENTITY, act.SOFTMAX)
    name = name_between(Between(z, a, gradient, made)) if is_function and z.size == made.size else None
    line = graph.recording.place_of(graph.events[right]).line
    facts: dict[str, float | int | str] = {"above": f"what is sent back by line {line} is right", "value": one.origin}
    if name is not None:
        facts["f"] = name[1]
    return Finding("the gradient", name[0] if name else PROBED, at, facts=facts)


def _of_carried(
    prober: CostProber, one: Learned, uses: tuple[int, int], backward: Sequence[int], above: int
) -> Finding | None:
    """The mistake in what is sent to one use from the next, whose gradient `above` makes, on several ways.

    It is added to what comes from the cost of its own time: below the lowest value whose gradient is right.
    """
    graph = prober.graph
    right, _, _ = _highest_wrong(prober, _onward(prober, *uses), backward)
    way = _way(prober, one, uses[0], above if right is None else right, backward)
    for at in way:
        sources = [source for source in graph.sources[at] if source > prober.start and source not in prober.forward]
        made_of = {one: graph.ancestors(one, prober.start) - prober.forward for one in sources}
        sent = [one for one, events in made_of.items() if above in events]
        sent = sent or [one for one, events in made_of.items() if min(events, default=at) <= above]
        if graph.events[at].op in ADDING and len(sources) > len(sent) > 0:
            way = sent
            break
    if not way:
        return None
    line = graph.recording.place_of(graph.events[above]).line
    told = f"for a later one of its uses the gradient of line {line} is right, and for the one before it is not"
    return Finding("the gradient", PROBED, way[0], facts={"above": told, "value": one.origin})


def _highest_wrong(prober: CostProber, values: Sequence[int], backward: Sequence[int]) -> tuple[int | None, int, int]:
    """(the event that makes the gradient by the lowest of some values that has one, the value below, that value)."""
    for lower, upper in pairwise(values):
        right = _stands(prober, upper, backward) if prober.has_time else None
        if right is not None and right >= 0:  # of what is nearly right nothing is known: one further up may be
            return right, lower, upper
    return None, values[0], values[-1]


def _onward(prober: CostProber, use: int, until: int) -> list[int]:
    """The values of one form that a product goes into before some event, one after another: z, a, what is gated."""
    graph, size = prober.graph, prober.graph.size(prober.graph.events[use].result)
    summed = _summed(prober, use)
    made, found = {summed}, [graph.events[summed].result]
    for at in sorted(at for at in prober.forward if summed < at < until):
        if any(source in made for source in graph.sources[at]):
            event = graph.events[at]
            if event.op not in PRODUCTS and graph.size(event.result) == size:  # else another layer, or another time
                made.add(at)
                found += [event.result] if event.result not in found and not _is_inner(graph, use, at) else []
    return found[:MAX_ONWARD]


def _is_inner(graph: Graph, use: int, at: int) -> bool:
    """Whether a value is one that a function has for itself on the way, as 1 + exp(−z) in that of a sigmoid."""
    function = graph.recording.place_of(graph.events[at]).function
    if function == graph.recording.place_of(graph.events[use]).function:
        return False
    near = [user for user in graph.users_after(graph.events[at].result, at) if at in graph.sources[user.index]]
    return bool(near) and all(graph.recording.place_of(user).function == function for user in near)


def _way(prober: CostProber, one: Learned, use: int, right: int, backward: Sequence[int]) -> list[int]:
    """The events of one form that lead from a gradient to what is multiplied with the inputs of a use."""
    graph = prober.graph
    inputs = {graph.base(value, use)[0] for value in graph.events[use].operands} - {one.value}
    size = graph.size(graph.events[use].result)
    found = [at for at in backward if at > right and right in graph.ancestors(at, right - 1)]
    same = [at for at in found if graph.size(graph.events[at].result) == size]
    for at in found:
        is_of_use = any(graph.base(value, at)[0] in inputs for value in graph.events[at].operands)
        if is_of_use and graph.size(graph.events[at].result) == graph.size(one.value):
            last = max((source for source in graph.sources[at] if source in same), default=at)
            before = graph.ancestors(last, right)
            way = [other for other in same if other in before]
            numbers = [graph.events[other].result for other in way]  # added to zeros, the last is made once more
            return way[: numbers.index(numbers[-1]) + 1] if way else []
    return []


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
