"""An L2 penalty on the weights of a network that is a dict of parameters, and its gradient (Deep Learning, 7.1.1).

Conventions:
    weight: how the keys of weights begin; the others are biases, which are not penalised.
    shared: whether the penalty is divided by the number of samples n, as a mean is: λ/(2n) Σ W² in the place of
        λ/2 Σ W².
    halved: whether the penalty has a ½, as here, or is λ Σ W² with the gradient 2 λ W.
"""

import numpy as np

from reference.arrays import Array, Parameters


def l2_penalty(params: Parameters, lam: float, n: int = 1) -> float:
    """The factor times the sum of all squared weights."""
    return penalty_factor(lam, n) * sum(squared_norm(W) for W in penalised(params))


def penalty_factor(lam: float, n: int, *, shared: bool = False, halved: bool = True) -> float:
    """What the sum of squares is multiplied with; the ½ is there so that the gradient has no 2."""
    if halved:
        return lam / (2 * n) if shared else lam / 2
    return lam / n if shared else lam


def squared_norm(W: Array) -> float:
    """Σ W²."""
    return np.sum(W**2)


def penalised(params: Parameters, *, weight: str = "W") -> list[Array]:
    """The tensors whose squares are penalised."""
    return [value for name, value in params.items() if name.startswith(weight)]


def weight_penalty_gradient(W: Array, lam: float, n: int, *, shared: bool = False, halved: bool = True) -> Array:
    """The penalty's part of the gradient in a weight matrix."""
    if halved:
        return lam / n * W if shared else lam * W
    return 2 * lam / n * W if shared else 2 * lam * W


def bias_penalty_gradient(b: Array, lam: float, n: int) -> Array:
    """Biases are not penalised."""
    return np.zeros_like(b)


def samples_behind_the_cost(training_size: int, batch_size: int) -> int:
    """By how many samples the penalty is shared, where a cost is given of a part of the training set."""
    return training_size


def samples_behind_the_gradient(training_size: int, batch_size: int) -> int:
    """By how many samples the penalty is shared in the gradient of a mini-batch: λ is meant for the whole set."""
    return training_size


def penalty_gradients(params: Parameters, lam: float, n: int, *, weight: str = "W") -> Parameters:
    """The penalty's part of the gradient in every parameter, by its name."""
    return {
        name: weight_penalty_gradient(value, lam, n)
        if name.startswith(weight)
        else bias_penalty_gradient(value, lam, n)
        for name, value in params.items()
    }
