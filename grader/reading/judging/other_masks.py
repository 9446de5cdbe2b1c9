"""A δ that takes a dropout mask of its own: one that was drawn once more on the way back."""

from collections.abc import Sequence

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.hypotheses import Hypothesis
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.recording import Array


def find_other_mask(judgement: Judgement, index: int, hypotheses: Sequence[Hypothesis]) -> Finding | None:
    """The fault of a δ that is right but for its mask; `hypotheses` are those of δ of this layer."""
    layer, graph = judgement.steps[0].layers[index], judgement.network.graph
    whole = next((h for h in hypotheses if h.code == "dropout-mask-missing"), None)
    if layer.mask is None or whole is None or len(judgement.steps[0].sizes) > 1:
        return None
    with np.errstate(all="ignore"):
        bare = whole.arrays()[0]
    made = sorted(at for at in judgement.ancestors(index) if at >= judgement.start)
    for at in made:
        event = graph.events[at]
        if event.op not in ("Mult", "multiply"):
            continue
        for operand in event.operands:
            mask = _as_mask(graph.array(operand), bare)
            if mask is None or np.array_equal(mask != 0, layer.mask != 0) or not bare[mask == 0].any():
                continue  # the mask of the forward pass, or the slope of a ReLU
            if judgement.locator.among([bare * mask], made) is not None:
                return Finding(f"δ{index + 1}", "dropout-mask-drawn-anew", at, index)
    return None


def _as_mask(array: Array | None, delta: Array) -> Array | None:
    """An array of zeros and of one other number, in the form of δ."""
    if array is None or array.size != delta.size or not array.any() or array.all():
        return None
    if np.ptp(array[array != 0]) > 1e-12:
        return None
    mask = array.astype(float)
    if mask.shape == delta.T.shape and mask.shape != delta.shape:
        return np.asarray(mask.T)
    return mask.reshape(delta.shape)
