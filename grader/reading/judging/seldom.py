"""A step that is taken in one of many rounds: the update stands under a condition, as that of what is printed.

if t % 100 == 0:
    print(loss)
    w -= rate * grad
"""

from collections import Counter
from collections.abc import Collection

from grader.reading.judging.finding import Finding
from grader.reading.recorded.graph import Graph

LEAST_ROUNDS = 5
LEAST_GAPS = 2  # between steps


def find_seldom(graph: Graph, place: int, updates: Collection[int]) -> Finding | None:
    """The first update, if before each one the same number is computed again and again at a place, for nothing.

    What is computed anew for each weight, with what the weights were, goes into the update of that weight.
    """
    steps = sorted(updates)
    made = [event.index for event in graph.events if event.place == place]
    rounds: list[int] = []
    for before, after in zip([-1, *steps], steps, strict=False):
        those = [at for at in made if before < at < after]
        if not those:
            continue
        used = graph.ancestors(after, before)
        if those[-1] not in used:
            return None  # of what is only shown
        is_same = len({graph.events[at].result for at in those}) == 1
        rounds.append(len(those) if is_same and not used & set(those[:-1]) else 0)
    usual = Counter(rounds).most_common(1)
    if not usual or usual[0][0] < LEAST_ROUNDS or usual[0][1] < max(LEAST_GAPS, len(rounds) - 1):
        return None
    return Finding("step", "update-seldom", steps[0], facts={"rounds": usual[0][0]})
