"""What is put into an array that is kept from step to step: what a layer gives, and no update."""

from collections.abc import Callable, Iterator

import numpy as np

from grader.reading.recorded.graph import ADDING, PARTS, PRODUCTS, VIEWS, Graph
from grader.reading.recorded.recording import Event

MAX_LINKS = 8  # operations of an activation
MAX_BETWEEN = 3
_ACTIVATING = frozenset(["tanh", "exp", "expit"])


def made_by_layer(graph: Graph, event: Event, is_learned: Callable[[int, int], bool]) -> bool:
    """Whether what is put comes of a product with weights, number by number."""
    *_, last = _way_back(graph, event)
    made = graph.events[last] if last >= 0 else event
    return made.op in PRODUCTS and any(is_learned(operand, last) for operand in made.operands)


def is_activation(graph: Graph, event: Event) -> bool:
    """Whether what is put is a function of sums that is no rule of a step: a tanh, or of an exponential."""
    return any(at >= 0 and graph.events[at].op in _ACTIVATING for at in _way_back(graph, event))


def is_added(graph: Graph, event: Event) -> bool:
    """Whether what is put was added to the part that is set: its index may be read in between."""
    where = graph.recording.place_of(event)
    for before in graph.events[max(0, event.index - MAX_BETWEEN) : event.index]:
        if before.op in ADDING and before.operands[-1] == event.operands[1]:
            place = graph.recording.place_of(before)
            if (place.line, place.column) == (where.line, where.column):
                return True
    maker = graph.maker(event.operands[1], event.index)  # `P[u] = P[u] + …`, be it one of several that are set at once
    made = graph.sources[maker.index] if maker is not None and maker.op in ADDING else ()
    parts = [graph.events[source] for source in made if source >= 0]
    return any(part.op in PARTS and part.operands[0] == event.operands[0] for part in parts)


def _way_back(graph: Graph, event: Event) -> Iterator[int]:
    """The events that make what is put, number by number, back to a product or to where nothing is known."""
    size, at = graph.size(event.operands[1]), graph.sources[event.index][1]
    for _ in range(MAX_LINKS):
        yield at
        if at < 0 or graph.events[at].op in PRODUCTS:
            return
        made = [source for source in graph.sources[at] if source >= 0]
        at = max((source for source in made if graph.size(graph.events[source].result) == size), default=-1)
    yield at


def change_of_whole(graph: Graph, at: int) -> int:
    """Where the part of a longer array is changed that an event only reads: `w[0] -= …`, and later `w[0]`."""
    own = event = graph.events[at]
    part = graph.array(own.result)
    while own.op in PARTS and event.op in (*PARTS, *VIEWS, "Set"):
        maker = graph.maker(event.operands[0], event.index)
        if maker is None or not maker.operands or part is None:
            break
        before, after = graph.array(maker.operands[0]), graph.array(maker.result)
        if maker.op == "Set" and before is not None and after is not None and before.size == after.size:
            changed = after.ravel()[before.ravel() != after.ravel()]
            if len(changed) and np.isin(changed, part).all():
                return maker.index
        event = maker
    return at
