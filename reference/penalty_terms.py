"""An L2 penalty reg Σ W² on weights, with its gradient: both at once, as a loss function that returns both has it.

Conventions:
    weight: how the keys of weights begin; the others are biases, which are not penalised.
"""

import numpy as np

from reference.arrays import Parameters


def penalty_terms(params: Parameters, reg: float, n: int, *, weight: str = "W") -> tuple[float, Parameters]:
    """What is added to the loss, and to the gradients by key; n is the number of samples, which has no part in it."""
    weights = {key: value for key, value in params.items() if key.startswith(weight)}
    return reg * sum(np.sum(W**2) for W in weights.values()), {key: 2 * reg * W for key, W in weights.items()}
