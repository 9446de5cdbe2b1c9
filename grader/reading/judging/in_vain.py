"""Updates that are lost: of a copy that nobody reads, of weights that are drawn anew, or cut to whole numbers.

All that is needed is the graph: the same place is come to in each step, and what it makes of a weight is not what the
next step multiplies with.
"""

from itertools import pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.recorded.graph import ADDING, PRODUCTS, SCALING, VIEWS, Graph
from grader.reading.recorded.recording import Event

LEAST = 3  # steps in which it is seen
CUTTING = frozenset(["astype", "int", "int32", "int64", "round", "around", "rint", "floor", "trunc", "fix", "ceil"])
_DRAWN = frozenset([
    "randn", "rand", "uniform", "normal", "standard_normal", "random", "random_sample", "zeros", "ones", "full",
    "randint", "integers", "ranf",
])  # fmt: skip
MAX_WALK = 4


def find_in_vain(graph: Graph) -> Finding | None:
    """The first update whose result is lost in each step; None if there is none."""
    cut = _cut_in_place(graph)
    if cut is not None:
        return cut
    places: dict[int | tuple[int, int], list[Event]] = {}
    for event in graph.events:
        if event.op in ADDING and len(event.operands) == 2 and graph.size(event.operands[0]) > 1:
            places.setdefault(event.place, []).append(event)
            places.setdefault((event.place, event.operands[0]), []).append(event)  # one line may change all of a list
    for key, events in places.items():
        gradients = [graph.sources[event.index][1] for event in events[:LEAST]]
        if len(events) < LEAST or not graph.of_products.issuperset(gradients):
            continue
        of_line = None if isinstance(key, tuple) else _cut(graph, events) or _drawn_anew(graph, events)
        found = of_line or _of_copy(graph, events)
        if found is not None:
            return found
    return None


def _of_copy(graph: Graph, events: list[Event]) -> Finding | None:
    """The same weights are changed in each step, and multiplied with again as they were."""
    weights = events[0].operands[0]
    if any(event.operands[0] != weights or event.result == weights for event in events):
        return None
    if any(_is_used(graph, event) or not _is_made_with(graph, event, weights) for event in events[:-1]):
        return None
    used = [user.index for user in graph.users_after(weights, -1) if user.op in PRODUCTS]
    if all(any(one.index < at < other.index for at in used) for one, other in pairwise(events)):
        return Finding("W", "changed-in-vain", events[0].index, 0, {"value": weights})
    return None


def find_growing(graph: Graph) -> Finding | None:
    """Drawn weights that a step makes larger: what is added to them has another shape, and both are repeated."""
    names: dict[int, set[str]] = {}
    for _, _, name, value in graph.recording.named:
        names.setdefault(value, set()).add(name)
    for event in graph.events:
        if event.op not in ADDING or len(event.operands) != 2:
            continue
        weights, step = event.operands[0], graph.sources[event.index][1]
        before, after = graph.shape(weights), graph.shape(event.result)
        is_larger = 1 < graph.size(weights) < graph.size(event.result) and step >= 0
        if not is_larger or weights not in graph.made_at_random or weights == event.operands[1]:
            continue
        held = names.get(weights, set()) & names.get(event.result, set())
        made = [graph.events[at] for at in graph.ancestors(step)] if held else []
        array = graph.array(weights)
        is_drawn = array is not None and np.ptp(array) > 0  # what sums begin with is alike everywhere
        if is_drawn and any(one.op in PRODUCTS | SCALING and weights in one.operands for one in made):
            facts: dict[str, float | int | str] = {"value": weights, "before": f"{before}", "after": f"{after}"}
            return Finding("W", "weights-grow", event.index, 0, facts)
    return None


def _drawn_anew(graph: Graph, events: list[Event]) -> Finding | None:
    """Weights that are drawn in each step, and whose change nobody sees."""
    makers = []
    for event in events:
        maker = _drawing(graph, event.operands[0], event.index)
        if maker is None or _is_used(graph, event):
            return None
        used = [user for user in graph.users_after(event.operands[0], maker.index) if user.op in PRODUCTS]
        if not any(user.index < event.index for user in used):
            return None
        makers.append(maker)
    is_apart = all(one.index < maker.index for one, maker in zip(events, makers[1:], strict=False))
    if is_apart and len({maker.place for maker in makers}) == 1:
        return Finding("W", "drawn-anew", makers[1].index, 0, {"value": events[0].operands[0]})
    return None


def _drawing(graph: Graph, value: int, before: int) -> Event | None:
    """The event that draws weights, behind a factor and views."""
    for _ in range(MAX_WALK):
        maker = graph.maker(value, before)
        if maker is None or maker.op in _DRAWN:
            return maker
        inner = [operand for operand in maker.operands if graph.size(operand) == graph.size(value)]
        if maker.op not in VIEWS | SCALING | ADDING or len(inner) != 1:
            return None
        value, before = inner[0], maker.index
    return None


def _cut(graph: Graph, events: list[Event]) -> Finding | None:
    """What an update makes is cut to whole numbers before it is multiplied with and changed again."""
    cuts = []
    for one, other in pairwise(events):
        cut = next((user for user in graph.users_after(one.result, one.index) if user.op in CUTTING), None)
        if cut is None or cut.index > other.index or not _is_cut(graph, cut):
            return None
        if other.operands[0] != cut.result:
            return None
        cuts.append(cut)
    return Finding("W", "cut-to-whole", cuts[0].index, 0, {"value": events[0].operands[0]})


def _cut_in_place(graph: Graph) -> Finding | None:
    """Weights in an array of whole numbers: what is put there, or added to them where they are, loses its fraction.

    They are multiplied with between two such changes, which inputs that are made smaller in a loop are not.
    """
    places: dict[int, list[Event]] = {}
    for event in graph.events:
        if len(event.operands) > 1 and event.op in ADDING | {"Set"} and graph.shape(event.result) != ():
            places.setdefault(event.place, []).append(event)
    for events in places.values():
        cut = [event for event in events if len(events) >= LEAST and _is_whole(graph, event.operands[1]) is False]
        if len(cut) < LEAST or not all(_is_whole(graph, v) for one in cut for v in (one.operands[0], one.result)):
            continue
        between = [
            one
            for one, other in pairwise(cut)
            if any(
                user.op in PRODUCTS and user.index < other.index for user in graph.users_after(one.result, one.index)
            )
        ]
        if len(between) >= LEAST - 1:
            return Finding("W", "cut-to-whole", cut[0].index, 0, {"value": cut[0].operands[0]})
    return None


def _is_whole(graph: Graph, value: int) -> bool | None:
    """Whether all numbers of a value are whole; None if they are not known."""
    array = graph.array(value)
    return None if array is None or not np.isfinite(array).all() else bool((array % 1 == 0).all())


def _is_cut(graph: Graph, event: Event) -> bool:
    return _is_whole(graph, event.operands[0]) is False and bool(_is_whole(graph, event.result))


def _is_made_with(graph: Graph, event: Event, weights: int) -> bool:
    """Whether what is added was made with what it is added to, as a gradient is: targets plus outputs are no update."""
    products = [graph.events[at] for at in graph.ancestors(graph.sources[event.index][1])]
    return any(
        graph.base(operand, product.index)[0] == weights
        for product in products
        if product.op in PRODUCTS
        for operand in product.operands
    )


def _is_used(graph: Graph, event: Event) -> bool:
    """Whether anything is made of what an event makes, in its own form or in another."""
    pending = [event]
    for _ in range(MAX_WALK):
        if not pending:
            return False
        one = pending.pop()
        for user in graph.users_after(one.result, one.index):
            if user.op not in VIEWS:
                return True
            pending.append(user)
    return True
