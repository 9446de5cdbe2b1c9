"""Images and filters to ask about."""

import math

REG = 0.37


def convolution(rng, n=3, channels=2, filters=5, image=(7, 9), window=(3, 4)):
    """Images, filters and biases."""
    return (
        rng.normal(size=(n, channels, *image)),
        rng.normal(size=(filters, channels, *window)),
        rng.normal(size=filters),
    )


def images_without_ties(rng, shape, margin=1e-2):
    """Images in which no two pixels are nearly equal, so that every window has one largest pixel."""
    levels = rng.permutation(math.prod(shape)) * 2 * margin
    return (levels - levels.mean() + rng.uniform(0, margin, size=levels.shape)).reshape(shape)
