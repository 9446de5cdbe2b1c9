"""Scores so large that `np.exp` overflows: told, where an assignment lets it cost nothing."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.checks.compare import as_array
from grader.checks.record import remark

_OVERFLOWS = "subtract the largest score of each sample before `np.exp`, the probabilities stay the same"
_LOGARITHM_OF_ZERO = (
    "log p = s - log Σ exp s, of scores s less the largest of each sample, needs no logarithm of a probability, which "
    "may have become 0"
)


def remark_on_extremes(loss: Any, gradients: Any) -> None:
    """A remark, with a cure, when a cross-entropy of scores of ±1000 or one of its gradients is not finite."""
    found = as_array(loss)
    arrays = [as_array(value) for value in (gradients.values() if isinstance(gradients, Mapping) else [gradients])]
    if found is None or all(array is None or np.isfinite(array).all() for array in (found, *arrays)):
        return
    is_stable = all(array is not None and np.isfinite(array).all() for array in arrays)  # the probabilities are right
    cure = _LOGARITHM_OF_ZERO if np.isinf(found).any() or is_stable else _OVERFLOWS
    subject = f"the loss is {np.ravel(found)[0]:.6g}"  # what is right is in no remark, which has no level of hints
    if np.isfinite(found).all():
        subject = "the gradient is not finite"
    remark(f"scores of ±1000: {subject}; {cure}")
