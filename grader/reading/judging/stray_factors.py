"""What a δ that nothing explains is multiplied by in the file: a factor too many, or one that is not the slope.

A δ is a product of few factors, and each of them stands somewhere in the text. Where what comes back is one of them
and right, the others are to blame, and they have names.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.reading.judging.delta_hypotheses import errors_times_number
from grader.reading.judging.finding import Finding
from grader.reading.judging.fits import length
from grader.reading.judging.hypotheses import Hypothesis, errors, without_ones
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.own_factors import coefficient
from grader.reading.recorded.graph import PRODUCTS, VIEWS
from grader.reading.recorded.recording import Array, Event

MULTIPLYING = ("Mult", "multiply")
SAME = 1e-9
MAX_FACTORS = 12
CODES = frozenset(["stray-factor", "not-the-slope", "sent-through-another"])
OF_STEPS = frozenset(["times-mean-error", "times-cost"])


def with_number_of_step(judgement: Judgement) -> list[Hypothesis]:
    """δ of the output with the mean error, or the cost, as a factor: those that the file multiplies an error by.

    Behind δ it would be a rate of each step, which is nobody's mistake.
    """
    activation = judgement.network.activations[-1]
    return [
        hypothesis
        for code, numbers in _numbers_of_steps(judgement)
        if _multiplication(judgement, numbers[0]) is not None and not _is_squared(judgement, numbers[0])
        for hypothesis in errors_times_number(judgement.steps, activation, code, numbers)
    ]


def where_multiplied(judgement: Judgement, code: str) -> int | None:
    """The event that multiplies the errors by a number of the step."""
    found = (_multiplication(judgement, numbers[0]) for one, numbers in _numbers_of_steps(judgement) if one == code)
    return next((at for at in found if at is not None), None)


def _numbers_of_steps(judgement: Judgement) -> list[tuple[str, list[float]]]:
    E = errors(judgement.steps)
    if judgement.steps[0].n < 2:
        return []
    found = [
        ("times-mean-error", [float(e.mean()) for e in E]),
        ("times-cost", [float(np.mean(e * e)) for e in E]),
        ("times-cost", _costs(judgement)),
    ]
    return [(code, numbers) for code, numbers in found if numbers and all(numbers) and np.isfinite(numbers).all()]


def _costs(judgement: Judgement) -> list[float]:
    """The cross-entropy of each step, up to a factor; empty if the output is no probability."""
    found = []
    for step in judgement.steps:
        p, y = step.out, step.y
        if not ((p > 0) & (p < 1)).all():
            return []
        rest = 0.0 if judgement.activation(judgement.network.depth - 1).couples else (1 - y) * np.log(1 - p)
        found.append(float(np.mean(y * np.log(p) + rest)))
    return found


def _is_squared(judgement: Judgement, number: float) -> bool:
    """Whether the file squares a number: its square may be the cost, and the number a part of its derivative."""
    graph, step = judgement.network.graph, judgement.steps[0]
    for event in graph.events[judgement.network.passes[0].first : step.end + 1]:
        if event.op in ("Pow", "power", "square", *MULTIPLYING) and graph.size(event.result) == 1:
            parts = [graph.values.scalar(operand) for operand in event.operands]
            squared = graph.values.scalar(event.result)
            if parts[0] and squared and abs(squared / parts[0] ** 2 - 1) < SAME:
                ratio = abs(parts[0] / number)
                if any(abs(ratio / (a * step.n**b) - 1) < SAME for a in (0.5, 1, 2) for b in (0, 1)):
                    return True
    return False


def _multiplication(judgement: Judgement, number: float) -> int | None:
    """Where an array of the size of the errors is multiplied by a number, or by a usual multiple of it."""
    graph, step = judgement.network.graph, judgement.steps[0]
    sizes = {step.y.size, step.y[: step.sizes[0]].size}
    usual = [a * b for a in (1.0, 2.0, 0.5) for b in (1, step.n, step.y.shape[1], step.n * step.y.shape[1])]
    for at in sorted(judgement.ancestors(judgement.network.depth - 1)):
        event = graph.events[at]
        if event.op not in MULTIPLYING or graph.size(event.result) not in sizes:
            continue
        scalars = [abs(s) for operand in event.operands if (s := graph.values.scalar(operand))]
        if any(abs(s / abs(number) / factor - 1) < SAME for s in scalars for factor in usual):
            return at
    return None


def find_stray_factor(judgement: Judgement, index: int, made: int, delta: Array) -> Finding | None:
    """The fault of the δ that the event `made` makes, where its factors tell; `delta` is the right one."""
    graph = judgement.network.graph
    first = judgement.steps[0].sizes[0]
    used = graph.array(graph.events[made].result)
    for due in (delta, delta[:first]):
        if used is None or used.size != due.size or not np.isfinite(due).all() or not due.any():
            continue
        for is_turned in (False, True):
            shape = due.T.shape if is_turned else due.shape
            if used.shape not in (shape, (due.size,)):
                continue
            own, wanted = used.reshape(shape), due.T if is_turned else due
            factors = [
                (at, value, array)
                for at, value in _factors(judgement, made)
                if (array := _spread(graph.array(value), shape)) is not None
            ]
            part = _what_comes_back(judgement, index)[: len(due)]
            back = part.T if is_turned else part
            found = _one_too_many(index, own, wanted, factors)
            # of slopes that are all alike for now, what comes back is δ already but for a number
            is_alike = judgement.activation(index).name != "identity" and _is_multiple(wanted, back)
            found = (None if is_alike else found) or _not_the_slope(index, own, back, factors) or found
            if found is not None and _is_diagonal(judgement, index, found, is_turned):
                found = replace(found, code="softmax-diagonal-slope")
            found = found or _sent_through_another(judgement, index, own, is_turned, factors)
            if found is not None:
                return found
    return None


def _factors(judgement: Judgement, made: int) -> Iterator[tuple[int, int]]:
    """The values that are multiplied together to make an event's result, each with the event that multiplies it."""
    graph = judgement.network.graph
    pending = [made]
    for _ in range(MAX_FACTORS):
        if not pending:
            return
        at = pending.pop(0)
        event = graph.events[at]
        if not _is_product(judgement, event):
            continue
        for source, operand in zip(graph.sources[at], event.operands, strict=True):
            inner = graph.events[source] if source >= judgement.start else None
            if inner is not None and _is_product(judgement, inner):
                pending.append(source)
            if event.op in MULTIPLYING and graph.size(operand) > 1:
                yield at, operand


def _is_product(judgement: Judgement, event: Event) -> bool:
    """Whether an event multiplies, divides by a number or only gives its operand another form."""
    graph = judgement.network.graph
    is_divided = event.op in ("Div", "divide", "true_divide") and graph.size(event.operands[-1]) == 1
    return event.op in MULTIPLYING or is_divided or (event.op in VIEWS and bool(event.operands))


def is_choice(judgement: Judgement, finding: Finding) -> bool:
    """Whether a factor of the last δ is there before the pass: weights of samples or classes are nobody's mistake."""
    if finding.code != "stray-factor" or finding.layer < judgement.network.depth - 1:
        return False
    made = judgement.network.graph.maker(int(finding.facts["value"]), finding.event)
    return made is None or made.index < judgement.network.passes[0].first


def _spread(array: Array | None, shape: tuple[int, ...]) -> Array | None:
    """As an array of this shape, in the way in which numpy spreads a smaller one."""
    if array is None or not np.isfinite(array).all():
        return None
    try:
        return np.broadcast_to(array, shape)
    except ValueError:
        return None


def _is_multiple(one: Array, other: Array) -> bool:
    norm = float(np.sum(other * other))
    c = float(np.sum(one * other)) / norm if norm else 0.0
    return bool(c) and length((one - c * other).ravel()) < SAME * abs(c) * np.sqrt(norm)


def _one_too_many(index: int, used: Array, due: Array, factors: list[tuple[int, int, Array]]) -> Finding | None:
    if _is_multiple(used, due):
        return None
    for at, value, factor in factors:
        if np.ptp(factor) > 0 and _is_multiple(used, due * factor):
            return Finding(f"δ{index + 1}", "stray-factor", at, index, {"value": value})
    return None


def _what_comes_back(judgement: Judgement, index: int) -> Array:
    """What the slope must be multiplied with: the error, or δ of the layer above through its weights."""
    step = judgement.steps[0]
    if index == judgement.network.depth - 1:
        return np.asarray(step.out - step.y)
    W = step.layers[index + 1].W
    units = step.layers[index].z.shape[1]
    weights = without_ones(W, judgement.network.ones, W.shape[0] - units)
    return np.asarray(judgement.used[index + 1][0] @ weights.T)


def _not_the_slope(index: int, used: Array, back: Array, factors: list[tuple[int, int, Array]]) -> Finding | None:
    """The other factors, where what comes back is one, and they are one value together."""
    if back.shape != used.shape or not any(_is_multiple(array, back) for _, _, array in factors):
        return None
    for at, value, factor in factors:
        if np.ptp(factor) > 0 and not _is_multiple(factor, back) and _is_multiple(used, back * factor):
            return Finding(f"δ{index + 1}", "not-the-slope", at, index, {"value": value})
    return None


def _is_diagonal(judgement: Judgement, index: int, found: Finding, is_turned: bool) -> bool:
    """Whether what stands in the place of a softmax's slope is the diagonal of its Jacobian."""
    activation = judgement.network.activations[index]
    value = judgement.network.graph.array(int(found.facts["value"]))
    a = judgement.steps[0].out[: judgement.steps[0].sizes[0]]
    if activation is None or not activation.couples or index < judgement.network.depth - 1 or value is None:
        return False
    diagonal = (a * (1 - a)).T if is_turned else a * (1 - a)
    return value.size == diagonal.size and _is_multiple(value.reshape(diagonal.shape), diagonal)


def _sent_through_another(
    judgement: Judgement, index: int, used: Array, is_turned: bool, factors: list[tuple[int, int, Array]]
) -> Finding | None:
    """δ of the layer above that is multiplied with another array than the weights, where the slope is right."""
    step, graph = judgement.steps[0], judgement.network.graph
    if index == judgement.network.depth - 1 or len(step.sizes) > 1:
        return None
    slope = judgement.activation(index).slope(step.layers[index].z)
    above = judgement.used[index + 1][0]
    weights = {judgement.network.passes[0].layers[index + 1].weights}
    for at, value, factor in factors:
        if not _is_multiple(used, factor * (slope.T if is_turned else slope)):
            continue
        base, _ = graph.base(value, at)
        product = graph.maker(base, at)
        if product is None or product.op not in PRODUCTS or len(product.operands) != 2:
            continue
        for one, other in (product.operands, product.operands[::-1]):
            through = graph.base(other, product.index)[0]
            if coefficient(judgement, above, graph.base(one, product.index)[0]) is not None and through not in weights:
                if through in judgement.network.chain[index + 1].versions:
                    return Finding(f"δ{index + 1}", "new-weights", product.index, index)
                facts: dict[str, float | int | str] = {"value": through}
                return Finding(f"δ{index + 1}", "sent-through-another", product.index, index, facts)
    return None
