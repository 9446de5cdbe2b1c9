"""Weights that decay beside the step of an optimizer that goes by a root, as in AdamW.

Loshchilov and Hutter (2019): W ← W − rate·(direction + λ·W), where the penalty is no part of the gradient that the
rule averages. In the first step the direction is the sign of the gradient, so what is left of it tells the share.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np

from grader.reading.judging.fits import Change
from grader.reading.recorded.recording import Array

NEAR = 0.05  # of a share that the script's numbers give
LEAST = 1e-4  # of the change, that the decay must be
FEW = 8  # numbers, at least


def without_decay(change: Change, gradient: Array, constants: Sequence[float]) -> tuple[Change, float]:
    """The changes without what weights decay by, and the share of them that does so in each step; 0 if none does.

    Args:
        gradient: of the first step, in the form of the change.
        constants: numbers that the script uses: the share is one of them, or the product of two.
    """
    step, weights = change.changes[0].ravel(), change.before[0].ravel()
    sign = np.sign(gradient.ravel())
    if step.size < FEW or sign.size != step.size or not np.any(weights):
        return change, 0.0
    large = np.abs(gradient.ravel()) >= np.median(np.abs(gradient))  # of small ones ε is a part
    terms = np.array([sign[large], weights[large]]).T
    found = np.linalg.lstsq(terms, step[large], rcond=None)[0]
    share = -float(found[1])
    if share <= 0 or share * np.linalg.norm(weights) < LEAST * np.linalg.norm(step):
        return change, 0.0
    written = {*constants, *[one * other for one, other in combinations_with_replacement(constants, 2)]}
    nearest = min(written, key=lambda one: abs(one / share - 1), default=0.0)
    if not nearest or abs(nearest / share - 1) > NEAR:
        return change, 0.0
    changes = [d + nearest * b for d, b in zip(change.changes, change.before, strict=True)]
    return replace(change, changes=changes), nearest
