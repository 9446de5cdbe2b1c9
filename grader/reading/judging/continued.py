"""Plain steps on the same samples, taken further than the run was followed: do they lead away for good?

Where all samples make one step, the next step is known when the last one is: it is computed here with what was read.
That it is the file's own step is seen from those that were recorded.
"""

from itertools import pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.hypotheses import without_ones
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.activations import IDENTITY, OWN
from grader.reading.recorded.recording import Array
from grader.reading.structure.network import Step

STEPS = 60  # that are taken further
BEYOND = 1e6  # times the first cost, from which nothing comes back
BEYOND_OF_A_LINE = 1e3  # the same of one linear layer, whose steps lead away for ever once they do
MOST = 2e9  # multiplications in all of them
SAME = 1e-6  # up to which a step that was recorded must be the one that is computed


def judge_continued(judgement: Judgement) -> None:
    """Add to the findings that the steps lead away, where the run was ended before that shows."""
    network, steps = judgement.network, judgement.steps
    if judgement.findings or not _is_plain(judgement):
        return
    taken = STEPS if network.graph.recording.end == "steps" else min(STEPS, len(network.chain[-1].updates))
    size = sum(layer.W.size for layer in steps[0].layers) * steps[0].n
    if len(steps) < 2 or size * 3 * STEPS > MOST:
        return
    parameters = [(layer.W, None if layer.b is None else layer.b.ravel()) for layer in steps[0].layers]
    beyond = BEYOND_OF_A_LINE if network.depth == 1 else BEYOND
    first = float(np.mean((steps[0].out - steps[0].y) ** 2))
    for count in range(1, taken + 1):
        with np.errstate(all="ignore"):
            parameters, out = _after(judgement, parameters)
        if count < len(steps) and not _is_as_recorded(parameters, steps[count]):
            return
        cost = float(np.mean((out - steps[0].y) ** 2))
        if count > len(steps) and (not np.isfinite(cost) or cost > beyond * max(first, 1e-6)):
            facts: dict[str, float | int | str] = {"first": f"{first:.3g}", "last": f"{cost:.3g}", "steps": count - 1}
            updates = network.chain[-1].updates
            judgement.findings.append(
                Finding("step", "steps-lead-away", updates[0] if updates else None, network.depth - 1, facts)
            )
            return


def _is_plain(judgement: Judgement) -> bool:
    """Whether all changes are one multiple each of the right gradient, of the same samples, and nothing more."""
    network, steps = judgement.network, judgement.steps
    if judgement.unread or judgement.optimizers or judgement.directions or network.output_activation is not IDENTITY:
        return False
    if judgement.used_cost not in (None, "squared error"):
        return False
    if any(found is None or found.couples or found.name == OWN for found in network.activations):
        return False
    for one, later in pairwise(steps):
        if not np.array_equal(one.layers[0].u, later.layers[0].u) or not np.array_equal(one.y, later.y):
            return False
    for index, layer in enumerate(steps[0].layers):
        fits = [judgement.fits.get(f"dW{index + 1}")]
        if layer.b is not None:
            fits.append(judgement.fits.get(f"db{index + 1}"))
        if any(fit is None or fit.rates or fit.momentum or fit.kappa or fit.kappa_sign for fit in fits):
            return False
        if layer.mask is not None or (layer.b is not None and layer.b.size != layer.W.shape[1]):
            return False
    return True


def _after(
    judgement: Judgement, parameters: list[tuple[Array, Array | None]]
) -> tuple[list[tuple[Array, Array | None]], Array]:
    """The parameters after one more step, and what the network gave before it."""
    u, y, ones = judgement.steps[0].layers[0].u, judgement.steps[0].y, judgement.network.ones
    entered, sums = [], []
    for index, (W, b) in enumerate(parameters):
        if ones is not None and len(W) == u.shape[1] + 1:
            u = np.insert(u, 0 if ones == 0 else u.shape[1], 1.0, axis=1)
        z = u @ W if b is None else u @ W + b
        entered.append(u)
        sums.append(z)
        u = judgement.activation(index).f(z)
    delta = u - y
    found: list[tuple[Array, Array | None]] = []
    for index in range(len(parameters) - 1, -1, -1):
        W, b = parameters[index]
        fit = judgement.fits[f"dW{index + 1}"]
        changed = None if b is None else b - judgement.fits[f"db{index + 1}"].c * delta.sum(0)
        found.insert(0, (W - fit.c * entered[index].T @ delta, changed))
        if index:
            below = sums[index - 1]
            W = without_ones(W, ones, len(W) - below.shape[1])
            delta = delta @ W.T * judgement.activation(index - 1).slope(below)
    return found, u


def _is_as_recorded(parameters: list[tuple[Array, Array | None]], step: Step) -> bool:
    for (W, b), layer in zip(parameters, step.layers, strict=True):
        pairs = (
            [(W, layer.W)] if b is None or layer.b is None else [(W, layer.W), (b, np.reshape(layer.b, np.shape(b)))]
        )
        if any(not np.abs(one - other).max() <= SAME * max(1.0, np.abs(other).max()) for one, other in pairs):
            return False
    return True
