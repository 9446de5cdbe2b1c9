"""What is added to a right gradient, and belongs to no derivative: a number for all weights, or other parameters."""

from collections.abc import Sequence

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.fits import Change, length
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, PARTS, SCALING, VIEWS
from grader.reading.recorded.recording import Array

SAME = 1e-6
PARALLEL = 1e-9
NUMBER = "number-added"
_SUMS = frozenset(["sum", "mean", "norm"])
_SQUARES = frozenset(["Pow", "power", "square", "norm", "Mult", "multiply"])


def find_added(judge: Judgement, index: int, change: Change, G: Sequence[Array], whole: Array) -> Finding | None:
    """The fault of a step that is the gradient and one thing more: `dW + λ·np.sum(W**2)`, `W -= rate + dW`.

    Args:
        change: of the weights that are looked at.
        G: their gradients in all steps.
        whole: the gradient of all weights in the first step.
    """
    return _number(judge, index, change, G) or _other_parameter(judge, index, whole) or _factor(judge, index, whole)


def _number(judge: Judgement, index: int, change: Change, G: Sequence[Array]) -> Finding | None:
    """A number that is the same for all weights: what varies among their changes is the gradient alone."""
    rates = [_rate(judge, moved, g) for moved, g in zip(change.changes, G, strict=True)]
    if not rates or None in rates or change.changes[0].size < 4:
        return None
    rate = abs(rates[0] or 0.0)
    constant = float(change.changes[0].mean() - (rates[0] or 0.0) * G[0].mean())
    graph, size = judge.network.graph, judge.network.graph.size(judge.network.chain[index].first)
    for at in sorted(judge.ancestors(index)):
        event = graph.events[at]
        if at < judge.start or event.op not in ADDING or graph.size(event.result) != size:
            continue
        for source, operand in zip(graph.sources[at], event.operands, strict=True):
            number = graph.values.scalar(operand)
            times = abs(constant / number) if number else 0.0
            n, outputs = judge.steps[0].n, judge.steps[0].y.shape[1]
            if any(abs(times / one - 1) < SAME for one in (1.0, rate, rate * n, rate * n * outputs)):
                code = _of_penalty(judge, source)
                return Finding(f"{'W' if code == NUMBER else 'dW'}{index + 1}", code, at, index)
    return None


def _rate(judge: Judgement, moved: Array, gradient: Array) -> float | None:
    """What the gradient is multiplied by, where all else in a change is one number."""
    d, g = (moved - moved.mean()).ravel(), (gradient - gradient.mean()).ravel()
    norm = float(np.einsum("i,i->", g, g))
    rate = float(np.einsum("i,i->", d, g)) / norm if norm else 0.0
    return rate if rate and length(d - rate * g) < judge.strict * length(d) else None


def _of_penalty(judge: Judgement, source: int) -> str:
    """Whether a number is a sum over weights, of their squares, or none."""
    graph = judge.network.graph
    made = [graph.events[at] for at in graph.ancestors(source, judge.start)] if source > judge.start else []
    sums = [one for one in made if one.op in _SUMS and one.operands and graph.size(one.operands[0]) > 1]
    if not any(_is_of_weights(judge, one.index) for one in sums):
        return NUMBER
    squares = any(one.op in _SQUARES and graph.size(one.result) > 1 for one in made)
    return "penalty-itself" if squares or any(one.op == "norm" for one in sums) else "penalty-sum-of-weights"


def _is_of_weights(judge: Judgement, at: int) -> bool:
    graph, owners = judge.network.graph, judge.network.parameters
    return any(owners.owner(o, one) for one in graph.ancestors(at, judge.start) for o in graph.events[one].operands)


def _other_parameter(judge: Judgement, index: int, whole: Array) -> Finding | None:
    """A multiple of another parameter, as `dW1 + λ·W2` where λ·W1 was meant."""
    graph, parameters = judge.network.graph, judge.network.parameters
    parameter, layer = judge.network.chain[index], judge.steps[0].layers[index]
    size = graph.size(parameter.first)
    for at in sorted(judge.ancestors(index)):
        event = graph.events[at]
        if at < judge.start or event.op not in ADDING or graph.size(event.result) != size or layer.dW is None:
            continue
        for operand in event.operands:
            value, before, is_scaled = operand, at, False
            while (maker := graph.maker(value, before)) is not None and maker.op in SCALING | VIEWS | PARTS:
                if value in parameters.of:
                    break
                is_scaled = is_scaled or maker.op in SCALING
                inner = [one for one in maker.operands if graph.size(one) > 1]
                if len(inner) != 1:
                    break
                value, before = inner[0], maker.index
            owner, added = parameters.owner(value), graph.array(operand)
            if owner is None or owner[0] is parameter or not is_scaled or added is None or not added.any():
                continue
            if _is_all(judge, layer.dW, whole, added):
                facts: dict[str, float | int | str] = {"value": value}
                return Finding(f"dW{index + 1}", "penalty-of-another", at, index, facts)
    return None


def _factor(judge: Judgement, index: int, whole: Array) -> Finding | None:
    """A value of the forward pass, or the weights, by which the gradient is multiplied on its way to the step."""
    graph, layer = judge.network.graph, judge.steps[0].layers[index]
    size, moved = graph.size(judge.network.chain[index].first), layer.dW
    forward = {event.result for event in graph.events[judge.network.passes[0].first : judge.start]}
    for at in sorted(judge.ancestors(index)):
        event = graph.events[at]
        array = graph.array(event.result)
        if at < judge.start or event.op not in ("Mult", "multiply") or graph.size(event.result) != size:
            continue
        for gradient, factor in (event.operands, event.operands[::-1]):
            one = graph.array(gradient)
            if one is None or one.size != size or graph.size(factor) < 2 or array is None or moved is None:
                continue
            base = graph.base(factor, at)[0]
            is_known = base in forward or judge.network.parameters.owner(base) is not None
            if is_known and _is_along(one, whole) and _is_along(array, moved) and not _is_along(moved, whole):
                return Finding(f"dW{index + 1}", "multiplied-again", at, index, {"value": factor})
    return None


def _is_along(one: Array, other: Array) -> bool:
    """Whether an array is a multiple of another, or of that turned."""
    for form in (other, other.T):
        norms = length(one.ravel()) * length(form.ravel())
        if norms and abs(abs(float(np.einsum("i,i->", one.ravel(), form.ravel()))) / norms - 1) < PARALLEL:
            return True
    return False


def _is_all(judge: Judgement, moved: Array, gradient: Array, added: Array) -> bool:
    """Whether the first change is made of the gradient and that alone."""
    for one in (added, added.T):
        if one.ndim > 2 or one.shape[-1:] not in ((1,), gradient.shape[-1:]) or one.size > gradient.size:
            continue
        if one.ndim == 2 and one.shape[0] not in (1, gradient.shape[0]):
            continue
        table = np.stack([gradient.ravel(), np.broadcast_to(one, gradient.shape).ravel()], axis=1)
        found = np.linalg.lstsq(table, moved.ravel(), rcond=None)[0]
        if length(table @ found - moved.ravel()) < judge.strict * length(moved.ravel()) and found.all():
            return True
    return False
