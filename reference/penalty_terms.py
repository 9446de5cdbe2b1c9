"""An L2 penalty reg Σ W², or half of it, with its gradient: both at once, for a loss function that returns both.

Conventions:
    penalty: which of the two: "whole", "half", or "either" where a task leaves it open; then the first is computed.
    weight: how the keys of weights begin; the others are biases, which are not penalised.
"""

import numpy as np

from reference.arrays import Parameters


def penalty_terms(
    params: Parameters, reg: float, n: int, *, weight: str = "W", penalty: str = "either"
) -> tuple[float, Parameters]:
    """What is added to the loss, and to the gradients by key; n is the number of samples, which has no part in it."""
    weights = {key: value for key, value in params.items() if key.startswith(weight)}
    if penalty == "half":
        return reg / 2 * sum(np.sum(W**2) for W in weights.values()), {key: reg * W for key, W in weights.items()}
    return reg * sum(np.sum(W**2) for W in weights.values()), {key: 2 * reg * W for key, W in weights.items()}
