"""Weights that are used again and again: the two factors of what their uses give back.

The δ of a use is multiplied with what went into that use; and what is sent back to the use before is measured alone, by
the costs of the later times, as with small weights it is lost beside the cost of its own time.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.probed.cost_prober import CostProber
from grader.reading.probed.probed_places import PROBED
from grader.reading.probed.step_of_cost import Learned
from grader.reading.recorded.graph import ADDING, OUTER, PRODUCTS, Graph
from grader.reading.recorded.recording import Array

APART = 1e-2  # at least, of what is no gradient
MOST_RIGHT = 3  # uses, at least, of which one is told by all others


def of_inputs(prober: CostProber, one: Learned, uses: Sequence[int], right: int | None = None) -> Finding | None:
    """The product in which a δ is multiplied with what did not go into its use.

    There are as many products as uses, from the last to the first: one whose other factor is not what went in, of
    several; or, where `right` makes the δ of the last use, that one.
    """
    graph, shape = prober.graph, sorted(prober.graph.shape(one.value))
    places: dict[int, list[int]] = {}
    for at in sorted(graph.ancestors(one.update, uses[-1]) - prober.forward):
        if graph.events[at].op in PRODUCTS | OUTER and sorted(graph.shape(graph.events[at].result)) == shape:
            places.setdefault(graph.events[at].place, []).append(at)
    inputs = [_entering(graph, one, use) for use in uses]
    for products in places.values():
        if len(products) != len(uses) or any(array is None for array in inputs):
            continue
        for own in (0, 1):
            pairs = list(zip(products, reversed(uses), reversed(inputs), strict=True))
            odd = [pair for pair in pairs if not _is_same(graph, graph.events[pair[0]].operands[1 - own], pair[2])]
            is_last = right is not None and _is_delta(graph, products[0], own, right)
            if (len(odd) == 1 and len(uses) >= MOST_RIGHT) or (is_last and odd and odd[0] == pairs[0]):
                product, use, _ = odd[0]
                other = graph.base(graph.events[product].operands[1 - own], product)[0]
                maker = graph.maker(other, product)
                is_index = use == uses[0] and maker is not None and maker.index > uses[-1]
                facts: dict[str, float | int | str] = {
                    "value": one.origin,
                    "forward": graph.recording.place_of(graph.events[use]).line,
                    "hint": " At the first time, an index of −1 takes the last one of a list." if is_index else "",
                }
                return Finding("the gradient", "input-of-another-time", product, facts=facts)
    return None


def of_one_use(prober: CostProber, one: Learned) -> Finding | None:
    """What one use alone gives back, by which a parameter is changed, though it is made for each of them."""
    graph = prober.graph
    used = [at for at in graph.users[one.value] if at in prober.forward]
    taking = PRODUCTS if any(graph.events[at].op in PRODUCTS for at in used) else ADDING
    uses = Counter(graph.events[at].place for at in used if graph.events[at].op in taking)
    count = max(uses.values(), default=0)
    made = sorted(graph.ancestors(one.update, prober.start) - prober.forward)
    candidates = [at for at in made if graph.size(graph.events[at].result) == graph.size(one.value)]
    if taking is PRODUCTS:
        candidates = [at for at in candidates if graph.events[at].op in PRODUCTS | OUTER]
    places = Counter(graph.events[at].place for at in made)
    for at in reversed(candidates) if count > 1 else ():
        place = graph.events[at].place
        again = sum(event.place == place for event in graph.events[prober.start : one.update])
        if again == count and places[place] == 1:
            facts: dict[str, float | int | str] = {"value": one.origin, "uses": count}
            named = [where for since, where, _, value in graph.recording.named
                     if value == graph.events[at].result and at < since <= one.update]  # fmt: skip
            if named and taking is ADDING:  # a name of its own is no operation
                facts["line"] = graph.recording.places[named[0]].line
            return Finding("the gradient", "one-use-only", at, facts=facts)
    return None


def _entering(graph: Graph, one: Learned, use: int) -> Array | None:
    other = next((o for o in graph.events[use].operands if graph.base(o, use)[0] != one.value), None)
    return None if other is None else graph.array(other)


def _is_same(graph: Graph, value: int, array: Array | None) -> bool:
    taken = graph.array(value)
    if taken is None or array is None or taken.size != array.size:
        return False
    return any(np.array_equal(form.ravel(), array.ravel()) for form in (taken, taken.T))


def _is_delta(graph: Graph, product: int, own: int, right: int) -> bool:
    delta = graph.array(graph.events[right].result)
    return _is_near(graph.array(graph.events[product].operands[own]), delta)


def _is_near(array: Array | None, delta: Array | None) -> bool:
    """Whether an array is a δ up to a slope of nearly 1, as a tanh has of small z."""
    if array is None or delta is None or array.size != delta.size:
        return False
    apart = [np.abs(form.ravel() - delta.ravel()).max() for form in (array, array.T)]
    return bool(min(apart) <= APART * np.abs(delta).max())


def of_what_is_sent(prober: CostProber, one: Learned, use: int, later: int, right: int) -> Finding | None:
    """The product that sends the δ of a use back to what the use before has given, if that is no gradient."""
    graph = prober.graph
    state = next((o for o in graph.events[later].operands if graph.base(o, later)[0] != one.value), None)
    state = None if state is None else graph.base(state, later)[0]
    array = None if state is None else graph.array(state)
    costs = [k for k, cost in enumerate(prober.costs) if k and later in graph.ancestors(cost.event, use)][:1]
    delta = graph.array(graph.events[right].result)
    if state is None or array is None or not costs or delta is None:
        return None
    forward = graph.ancestors(prober.costs[costs[0]].event, use)
    ways = [at for at in forward if state in {graph.base(o, at)[0] for o in graph.events[at].operands}]
    sent = [
        at
        for at in sorted(graph.ancestors(one.update, later) - prober.forward)
        if graph.events[at].op in PRODUCTS and graph.size(graph.events[at].result) == array.size
        for own, other in (graph.events[at].operands, graph.events[at].operands[::-1])
        if graph.base(own, at)[0] == one.value and _is_near(graph.array(other), delta)
    ][:1]  # the δ of an earlier time may be near it as well
    if any(graph.events[at].op in PRODUCTS and at != later for at in ways):
        return None
    product = graph.array(graph.events[sent[0]].result) if len(sent) == 1 else None
    directions = [prober.direction(state, seed) for seed in (3, 4, 5)]
    found = [prober.changes([(state, one)]) for one in directions] if product is not None else []
    if product is None or any(change is None for change in found):
        return None
    changes = np.array([float(change[costs[0]]) for change in found if change is not None])
    if not changes.any() or _misfit(product, directions, changes) < 10 * APART:
        return None
    back = prober.changes([(state, directions[0])], -1.0)
    is_smooth = back is not None and abs(back[costs[0]] - changes[0]) < APART * np.abs(changes).max()
    if not is_smooth:
        return None
    sides = [graph.array(operand) for operand in graph.events[sent[0]].operands]
    code = PROBED
    if sides[0] is not None and sides[1] is not None:  # with the weights turned
        is_first = graph.base(graph.events[sent[0]].operands[0], sent[0])[0] == one.value
        turned = sides[0].T if is_first else sides[0], sides[1] if is_first else sides[1].T
        is_fit = len({*sides[0].shape, *sides[1].shape} - {1}) == 1
        if is_fit and _misfit(turned[0] @ turned[1], directions, changes) < APART:
            code = "sent-not-transposed"
    line = graph.recording.place_of(graph.events[right]).line
    told = f"for a later one of its uses the gradient of line {line} is right, and for the one before it is not"
    return Finding("the gradient", code, sent[0], facts={"above": told, "value": one.origin})


def _misfit(array: Array, directions: Sequence[Array], changes: Array) -> float:
    """How far an array is from a multiple of the derivative: of a small one, measured roughly."""
    believed = np.array([float(np.sum(array.reshape(one.shape) * one)) for one in directions])
    factor = float(believed @ changes) / float(changes @ changes)
    largest = float(np.abs(believed).max())
    return float(np.abs(believed - factor * changes).max()) / largest if largest else 1.0
