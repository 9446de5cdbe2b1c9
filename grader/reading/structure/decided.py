"""Values that are one of two numbers by the sign of another, as what a unit with a step gives."""

from grader.reading.recorded.graph import SCALING, VIEWS, Graph
from grader.reading.recorded.recording import Event

BY_SIGN = frozenset(["heaviside", "gt", "lt", "ge", "le", "greater", "less", "greater_equal", "less_equal"])
MAX_WALK = 3


def is_decided(graph: Graph, event: Event) -> bool:
    """Whether a step made a value, be it times a number: as long as all of it is 0, it looks like that of a ReLU."""
    for _ in range(MAX_WALK):
        if event.op == "where" and len(event.operands) == 3:
            return all(graph.size(operand) == 1 for operand in event.operands[1:])
        sources = [at for at in graph.sources[event.index] if at >= 0]
        if event.op not in VIEWS | SCALING or len(sources) != 1:
            break
        event = graph.events[sources[0]]
    return event.op in BY_SIGN
