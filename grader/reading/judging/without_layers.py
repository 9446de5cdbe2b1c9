"""Mistakes that the graph of a run shows where no layers can be read: the cost in a step, numbers that explode."""

from itertools import pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.steps_of_nothing import is_multiplied_with
from grader.reading.probed.learned_numbers import learned_numbers
from grader.reading.recorded.graph import ADDING, Graph

_SUMMING = frozenset(["mean", "sum", "average"])
_SQUARING = frozenset(["square", "Pow", "power", "Mult", "multiply"])
EXPLODED = 1e6  # times the first change
LEAST_STEPS = 4
MAX_UPDATES = 40


def find_cost_in_step(graph: Graph) -> Finding | None:
    """A mean of squared errors that is what weights are changed by, where the errors themselves have no other part."""
    costs = {
        event.index: square
        for event in graph.events
        for square in graph.sources[event.index][:1]
        if event.op in _SUMMING and graph.size(event.result) == 1 and _is_square(graph, square)
    }
    updates = [e for e in graph.events if e.op in ADDING and e.operands[:1] and e.operands[0] in graph.made_at_random]
    for update in updates[:MAX_UPDATES]:
        made = graph.ancestors(update.index)
        for cost, square in costs.items():
            if cost not in made or not is_multiplied_with(graph, update.operands[0]):
                continue
            error = graph.sources[square][0]
            users = [at for at in made if error in graph.sources[at]]
            if users == [square]:
                return Finding("δ", "error-squared", cost, 0)
    return None


def _is_square(graph: Graph, at: int) -> bool:
    if at < 0 or graph.events[at].op not in _SQUARING or not graph.sources[at] or graph.sources[at][0] < 0:
        return False
    event, error = graph.events[at], graph.events[graph.sources[at][0]]
    is_twice = len(event.operands) == 1 or event.operands[0] == event.operands[1]
    return error.op in ("Sub", "subtract") and (is_twice or graph.values.scalar(event.operands[1]) == 2)


def find_explosion(graph: Graph) -> Finding | None:
    """Numbers that are learned, each change of which is longer than the one before, without end."""
    for parameter in learned_numbers(graph):
        values = [graph.values.scalar(version) for version in parameter.versions]
        if any(value is None or not np.isfinite(value) for value in values):
            values = values[: next(k for k, v in enumerate(values) if v is None or not np.isfinite(v))]
        changes = [abs(float(b) - float(a)) for a, b in pairwise(values) if a is not None and b is not None]
        grows = len(changes) >= LEAST_STEPS and all(b > a > 0 for a, b in pairwise(changes))
        if grows and changes[-1] > EXPLODED * changes[0]:
            times = max(b / a for a, b in pairwise(changes))
            facts: dict[str, float | int | str] = {"value": parameter.versions[1], "times": f"{times:,.3g}"}
            return Finding("step", "numbers-explode", parameter.updates[0], 0, facts)
    return None
