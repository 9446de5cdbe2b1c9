"""Weights of a list of layers that no step changes, beside others of the same list that are learned."""

from collections.abc import Collection, Iterator

from grader.reading.recorded.graph import PRODUCTS, Graph

LEAST = 4  # products with them
MOST_OF_A_RUN = 0.6  # between the first product and the last: else they may be changed at some time


def resting(graph: Graph, learned: Collection[int]) -> Iterator[tuple[int, int]]:
    """(value, the first product with it) of drawn weights that stay, and that stand where learned ones stand as well.

    What else is drawn, and multiplied with in each step, may be data.
    """
    uses: dict[tuple[int, int], dict[int, list[int]]] = {}  # (place, position) -> value -> events
    for event in graph.events:
        if event.op in PRODUCTS:
            for position, value in enumerate(event.operands):
                base, _ = graph.base(value, event.index)
                uses.setdefault((event.place, position), {}).setdefault(base, []).append(event.index)
    told: set[int] = set(learned)
    for values in uses.values():
        if values.keys().isdisjoint(learned):
            continue
        for value, at in values.items():
            is_kept = len(at) >= LEAST and at[-1] - at[0] > MOST_OF_A_RUN * len(graph.events)
            if is_kept and value in graph.made_at_random and len(graph.shape(value)) == 2 and value not in told:
                told.add(value)
                yield value, at[0]
