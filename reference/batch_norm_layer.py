"""Batch normalisation as a layer that keeps running averages for use after training (Ioffe & Szegedy 2015).

Settings and averages are in a dict `bn_param`: "mode" ("train" or "test"), "eps" (1e-5), "momentum" (0.9), and the
averages "running_mean" and "running_var", which begin at 0.
"""

from typing import Any

import numpy as np

from reference.arrays import Array
from reference.batch_norm import Cache, batch_gradients, normalised_batch

Settings = dict[str, Any]


def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: Settings) -> tuple[Array, Cache | None, Settings]:
    """The output for x (n, d), what the way back wants to know, and `bn_param` with the averages in it."""
    eps, momentum = epsilon_of(bn_param), momentum_of(bn_param)
    mean, variance = averages_of(bn_param, x)
    if bn_param["mode"] == "train":
        out, cache = normalised_batch(x, gamma, beta, eps)
        keep_averages(
            bn_param, averaged(mean, batch_mean(x), momentum), averaged(variance, batch_variance(x), momentum)
        )
        return out, cache, bn_param
    bn_param |= {"running_mean": mean, "running_var": variance}
    return normalised_by_averages(x, gamma, beta, mean, variance, eps), None, bn_param


def epsilon_of(bn_param: Settings) -> float:
    """What is added to the variance."""
    return float(bn_param.get("eps", 1e-5))


def momentum_of(bn_param: Settings) -> float:
    """How much of an average stays after a batch."""
    return float(bn_param.get("momentum", 0.9))


def averages_of(bn_param: Settings, x: Array) -> tuple[Array, Array]:
    """What was kept of mean and variance."""
    zeros = np.zeros(x.shape[1])
    return bn_param.get("running_mean", zeros), bn_param.get("running_var", zeros)


def averaged(average: Array, of_batch: Array, momentum: float) -> Array:
    """A running average after one more batch."""
    return momentum * average + (1 - momentum) * of_batch


def batch_mean(x: Array) -> Array:
    """What enters the running mean."""
    return x.mean(axis=0)


def batch_variance(x: Array) -> Array:
    """What enters the running variance, divided by n as in the forward pass."""
    return x.var(axis=0)


def keep_averages(bn_param: Settings, mean: Array, variance: Array) -> None:
    """Put them where the next call finds them."""
    bn_param |= {"running_mean": mean, "running_var": variance}


def normalised_by_averages(x: Array, gamma: Array, beta: Array, mean: Array, variance: Array, eps: float) -> Array:
    """The output after training."""
    mean, variance = statistics_in_use(x, mean, variance)
    return gamma * (x - mean) / deviation_in_use(variance, eps) + beta


def statistics_in_use(x: Array, mean: Array, variance: Array) -> tuple[Array, Array]:
    """What is subtracted after training, and the square of what is divided by."""
    return mean, variance


def deviation_in_use(variance: Array, eps: float) -> Array:
    """What is divided by after training."""
    return np.sqrt(variance + eps)


def batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients in x, γ and β."""
    return batch_gradients(dout, cache)


def batchnorm_backward_alt(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """The same, for those who write it twice: along the graph, and simplified on paper."""
    return batch_gradients(dout, cache)
