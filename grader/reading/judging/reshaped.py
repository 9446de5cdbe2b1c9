"""Whether inputs or targets were given the other layout by cutting their numbers anew, instead of by a transpose.

`Y.reshape(10, -1)` of one row for each sample gives ten rows that begin wherever the numbers before them end: a column
holds parts of several samples.
"""

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import PARTS, VIEWS, Graph
from grader.reading.recorded.recording import Event

MAX_WALK = 16
_ELEMENTWISE = frozenset(["Mult", "Div", "Sub", "Add", "multiply", "divide", "true_divide", "subtract", "add"])


def judge_reshaped(judgement: Judgement) -> None:
    """Add a finding for targets, or else inputs, that are cut anew."""
    graph, one = judgement.network.graph, judgement.network.passes[0]
    first = one.layers[0]
    of_targets = None if one.y_value is None else _cut(graph, one.y_value, len(graph.events))
    of_inputs = _cut(graph, first.input_value, first.product)
    if of_targets is None and of_inputs is not None and one.y_value is not None:
        maker = graph.maker(one.y_value)
        if maker is None or of_inputs.index in graph.ancestors(maker.index):
            return  # the targets were made of what came of it
    event = of_targets or of_inputs
    if event is not None:
        what = "targets" if of_targets is not None else "inputs"
        before, after = graph.shape(event.operands[0]), graph.shape(event.result)
        facts: dict[str, float | int | str] = {"before": _told(before), "after": _told(after), "what": what}
        quantity = "y" if of_targets is not None else "X"
        judgement.findings.append(Finding(quantity, "reshaped-not-turned", event.index, 0, facts))


def _told(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _cut(graph: Graph, value: int, before: int) -> Event | None:
    """The event on the way to a value that exchanges the lengths of two axes and leaves the numbers in their order."""
    for _ in range(MAX_WALK):
        maker = graph.maker(value, before)
        if maker is None or not maker.operands:
            return None
        if maker.op == "reshape" and _is_cut(graph, maker):
            return maker
        larger = [o for o in maker.operands if graph.size(o) >= graph.size(maker.result)]
        if maker.op not in VIEWS | PARTS and not (maker.op in _ELEMENTWISE and len(larger) == 1):
            return None
        value, before = larger[0] if maker.op in _ELEMENTWISE else maker.operands[0], maker.index
    return None


def _is_cut(graph: Graph, event: Event) -> bool:
    shapes = graph.shape(event.operands[0]), graph.shape(event.result)
    if len(shapes[0]) < 2 or len(shapes[1]) != 2 or shapes[0] == shapes[1]:
        return False
    rows, width = shapes[0][0], int(np.prod(shapes[0][1:]))
    if shapes[1] != (width, rows) or min(rows, width) < 2:
        return False
    old, new = graph.array(event.operands[0]), graph.array(event.result)
    if old is None or new is None or np.array_equal(old.reshape(rows, width).T, new):
        return False
    # what is drawn has no order that could be lost; whole numbers may be rows of `np.eye`
    return event.operands[0] not in graph.made_at_random or np.array_equal(old, np.round(old))
