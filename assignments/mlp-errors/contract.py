"""What a submission to this assignment implements: errors as objects that are called. Rows are samples."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class SumOfSquaredDiffsError:
    """Half the squared distance of a sample's outputs from its targets, averaged over the samples."""

    def __call__(self, outputs: Array, targets: Array) -> float:
        """1/(2n) Σ (outputs - targets)², of two arrays of shape (n, d)."""

    def grad(self, outputs: Array, targets: Array) -> Array:
        """Gradient in the outputs, shape (n, d)."""


class CrossEntropyError:
    """The cross-entropy of probabilities and one-hot targets, averaged over the samples."""

    def __call__(self, outputs: Array, targets: Array) -> float:
        """The error of probabilities `outputs` and one-hot `targets`, both of shape (n, k)."""

    def grad(self, outputs: Array, targets: Array) -> Array:
        """Gradient in the probabilities, shape (n, k)."""


class CrossEntropySoftmaxError:
    """The same of the softmax of the outputs."""

    def __call__(self, outputs: Array, targets: Array) -> float:
        """The error of logits `outputs` of moderate size and one-hot `targets`, both of shape (n, k)."""

    def grad(self, outputs: Array, targets: Array) -> Array:
        """Gradient in the logits, shape (n, k)."""
