"""Costs of a batch of predictions, and their gradients.

Outputs and targets have one shape: classes along `axis`, samples along the rest. Rows are samples with
axis=-1, columns are samples with axis=0; a vector is one sample. Every cost is *summed over classes and
averaged over samples*, cross-entropies in nats; a gradient has the shape of the outputs and includes the 1/n.
Shapes that differ raise ValueError, since numpy would silently broadcast (n,) with (n, 1).

Costs of logits stay exact at extreme inputs. Costs of probabilities replace a probability of 0 by the
smallest normal number, so a confident mistake costs at most 708 nats (87 in float32) instead of infinity.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reference.activations import log_softmax, sigmoid, softmax
from reference.arrays import Array


@dataclass(frozen=True)
class Loss:
    """A cost and its gradient, both functions of (outputs, targets) with rows = samples."""

    cost: Callable[[Array, Array], float]
    gradient: Callable[[Array, Array], Array]


def softmax_cross_entropy(logits: Array, targets: Array, axis: int = -1) -> float:
    """-Σ y log softmax(z), averaged over samples (Deep Learning, section 6.2.2.3)."""
    return -np.sum(targets * log_softmax(logits, axis)) / _samples(logits, targets, axis)


def softmax_cross_entropy_gradient(logits: Array, targets: Array, axis: int = -1) -> Array:
    """(softmax(z) - y) / n. The targets of a sample must sum to 1, as one-hot rows and distributions do."""
    return (softmax(logits, axis) - targets) / _samples(logits, targets, axis)


def cross_entropy(probabilities: Array, targets: Array, axis: int = -1) -> float:
    """-Σ y log p, averaged over samples."""
    return -np.sum(targets * np.log(_positive(probabilities))) / _samples(probabilities, targets, axis)


def cross_entropy_gradient(probabilities: Array, targets: Array, axis: int = -1) -> Array:
    """-y / (n p)."""
    return -targets / _positive(probabilities) / _samples(probabilities, targets, axis)


def sigmoid_cross_entropy(logits: Array, targets: Array, axis: int = -1) -> float:
    """-Σ (y log σ(z) + (1 - y) log(1 - σ(z))), averaged over samples (Nielsen, equation 63).

    Computed as max(z, 0) - y z + log(1 + exp(-|z|)), the same number without overflow or log(0).
    """
    softplus_remainder = np.log1p(np.exp(np.where(logits.real > 0, -logits, logits)))
    costs = np.maximum(logits, 0) - targets * logits + softplus_remainder
    return np.sum(costs) / _samples(logits, targets, axis)


def sigmoid_cross_entropy_gradient(logits: Array, targets: Array, axis: int = -1) -> Array:
    """(σ(z) - y) / n (Nielsen, chapter 3)."""
    return (sigmoid(logits) - targets) / _samples(logits, targets, axis)


def binary_cross_entropy(probabilities: Array, targets: Array, axis: int = -1) -> float:
    """-Σ (y log p + (1 - y) log(1 - p)), averaged over samples: a yes-or-no question for each class."""
    costs = targets * np.log(_positive(probabilities)) + (1 - targets) * np.log(_positive(1 - probabilities))
    return -np.sum(costs) / _samples(probabilities, targets, axis)


def binary_cross_entropy_gradient(probabilities: Array, targets: Array, axis: int = -1) -> Array:
    """((1 - y) / (1 - p) - y / p) / n."""
    slopes = (1 - targets) / _positive(1 - probabilities) - targets / _positive(probabilities)
    return slopes / _samples(probabilities, targets, axis)


def quadratic(outputs: Array, targets: Array, axis: int = -1) -> float:
    """½ Σ (a - y)², averaged over samples (Nielsen, equation 6)."""
    return np.sum((outputs - targets) ** 2) / (2 * _samples(outputs, targets, axis))


def quadratic_gradient(outputs: Array, targets: Array, axis: int = -1) -> Array:
    """(a - y) / n."""
    return (outputs - targets) / _samples(outputs, targets, axis)


SOFTMAX_CROSS_ENTROPY = Loss(softmax_cross_entropy, softmax_cross_entropy_gradient)
CROSS_ENTROPY = Loss(cross_entropy, cross_entropy_gradient)
SIGMOID_CROSS_ENTROPY = Loss(sigmoid_cross_entropy, sigmoid_cross_entropy_gradient)
BINARY_CROSS_ENTROPY = Loss(binary_cross_entropy, binary_cross_entropy_gradient)
QUADRATIC = Loss(quadratic, quadratic_gradient)


def _samples(outputs: Array, targets: Array, axis: int) -> int:
    """Number of samples in a batch whose classes lie along `axis`."""
    if outputs.shape != targets.shape:
        raise ValueError(
            f"outputs and targets must have one shape, but they have {outputs.shape} and {targets.shape}; "
            "write labels as one-hot rows first"
        )
    n_classes: int = outputs.shape[axis]
    return outputs.size // n_classes


def _positive(probabilities: Array) -> Array:
    """Probabilities whose logarithm is finite: at least the smallest normal number of their precision."""
    return np.maximum(probabilities, np.finfo(probabilities.dtype).tiny)
