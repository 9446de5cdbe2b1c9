"""Activation functions and their derivatives.

The element-wise functions map an array of any shape to the same shape; `f_derivative(z)` is df/dz at the
pre-activation z. Softmax couples the classes of a sample, so its derivative is a Jacobian; `softmax_vjp`
multiplies by it without forming it. All are finite and raise no floating-point warning for |z| up to 1000
and beyond.
"""

import numpy as np

from reference.arrays import Array


def sigmoid(z: Array) -> Array:
    """Logistic function 1 / (1 + exp(-z)) (Deep Learning, section 3.10).

    Only exp of non-positive numbers is taken, so nothing overflows, and small values keep their relative
    precision.
    """
    positive = z.real > 0
    decay: Array = np.exp(np.where(positive, -z, z))
    numerator: Array = np.where(positive, 1, decay)
    return numerator / (1 + decay)


def sigmoid_derivative(z: Array) -> Array:
    """σ(z) σ(-z): the textbook σ (1 - σ) without the cancellation in 1 - σ."""
    return sigmoid(z) * sigmoid(-z)


def tanh(z: Array) -> Array:
    """Hyperbolic tangent, 2σ(2z) - 1."""
    return np.tanh(z)


def tanh_derivative(z: Array) -> Array:
    """1 - tanh²(z)."""
    return 1 - np.tanh(z) ** 2


def relu(z: Array) -> Array:
    """max(z, 0) (Nair & Hinton 2010; Deep Learning, section 6.3.1)."""
    return np.maximum(z, 0)


def relu_derivative(z: Array) -> Array:
    """1 where z > 0, else 0; the kink at z = 0 counts as 0."""
    return (z.real > 0).astype(z.dtype)


def leaky_relu(z: Array, slope: float = 0.01) -> Array:
    """z where z > 0, else slope·z (Maas, Hannun & Ng 2013)."""
    return np.where(z.real > 0, z, slope * z)


def leaky_relu_derivative(z: Array, slope: float = 0.01) -> Array:
    """1 where z > 0, else slope; the kink at z = 0 counts as slope."""
    return np.where(z.real > 0, np.ones_like(z), slope)


def elu(z: Array, alpha: float = 1.0) -> Array:
    """z where z > 0, else alpha·(exp(z) - 1) (Clevert, Unterthiner & Hochreiter 2015)."""
    return np.where(z.real > 0, z, alpha * np.expm1(np.minimum(z, 0)))


def elu_derivative(z: Array, alpha: float = 1.0) -> Array:
    """1 where z > 0, else alpha·exp(z), which is elu(z) + alpha."""
    return np.where(z.real > 0, np.ones_like(z), alpha * np.exp(np.minimum(z, 0)))


def softmax(z: Array, axis: int = -1) -> Array:
    """exp(z) / Σ exp(z) along the axis of the classes (Deep Learning, section 6.2.2.3).

    Rows are samples with axis=-1, columns are samples with axis=0. Shifting by the largest logit changes
    nothing but keeps exp at or below 1.
    """
    powers: Array = np.exp(z - np.max(z, axis=axis, keepdims=True))
    total: Array = np.sum(powers, axis=axis, keepdims=True)
    return powers / total


def log_softmax(z: Array, axis: int = -1) -> Array:
    """log(softmax(z)), finite even where the probability underflows to 0."""
    shifted: Array = z - np.max(z, axis=axis, keepdims=True)
    total: Array = np.sum(np.exp(shifted), axis=axis, keepdims=True)
    return shifted - np.log(total)


def softmax_vjp(probabilities: Array, upstream: Array, axis: int = -1) -> Array:
    """Gradient of a cost in the logits, given its gradient `upstream` in the probabilities.

    The Jacobian is diag(p) - p pᵀ for each sample, hence p * (upstream - Σ p·upstream).
    """
    along_p: Array = np.sum(probabilities * upstream, axis=axis, keepdims=True)
    return probabilities * (upstream - along_p)
