"""Batch normalisation of images (n, channels, height, width): every pixel is a sample (Ioffe & Szegedy 2015, 3.2)."""

from reference.arrays import Array
from reference.batch_norm import Cache
from reference.batch_norm_layer import Settings, batchnorm_backward, batchnorm_forward


def spatial_batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: Settings
) -> tuple[Array, Cache | None, Settings]:
    """The output, what the way back wants to know, and `bn_param` with the averages in it."""
    out, cache, bn_param = batchnorm_forward(pixels_of(x), gamma, beta, bn_param)
    return images_of(out, x.shape), cache, bn_param


def pixels_of(x: Array) -> Array:
    """Each pixel a row with its channels."""
    return x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1])


def images_of(rows: Array, shape: tuple[int, ...]) -> Array:
    """The rows as images again."""
    n, channels, height, width = shape
    return rows.reshape(n, height, width, channels).transpose(0, 3, 1, 2)


def spatial_batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients in x, γ and β."""
    dx, dgamma, dbeta = batchnorm_backward(upstream_of_pixels(dout), cache)
    return gradient_of_images(dx, dout.shape), dgamma, dbeta


def upstream_of_pixels(dout: Array) -> Array:
    """dout of each pixel as a row."""
    return dout.transpose(0, 2, 3, 1).reshape(-1, dout.shape[1])


def gradient_of_images(rows: Array, shape: tuple[int, ...]) -> Array:
    """The gradients of the pixels as images again."""
    n, channels, height, width = shape
    return rows.reshape(n, height, width, channels).transpose(0, 3, 1, 2)
