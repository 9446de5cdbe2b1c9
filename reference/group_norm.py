"""Group normalisation of images (n, channels, height, width) (Wu & He 2018), and its gradient.

The channels of an image are split into G groups of neighbours, and each group is brought to the mean 0 and the variance
1; γ and β, of shape (1, channels, 1, 1), belong to the channels. The setting is in a dict `gn_param`: "eps" (1e-5).
"""

from typing import Any

import numpy as np

from reference.arrays import Array
from reference.layer_norm import sample_centred, sample_deviation, sample_variance, through_sample_statistics

Cache = tuple[Array, Array, Array, int]


def spatial_groupnorm_forward(
    x: Array, gamma: Array, beta: Array, G: int, gn_param: dict[str, Any]
) -> tuple[Array, Cache]:
    """The output, and what the way back wants to know."""
    rows = in_groups(x, G)
    deviation = sample_deviation(sample_variance(rows), epsilon_of_groups(gn_param))
    normalised = in_images(sample_centred(rows) / deviation, x.shape)
    return channels_scaled_and_shifted(normalised, gamma, beta), (normalised, gamma, deviation, G)


def in_groups(x: Array, G: int) -> Array:
    """Each group of each image a row."""
    return x.reshape(len(x) * G, -1)


def in_images(rows: Array, shape: tuple[int, ...]) -> Array:
    """The groups as images again."""
    return rows.reshape(shape)


def epsilon_of_groups(gn_param: dict[str, Any]) -> float:
    """What is added to the variance."""
    return float(gn_param.get("eps", 1e-5))


def channels_scaled_and_shifted(normalised: Array, gamma: Array, beta: Array) -> Array:
    """What the layer puts out."""
    return gamma * normalised + beta


def spatial_groupnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients in x, γ and β."""
    normalised, gamma, deviation, _ = cache
    upstream = upstream_scaled(dout, gamma)
    rows = through_sample_statistics(upstream.reshape(len(deviation), -1), normalised.reshape(len(deviation), -1))
    dx = divided_on_the_way_back(rows, deviation).reshape(dout.shape)
    return dx, channel_scale_gradient(dout, normalised), channel_shift_gradient(dout)


def upstream_scaled(dout: Array, gamma: Array) -> Array:
    """Gradient in what is scaled by γ."""
    return dout * gamma


def divided_on_the_way_back(rows: Array, deviation: Array) -> Array:
    """By what is divided on the way there."""
    return rows / deviation


def channel_scale_gradient(dout: Array, normalised: Array) -> Array:
    """Gradient in γ."""
    return np.sum(dout * normalised, axis=(0, 2, 3), keepdims=True)


def channel_shift_gradient(dout: Array) -> Array:
    """Gradient in β."""
    return np.sum(dout, axis=(0, 2, 3), keepdims=True)
