"""Layer normalisation (Ba, Kiros & Hinton 2016, equation 3), and its gradient.

Inside, samples are rows, whatever they are outside.

Conventions:
    layout: samples are "rows" of x (n, d), with γ and β of shape (d,), or "columns" of x (d, n), with (d, 1).
    eps: what is added to the variance, where it is no argument.
"""

import numpy as np

from reference.arrays import Array

Cache = tuple[Array, Array, Array]


def layer_norm(x: Array, gamma: Array, beta: Array, *, eps: float = 1e-5, layout: str = "rows") -> tuple[Array, Cache]:
    """γ x̂ + β for a batch x, and what `layer_norm_backward` wants to know: x̂, γ and the deviation."""
    if layout == "columns":
        out, cache = normalised_samples(x.T, gamma.ravel(), beta.ravel(), eps)
        return out.T, cache
    return normalised_samples(x, gamma, beta, eps)


def normalised_samples(x: Array, gamma: Array, beta: Array, eps: float) -> tuple[Array, Cache]:
    """The same of rows, with ε as an argument."""
    deviation = sample_deviation(sample_variance(x), eps)
    normalised = sample_centred(x) / deviation
    return features_scaled_and_shifted(normalised, gamma, beta), (normalised, gamma, deviation)


def sample_centred(x: Array) -> Array:
    """Each sample with the mean 0 over its features."""
    return x - x.mean(axis=1, keepdims=True)


def sample_variance(x: Array) -> Array:
    """Of each sample over its d features, divided by d."""
    return x.var(axis=1, keepdims=True)


def sample_deviation(variance: Array, eps: float) -> Array:
    """What is divided by."""
    return np.sqrt(variance + eps)


def features_scaled_and_shifted(normalised: Array, gamma: Array, beta: Array) -> Array:
    """What the layer puts out."""
    return gamma * normalised + beta


def layer_norm_backward(dout: Array, cache: Cache, *, layout: str = "rows") -> tuple[Array, Array, Array]:
    """Gradients in x, γ and β."""
    if layout == "columns":
        dx, dgamma, dbeta = sample_gradients(dout.T, cache)
        return dx.T, dgamma[:, np.newaxis], dbeta[:, np.newaxis]
    return sample_gradients(dout, cache)


def sample_gradients(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """The same for rows."""
    normalised, gamma, deviation = cache
    dx = through_sample_statistics(dout * gamma, normalised) / deviation
    return dx, feature_scale_gradient(dout, normalised), feature_shift_gradient(dout)


def through_sample_statistics(upstream: Array, normalised: Array) -> Array:
    """Gradient in x times the deviation, by way of mean and variance too, which depend on each feature of a sample."""
    return upstream - through_sample_mean(upstream) - through_sample_variance(upstream, normalised)


def through_sample_mean(upstream: Array) -> Array:
    """The mean of what comes back."""
    return upstream.mean(axis=1, keepdims=True)


def through_sample_variance(upstream: Array, normalised: Array) -> Array:
    """The part along x̂."""
    return normalised * (upstream * normalised).mean(axis=1, keepdims=True)


def feature_scale_gradient(dout: Array, normalised: Array) -> Array:
    """Gradient in γ."""
    return np.sum(dout * normalised, axis=0)


def feature_shift_gradient(dout: Array) -> Array:
    """Gradient in β."""
    return np.sum(dout, axis=0)
