"""Batch normalisation in training (Ioffe & Szegedy 2015, algorithm 1), and its gradient.

Inside, samples are rows, whatever they are outside.

Conventions:
    layout: samples are "rows" of x (n, d), with γ and β of shape (d,), or "columns" of x (d, n), with (d, 1).
    eps: what is added to the variance, where it is no argument.
"""

import numpy as np

from reference.arrays import Array

Cache = tuple[Array, Array, Array]


def batch_norm(x: Array, gamma: Array, beta: Array, *, eps: float = 1e-5, layout: str = "rows") -> tuple[Array, Cache]:
    """γ x̂ + β for a batch x, and what `batch_norm_backward` wants to know: x̂, γ and the deviation."""
    if layout == "columns":
        out, cache = normalised_batch(x.T, gamma.ravel(), beta.ravel(), eps)
        return out.T, cache
    return normalised_batch(x, gamma, beta, eps)


def normalised_batch(x: Array, gamma: Array, beta: Array, eps: float) -> tuple[Array, Cache]:
    """The same of rows, with ε as an argument."""
    deviation = deviation_of(variance(x), eps)
    normalised = centred(x) / deviation
    return scaled_and_shifted(normalised, gamma, beta), (normalised, gamma, deviation)


def centred(x: Array) -> Array:
    """Each feature with the mean 0 over the batch."""
    return x - x.mean(axis=0)


def variance(x: Array) -> Array:
    """Of each feature over the batch, divided by n."""
    return x.var(axis=0)


def deviation_of(variance: Array, eps: float) -> Array:
    """What is divided by."""
    return np.sqrt(variance + eps)


def scaled_and_shifted(normalised: Array, gamma: Array, beta: Array) -> Array:
    """What the layer puts out."""
    return gamma * normalised + beta


def batch_norm_backward(dout: Array, cache: Cache, *, layout: str = "rows") -> tuple[Array, Array, Array]:
    """Gradients in x, γ and β."""
    if layout == "columns":
        dx, dgamma, dbeta = batch_gradients(dout.T, cache)
        return dx.T, dgamma[:, np.newaxis], dbeta[:, np.newaxis]
    return batch_gradients(dout, cache)


def batch_gradients(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """The same for rows."""
    normalised, gamma, deviation = cache
    dx = through_the_statistics(dout * gamma, normalised) / deviation
    return dx, scale_gradient(dout, normalised), shift_gradient(dout)


def through_the_statistics(upstream: Array, normalised: Array) -> Array:
    """Gradient in x times the deviation, by way of mean and variance too, which depend on every sample."""
    return upstream - through_the_mean(upstream) - through_the_variance(upstream, normalised)


def through_the_mean(upstream: Array) -> Array:
    """The mean of what comes back."""
    return upstream.mean(axis=0)


def through_the_variance(upstream: Array, normalised: Array) -> Array:
    """The part along x̂."""
    return normalised * (upstream * normalised).mean(axis=0)


def scale_gradient(dout: Array, normalised: Array) -> Array:
    """Gradient in γ."""
    return np.sum(dout * normalised, axis=0)


def shift_gradient(dout: Array) -> Array:
    """Gradient in β."""
    return np.sum(dout, axis=0)
