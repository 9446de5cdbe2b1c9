"""What a submission to this assignment implements: losses as classes, of n samples each with one output."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import may_lack

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


class L1:
    """The absolute error."""

    @may_lack("reduction")
    def forward(self, y_out: Array, y_truth: Array, reduction="mean") -> float:
        """The mean of |y_out - y_truth| over the samples, of arrays of shape (n,)."""

    def backward(self, y_out: Array, y_truth: Array) -> Array:
        """For each sample the derivative of its own loss in `y_out`, shape (n,); it is not divided by n."""


class MSE:
    """The squared error."""

    @may_lack("reduction")
    def forward(self, y_out: Array, y_truth: Array, reduction="mean") -> float:
        """The mean of (y_out - y_truth)² over the samples, of arrays of shape (n,)."""

    def backward(self, y_out: Array, y_truth: Array) -> Array:
        """For each sample the derivative of its own loss in `y_out`, shape (n,); it is not divided by n."""


class BCE:
    """The binary cross-entropy."""

    @may_lack("reduction")
    def forward(self, y_out: Array, y_truth: Array, reduction="mean") -> float:
        """The mean of -log of the probability of the true label.

        Args:
            y_out: probabilities of the label 1, shape (n,), none of them 0 or 1.
            y_truth: labels, zeros and ones, shape (n,).
        """

    def backward(self, y_out: Array, y_truth: Array) -> Array:
        """For each sample the derivative of its own loss in `y_out`, shape (n,); it is not divided by n."""


class CrossEntropyFromLogits:
    """Softmax and its cross-entropy."""

    @may_lack("reduction")
    def forward(self, y_out: Array, y_truth: Labels, reduction="mean") -> float:
        """The mean of -log of the softmax's probability of the true class.

        Args:
            y_out: logits, shape (n, k).
            y_truth: true classes, shape (n,).
        """

    def backward(self, y_out: Array, y_truth: Labels) -> Array:
        """Gradient of this mean in the logits, shape (n, k), after a `forward` with the same arguments."""
