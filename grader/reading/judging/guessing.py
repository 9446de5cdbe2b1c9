"""What the cross-entropy is of outputs that only guess: ln k for a softmax of k outputs, k·ln 2 for k sigmoids.

It is told where something keeps it there. Where the outputs stay the same for all samples, it comes to rest at the
entropy of the classes' shares, and no batch can be learned by heart.
"""

from collections.abc import Sequence

import numpy as np

from grader.reading.judging.behaviour import starts_small
from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.recording import Array

NEAR = 0.02  # of the cost of guessing
BALANCED = 0.05
SAME = 1e-12
_FOR_EVER = frozenset(["zero-weights", "dead-from-the-start"])
_OF_NOISE = frozenset(["labels-apart", "targets-drawn", "reshaped-not-turned"])
_STAYS = frozenset(["equal-weights", "zero-weights", "drawn-anew", "changed-in-vain", "dead-from-the-start"])


def judge_guessing(judgement: Judgement, findings: Sequence[Finding]) -> None:
    """Add to the notes what the cost is that guessing leaves, where it is left there."""
    network, steps = judgement.network, judgement.network.steps
    is_softmax, k = judgement.activation(network.depth - 1).couples, steps[0].out.shape[1]
    is_of_cost = "entropy" in (judgement.used_cost or (network.cost.name if network.cost is not None else ""))
    y, out = (np.vstack(parts) for parts in zip(*[(step.y, step.out) for step in steps], strict=True))
    is_share = all(bool(np.isfinite(one).all() and (one >= 0).all() and (one <= 1).all()) for one in (y, out))
    if not is_of_cost or not is_share or y.shape != out.shape or (is_softmax and k < 2) or min(s.n for s in steps) < 2:
        return
    guess = np.log(k) if is_softmax else k * np.log(2)
    sign = f"ln {k}" if is_softmax else "ln 2" if k == 1 else f"{k}·ln 2"
    costs = [_cross_entropy(step.y, step.out, is_softmax) for step in steps]
    is_near = [abs(cost / guess - 1) < NEAR for cost in costs]
    shares = np.broadcast_to(y.mean(0), y.shape)  # the best that one output for all samples can be
    is_one = all(float(np.ptp(step.out, axis=0).max()) <= SAME for step in steps) and bool(np.ptp(y, axis=0).any())
    if network.depth > 1 and any(step.layers[-2].a.any() for step in steps):
        is_one = is_one and len(steps) > network.depth  # a layer more is changed with each step
    if is_one and any(one.code in _FOR_EVER for one in findings):
        least = _cross_entropy(y, shares, is_softmax)
        begins = f"begins at {sign} = {guess:.4g} a sample and" if is_near[0] else "of a sample"
        judgement.notes.append(
            f"the outputs are the same for every sample: the cross-entropy {begins} cannot come below {least:.3g}, so "
            "not even one batch can be learned by heart"
        )
    elif any(one.code in _OF_NOISE for one in findings) and bool(np.ptp(y, axis=0).any()):
        least = _cross_entropy(y, shares, is_softmax)  # of few samples, some less than where all classes are as many
        rest = f"{sign} = {guess:.4g}" if abs(least / guess - 1) < BALANCED else f"{least:.3g}"
        judgement.notes.append(f"guessing leaves the cross-entropy at about {rest} a sample")
    elif all(is_near) and (any(one.code in _STAYS for one in findings) or (not findings and starts_small(judgement))):
        judgement.notes.append(
            f"in all {len(steps)} steps that were seen the cross-entropy is about {sign} = {guess:.4g} a sample: that "
            "of guessing"
        )


def _cross_entropy(y: Array, out: Array, is_softmax: bool) -> float:
    """Of a sample, as the mean over all."""
    p = np.clip(out, 1e-15, 1 - 1e-15)
    rest = 0.0 if is_softmax else (1 - y) * np.log(1 - p)
    return float(-np.mean(np.sum(y * np.log(p) + rest, axis=1)))
