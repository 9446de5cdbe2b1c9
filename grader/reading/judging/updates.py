"""What the update of a weight is made of: roots, memory, numbers, the weights themselves."""

from collections.abc import Collection

import numpy as np

from grader.reading.judging.fits import TERMS, length
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, OUTER, PARTS, PRODUCTS, VIEWS, Graph
from grader.reading.recorded.recording import Array


def update_terms(judge: Judgement, index: int) -> list[tuple[str, ...]]:
    """What an update may be made of beside the gradient: the weights only where something is made of them."""
    if index not in judge.penalised:
        judge.penalised[index] = _weights_go_in(judge, index)
    return [t for t in TERMS if judge.penalised[index] or not {"W", "sign", "total"} & set(t)]


def _weights_go_in(judge: Judgement, index: int) -> bool:
    """Whether a product of the weights with a number, their sum or their sign is a part of their update."""
    graph = judge.network.graph
    versions = set(judge.network.chain[index].versions)
    for at in judge.ancestors(index):
        event = graph.events[at]
        if at <= judge.start or event.op in PRODUCTS | VIEWS | OUTER | PARTS or event.op.endswith("_like"):
            continue
        for operand in event.operands:
            if graph.size(operand) > 1 and _is_of(judge, operand, at, versions):
                others = [o for o in event.operands if o != operand]
                if event.op not in ADDING or any(_is_gradient_like(judge, o, index) for o in others[:1]):
                    return True
    return False


def _is_of(judge: Judgement, value: int, before: int, versions: set[int]) -> bool:
    """Whether a value is one of some others, or a view or a part of one."""
    graph = judge.network.graph
    for _ in range(6):
        if value in versions:
            return True
        maker = graph.maker(value, before)
        if maker is None or not maker.operands or (maker.op not in VIEWS and maker.op not in PARTS):
            return False
        value, before = maker.operands[0], maker.index
    return False


def _is_gradient_like(judge: Judgement, value: int, index: int) -> bool:
    """Whether what is added to the weights is not the step itself: `dW + W`, of which the step is made."""
    updates = set(judge.network.chain[index].updates)
    graph = judge.network.graph
    return not any(event.index in updates for event in graph.users_after(value, judge.start))


def factors_of(judge: Judgement, G: Array, ancestors: set[int]) -> list[float]:
    """The factors that a gradient has where it stands in the script (a sum, a mean): one goes into the rule."""
    graph = judge.network.graph
    norm = float(np.sum(G * G))
    found: list[float] = []
    for at in sorted(ancestors):
        value = graph.events[at].result
        array = graph.array(value) if graph.size(value) == G.size and at > judge.start else None
        if array is None or not norm:
            continue
        for one in (G.ravel(), G.T.ravel()):
            c = float(np.einsum("i,i->", array.ravel(), one)) / norm
            if c and length(array.ravel() - c * one) < 1e-7 * abs(c) * np.sqrt(norm):
                if all(abs(abs(c) / other - 1) > 1e-9 for other in found):
                    found.append(abs(c))
                break
    return found[:4] or [1.0 / judge.steps[0].n]


def is_adaptive(judge: Judgement, index: int) -> bool:
    return has_root(judge, index) or has_memory(judge, index)


def has_root(judge: Judgement, index: int) -> bool:
    graph = judge.network.graph
    for at in judge.ancestors(index):
        event = graph.events[at]
        if event.op == "sqrt" and graph.size(event.result) > 1:
            return True
        if event.op in ("Pow", "power") and len(event.operands) > 1 and graph.values.scalar(event.operands[1]) == 0.5:
            return True
    return False


def has_memory(judge: Judgement, index: int) -> bool:
    """Whether an update has to do with the step before by more than the parameters, as momentum does."""
    network, graph = judge.network, judge.network.graph
    if len(network.steps) < 2:
        return False
    parameter = network.chain[index]
    barrier = {at for p in network.parameters.all for at in p.updates}
    second = network.steps[1]
    later = [at for at in parameter.updates if at >= second.start]
    if not later:
        return False
    earlier = network.steps[0].start
    seen, pending = {later[0]}, [later[0]]
    while pending:
        at = pending.pop()
        for source in graph.sources[at]:
            if source < earlier or source in seen or source in barrier:
                continue
            if source < second.start and graph.size(graph.events[source].result) == graph.size(parameter.first):
                return True
            seen.add(source)
            pending.append(source)
    return False


def is_left_over(judge: Judgement, index: int, momentum: float) -> bool:
    """Whether what looks like a momentum is what a mean in place leaves of the gradient of the step before.

    `dW += …` for each of n samples, then `dW /= n`, and nothing sets dW to 0: a momentum of 1/n, by which nothing is
    multiplied.
    """
    graph, n = judge.network.graph, judge.steps[0].n
    parameter = judge.network.chain[index]
    if n < 2 or abs(momentum * n - 1) > 1e-5 or len(judge.network.steps) < 2 or len(parameter.updates) < 2:
        return False
    size, start = graph.size(parameter.first), judge.network.steps[1].start
    divided: set[int] = set()
    for at in graph.ancestors(parameter.updates[1], judge.start - 1):
        event = graph.events[at]
        numbers = [graph.values.scalar(operand) for operand in event.operands]
        if event.op in ("Mult", "multiply") and any(x and abs(x / momentum - 1) < 1e-9 for x in numbers):
            return False
        if event.op in ("Div", "divide", "true_divide") and numbers[-1] == n and graph.size(event.result) == size:
            divided.add(event.result)
    return any(
        graph.events[at].op in ADDING and at > start and divided & set(graph.events[at].operands[:1])
        for at in graph.ancestors(parameter.updates[1], start)
        if at != parameter.updates[1]
    )


def constants_of(judge: Judgement, index: int) -> list[float]:
    graph = judge.network.graph
    found: dict[float, None] = {}
    for at in sorted(judge.ancestors(index)):
        for operand in graph.events[at].operands:
            value = graph.values.scalar(operand)
            if value is not None and 0 < value < 1:
                found[value] = None
                if value < 0.5:
                    found[round(1 - value, 12)] = None
    return list(found)[:24]


def is_plain_update(judge: Judgement, index: int) -> bool:
    """Whether nothing but sums, products and factors lies between the output and the weight."""
    odd = SOLVING | {"sqrt", "clip", "sign", "norm", "median", "argsort", "convolve"}
    return not any(judge.network.graph.events[at].op in odd for at in judge.ancestors(index) if at > judge.start)


#: Newton's steps and their like: what is made of a gradient by them is no multiple of it
SOLVING = frozenset(["solve", "lstsq", "inv", "pinv", "cho_solve", "cho_factor", "cholesky", "svd", "eigh", "qr"])
_ODD = SOLVING | {"sqrt", "clip", "sign", "norm", "median", "argsort", "convolve", "minimum", "maximum"}
_DRAWN = frozenset(["randn", "rand", "normal", "standard_normal", "uniform", "random", "random_sample"])


def is_plain_step(graph: Graph, value: int, update: int, forward_end: int, forward: Collection[int]) -> bool:
    """Whether a version of a parameter is changed by factors of sums alone: no root, limit, noise, or memory.

    It is seen among what has the size of the parameter and was made after the forward pass; `forward` are the events
    that the end of that descends from. Memory is what was made before it, and has no part in it.
    """
    size, maker = graph.size(value), graph.maker(value, forward_end)
    pass_ = {at for at in forward if maker is None or at > maker.index}  # not what went before the version was made
    used = {operand for at in pass_ for operand in graph.events[at].operands}
    for at in graph.ancestors(update, forward_end):
        event = graph.events[at]
        if graph.size(event.result) != size:
            continue
        if event.op in _ODD or event.op in _DRAWN:
            return False
        if event.op in ("Pow", "power") and graph.values.scalar(event.operands[-1]) == 0.5:
            return False
        for source, operand in zip(graph.sources[at], event.operands, strict=True):
            is_older = source <= forward_end and graph.size(operand) == size and operand not in graph.made_at_random
            if is_older and source not in pass_ and operand not in used and graph.base(operand, at)[0] not in used:
                return False
    return True


def goes_into_its_step(graph: Graph, value: int, update: int, forward_end: int) -> bool:
    """Whether a parameter goes into what it is changed by: a penalty on it, or weights that decay."""
    events = [graph.events[at] for at in graph.ancestors(update, forward_end)]
    return any(
        graph.size(event.result) == graph.size(value)
        and any(graph.base(operand, event.index)[0] == value for operand in event.operands)
        for event in events
        if event.op not in VIEWS and event.op not in PARTS and (event.index != update or event.op not in ADDING)
    )
