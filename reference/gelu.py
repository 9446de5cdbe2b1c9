"""The Gaussian error linear unit, z Φ(z) with the normal distribution Φ (Hendrycks & Gimpel 2016), and its gradient."""

import math

import numpy as np

from reference.arrays import Array


def gelu(z: Array) -> Array:
    """z Φ(z), element by element."""
    return z * distribution(z)


def distribution(z: Array) -> Array:
    """Φ(z), how much of a normal distribution lies below z."""
    return 0.5 * (1 + error_function(z / np.sqrt(2)))


def error_function(z: Array) -> Array:
    """erf, for arrays."""
    return np.vectorize(math.erf, otypes=[float])(z)


def density(z: Array) -> Array:
    """φ(z), the normal density, which is the slope of Φ."""
    return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


def gelu_derivative(z: Array) -> Array:
    """Φ(z) + z φ(z), by the product rule."""
    return distribution(z) + z * density(z)


def gelu_backward(upstream: Array, z: Array) -> Array:
    """Gradient in z, given that in gelu(z)."""
    return upstream * gelu_derivative(z)
