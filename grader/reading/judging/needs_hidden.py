"""Whether a network without a function between its layers is asked for what no such network can do, as XOR.

Its output is a monotone function of w·x + b. Where two points of one class have the same sum as two of the other, no
w and b put the classes apart: what they give the one pair, they give the other.
"""

from itertools import combinations_with_replacement, pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.activations import BIPOLAR, CENTRED, IDENTITY, SIGMOID, TANH
from grader.reading.recorded.graph import ADDING
from grader.reading.recorded.recording import Array

_MONOTONE = frozenset(one.name for one in (SIGMOID, TANH, IDENTITY, BIPOLAR, CENTRED))
MOST = 16  # different inputs, as of a table of a logical function
LEAST = 4


def judge_reach(judgement: Judgement) -> None:
    """Add a finding where the data are a small table that no linear function puts apart, and the network is one."""
    network = judgement.network
    if any(network.activations[index] is None for index in range(network.depth)):
        return
    functions = [network.activation(index).name for index in range(network.depth)]
    if any(name != IDENTITY.name for name in functions[:-1]) or functions[-1] not in _MONOTONE:
        return
    if not all(len(step.layers[0].u) for step in judgement.steps):
        return
    table = np.vstack([np.hstack([_inputs(judgement), _targets(judgement)]), *_resting(judgement)])
    if is_beyond_one_layer(table, network.layers[-1].units):
        code = "one-layer-for-xor" if network.depth == 1 else "no-hidden-function"
        first = network.passes[0].layers[0]
        judgement.findings.append(Finding("a1" if network.depth > 1 else "z1", code, first.summed, 0))


def is_beyond_one_layer(table: Array, units: int) -> bool:
    """Whether rows of inputs and targets, of so many units, are a small table that no linear function puts apart."""
    inputs, rows = np.unique(table[:, :-units], axis=0), np.unique(table, axis=0)
    if not LEAST <= len(inputs) <= MOST or len(rows) != len(inputs):
        return False
    return any(_is_inseparable(rows[:, :-units], rows[:, -1 - k]) for k in range(units))


def _inputs(judgement: Judgement) -> Array:
    return np.vstack([step.layers[0].u for step in judgement.network.steps])


def _targets(judgement: Judgement) -> Array:
    return np.vstack([step.y for step in judgement.network.steps])


def _resting(judgement: Judgement) -> list[Array]:
    """The single samples that change no weight, inputs and targets: those of which all inputs are 0."""
    network, graph = judgement.network, judgement.network.graph
    first, found = network.passes[0], list[Array]()
    product, given, y = first.layers[0].product, first.layers[-1].a_value, first.y_value
    if not network.is_single or network.ones is not None or given is None or y is None:
        return found
    error = next((e for e in graph.users_after(given, product) if y in e.operands and e.op in ADDING), None)
    if error is None or first.layers[0].weights not in graph.events[product].operands:
        return found
    places = {graph.events[product].place: product, error.place: error.index}
    inputs = 1 - graph.events[product].operands.index(first.layers[0].weights)
    target = error.operands.index(y)
    for before, after in pairwise(event for event in graph.events if event.place in places):
        if places[before.place] == product and places[after.place] == error.index:
            u, t = graph.array(before.operands[inputs]), graph.array(after.operands[target])
            if u is not None and t is not None and not u.any() and u.size == first.layers[0].u.size:
                found.append(np.concatenate([u.ravel(), t.ravel()])[None])
    width = first.layers[0].u.size + network.layers[-1].units
    return [row for row in found if row.shape[1] == width]


def _is_inseparable(x: Array, y: Array) -> bool:
    """Whether two points of one class have the sum of two of the other; a point may be taken twice."""
    kinds = np.unique(y)
    if len(kinds) != 2:
        return False
    sums = [{tuple(np.round(a + b, 9)) for a, b in combinations_with_replacement(x[y == kind], 2)} for kind in kinds]
    return bool(sums[0] & sums[1])
