"""What a submission to this assignment implements: layers as classes, with the names of "Deep Learning from Scratch".

Rows are samples. `backward` comes after a `forward` of the same layer; it returns the gradient in that input.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Relu:
    """The rectified linear unit, max(0, x)."""

    def __init__(self): ...

    def forward(self, x: Array) -> Array:
        """max(0, x), entry by entry; x, shape (n, d), is left as it is."""

    def backward(self, dout: Array) -> Array:
        """Gradient in x, given that in the output; both of shape (n, d)."""


class Sigmoid:
    """The logistic function, 1 / (1 + exp(-x))."""

    def __init__(self): ...

    def forward(self, x: Array) -> Array:
        """1 / (1 + exp(-x)), entry by entry; x has the shape (n, d)."""

    def backward(self, dout: Array) -> Array:
        """Gradient in x, given that in the output; both of shape (n, d)."""


class Affine:
    """A fully connected layer, x W + b.

    Args (of the constructor):
        W: weights, shape (d, k).
        b: biases, shape (k,).

    Attributes:
        dW, db: after `backward` the gradients in W and b, of their shapes.
    """

    def __init__(self, W, b): ...

    def forward(self, x: Array) -> Array:
        """x W + b, shape (n, k); x has the shape (n, d)."""

    def backward(self, dout: Array) -> Array:
        """Gradient in x, shape (n, d), given that in the output, shape (n, k); leaves the sums `dW`, `db`."""


class SoftmaxWithLoss:
    """Softmax and its mean cross-entropy in one."""

    def __init__(self): ...

    def forward(self, x: Array, t: Any) -> float:
        """The mean over the samples of -log p[t], where p is the softmax of x.

        Args:
            x: scores, shape (n, k).
            t: one-hot labels, shape (n, k).

        Returns:
            the loss; a 1e-7 inside the logarithm, as the book has it, does no harm.
        """

    def backward(self, dout: float = 1) -> Array:
        """Gradient of the loss in x, shape (n, k); `dout` is 1."""


class BatchNormalization:
    """Batch normalisation in training.

    Args (of the constructor):
        gamma, beta: scale and shift, shape (d,).

    Attributes:
        dgamma, dbeta: after `backward` the gradients in gamma and beta, of their shapes.
    """

    def __init__(self, gamma, beta, momentum=0.9, running_mean=None, running_var=None): ...

    def forward(self, x: Array, train_flg: bool = True) -> Array:
        """gamma (x - mean) / sqrt(variance + 1e-6) + beta, with mean and variance of each feature over the batch.

        Args:
            x: shape (n, d).
            train_flg: whether the statistics are those of the batch, as they are here.
        """

    def backward(self, dout: Array) -> Array:
        """Gradient in x, given that in the output; both of shape (n, d). Leaves `dgamma` and `dbeta`."""


class TwoLayerNet:
    """Affine - Relu - Affine - SoftmaxWithLoss.

    Args (of the constructor):
        input_size, hidden_size, output_size: numbers in a sample, hidden units, classes.
        weight_init_std: standard deviation of the initial weights; biases begin at 0.

    Attributes:
        params: a dict with `W1` (input_size, hidden_size), `b1`, `W2` (hidden_size, output_size) and `b2`.
    """

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01): ...

    def predict(self, x: Array) -> Array:
        """The scores of samples, shape (n, output_size)."""

    def loss(self, x: Array, t: Any) -> float:
        """The loss of samples x with one-hot labels t."""

    def gradient(self, x: Array, t: Any) -> dict[str, Array]:
        """The gradient of the loss by backpropagation: a dict with the keys and shapes of `params`."""
