"""A δ with a factor that the δ above it has not: `2 * (delta @ W.T)`, or a slope of 2 where it is 1.

The factor of the cost (½, 2/n) belongs to the last δ and comes down to all others with it. What joins them on the way
down belongs to one layer alone: no cost has such a gradient.
"""

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.fits import length
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.activations import OWN
from grader.reading.recorded.recording import Array

LEAST = 0.02  # by which a factor must differ from 1: less may come of an ε
ALIKE = 1e-3


def find_own_factor(judgement: Judgement, numbers: list[float]) -> Finding | None:
    """The uppermost hidden δ with a factor of its own; `numbers` are those by which the script multiplies in a step.

    Two rates of the script may stand in two δ: a factor that lies between two of its numbers is none.
    """
    for index in range(judgement.network.depth - 2, -1, -1):
        ratio = _ratio(judgement, index)
        if ratio is None:
            return None
        if abs(ratio - 1) < LEAST:
            continue
        own, above = factor_of_delta(judgement, index), factor_of_delta(judgement, index + 1)
        if own is None and above is not None and judgement.activation(index).name == OWN:  # its slope is measured
            own = above * ratio if _where(judgement, index, above * ratio) is not None else None
        n = judgement.steps[0].n  # 1/n may stand in one δ, and be multiplied in behind the other
        is_of_delta = (
            own is not None
            and above is not None
            and any(abs(own / above / ratio * share - 1) < ALIKE for share in (1, n, 1 / n))
        )
        inner = judgement.activation(index).inner
        is_inner = inner != 1 and abs(ratio * inner - 1) < ALIKE
        between = any(abs(a / b / ratio - 1) < 1e-6 for a in numbers for b in numbers if b)
        if not is_of_delta or own is None or (between and not is_inner):
            return None
        event = _where(judgement, index, own)
        of_slope = f" The slope of {judgement.activation(index).name} has the factor {inner:.4g}." if is_inner else ""
        facts: dict[str, float | int | str] = {"factor": f"{ratio:.3g}", "of_slope": of_slope}
        return Finding(f"δ{index + 1}", "factor-of-its-own", event, index, facts)
    return None


def _ratio(judgement: Judgement, index: int) -> float | None:
    """How much faster a layer is changed than the one above, if both are right in all else."""
    verdicts = [judgement.verdicts.get(at) for at in (index, index + 1)]
    fits = [judgement.fits.get(f"dW{at + 1}") for at in (index, index + 1)]
    if any(f.layer >= index for f in judgement.findings) or judgement.steps[0].layers[index].mask is not None:
        return None
    activation = judgement.activation(index)
    is_told_by_deltas = activation.inner != 1 or activation.name == OWN  # what a slope lacks is known, and seen in them
    if any(one is None or (one.is_loose and not is_told_by_deltas) or not one.delta.is_right for one in verdicts):
        return None
    if fits[0] is None or fits[1] is None or not fits[1].c:
        return None
    bias = judgement.fits.get(f"db{index + 1}")
    if bias is not None and abs(bias.c / fits[0].c - 1) > ALIKE:
        return None
    return fits[0].c / fits[1].c


def factor_of_delta(judgement: Judgement, index: int) -> float | None:
    """What the δ that went into dW is of the true δ."""
    at, deltas = judgement.right.get(f"dW{index + 1}"), judgement.used.get(index)
    if at is None or deltas is None:
        return None
    for array in (deltas[0], deltas[0][: judgement.steps[0].sizes[0]]):
        for value in judgement.network.graph.events[at].operands:
            found = coefficient(judgement, array, value)
            if found is not None:
                return found
    return None


def coefficient(judgement: Judgement, array: Array, value: int) -> float | None:
    """The number by which a value is an array, or its transpose; None if there is none."""
    graph, norm = judgement.network.graph, float(np.sum(array * array))
    found = graph.array(value) if graph.size(value) == array.size and norm else None
    if found is None:
        return None
    for one in (array.ravel(), array.T.ravel()):
        c = float(np.einsum("i,i->", found.ravel(), one)) / norm
        if c and length(found.ravel() - c * one) < 1e-6 * abs(c) * np.sqrt(norm):
            return c
    return None


def _where(judgement: Judgement, index: int, factor: float) -> int | None:
    """The first event that makes δ with the factor."""
    graph, delta = judgement.network.graph, judgement.used[index][0]
    for array in (delta, delta[: judgement.steps[0].sizes[0]]):
        for at in sorted(judgement.ancestors(index)):
            found = coefficient(judgement, array, graph.events[at].result) if at >= judgement.start else None
            if found is not None and abs(found / factor - 1) < ALIKE:
                return at
    return None
