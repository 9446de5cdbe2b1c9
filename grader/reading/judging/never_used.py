"""What each step changes as a parameter is changed, and what nothing of the network is made of: a bias not added.

And the other way round: zeros that are added in each step, and that no step changes.

The first is known by its update: rate · g is taken from it, with the rate of the other parameters and a g that they are
changed with as well. Sums that are only shown, and averages of the steps, are made in other ways.
"""

from collections import Counter
from itertools import pairwise

from grader.reading.judging.finding import Finding
from grader.reading.recorded.graph import ADDING, PRODUCTS, VIEWS, Graph
from grader.reading.recorded.recording import Event

LEAST = 4  # steps in which it is seen
MAX_WALK, MAX_BEFORE = 4, 40
_SUMS = frozenset(["sum", "mean"])
_EMPTY = frozenset(["zeros", "zeros_like"])
_SUM = frozenset(["Add", "add"])
_TIMES = frozenset(["Mult", "multiply"])


def find_never_used(graph: Graph) -> Finding | None:
    """A number or an array that is changed in each step and used for nothing; None if there is none."""
    places: dict[int, list[Event]] = {}
    for event in graph.events:
        if event.op in ADDING and len(event.operands) == 2:
            places.setdefault(event.place, []).append(event)
    for events in places.values():
        if len(events) < LEAST or any(other.operands[0] != one.result for one, other in pairwise(events)):
            continue
        if len({event.result for event in events}) < LEAST or not all(_is_step(graph, event) for event in events[:3]):
            continue
        versions = [events[0].operands[0], *[event.result for event in events]]
        if graph.size(versions[0]) == 1 and any(graph.values.is_whole(version) for version in versions[1:]):
            continue  # a number that anything may be
        if not any(_is_used(graph, version, events[0].place) for version in versions[1:]):
            return Finding("W", "never-used", events[0].index, 0, {"value": versions[0]})
    return None


def find_never_changed(graph: Graph) -> Finding | None:
    """A vector of zeros that is added to what a product gave in each step, and is the same zeros in all of them."""
    for value, makers in graph.makers.items():
        if graph.size(value) < 2 or any(graph.events[at].op not in _EMPTY for at in makers):
            continue
        users = [graph.events[at] for at in graph.users.get(value, ()) if at > makers[0]]
        added = [one for one in users if one.op in _SUM and graph.size(one.result) > graph.size(value)]
        those = [one for one in added if one.place == added[0].place]
        if len({one.result for one in those}) < LEAST or not _is_of_learned(graph, those[0]):
            continue
        if all(value in one.operands for one in graph.events[those[0].index :] if one.place == those[0].place):
            return Finding("b", "zeros-never-changed", those[0].index, 0, {"value": value})
    return None


def _is_of_learned(graph: Graph, event: Event) -> bool:
    """Whether the last product before an event, which has a part in it, is one with weights that change."""
    made = graph.ancestors(event.index, event.index - MAX_BEFORE)
    product = max((at for at in made if graph.events[at].op in PRODUCTS), default=None)
    if product is None:
        return False
    same = [one.operands for one in graph.events if one.place == graph.events[product].place]
    return not any(len(set(values)) == 1 and values[0] in graph.made_at_random for values in zip(*same, strict=False))


def find_gradient_not_taken(graph: Graph) -> Finding | None:
    """The last gradient that is computed again and again of the same numbers, as no step changes anything by it."""
    last: Event | None = None
    repeated = Counter((event.place, event.operands) for event in graph.events if event.op in PRODUCTS)
    weights = {o for event in graph.events if event.op in PRODUCTS for o in event.operands if o in graph.made_at_random}
    sizes = {graph.shape(weight) for weight in weights if len(graph.shape(weight)) == 2}
    for event in graph.events:
        if repeated[event.place, event.operands] < LEAST or graph.shape(event.result) not in sizes:
            continue
        is_used = any(True for _ in graph.users_after(event.result, event.index))
        if not is_used and _is_of_error(graph, event, weights):
            last = event
    changed = any(event.op in ADDING and event.operands[0] in weights for event in graph.events)
    return None if last is None or changed else Finding("step", "gradient-not-taken", last.index, 0)


def _is_of_error(graph: Graph, event: Event, weights: set[int]) -> bool:
    """Whether one side is made of a difference of what products with weights give."""
    sides = [graph.ancestors(source) if source >= 0 else set() for source in graph.sources[event.index]]
    for made in sides:
        differences = [at for at in made if graph.events[at].op in ("Sub", "subtract")]
        outputs = (e for at in differences for e in graph.ancestors(at))
        if any(graph.events[e].op in PRODUCTS and weights.intersection(graph.events[e].operands) for e in outputs):
            return True
    return False


def _is_step(graph: Graph, event: Event) -> bool:
    """Whether a rate times g is added, and rate and g are both used for other parameters."""
    source = graph.sources[event.index][1]
    scaled = graph.events[source] if source >= 0 else None
    if scaled is None or scaled.op not in _TIMES or len(scaled.operands) != 2:
        return False
    for position in (0, 1):
        rate, g = scaled.operands[position], scaled.operands[1 - position]
        if graph.size(rate) > 1 or graph.values.scalar(rate) in (None, 0.0, 1.0):
            continue
        others = [user for user in graph.users_after(rate, -1) if user.op in _TIMES and user.place != scaled.place]
        if not any(graph.size(user.result) > 1 for user in others):
            continue
        if _is_shared(graph, g, scaled):
            return True
    return False


def _is_shared(graph: Graph, g: int, scaled: Event) -> bool:
    """Whether a gradient, or δ of which it is the sum, is used for something else before it is scaled."""
    for _ in range(MAX_WALK):
        maker = graph.maker(g, scaled.index)
        if maker is None:
            return False
        users = [user for user in graph.users_after(g, maker.index) if user.index < scaled.index]
        if any(user.op not in VIEWS | _SUMS for user in users):
            return True
        if maker.op not in VIEWS | _SUMS or not maker.operands:
            return False
        g = maker.operands[0]
    return False


def _is_used(graph: Graph, value: int, place: int) -> bool:
    """Whether anything but its own update takes a value."""
    return any(user.place != place for user in graph.users_after(value, -1))
