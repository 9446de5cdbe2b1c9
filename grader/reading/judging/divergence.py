"""Steps that lead away although their direction is right: too large a rate, and what is no number any more."""

from itertools import pairwise

import numpy as np

from grader.reading.judging.behaviour import SATURATED, SCALED
from grader.reading.judging.continued import judge_continued
from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Array
from grader.reading.structure.decided import BY_SIGN
from grader.reading.structure.network_read import Network
from grader.reading.structure.steps import FOLLOWED, largest

TIMES = 3.0  # what the cost has grown to before it is called too much
FAR = 10.0  # times the first cost, as far as which no batch that was drawn brings it
LEAST_STEPS = 4
MANY = 10  # samples of a step, at least, if their costs are to be compared
MAX_WALK = 400
MOST_FLAT = 0.95  # of the sums of a layer, that saturate it
SOME_FLAT = 0.5  # that were so from the start, at most

_CAUSES = {
    "log": "the logarithm of 0 or of a negative number",
    "log2": "the logarithm of 0 or of a negative number",
    "log1p": "the logarithm of 0 or of a negative number",
    "sqrt": "the root of a negative number",
    "Div": "a division by 0",
    "divide": "a division by 0",
    "exp": "an exponential that is too large for a number",
    "Pow": "a power that is no number",
    "power": "a power that is no number",
}


def judge_divergence(judgement: Judgement) -> None:
    """Add what is found to the findings, where nothing else was found."""
    if judgement.findings:
        return
    if _have_grown(judgement):  # what is no number comes of that
        _astray(judgement)
    if not judgement.findings:
        _no_number(judgement)
    if not judgement.findings:
        _too_fast(judgement)
    if not judgement.findings and judgement.network.is_astray:
        _astray(judgement)
    judge_continued(judgement)
    if not judgement.findings:
        _units_died(judgement)


# --- a rate that is too large ----------------------------------------------------------------------------------


def _too_fast(judgement: Judgement) -> None:
    """The cost has become several times what it was, and no step has brought it down again."""
    network = judgement.network
    steps = network.steps
    if len(steps) < LEAST_STEPS or judgement.unread or min(step.n for step in steps) < MANY or _is_of_steps(network):
        return
    costs = [_cost(judgement, step.out, step.y) for step in steps]
    same = all(np.array_equal(step.layers[0].u, steps[0].layers[0].u) for step in steps)
    least = min(costs[1:]) / max(costs[0], 1e-6)
    is_rising = not judgement.optimizers and all(later > earlier for earlier, later in pairwise(costs))
    if judgement.optimizers and network.depth > 1:  # a softmax of the inputs may learn from large numbers
        is_rising = least > FAR
    elif same and not judgement.optimizers:
        is_rising = is_rising or least > TIMES
    if not np.isfinite(costs[0]) or not is_rising or not costs[-1] > TIMES * max(costs[0], 1e-6):
        return
    updates = network.chain[-1].updates
    facts: dict[str, float | int | str] = {
        "first": f"{costs[0]:.3g}",
        "last": f"{costs[-1]:.3g}",
        "steps": len(costs) - 1,
    }
    largest = float(np.abs(steps[0].layers[0].u).max())
    code = "rate-too-high" if largest <= SCALED else "inputs-not-scaled"
    facts["largest"] = f"{largest:.4g}"
    judgement.findings.append(Finding("step", code, updates[0] if updates else None, network.depth - 1, facts))


def _is_of_steps(network: Network) -> bool:
    """Whether the outputs are those of step units, read as the sums of these: all 0 in the first step, from zeros."""
    graph = network.graph
    sums = {part.layers[-1].z_value for part in network.passes}
    return any((event.op in BY_SIGN or event.op == "sign") and sums & set(event.operands) for event in graph.events)


def _have_grown(judgement: Judgement) -> bool:
    """Whether weights that are numbers still have grown beyond what is followed."""
    for parameter in judgement.network.chain if judgement.network.is_astray else ():
        sizes = [largest(judgement.network.graph, version) for version in parameter.versions]
        if any(FOLLOWED * max(1.0, sizes[0]) < size < np.inf for size in sizes):
            return True
    return False


def _astray(judgement: Judgement) -> None:
    """The weights have grown a hundredfold and more, whatever rule changes them."""
    network = judgement.network
    updates = [parameter.updates for parameter in network.chain if parameter.updates]
    costs = [_cost(judgement, step.out, step.y) for step in network.steps]
    if not updates or (len(costs) > 1 and costs[-1] < costs[0]):  # small inputs need large weights
        return
    count, inputs = len(network.steps), float(np.abs(network.steps[0].layers[0].u).max())
    facts: dict[str, float | int | str] = {"steps": f"{count} step" if count == 1 else f"{count} steps"}
    facts["cause"] = "the rate is far too high, or the rule of the step divides by what is nearly 0"
    if inputs > SCALED:
        facts["cause"] = f"the largest input is {inputs:.4g}. Scale the inputs to 0 … 1, or take a far smaller rate"
    judgement.findings.append(Finding("step", "weights-explode", updates[-1][0], network.depth - 1, facts))


def _cost(judgement: Judgement, out: Array, y: Array) -> float:
    if judgement.used_cost == "cross-entropy" and (out >= 0).all() and (out <= 1).all():
        p = np.clip(out, 1e-15, 1 - 1e-15)
        rest = 0.0 if judgement.activation(judgement.network.depth - 1).couples else (1 - y) * np.log(1 - p)
        return float(-np.mean(np.sum(y * np.log(p) + rest, axis=1)))
    return float(np.mean((out - y) ** 2))


def _units_died(judgement: Judgement) -> None:
    """The steps have left a layer where no unit has a slope any more: nothing below it is learned."""
    network, first, last = judgement.network, judgement.network.steps[0], judgement.network.last_pass
    if last is None or judgement.unread or judgement.directions:
        return
    is_same = np.array_equal(first.layers[0].u, last.layers[0].u)
    for index in range(network.depth - 1) if is_same or last.n >= MANY else ():
        name = network.activation(index).name
        before, after = _flat(name, first.layers[index].z), _flat(name, last.layers[index].z)
        most, some = (1.0, 1.0) if name == "ReLU" else (MOST_FLAT, SOME_FLAT)
        if after < most or before >= some:
            continue
        updates = [at for at in network.chain[index].updates if at < last.first]
        count, targets = len(updates), float(np.abs(first.y).max())
        facts: dict[str, float | int | str] = {"steps": f"{count} step" if count == 1 else f"{count} steps"}
        facts["share"], facts["largest"] = f"{100 * after:.0f}", ""
        if targets > SCALED:
            facts["largest"] = f" The largest target is {targets:.4g}, and so are the first errors."
        code = "units-died" if name == "ReLU" else "units-saturated"
        judgement.findings.append(Finding("step", code, updates[-1] if updates else None, index, facts))
        return


def _flat(activation: str, z: Array) -> float:
    """The share of the sums where an activation has no slope to speak of."""
    if activation == "ReLU":
        return float(np.mean(z <= 0))
    return float(np.mean(np.abs(z) > SATURATED)) if activation in ("sigmoid", "tanh") else 0.0


# --- no number ------------------------------------------------------------------------------------------------


def _no_number(judgement: Judgement) -> None:
    """A parameter is infinite or no number after a step: where the first such value was made."""
    network = judgement.network
    graph = network.graph
    parameters = [*network.chain, *[bias for bias in network.biases if bias is not None]]
    updates = [
        at
        for parameter in parameters
        for at, version in zip(parameter.updates, parameter.versions[1:], strict=False)
        if _is_odd(graph, version)
    ]
    if not updates:
        return
    at = _origin(graph, min(updates))
    event = graph.events[at]
    cause = _CAUSES.get(event.op, "")
    if cause:
        judgement.findings.append(Finding("step", "no-number", at, network.depth - 1, {"cause": cause}))


def _origin(graph: Graph, at: int) -> int:
    """The first event on the way back that made what is no number of operands that are.

    What is no number equals nothing, itself included: the last event that made such an array of this shape is meant.
    """
    for _ in range(MAX_WALK):
        odd = [operand for operand in graph.events[at].operands if _is_odd(graph, operand)]
        if not odd:
            return at
        shapes = {graph.shape(operand) for operand in odd}
        earlier = (
            index
            for index in range(at - 1, max(-1, at - MAX_WALK), -1)
            if graph.shape(graph.events[index].result) in shapes and _is_odd(graph, graph.events[index].result)
        )
        found = next(earlier, None)
        if found is None:
            return at
        at = found
    return at


def _is_odd(graph: Graph, value: int) -> bool:
    array = graph.array(value)
    return array is not None and not bool(np.isfinite(array).all())
