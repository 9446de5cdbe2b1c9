"""Wrong quantities of the forward pass: activations that are none."""

from grader.reading.finding import Finding
from grader.reading.graph import Graph
from grader.reading.judgement import Judgement


def judge_forward(judgement: Judgement) -> None:
    """Add what is wrong on the way forward to the findings."""
    network = judgement.network
    for index, code in network.wrong_activations.items():
        biggest = max(network.passes, key=lambda one: one.n).layers[index]
        value = biggest.a_value
        makers = [at for at in network.graph.makers.get(value or 0, ()) if at > biggest.product]
        judgement.findings.append(Finding(f"a{index + 1}", code, makers[0] if makers else None, index))
    _slope_one(judgement)


def _slope_one(judgement: Judgement) -> None:
    """A missing slope that was multiplied in, but is 1 everywhere."""
    graph, steps = judgement.network.graph, judgement.steps
    for position, finding in enumerate(judgement.findings):
        if finding.code != "no-slope":
            continue
        n = steps[0].sizes[0] * steps[0].layers[finding.layer].z.shape[1]
        at = _all_ones(graph, judgement.start, judgement.end, n)
        if at is not None:
            judgement.findings[position] = Finding(finding.quantity, "slope-one", at, finding.layer)


def _all_ones(graph: Graph, start: int, end: int, size: int) -> int | None:
    for event in graph.events[start : end + 1]:
        if graph.size(event.result) == size > 1:
            array = graph.array(event.result)
            if array is not None and bool((array == 1).all()):
                return event.index
    return None


def find_broadcast(graph: Graph) -> Finding | None:
    """A column minus a vector that became a matrix: an output compared with every target."""
    for event in graph.events:
        if event.op not in ("Sub", "subtract") or len(event.operands) != 2:
            continue
        shapes = sorted((graph.shape(operand) for operand in event.operands), key=len)
        n = graph.size(event.operands[0])
        if n > 1 and shapes == [(n,), (n, 1)] and graph.shape(event.result) == (n, n):
            return Finding("step", "broadcast", event.index, 0, {"n": n})
    return None
