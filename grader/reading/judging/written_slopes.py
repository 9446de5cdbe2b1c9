"""What stands in the place of the slope, where it is made of z as a slope is, and is no known one: `a * (1 + a)`."""

from itertools import combinations

import numpy as np

from grader.reading.judging.hypotheses import Arrays, Hypothesis, each
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.recording import Array
from grader.reading.structure.network import Pass
from grader.reading.structure.passes import rows

MOST = 4  # factors
MOST_ADDED = 0.2  # to a slope, so that no unit stands still


def written_slope(judge: Judgement, index: int, sent: Arrays) -> list[Hypothesis]:
    """δ as what is sent back to a layer, times all that it is multiplied by on the way that is made of z alone."""
    activation, z = judge.network.activations[index], judge.steps[0].layers[index].z
    is_own = index == judge.network.depth - 1 and not _has_one_slope(judge)  # the derivative of another cost, then
    is_summed = any(len(step.sizes) > 1 for step in judge.steps)
    if activation is None or activation.name in ("identity", "softmax") or z.size < 2 or is_own or is_summed:
        return []
    written = [_written(judge, index, part) for part in judge.network.passes[: len(judge.steps)]]
    if len(written) < len(judge.steps) or any(not one or {s.shape for s in one} != {z.shape} for one in written):
        return []
    S, slope = [np.prod(one, axis=0) for one in written], activation.slope(z)
    some = [np.prod(few, axis=0) for size in range(1, len(written[0])) for few in combinations(written[0], size)]
    if any(np.allclose(one, slope) for one in some):
        return []  # and another one beside it, which is told by its name
    more = S[0] - slope
    deltas = each(np.multiply, sent, S)
    if more.min() > 0 and np.ptp(more) < 1e-9:  # as some do on purpose where units saturate
        cost = "squared error" if index == judge.network.depth - 1 else ""
        known = more.max() <= MOST_ADDED and activation.name in ("sigmoid", "tanh")
        return [Hypothesis("right", deltas, cost, facts={"added": f"{more.mean():.2g}"})] if known else []
    far = int(np.abs(more).argmax())
    facts: dict[str, float | int | str] = {
        "z": f"{z.flat[far]:.3g}", "given": f"{S[0].flat[far]:.3g}", "due": f"{slope.flat[far]:.3g}"
    }  # fmt: skip
    return [Hypothesis("slope-of-another-function", deltas, part=lambda: S, facts=facts)]


def _has_one_slope(judge: Judgement) -> bool:
    """Whether the cost is known, or one line makes what stands for the slope in all layers."""
    network, graph = judge.network, judge.network.graph
    if network.cost is not None and network.cost.event is not None:
        return True
    made = [{graph.events[at].place for at in _factors(judge, k, network.passes[0])} for k in range(network.depth)]
    return len(made) > 1 and bool(set.intersection(*made))


def _written(judge: Judgement, index: int, part: Pass) -> list[Array]:
    """The factors of a step of one pass."""
    graph = judge.network.graph
    factors = [graph.array(graph.events[at].result) for at in _factors(judge, index, part)[:MOST]]
    return [rows(np.asarray(one, float), judge.network.is_column) for one in factors if one is not None]


def _factors(judge: Judgement, index: int, part: Pass) -> list[int]:
    """The events that make what δ is multiplied by."""
    network, graph, layer = judge.network, judge.network.graph, part.layers[index]
    use, parameter = network.flow.uses[layer.product], network.chain[index]
    if use.version >= len(parameter.updates):
        return []
    values = {layer.z_value, layer.a_value, graph.events[layer.summed].result}

    def is_made_of_z(source: int) -> bool:
        pending, seen = [source], set[int]()
        while pending:
            at = pending.pop()
            for operand, before in zip(graph.events[at].operands, graph.sources[at], strict=True):
                if operand in values or graph.size(operand) == 1 or before in seen:
                    continue
                if before <= layer.summed:
                    return False
                seen.add(before)
                pending.append(before)
        return True

    found = []
    for at in sorted(graph.ancestors(parameter.updates[use.version], part.last)):
        event = graph.events[at]
        if event.op not in ("Mult", "multiply") or {graph.size(one) for one in event.operands} != {layer.z.size}:
            continue
        made = [before > layer.summed and is_made_of_z(before) for before in graph.sources[at]]
        if made[0] != made[1]:
            found.append(graph.sources[at][made.index(True)])
    return found
