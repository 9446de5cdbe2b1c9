"""What a submission to this assignment implements, with the names that `mytorch` had until 2021. Rows are samples."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import made

Array = NDArray[np.float64]


class _Initial:
    """A function that gives initial values, whatever the sizes."""

    def __init__(self, value):
        self.value = value

    def __call__(self, *sizes):
        return self.value.copy()


class Linear:
    """A fully connected layer, x W + b.

    Attributes:
        W, b: weights, shape (in_feature, out_feature), and biases, shape (1, out_feature).
        dW, db: after `backward` their gradients, of their shapes, averaged over the samples.
    """

    @made(weight_init_fn=_Initial, bias_init_fn=_Initial)
    def __init__(self, in_feature, out_feature, weight_init_fn, bias_init_fn):
        """W is weight_init_fn(in_feature, out_feature), b is bias_init_fn(out_feature)."""

    def forward(self, x: Array) -> Array:
        """The outputs, shape (n, out_feature), of inputs of shape (n, in_feature)."""

    def backward(self, delta: Array) -> Array:
        """Gradient in the inputs, given each sample's in the outputs; leaves `dW` and `db`, means over the samples."""


class Sigmoid:
    """1 / (1 + exp(-x)), entry by entry."""

    def forward(self, x: Array) -> Array:
        """The activations, of the shape of x, (n, d)."""

    def derivative(self) -> Array:
        """The slope at the entries of the last `forward`, of their shape."""


class Tanh:
    """tanh(x), entry by entry."""

    def forward(self, x: Array) -> Array:
        """The activations, of the shape of x, (n, d)."""

    def derivative(self) -> Array:
        """The slope at the entries of the last `forward`, of their shape."""


class ReLU:
    """max(0, x), entry by entry."""

    def forward(self, x: Array) -> Array:
        """The activations, of the shape of x, (n, d)."""

    def derivative(self) -> Array:
        """The slope at the entries of the last `forward`, of their shape."""


class SoftmaxCrossEntropy:
    """Softmax and its cross-entropy, of each sample."""

    def forward(self, x: Array, y: Array) -> Array:
        """The loss of each sample, shape (n,), of logits x and one-hot labels y, both of shape (n, k)."""

    def derivative(self) -> Array:
        """Of each sample's loss the gradient in its logits, shape (n, k); it is not divided by n."""


class BatchNorm:
    """Batch normalisation, with 1e-8 added to the variance, which is divided by n.

    Attributes:
        gamma, beta: scale and shift, shape (1, in_feature); 1 and 0 at first.
        dgamma, dbeta: after `backward` the gradients in these, of their shapes, sums over the samples.
    """

    def __init__(self, in_feature, alpha=0.9): ...

    def forward(self, x: Array) -> Array:
        """gamma (x - mean) / sqrt(variance + 1e-8) + beta, in training, shape (n, in_feature)."""

    def backward(self, delta: Array) -> Array:
        """Gradient in x, given that in the output; leaves `dgamma` and `dbeta`."""
