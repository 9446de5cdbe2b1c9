"""Gradients that are added to those of the steps before: what nothing sets to zero grows from step to step.

Then no change of a parameter is its gradient, but the difference of two changes that follow one another is.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from grader.reading.probed.cost_prober import SAME, multiple
from grader.reading.probed.step_of_cost import Learned
from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Array

MOST = 0.7  # of the parameters that were measured
LEAST = 2  # numbers in all
FEW = 4  # numbers, of which fewer must grow so in another step as well


def pile_up(
    graph: Graph, learned: Sequence[Learned], directions: Mapping[int, Sequence[Array]], changes: Mapping[int, Array]
) -> tuple[int, Learned, bool] | None:
    """(a cost, the last parameter, whether that is sure) by whose gradient, and no other, the steps grow; or None.

    Args:
        directions: in which each parameter was moved.
        changes: what the costs changed by: of each parameter, directions by costs.
    """
    makers = {maker.index for one in learned if (maker := graph.maker(one.value)) is not None}
    measured = [one for one in learned if one.value in changes and np.abs(changes[one.value]).max() > 0]
    if not any(_is_carried_on(graph, one, makers) for one in measured):
        return None
    if len(measured) < 2 or sum(graph.size(one.value) for one in measured) < LEAST:
        return None
    for cost in range(min(changes[one.value].shape[1] for one in measured)):
        factors: list[tuple[float, Learned]] = []
        for one in measured:
            growth = _growth(graph, one)
            found = None if growth is None else multiple(growth, directions[one.value], changes[one.value][:, cost])
            if found is not None and found < 0:
                factors.append((found, one))
        for common, _ in factors[:3]:
            alike = [one for factor, one in factors if abs(factor / common - 1) < SAME]
            numbers = sum(graph.size(one.value) for one in alike)
            if len(alike) >= max(2, MOST * len(measured)) and numbers >= LEAST:
                return cost, max(alike, key=lambda one: one.update), numbers >= FEW
    return None


def _is_carried_on(graph: Graph, one: Learned, parameters: Collection[int]) -> bool:
    """Whether a step goes by something that the step before has made, other than by the parameters.

    Args:
        parameters: the events that made them what they are in this step.

    Where nothing is carried on, two steps differ by a multiple of a gradient all the same if each gradient is a
    multiple of the one before: of a line whose steps jump over the valley.
    """
    if not parameters or one.previous is None:
        return True
    end = max(parameters)
    anew = {event.result for event in graph.events[end : one.update]}  # a constant is made in every step
    begun = min(graph.users.get(one.previous, (end,)))
    seen, pending = {one.update}, [one.update]
    while pending:
        for source in graph.sources[pending.pop()]:
            is_of_step_before = begun <= source <= end and source not in parameters
            if is_of_step_before and graph.events[source].result not in anew:
                return True
            if source > end and source not in seen:
                seen.add(source)
                pending.append(source)
    return False


def _growth(graph: Graph, one: Learned) -> Array | None:
    """By how much a parameter changes more than it did in the step before; None if it does not."""
    before = graph.array(one.previous) if one.previous is not None else None
    now, after = graph.array(one.value), graph.array(graph.events[one.update].result)
    if before is None or now is None or after is None or not before.size == now.size == after.size:
        return None
    earlier, later = now - before.reshape(now.shape), after.reshape(now.shape) - now
    return later - earlier if earlier.any() else None
