"""Parameters that are used beside the layers that were read: by what was made of them, on its way to the cost.

A vector that the last units are multiplied by, with a sum behind it, is no product of arrays, and no layer is read
there. That it is learned is seen where what the forward pass gives is multiplied by it, and by what an update made of
it in the next step.
"""

from collections.abc import Set
from itertools import pairwise

from grader.reading.recorded.graph import PRODUCTS, SCALING, Graph
from grader.reading.structure.network_read import Network

#: (place, position) -> the values that stood there -> the first event.
Uses = dict[tuple[int, int], dict[int, int]]


def used_beside(network: Network, known: Set[int]) -> tuple[Uses, Uses] | None:
    """What the values of the forward pass are multiplied by in the first two steps. No update made there.

    Per-weight rates have the size of what they belong to: what has the size of a weight that was read is left out.
    """
    starts = [step.start for step in network.steps[:3]]
    starts += [network.end + 1] if len(starts) < 3 else []
    if len(starts) < 3:
        return None
    graph = network.graph
    sizes = {graph.size(p.first) for p in (*network.chain, *network.biases) if p is not None}
    updates = {update for parameter in network.chain for update in parameter.updates}
    first, second = [_uses(graph, start, stop, updates, sizes, known) for start, stop in pairwise(starts)]
    return first, second


def _uses(graph: Graph, start: int, stop: int, updates: Set[int], sizes: Set[int], known: Set[int]) -> Uses:
    leading: set[int] = set()
    for update in updates:
        if start <= update < stop:
            leading |= graph.ancestors(update, start - 1)
    found: Uses = {}
    made = {start}
    for at in range(start + 1, stop):
        sources, event = graph.sources[at], graph.events[at]
        if not any(source in made for source in sources):
            continue
        made.add(at)
        if at not in leading or event.op not in SCALING | PRODUCTS or len(event.operands) != 2:
            continue
        for position, value in enumerate(event.operands):
            other = event.operands[1 - position]
            is_made = sources[1 - position] in made and sources[position] < start
            if not is_made or min(graph.size(value), graph.size(other)) < 2 or graph.size(value) in sizes:
                continue
            if value not in known and not graph.values.is_whole(value) and graph.base(value, at)[0] not in known:
                found.setdefault((event.place, position), {}).setdefault(value, at)
    return found
