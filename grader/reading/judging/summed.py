"""The sum of the gradients in the place of their mean, the mean of means, and other counts than that of the samples.

The sum is a note, as long first steps may lead down all the same.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.own_factors import factor_of_delta
from grader.reading.judging.own_rate import multiplied_numbers, written_rates
from grader.reading.judging.penalties import taken_from
from grader.reading.recorded.graph import SCALING

MANY = 20  # samples, at least, whose sum may be too much
LEAST = 5  # samples, by which a factor is no 2, and no number of outputs
EXACT = 1e-6
MANY_TIMES = 5  # as many samples as a batch has, from which on dividing by all of them is told
WORSE = 1.1  # times the first error that a later one must be


def judge_sum(judgement: Judgement, rates: Iterable[float]) -> None:
    """Add what is to be told of the sum of the gradients where the cost is a mean; `rates` are those written."""
    network = judgement.network
    fit = judgement.fits.get(f"dW{network.depth}")
    n = judgement.steps[0].n
    if judgement.is_driven or fit is None or n < 2:
        return  # how many there are in a step is no choice of the file
    if any(f.code in ("not-divided", "divided-twice") for f in judgement.findings):
        return
    written = [abs(value) for value in rates]
    if not any(abs(abs(fit.c) / value - 1) < 1e-6 for value in written):
        return
    if any(abs(abs(fit.c) * n / value - 1) < 1e-6 for value in multiplied_numbers(judgement, network.depth - 1)):
        return  # it is divided by n, and the other a number of something else
    if any(abs(abs(fit.c) * n / value - 1) < 1e-6 for value in written):
        return  # it may be that one divided by n before
    if len(network.steps[0].sizes) > 1 and not _have_parts(judgement):
        return
    told = f"the step takes the sum of the gradients of {n} samples, not their mean"
    errors = [float(np.mean((step.out - step.y) ** 2)) for step in network.steps]
    if n >= MANY and len(errors) > 1 and min(errors[1:]) > WORSE * errors[0]:
        told += (
            f": the first step brings the mean squared error from {errors[0]:.3g} to {errors[1]:.3g}. If the training "
            f"does not come down from there, divide by {n}"
        )
    judgement.notes.append(told)


def judge_mean_of_means(judgement: Judgement) -> None:
    """Add that δ of the output is divided by the number of samples, and the step once more."""
    top, step = judgement.network.depth - 1, judgement.steps[0]
    fit, factor, n = judgement.fits.get(f"dW{top + 1}"), factor_of_delta(judgement, top), step.n
    if fit is None or factor is None or n < LEAST or len(step.sizes) > 1 or judgement.findings or fit.rates:
        return
    usual = [a / b for a in (0.5, 1.0, 2.0) for b in {1, step.y.shape[1]}]
    is_mean = any(abs(abs(factor) * n / one - 1) < EXACT for one in usual)
    rates = [abs(fit.c) * n / abs(factor) / number for number in multiplied_numbers(judgement, top) if number]
    if (
        is_mean
        and any(abs(rate - 1) < EXACT for rate in rates)
        and not any(abs(rate / n - 1) < EXACT for rate in rates)
    ):
        facts: dict[str, float | int | str] = {"n": n}
        updates = judgement.network.chain[top].updates
        judgement.findings.append(Finding("step", "mean-of-means", updates[0] if updates else None, top, facts))


def _have_parts(judgement: Judgement) -> bool:
    """Whether several passes have a part in a step: of one that changes nothing the weights are the same after it."""
    step = judgement.steps[0]
    starts = np.cumsum([0, *step.sizes[:-1]])
    parts = [
        any(
            (layer.u[at : at + size].T @ deltas[0][at : at + size]).any()
            for layer, deltas in ((step.layers[index], judgement.used[index]) for index in judgement.used)
        )
        for at, size in zip(starts, step.sizes, strict=True)
    ]
    return sum(parts) > 1


def judge_divided_by_features(judgement: Judgement, rates: Mapping[str, float]) -> None:
    """The number of inputs where that of the samples should be.

    A small number may be divided by for many reasons, but not where two rates differ by what lies between the two.
    """
    network = judgement.network
    features, n = network.steps[0].layers[0].u.shape[1], judgement.steps[0].n
    is_between = any(abs(abs(a / b) * features / n - 1) < 1e-3 for a in rates.values() for b in rates.values())
    sizes = {n, 1, network.steps[0].y.shape[1], sum(network.steps[0].sizes)}
    if features in (1, n) or (not is_between and (features in sizes or features <= 4)):
        return
    before = len(judgement.findings)
    _find_division_by_features(judgement, features, n)
    if len(judgement.findings) > before:  # each layer has its own number of inputs
        judgement.notes = [note for note in judgement.notes if "times the rate of" not in note]


def _find_division_by_features(judgement: Judgement, features: int, n: int) -> None:
    network, graph = judgement.network, judgement.network.graph
    ancestors = set().union(*[judgement.ancestors(index) for index in range(network.depth)])
    for at in sorted(ancestors):
        event = graph.events[at]
        is_division = event.op in ("Div", "divide", "true_divide") and at > judgement.start and len(event.operands) == 2
        if is_division and graph.values.scalar(event.operands[1]) == features:
            facts: dict[str, float | int | str] = {"features": features, "n": n}
            judgement.findings.append(Finding("step", "divided-by-features", at, network.depth - 1, facts))
            return
    for event in graph.events[: judgement.start]:  # 1 / m, made before
        if event.op == "Div" and graph.values.scalar(event.operands[-1]) == features and graph.size(event.result) == 1:
            users = [u for u in graph.users.get(event.result, ()) if u in ancestors and u > judgement.start]
            if users:
                facts = {"features": features, "n": n}
                judgement.findings.append(Finding("step", "divided-by-features", event.index, network.depth - 1, facts))
                return


def judge_divided_by_all(judgement: Judgement) -> None:
    """The number of all samples where that of the batch should be: a mean of a few is taken for that of many."""
    network, n = judgement.network, judgement.steps[0].n
    total = taken_from(judgement)
    fit = judgement.fits.get(f"dW{network.depth}")
    is_told = any(finding.quantity == "step" for finding in judgement.findings)
    if total is None or fit is None or n < 2 or total < MANY_TIMES * n or is_told:
        return
    written = [abs(literal) for literal in written_rates(judgement)]

    def is_divided(by: float) -> bool:
        return any(abs(abs(fit.c) * by / literal - 1) < 1e-6 for literal in written)

    is_mean_of_all, is_other = is_divided(total), any(is_divided(by) for by in (1, n, 0.5, n / 2))
    at = _division(judgement, total)
    if at is not None and is_mean_of_all and not is_other:
        facts: dict[str, float | int | str] = {"total": total, "n": n, "times": round(total / n)}
        judgement.findings.append(Finding("step", "divided-by-all-samples", at, network.depth - 1, facts))


def _division(judgement: Judgement, number: int) -> int | None:
    """Where the way back is divided by a number, or multiplied by what it is one part of."""
    graph = judgement.network.graph
    ancestors = set().union(*[judgement.ancestors(index) for index in range(judgement.network.depth)])
    for at in sorted(ancestors):
        event = graph.events[at]
        scalars = [graph.values.scalar(operand) for operand in event.operands] if event.op in SCALING else []
        if at > judgement.start and graph.size(event.result) > 1 and {float(number), 1.0 / number} & set(scalars):
            return at
    return None
