"""What a submission to this assignment implements, with the names of `mytorch`. Rows are samples.

`backward` comes after a `forward` of the same object, and returns the gradient in what that was given.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Linear:
    """A fully connected layer, Z = A W^T + b^T.

    Attributes:
        W: weights, shape (out_features, in_features); 0 at first.
        b: biases, shape (out_features, 1); 0 at first.
        dLdW, dLdb: after `backward` the gradients of the loss in W and b, of their shapes.
    """

    def __init__(self, in_features, out_features, debug=False): ...

    def forward(self, A: Array) -> Array:
        """Z, shape (N, out_features), of inputs A, shape (N, in_features)."""

    def backward(self, dLdZ: Array) -> Array:
        """Gradient in A, given that in Z; leaves `dLdW` and `dLdb`, which are sums over the samples."""


class Sigmoid:
    """1 / (1 + exp(-Z))."""

    def forward(self, Z: Array) -> Array:
        """The activations, entry by entry, of the shape of Z, (N, C)."""

    def backward(self, dLdA: Array) -> Array:
        """Gradient in Z, given that in the activations; both of shape (N, C)."""


class Tanh:
    """The hyperbolic tangent."""

    def forward(self, Z: Array) -> Array:
        """The activations, entry by entry, of the shape of Z, (N, C)."""

    def backward(self, dLdA: Array) -> Array:
        """Gradient in Z, given that in the activations; both of shape (N, C)."""


class ReLU:
    """max(0, Z)."""

    def forward(self, Z: Array) -> Array:
        """The activations, entry by entry, of the shape of Z, (N, C)."""

    def backward(self, dLdA: Array) -> Array:
        """Gradient in Z, given that in the activations; both of shape (N, C)."""


class Softmax:
    """Softmax over the C entries of each row."""

    def forward(self, Z: Array) -> Array:
        """Probabilities, shape (N, C), of logits Z of moderate size."""

    def backward(self, dLdA: Array) -> Array:
        """Gradient in Z, given that in the probabilities: each row times the Jacobian of its sample."""


class MSELoss:
    """The mean of the squared errors over all N·C entries, without a factor ½."""

    def forward(self, A: Array, Y: Array) -> float:
        """The loss of outputs A and targets Y, both of shape (N, C)."""

    def backward(self) -> Array:
        """Gradient of the loss in A, shape (N, C)."""


class CrossEntropyLoss:
    """Softmax and its cross-entropy, averaged over the N samples."""

    def forward(self, A: Array, Y: Array) -> float:
        """The loss of logits A and one-hot labels Y, both of shape (N, C)."""

    def backward(self) -> Array:
        """Gradient of the loss in A, shape (N, C)."""


class BatchNorm1d:
    """Batch normalisation, with 1e-8 added to the variance, which is divided by N.

    Attributes:
        BW, Bb: scale and shift, shape (1, num_features); 1 and 0 at first.
        dLdBW, dLdBb: after `backward` the gradients in these, of their shapes.
        running_M, running_V: running mean and variance, shape (1, num_features), 0 and 1 at first; each batch of a
            training changes them to alpha·old + (1 - alpha)·that of the batch.
    """

    def __init__(self, num_features, alpha=0.9): ...

    def forward(self, Z: Array, eval: bool = False) -> Array:
        """BW (Z - mean) / sqrt(variance + 1e-8) + Bb, shape (N, num_features).

        Args:
            Z: shape (N, num_features).
            eval: whether the running mean and variance stand in the place of those of the batch.
        """

    def backward(self, dLdBZ: Array) -> Array:
        """Gradient in Z, given that in the output, after a `forward` in training; leaves `dLdBW` and `dLdBb`."""
