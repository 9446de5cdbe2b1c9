"""What a submission to this assignment implements. Samples are rows."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque, may_change, may_lack, updates

Array = NDArray[np.float64]
Settings = dict[str, Any]


@updates("bn_param")
def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: Settings) -> tuple[Array, Opaque]:
    """Batch normalisation: each feature with the mean 0 and the variance 1 over the batch, then scaled and shifted.

    In training the output is gamma * (x - mean) / sqrt(var + eps) + beta, with mean and variance (divided by N) of the
    batch, and the running averages change: running = momentum * running + (1 - momentum) * of the batch. In test mode
    the running averages stand in the place of mean and variance, and stay as they are.

    Args:
        x: inputs, shape (N, D).
        gamma: scales, shape (D,).
        beta: shifts, shape (D,).
        bn_param: "mode", "train" or "test"; "eps" (1e-5 if absent) and "momentum" (0.9 if absent); "running_mean" and
            "running_var", shape (D,) (zeros if absent), which are written back into it.

    Returns:
        (out, cache): out of shape (N, D), and whatever your backward passes want to know.
    """


def batchnorm_backward(dout: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """Gradients of a loss in the arguments of batch normalisation in training; mean and variance depend on x, too.

    Args:
        dout: the gradient of the loss in the output, shape (N, D).
        cache: what `batchnorm_forward` returned with that output.

    Returns:
        (dx, dgamma, dbeta), of the shapes (N, D), (D,) and (D,).
    """


def batchnorm_backward_alt(dout: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """The same gradients, from a formula that was simplified on paper.

    Args:
        dout: the gradient of the loss in the output, shape (N, D).
        cache: what `batchnorm_forward` returned with that output.

    Returns:
        (dx, dgamma, dbeta), of the shapes (N, D), (D,) and (D,).
    """


@may_change("ln_param")
@may_lack("ln_param")
def layernorm_forward(x: Array, gamma: Array, beta: Array, ln_param: Settings) -> tuple[Array, Opaque]:
    """Layer normalisation: each sample with the mean 0 and the variance 1 over its features, then scaled and shifted.

    It is the same in training and after it.

    Args:
        x: inputs, shape (N, D).
        gamma: scales, shape (D,).
        beta: shifts, shape (D,).
        ln_param: "eps" (1e-5 if absent).

    Returns:
        (out, cache): out of shape (N, D), and whatever your `layernorm_backward` wants to know.
    """


def layernorm_backward(dout: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """Gradients of a loss in the arguments of layer normalisation.

    Args:
        dout: the gradient of the loss in the output, shape (N, D).
        cache: what `layernorm_forward` returned with that output.

    Returns:
        (dx, dgamma, dbeta), of the shapes (N, D), (D,) and (D,).
    """
