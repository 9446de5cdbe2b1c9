"""Labels that do what they should not: those of earlier samples are left in the targets, or the number of a class is a
factor of its sample's step.
"""

from itertools import pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import VIEWS
from grader.reading.recorded.recording import Array

LEAST_SAMPLES = 3
SAME = 1e-6
DIFFERENT = 3  # factors, at least, that follow the numbers of classes
MAX_VIEWS = 6


def judge_labels_left(judgement: Judgement) -> None:
    """Add what is found to the findings."""
    _times_label(judgement)
    _left_in_targets(judgement)


def _times_label(judgement: Judgement) -> None:
    """Each sample has a rate of its own, and they are to one another as the numbers of the classes are."""
    network, top = judgement.network, judgement.network.depth
    fit = judgement.fits.get(f"dW{top}")
    y = np.vstack([step.y for step in judgement.steps])
    if judgement.findings or fit is None or not network.is_single or len(fit.rates) != len(y) or y.shape[1] < DIFFERENT:
        return
    if not ((y == 1).sum(axis=1) == 1).all() or np.count_nonzero(y) != len(y):
        return
    rates = np.abs(np.array(fit.rates))
    for first in (0, 1):
        numbers = y.argmax(axis=1) + first
        if (numbers > 0).all() and len(set(numbers.tolist())) >= DIFFERENT and _is_constant(rates / numbers):
            at = judgement.right.pop(f"δ{top}", None)
            judgement.findings.append(Finding(f"δ{top}", "times-label", at, top - 1))
            return


def _is_constant(values: Array) -> bool:
    return bool(np.ptp(values) <= SAME * float(values.max()))


def _left_in_targets(judgement: Judgement) -> None:
    """One array takes the labels of all samples one after another, and is never set back: more and more are high."""
    network, graph = judgement.network, judgement.network.graph
    passes = network.passes[: max(LEAST_SAMPLES, len(judgement.steps))]
    if not network.is_single or len(passes) < LEAST_SAMPLES:
        return
    targets = [one.y for one in passes if one.y is not None]
    if len(targets) < len(passes) or targets[0].shape[1] < LEAST_SAMPLES or len(np.unique(targets)) != 2:
        return
    high = [np.flatnonzero(y.ravel() == np.max(targets)) for y in targets]
    is_growing = len(high[0]) == 1 and all(set(one) <= set(later) for one, later in pairwise(high))
    if not is_growing or len(high[-1]) < LEAST_SAMPLES:
        return
    for one, later in pairwise(passes):
        if one.y_value == later.y_value or one.y_value is None or later.y_value is None:
            continue
        value, before = later.y_value, later.last
        for _ in range(MAX_VIEWS):
            maker = graph.maker(value, before)
            if maker is None or not maker.operands or maker.op not in VIEWS:
                break
            value, before = maker.operands[0], maker.index
        if maker is None or maker.op != "Set" or maker.index < one.first:
            return
        facts: dict[str, float | int | str] = {"count": len(high[-1]), "samples": len(passes)}
        judgement.findings.append(Finding("y", "labels-left", maker.index, network.depth - 1, facts))
        return
