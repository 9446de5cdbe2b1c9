"""Wrong quantities of the forward pass: activations that are none."""

import re
from collections.abc import Sequence

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.fits import fit_plain
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.steps_of_nothing import is_multiplied_with
from grader.reading.judging.weights import change_of_weights
from grader.reading.recorded.graph import ADDING, OUTER, PRODUCTS, SCALING, VIEWS, Graph
from grader.reading.recorded.recording import Event
from grader.reading.structure.network_read import Network

_SIDE_BY_SIDE = ADDING | SCALING | {"eq", "ne", "equal", "not_equal"}
_CHOOSING = frozenset(["argmin", "argmax", "argsort", "eq", "ne", "gt", "lt", "ge", "le", "equal", "allclose"])


def judge_forward(judgement: Judgement) -> None:
    """Add what is wrong on the way forward to the findings."""
    network = judgement.network
    for index, code in network.wrong_activations.items():
        biggest = max(network.passes, key=lambda one: one.n).layers[index]
        value = biggest.a_value
        makers = [at for at in network.graph.makers.get(value or 0, ()) if at > biggest.product]
        judgement.findings.append(Finding(f"a{index + 1}", code, makers[0] if makers else None, index))
    _bias_before_product(judgement)
    _inputs_without_bias(judgement)
    _slope_not_seen(judgement)
    _slope_one(judgement)


def _bias_before_product(judgement: Judgement) -> None:
    """A bias that is added to what enters a layer, `W @ (a + b)`, and is changed by what the layer's own would be.

    What enters through a product with W has its gradient from one with W; that of a bias is made with none.
    """
    network, graph = judgement.network, judgement.network.graph
    learned = [one for one in (*network.parameters.all, *network.parameters.others) if one.is_updated]
    first = network.passes[0]
    for index, layer in enumerate(first.layers):
        at = graph.maker(layer.input_value, layer.product)
        if not index or layer.bias is not None or at is None or at.op not in ("Add", "add"):
            continue
        bias = next((one for one in learned if one.first in at.operands and one not in network.chain), None)
        if bias is None or graph.size(bias.first) != network.layers[index].units:
            continue
        made = graph.ancestors(bias.updates[0], first.last)
        if any(graph.events[e].op in PRODUCTS | OUTER for e in made if e > first.last):
            continue
        judgement.findings.append(Finding(f"z{index + 1}", "bias-before-product", at.index, index))


def _inputs_without_bias(judgement: Judgement) -> None:
    """A gradient of weights that is made of what enters a layer without the bias that is added to it there."""
    network, graph = judgement.network, judgement.network.graph
    for index in judgement.used:
        quantity, steps = f"dW{index + 1}", judgement.steps
        is_open = any((one.quantity, one.code) == (quantity, "unexplained") for one in judgement.findings)
        if not (is_open or index in judgement.directions) or any(len(step.sizes) > 1 for step in steps):
            continue
        inputs = []
        for one, step in zip(network.passes, steps, strict=False):
            part = one.layers[index]
            at = graph.maker(part.input_value, part.product)
            added = [] if at is None or at.op not in ("Add", "add") else [graph.array(o) for o in at.operands]
            units = step.layers[index].u.shape[1]
            biases = [array.ravel() for array in added if array is not None and array.size == units]
            inputs += [step.layers[index].u - biases[0]] if len(biases) == 1 and len(step.layers[index].u) > 1 else []
        change = change_of_weights(judgement, index, None)
        if change is None or len(inputs) < len(steps):
            continue
        G = [u.T @ delta for u, delta in zip(inputs, judgement.used[index], strict=True)]
        if fit_plain(change, G, judgement.strict, [(), ("previous",)]) is None:
            continue
        event = judgement.locator.among(G[:1], judgement.ancestors(index))
        told = [one for one in judgement.findings if (one.quantity, one.code) != (quantity, "unexplained")]
        judgement.findings = [*told, Finding(quantity, "inputs-without-bias", event, index)]
        judgement.directions.pop(index, None)
        judgement.notes = [one for one in judgement.notes if not one.startswith(f"how W{index + 1} is changed")]


def _slope_not_seen(judgement: Judgement) -> None:
    """A slope of ReLU that is 1 in all steps, as all z are above 0, and that nothing of z or a could have made."""
    network, graph = judgement.network, judgement.network.graph
    for index in range(network.depth - 1):
        name, layer = f"δ{index + 1}", network.passes[0].layers[index]
        if network.activation(index).name != "ReLU" or judgement.right.get(name) is None or network.is_of_units:
            continue
        own = {graph.events[layer.summed].result, layer.z_value, layer.a_value} - {None}
        users = [e for value in own for e in graph.users_after(value or 0, layer.summed) if e.index <= judgement.end]
        is_used = any(e.op not in PRODUCTS | OUTER | VIEWS | {"maximum", "fmax"} for e in users)
        if not is_used and all((step.layers[index].z > 0).all() for step in judgement.steps):
            at = judgement.right.pop(name)
            judgement.findings.append(Finding(name, "slope-not-seen", at, index))


def _slope_one(judgement: Judgement) -> None:
    """A missing slope that was multiplied in, but is 1 everywhere."""
    graph, steps = judgement.network.graph, judgement.steps
    for position, finding in enumerate(judgement.findings):
        if finding.code != "no-slope":
            continue
        n = steps[0].sizes[0] * steps[0].layers[finding.layer].z.shape[1]
        at = _all_ones(graph, [e for e in judgement.ancestors(finding.layer) if e >= judgement.start], n)
        if at is not None:
            judgement.findings[position] = Finding(finding.quantity, "slope-one", at, finding.layer)


def _all_ones(graph: Graph, made: Sequence[int], size: int) -> int | None:
    """The first event that makes an array of ones by which something is multiplied on the way to an update."""
    factors = {o for at in made if graph.events[at].op in ("Mult", "multiply") for o in graph.events[at].operands}
    for at in sorted(made):
        value = graph.events[at].result
        array = graph.array(value) if value in factors and graph.size(value) == size > 1 else None
        if array is not None and bool((array == 1).all()):
            return at
    return None


def _is_all_with_all(graph: Graph, event: Event) -> bool:
    """Whether a column and a vector become a matrix."""
    shapes, n = sorted(map(graph.shape, event.operands), key=len), graph.size(event.operands[0])
    return n > 1 and shapes == [(n,), (n, 1)] and graph.shape(event.result) == (n, n)


def find_broadcast(graph: Graph) -> Finding | None:
    """A column minus a vector that became a matrix, of which gradients are made: an output beside every target."""
    for event in graph.events:
        is_matrix = event.op in ("Sub", "subtract") and _is_all_with_all(graph, event)
        n = graph.size(event.operands[0]) if event.operands else 0
        same = is_matrix and graph.base(event.operands[0])[0] == graph.base(event.operands[1])[0]  # scores, in pairs
        if is_matrix and not same and _is_learned_from(graph, event.index):
            return Finding("step", "broadcast", event.index, 0, {"n": n})
    return None


def _is_learned_from(graph: Graph, at: int) -> bool:
    """Whether a difference goes into a product, or is taken from weights: not what only compares or chooses by it."""
    made = {at}
    for event in graph.events[at + 1 :]:
        if event.op in _CHOOSING or made.isdisjoint(graph.sources[event.index]):
            continue
        if event.op in PRODUCTS | OUTER:
            return True
        others = zip(event.operands, graph.sources[event.index], strict=True)
        if event.op in ADDING and any(source not in made and is_multiplied_with(graph, one) for one, source in others):
            return True
        made.add(event.index)
    return False


def find_broadcast_before_stop(graph: Graph, message: str) -> Finding | None:
    """A sum of a column and a vector that became a matrix, in a run that stops as the shapes of one do not fit."""
    for event in graph.events:
        n = graph.size(event.operands[0]) if event.operands else 0
        stops = f"({n},{n})" in message.replace(" ", "") or f"is different from {n})" in message
        if n > 2 and stops and event.op in ADDING and _is_all_with_all(graph, event):
            return Finding("step", "broadcast-stops", event.index, 0, {"n": n})
    return None


def find_numbers_for_outputs(graph: Graph, message: str) -> Finding | None:
    """A column of a table that is taken for the targets of several outputs, in a run that stops there."""
    shapes = re.search(r"with shapes \((\d+),\) \((\d+),(\d+)\)|with shapes \((\d+),(\d+)\) \((\d+),\)", message)
    if shapes is None:
        return None
    n, rows, units = (int(shapes[k]) for k in ((1, 2, 3) if shapes[1] else (6, 4, 5)))
    made = [event for event in graph.events if event.op in PRODUCTS and graph.shape(event.result) == (n, units)]
    columns = [
        event
        for event in graph.events
        if event.op == "Index" and graph.shape(event.result) == (n,) and len(graph.shape(event.operands[0])) == 2
    ]
    if n != rows or units < 2 or n == units or not made or not columns:
        return None
    return Finding("y", "numbers-for-outputs", columns[0].index, 0, {"n": n, "units": units})


def find_cost_broadcast(network: Network) -> Finding | None:
    """The output, or what is made of it, beside all targets, where only a cost or an accuracy comes of it."""
    step, graph = network.steps[0], network.graph
    if step.out.shape[1] != 1 or step.n < 2 or np.ptp(step.out) == 0 or np.ptp(step.y) == 0:
        return None
    place, y = graph.events[network.passes[0].layers[-1].product].place, step.y.ravel()
    for event in graph.events[step.start :]:
        n = graph.shape(event.result)[0] if event.op in _SIDE_BY_SIDE and graph.shape(event.result) else 0
        if n < 2 or len(event.operands) != 2 or graph.shape(event.result) != (n, n) or not _is_summed_up(graph, event):
            continue
        for k, other in enumerate(event.operands[::-1]):
            source, array = graph.sources[event.index][k], graph.array(other)
            if array is None or {graph.size(event.operands[k]), array.size} != {n} or source < step.start:
                continue
            flat = array.ravel()
            are_targets = any(np.array_equal(flat, one) for one in (y, 1 - y, -y))
            if are_targets and any(graph.events[at].place == place for at in graph.ancestors(source, step.start - 1)):
                return Finding("cost", "cost-broadcast", event.index, network.depth - 1, {"n": n})
    return None


def _is_summed_up(graph: Graph, made: Event) -> bool:
    """Whether one number comes of all entries of a table, as a mean is: not what is nearest to each row."""
    pending, size = [made], graph.size(made.result)
    for _ in range(12):
        if not pending:
            break
        one = pending.pop()
        users = list(graph.users_after(one.result, one.index))
        if any(graph.size(user.result) == 1 for user in users):
            return True
        pending += [user for user in users if graph.size(user.result) == size]
    return False
