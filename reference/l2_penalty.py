"""An L2 penalty on the weights of a network that is a dict of parameters, and its gradient (Deep Learning, 7.1.1).

Conventions:
    weight: how the keys of weights begin; the others are biases, which are not penalised.
    divisor: what λ is divided by: 2, or "2n" when the penalty is shared among n samples.
"""

import numpy as np

from reference.arrays import Array, Parameters


def l2_penalty(params: Parameters, lam: float, *, weight: str = "W") -> float:
    """The factor times the sum of all squared weights."""
    return penalty_factor(lam) * sum(squared_norm(W) for W in penalised(params, weight=weight))


def penalty_factor(lam: float) -> float:
    """λ/2, so that the gradient is λ W."""
    return lam / 2


def squared_norm(W: Array) -> float:
    """Σ W²."""
    return np.sum(W**2)


def penalised(params: Parameters, *, weight: str = "W") -> list[Array]:
    """The tensors whose squares are penalised."""
    return [value for name, value in params.items() if name.startswith(weight)]


def weight_penalty_gradient(W: Array, lam: float, n: int) -> Array:
    """The penalty's part of the gradient in a weight matrix."""
    return lam * W


def bias_penalty_gradient(b: Array, lam: float, n: int) -> Array:
    """Biases are not penalised."""
    return np.zeros_like(b)
