"""The sum of the gradients in the place of their mean: a note, as long first steps may lead down all the same."""

from collections.abc import Iterable

import numpy as np

from grader.reading.judging.judgement import Judgement
from grader.reading.judging.own_rate import multiplied_numbers

MANY = 20  # samples, at least, whose sum may be too much
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
