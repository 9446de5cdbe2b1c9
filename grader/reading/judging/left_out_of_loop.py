"""Updates that stand behind the loop of the training: the same pass again and again, and then one step."""

from collections import Counter

from grader.reading.judging.finding import Finding
from grader.reading.recorded.graph import ADDING, PRODUCTS, Graph

LEAST = 5  # passes with the same weights and the same inputs


def find_left_out(graph: Graph) -> Finding | None:
    """The only update of weights that were multiplied with the same inputs many times before; None if there is none."""
    if graph.recording.end != "finished":
        return None  # more updates may be to come
    passes: Counter[tuple[int, int, int]] = Counter()
    latest: dict[tuple[int, int, int], int] = {}
    for event in graph.events:
        if event.op in PRODUCTS and len(event.operands) == 2:
            key = (event.place, *event.operands)
            passes[key] += 1
            latest[key] = event.index
    for key, count in passes.most_common(8):
        if count < LEAST:
            return None
        for operand in key[1:]:
            weights, _ = graph.base(operand, latest[key])
            if weights not in graph.made_at_random or graph.size(weights) < 2:
                continue
            updates = [e for e in graph.users_after(weights, -1) if e.op in ADDING and e.operands[0] == weights]
            if len(updates) == 1 and updates[0].index > latest[key] and _is_of_products(graph, updates[0].index):
                return Finding("step", "update-behind-loop", updates[0].index, 0, {"passes": count})
    return None


def _is_of_products(graph: Graph, update: int) -> bool:
    """Whether what changes the weights was made by a product, as a gradient is."""
    source = graph.sources[update][-1]
    return source >= 0 and any(graph.events[at].op in PRODUCTS for at in graph.ancestors(source))
