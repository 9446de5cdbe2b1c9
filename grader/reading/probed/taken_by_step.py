"""Whether a gradient that is right where it stands is what the step of its parameter takes.

    dW = a.T @ delta              W -= lr * dW                           it is
    dW = np.sum(dW, axis=0)       W -= lr * dW                           it is not: another quantity goes into W

Rules of a step may change each number of a gradient by itself, with what they remember of that number and with the
weight: momentum, Adam, a penalty, a limit. What mixes the numbers, or brings in others, makes something else of it.
"""

import numpy as np

from grader.reading.recorded.graph import ADDING, PARTS, SCALING, VIEWS, Graph
from grader.reading.recorded.recording import Array

#: What is made of each number by itself.
_BY_ELEMENT = ADDING | SCALING | VIEWS | PARTS | frozenset([
    "USub", "negative", "Pow", "power", "square", "sqrt", "abs", "absolute", "fabs", "sign", "clip", "minimum",
    "maximum", "where", "gt", "lt", "ge", "le", "eq", "ne", "zeros_like", "ones_like", "nan_to_num", "round", "Set",
    "concatenate", "hstack", "vstack", "append", "r_", "c_", "empty_like", "reciprocal",
])  # fmt: skip


def is_taken(graph: Graph, at: int, update: int, value: int, start: int) -> bool:
    """Whether what the event `at` gives reaches the update of a parameter as the gradient of it.

    Args:
        value: the version of the parameter that is changed.
        start: the event before the step.
    """
    size = graph.size(value)
    between = sorted(graph.ancestors(update, start))
    carried, numbers = {at}, set[int]()  # events that hold the gradient, or single numbers made of it
    for event in (graph.events[one] for one in between if one > at):
        sources = set(graph.sources[event.index])
        if sources & carried:
            if graph.size(event.result) == 1 and size > 1:
                numbers.add(event.index)  # its length, by which it is limited
            elif event.op not in _BY_ELEMENT:
                return False
            else:
                carried.add(event.index)
        elif sources & numbers and graph.size(event.result) == 1:
            numbers.add(event.index)
    if update not in carried:
        return False
    is_of_its_own = all(
        source in carried or source in numbers or _is_memory(graph, source, operand, value, start)
        for one in carried - {at}
        for source, operand in zip(graph.sources[one], graph.events[one].operands, strict=True)
    )
    return is_of_its_own and _goes_down(graph, at, update, value, start)


def _is_memory(graph: Graph, source: int, operand: int, value: int, start: int) -> bool:
    """Whether what comes to a gradient on the way is a number, was there before the step, or is made of the weight."""
    if graph.size(operand) == 1 or source <= start or operand in graph.made_at_random:  # or is noise
        return True
    size = graph.size(value)
    return all(
        graph.size(graph.events[one].result) in (1, size) and graph.events[one].op in _BY_ELEMENT
        for one in graph.ancestors(source, start)
    )


def _goes_down(graph: Graph, at: int, update: int, value: int, start: int) -> bool:
    """Whether each number goes against its gradient, if nothing but that and the weight has a part in the step."""
    gradient, before = graph.array(graph.events[at].result), graph.array(value)
    after = graph.array(graph.events[update].result)
    if gradient is None or before is None or after is None or not gradient.size == before.size == after.size:
        return True
    for one in graph.ancestors(update, at):
        for source, operand in zip(graph.sources[one], graph.events[one].operands, strict=True):
            is_memory = source < at and operand != value and graph.base(operand, one)[0] != value
            if is_memory and graph.size(operand) > 1 and operand != graph.events[at].result:
                return True  # what is remembered of the steps before may be larger
    return _is_downward(gradient.ravel(), (after.reshape(before.shape) - before).ravel(), before.ravel())


def _is_downward(gradient: Array, change: Array, weight: Array) -> bool:
    """Whether a change is a multiple of a gradient and of the weight, or has the sign of the one throughout."""
    moving = (change != 0) & (gradient != 0)
    signs = np.sign(change[moving]) * np.sign(gradient[moving])
    if not moving.any() or np.all(signs == signs[0]):
        return True
    for penalty in (weight, np.sign(weight)):
        terms = np.array([gradient, penalty]).T
        found = np.linalg.lstsq(terms, change, rcond=None)[0]
        if np.abs(terms @ found - change).max() < 1e-6 * np.abs(change).max():
            return True
    return False
