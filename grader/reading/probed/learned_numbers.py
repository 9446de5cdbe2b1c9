"""Numbers that training changes: weights and biases that stand alone, each a float of its own, or an array of one.

    w -= lr * dw        self.w[i] = self.w[i] - lr * delta * x[i]

Each is followed from one update to the next by the number that the update gives. What is only added up (the cost of an
epoch, a count) is used nowhere between two sums.
"""

from itertools import pairwise

import numpy as np

from grader.reading.recorded.graph import ADDING, Graph
from grader.reading.structure.parameters import Parameter

LEAST = 3  # updates
MAX_NUMBERS = 40
MAX_SIZE = 4  # of several that a step takes apart: `w, b = parameters`
MAX_VERSIONS = 12


def learned_numbers(graph: Graph, most: int = MAX_VERSIONS, *, is_compared: bool = False) -> list[Parameter]:
    """The numbers that come back to their own update again and again, and go into something else meanwhile.

    Of each no more than `most` versions are followed. With `is_compared`, those that are compared alone as well.
    """
    updates: dict[tuple[int, int], list[int]] = {}  # (place, the number before) -> the events
    given: set[tuple[int, int]] = set()
    for event in graph.events:
        if event.op in ADDING and len(event.operands) == 2 and graph.size(event.result) <= MAX_SIZE:
            first, second = event.operands
            is_second = event.op in ("Add", "add") and (event.place, second) in given
            operand = second if is_second else first
            if graph.size(operand) == graph.size(event.result):
                updates.setdefault((event.place, operand), []).append(event.index)
            given.add((event.place, event.result))
            given.add((event.place, _rounded(graph, event.index)[1]))
    found: list[Parameter] = []
    starts = [(place, value, at) for (place, value), those in updates.items() for at in those]
    for place, value, at in starts:  # several may begin as one number, as 0
        if (place, value) in given or len(found) > MAX_NUMBERS:
            continue
        parameter = Parameter(-1, [value])
        index: int | None = at
        while index is not None and len(parameter.versions) < most:
            index, current = _rounded(graph, index)
            parameter.versions.append(current)
            parameter.updates.append(index)
            index = next((later for later in updates.get((place, current), ()) if later > index), None)
        if len(parameter.updates) >= LEAST and _is_learned(graph, parameter, is_compared):
            found.append(parameter)
    return found if len(found) <= MAX_NUMBERS else []


def _rounded(graph: Graph, index: int) -> tuple[int, int]:
    """The event of an update, or of the rounding of what it gives, and what that leaves."""
    result = graph.events[index].result
    following = graph.events[index + 1] if index + 1 < len(graph.events) else None
    if following is not None and following.op == "round" and following.operands[:1] == (result,):
        return following.index, following.result
    return index, result


def _is_learned(graph: Graph, parameter: Parameter, is_compared: bool) -> bool:
    """Whether what it is between two updates is used elsewhere, and it does not count by equal steps."""
    values = [graph.array(version) for version in parameter.versions]
    known = [value.astype(float).ravel() for value in values if value is not None]
    if len(known) < len(values):
        return False
    steps = [after - before for before, after in pairwise(known)]
    if all(np.array_equal(step, steps[0].round()) for step in steps) and steps[0].any():
        return False
    if is_compared:
        return True
    for version, (made, used_up) in zip(parameter.versions[1:], pairwise(parameter.updates), strict=False):
        users = [at for at in graph.users.get(version, ()) if made < at < used_up]
        if not any(graph.events[at].place != graph.events[made].place for at in users):
            return False
    return True
