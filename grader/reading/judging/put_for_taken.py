"""`dy[target] = -1` in the place of `dy[target] -= 1`: the 1 is put where it is to be taken from a probability.

All that is needed is the graph, so that it is told of recurrent networks as well, whose layers are not read.
"""

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.recorded.graph import PRODUCTS, VIEWS, Graph
from grader.reading.recorded.recording import Event

LEAST = 3  # times that it is seen


def find_put_for_taken(graph: Graph) -> Finding | None:
    """The first place at which −1 stands in the place of a probability each time, and a gradient is made of it."""
    places: dict[int, list[Event]] = {}
    for event in graph.events:
        if event.op == "Set" and len(event.operands) > 1 and graph.size(event.result) > 2:
            places.setdefault(event.place, []).append(event)
    for events in places.values():
        if len(events) >= LEAST and all(_is_put(graph, event) for event in events[:20]):
            return Finding("δ", "one-put-for-taken", events[0].index, 0)
    return None


def _is_put(graph: Graph, event: Event) -> bool:
    before, after = graph.array(event.operands[0]), graph.array(event.result)
    if before is None or after is None or before.shape != after.shape or (before < 0).any():
        return False
    changed = before != after
    axes = [axis for axis in range(before.ndim) if np.allclose(before.sum(axis), 1)]
    if not axes or not changed.any() or not (after[changed] == -1).all():
        return False
    if not (changed.sum(axes[0]) == 1).all():
        return False
    users = list(graph.users_after(event.result, event.index))
    users += [one for user in users if user.op in VIEWS for one in graph.users_after(user.result, user.index)]
    return any(user.op in PRODUCTS for user in users)
