"""Steps that go uphill, at the line where the sign is turned."""

from collections.abc import Collection

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import SCALING
from grader.reading.structure.network_read import Network

_ABSOLUTE = ("abs", "absolute", "fabs")


def judge_uphill(judgement: Judgement, *, is_sure: bool = True) -> None:
    """Add that the steps go uphill, or that the error has lost its sign; if it is not sure, only at a line of it."""
    network = judgement.network
    top = network.depth - 1
    if not is_sure and _are_set(network):
        return
    step, deltas = network.steps[0], judgement.used[top][0]
    for number in sorted(judgement.ancestors(top)):
        event = network.graph.events[number]
        if number >= judgement.start and event.op in _ABSOLUTE and network.graph.size(event.result) == deltas.size:
            judgement.findings.append(Finding(f"δ{top + 1}", "error-absolute", number, top))
            return  # of errors below 0, all of them
    ancestors = {at for at in judgement.ancestors(top) if at >= judgement.start - 1}
    at = judgement.locator.among([deltas[: step.sizes[0]], deltas], ancestors)
    value = network.graph.array(network.graph.events[at].result) if at is not None else None
    delta = deltas[: step.sizes[0]] if value is not None and value.size != deltas.size else deltas
    sign = 0.0 if value is None else max((float(np.vdot(value, one)) for one in (delta, delta.T)), key=abs)
    if sign > 0 and network.chain[top].updates:  # δ points up, as it should: it is the step that adds
        at = network.chain[top].updates[0]
    else:
        error = step.y - step.out
        output = network.passes[0].layers[-1].a_value  # with a target of 0 it is the error itself
        made = {at for at in ancestors if network.graph.events[at].result != output}
        found = _turned_by_a(judgement, made)
        found = judgement.locator.among([error[: step.sizes[0]], error], made) if found is None else found
        at = found if found is not None else at
    if at is not None or is_sure:
        judgement.findings.append(Finding("step", "uphill", at, top))


def _are_set(network: Network) -> bool:
    """Whether the last weights are set to a multiple of something, and no sum with what they were: it goes nowhere."""
    graph, updates = network.graph, network.chain[network.depth - 1].updates
    at = updates[0] if updates else -1
    at = graph.sources[at][1] if at >= 0 and graph.events[at].op == "Set" else at
    return at >= 0 and graph.events[at].op in SCALING


def _turned_by_a(judgement: Judgement, made: Collection[int]) -> int | None:
    """Where the derivative of a cross-entropy by the output is made, if that has the wrong sign already."""
    network, step = judgement.network, judgement.network.steps[0]
    activation = judgement.activation(network.depth - 1)
    with np.errstate(all="ignore"):
        due = -step.y / step.out if activation.couples else (step.out - step.y) / activation.slope(step.layers[-1].z)
    due = due[: step.sizes[0]]
    at = judgement.locator.among([due], made) if np.isfinite(due).all() else None
    value = None if at is None else network.graph.array(network.graph.events[at].result)
    return at if value is not None and np.vdot(value.ravel(), due.ravel()) < 0 else None
