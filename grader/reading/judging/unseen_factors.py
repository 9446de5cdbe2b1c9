"""A second 1/n in gradients of which Adam, or a rule like it, makes the steps: it divides by their size."""

from collections.abc import Collection

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.own_factors import coefficient, factor_of_delta
from grader.reading.judging.updates import update_terms
from grader.reading.recorded.recording import Array

ALIKE = 1e-6
MEANS = (1.0, 2.0, 0.5)  # what the mean gradient of a usual cost is, times n and the error


def judge_unseen_factors(judgement: Judgement) -> None:
    """Add a gradient that is divided by the number of samples once more, beside others that are means."""
    network, step = judgement.network, judgement.steps[0]
    n, depth = step.n, network.depth
    if judgement.findings or n < 2 or len(step.sizes) > 1 or len(judgement.used) < depth:
        return
    if any(f"dW{k + 1}" not in judgement.optimizers or _is_penalised(judgement, k) for k in range(depth)):
        return
    top = factor_of_delta(judgement, depth - 1)
    if top is None or not any(abs(abs(top) * n / one - 1) < ALIKE for one in MEANS):
        return
    reference, expected, told = 0.0, top, list[Finding]()
    for index in range(depth - 1, -1, -1):
        delta, bias = judgement.used[index][0], network.biases[index]
        made = [("dW", step.layers[index].u.T @ delta, judgement.ancestors(index))]
        if bias is not None and bias.updates and f"db{index + 1}" in judgement.right:
            made.append(("db", delta.sum(0), network.graph.ancestors(bias.updates[0], judgement.start - 1)))
        known = [_last(judgement, gradient, events, expected / n) for _, gradient, events in made]
        found = [one for one in known if one is not None]
        if len(found) < len(made):
            return
        reference = reference or max(abs(factor) for factor, _ in found)
        small = [abs(abs(factor) * n / reference - 1) < ALIKE for factor, _ in found]
        if any(abs(abs(factor) / reference - 1) > ALIKE and not is_small
               for (factor, _), is_small in zip(found, small, strict=True)):  # fmt: skip
            return  # another rate
        facts: dict[str, float | int | str] = {"n": n, "rule": judgement.optimizers[f"dW{index + 1}"].name}
        if all(small) and index < depth - 1:
            at = _first(judgement, index, expected / n)
            told.append(Finding(f"δ{index + 1}", "divided-twice-unseen", at, index, facts))
            reference, expected = reference / n, expected / n
            continue
        told += [
            Finding(f"{kind}{index + 1}", "divided-twice-unseen", at, index, facts)
            for (kind, _, _), (_, at), is_small in zip(made, found, small, strict=True)
            if is_small
        ]
    judgement.findings += told


def _is_penalised(judgement: Judgement, index: int) -> bool:
    """Whether the weights go into their own step: the gradient is then a part of what is divided."""
    return any("W" in terms for terms in update_terms(judgement, index))


def _last(judgement: Judgement, gradient: Array, events: Collection[int], wanted: float) -> tuple[float, int] | None:
    """(by which number a gradient goes into the rule, the first event that gives it the factor that is wanted)."""
    if np.unique(np.abs(gradient)).size < 3:
        return None
    found = []
    for at in sorted(events):
        factor = coefficient(judgement, gradient, judgement.network.graph.events[at].result)
        found += [(factor, at)] if factor is not None and at >= judgement.start else []
    near = (at for factor, at in found if abs(factor / wanted - 1) < ALIKE)
    return (found[-1][0], next(near, found[-1][1])) if found else None


def _first(judgement: Judgement, index: int, factor: float) -> int | None:
    """The first event that gives a hidden δ, or what comes from above before its slope is multiplied in, a factor."""
    events, above = judgement.network.graph.events, judgement.steps[0].layers[index + 1].W
    delta = judgement.used[index][0]
    sent = judgement.used[index + 1][0] @ above.T
    for at in sorted(judgement.ancestors(index)):
        value = events[at].result if at >= judgement.start else None
        known = [] if value is None else [coefficient(judgement, array, value) for array in (sent, delta)]
        if any(found is not None and abs(found / factor - 1) < ALIKE for found in known):
            return at
    return None
