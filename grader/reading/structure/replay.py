"""Carries a piece of a recorded run out again, with another value in the place of one of its own.

That gives the slope of an activation that nobody has a name for.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.reading.recorded.activations import sigmoid
from grader.reading.recorded.graph import VIEWS, Graph
from grader.reading.recorded.recording import Array

MAX_EVENTS = 60

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "Add": np.add,
    "Sub": np.subtract,
    "Mult": np.multiply,
    "Div": np.divide,
    "Pow": np.power,
    "USub": np.negative,
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "power": np.power,
    "true_divide": np.divide,
    "negative": np.negative,
    "square": np.square,
    "sqrt": np.sqrt,
    "exp": np.exp,
    "log": np.log,
    "log1p": np.log1p,
    "expm1": np.expm1,
    "tanh": np.tanh,
    "expit": sigmoid,
    "logistic": sigmoid,
    "sin": np.sin,
    "cos": np.cos,
    "abs": np.abs,
    "absolute": np.abs,
    "fabs": np.abs,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "where": np.where,
    "gt": np.greater,
    "lt": np.less,
    "ge": np.greater_equal,
    "le": np.less_equal,
    "arctan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "reciprocal": np.reciprocal,
    "clip": np.clip,
    "sign": np.sign,
}


class CannotReplay(Exception):
    """An operation in between is not known."""


def replay(graph: Graph, start: int, until: int, value: Array) -> Array:
    """What the event `until` gives when the result of the event `start` is another `value`.  Raises CannotReplay."""
    made: dict[int, Any] = {start: value}
    wanted = {index for index in graph.ancestors(until, start) if index > start}
    if len(wanted) > MAX_EVENTS:
        raise CannotReplay("too many operations")
    depends = {start}
    for index in sorted(wanted):
        event = graph.events[index]
        sources = graph.sources[index]
        if not any(source in depends for source in sources):
            continue
        depends.add(index)
        operands = [
            made[source] if source in depends else graph.array(operand)
            for source, operand in zip(sources, event.operands, strict=True)
        ]
        if any(operand is None for operand in operands):
            raise CannotReplay("a value was not kept")
        made[index] = _carried_out(event.op, operands, graph.shape(event.result))
    if until not in made:
        raise CannotReplay("it does not depend on it")
    return np.asarray(made[until], float)


def _carried_out(op: str, operands: list[Any], shape: tuple[int, ...]) -> Any:
    if op in VIEWS:
        turned = op in ("T", "transpose") and np.ndim(operands[0]) == 2
        return operands[0].T if turned else np.reshape(operands[0], shape)
    function = _FUNCTIONS.get(op)
    if function is None:
        raise CannotReplay(op)
    with np.errstate(all="ignore"):
        return function(*[np.asarray(operand, float) if op != "where" else operand for operand in operands])


def slope_by_replay(graph: Graph, start: int, until: int) -> Array | None:
    """The slope of an elementwise function at the value of `start`; None if it is none, or cannot be carried out."""
    z = graph.array(graph.events[start].result)
    if z is None:
        return None
    step = 1e-7 * max(1.0, float(np.abs(z).max()))
    try:
        up, down = (replay(graph, start, until, z + sign * step) for sign in (1, -1))
        first = np.zeros_like(z)
        first.flat[0] = step
        alone = replay(graph, start, until, z + first) - replay(graph, start, until, z)
    except (CannotReplay, ValueError, TypeError):
        return None
    if up.shape != z.shape or np.count_nonzero(alone.flat[1:]):
        return None
    return np.asarray((up - down) / (2 * step))
