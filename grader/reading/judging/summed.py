"""The sum of the gradients in the place of their mean, and the mean of means.

The sum is a note, as long first steps may lead down all the same.
"""

from collections.abc import Iterable

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.own_factors import factor_of_delta
from grader.reading.judging.own_rate import multiplied_numbers

MANY = 20  # samples, at least, whose sum may be too much
LEAST = 5  # samples, by which a factor is no 2, and no number of outputs
EXACT = 1e-6
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
