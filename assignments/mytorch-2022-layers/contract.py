"""What a submission to this assignment implements, with the names and conventions that `mytorch` had in 2022.

Rows are samples. `backward` comes after a `forward` of the same object. The mean over the batch is taken where the
gradients in weights and biases are computed, not in those of the losses.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Linear:
    """A fully connected layer, Z = A W^T + b^T.

    Attributes:
        W: weights, shape (out_features, in_features); 0 at first.
        b: biases, shape (out_features, 1); 0 at first.
        dLdW, dLdb: after `backward` the gradients in W and b, of their shapes, means over the samples.
    """

    def __init__(self, in_features, out_features, debug=False): ...

    def forward(self, A: Array) -> Array:
        """Z, shape (N, out_features), of inputs A, shape (N, in_features)."""

    def backward(self, dLdZ: Array) -> Array:
        """Gradient in A, given that in Z; leaves `dLdW` and `dLdb`, which are divided by N."""


class Sigmoid:
    """1 / (1 + exp(-Z))."""

    def forward(self, Z: Array) -> Array:
        """The activations, entry by entry, of the shape of Z, (N, C)."""

    def backward(self) -> Array:
        """The slope at the entries of the last `forward`, of their shape."""


class Tanh:
    """The hyperbolic tangent."""

    def forward(self, Z: Array) -> Array:
        """The activations, entry by entry, of the shape of Z, (N, C)."""

    def backward(self) -> Array:
        """The slope at the entries of the last `forward`, of their shape."""


class ReLU:
    """max(0, Z)."""

    def forward(self, Z: Array) -> Array:
        """The activations, entry by entry, of the shape of Z, (N, C)."""

    def backward(self) -> Array:
        """The slope at the entries of the last `forward`, of their shape."""


class MSELoss:
    """Half the mean of the squared errors over all N·C entries, as in the later half of the year."""

    def forward(self, A: Array, Y: Array) -> float:
        """The loss of outputs A and targets Y, both of shape (N, C); without the ½ it is accepted as well."""

    def backward(self) -> Array:
        """Gradient of the loss in A, shape (N, C): (A - Y)/(N·C); where `forward` has no ½, A - Y is accepted."""


class CrossEntropyLoss:
    """Softmax and its cross-entropy."""

    def forward(self, A: Array, Y: Array) -> float:
        """The loss of logits A and one-hot labels Y, both of shape (N, C), averaged over the N samples."""

    def backward(self) -> Array:
        """Of each sample's loss the gradient in its logits, shape (N, C); it is not divided by N."""


class BatchNorm1d:
    """Batch normalisation, with 1e-8 added to the variance, which is divided by N.

    Attributes:
        BW, Bb: scale and shift, shape (1, num_features); 1 and 0 at first.
        dLdBW, dLdBb: after `backward` the gradients in these, of their shapes, sums over the samples.
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
