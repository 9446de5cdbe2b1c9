"""The sum of the gradients in the place of their mean: a fault where it throws the weights far away, else a note."""

from collections.abc import Mapping

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement

MANY = 20  # samples, at least, whose sum may be too much
WORSE = 1.1  # times the first error that a later one must be


def judge_sum(judgement: Judgement, rates: Mapping[float, int]) -> None:
    """Add what is to be told of the sum of the gradients where the cost is a mean; `rates` are written, with events."""
    network = judgement.network
    fit = judgement.fits.get(f"dW{network.depth}")
    n = judgement.steps[0].n
    if fit is None or n < 2 or any(f.code in ("not-divided", "divided-twice") for f in judgement.findings):
        return
    at_rate = next((at for value, at in rates.items() if abs(abs(fit.c) / abs(value) - 1) < 1e-6), None)
    if at_rate is None:
        return
    layers = network.steps[0].layers
    large = any(
        layer.dW is not None and float(np.abs(layer.dW).max()) > max(0.5, float(np.abs(layer.W).max()))
        for layer in layers
    )
    if (
        n >= 20
        and large
        and _gets_worse(judgement)
        and (network.cost is None or network.cost.is_mean or not network.cost.scaling)
    ):
        judgement.findings.append(Finding("step", "summed-not-averaged", at_rate, network.depth - 1, {"n": n}))
    elif len(network.steps[0].sizes) == 1 or _have_parts(judgement):
        judgement.notes.append(f"the step takes the sum of the gradients of {n} samples, not their mean")


def _gets_worse(judgement: Judgement) -> bool:
    """Whether no step that was seen is as good as the first: long steps may lead down all the same."""
    errors = [float(np.mean((step.out - step.y) ** 2)) for step in judgement.network.steps]
    return len(errors) < 2 or not min(errors[1:]) <= WORSE * errors[0]


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
