"""What a submission to this assignment implements: layers as classes. Rows are samples.

A layer keeps nothing of a forward pass: its backward pass is given the inputs and the outputs again.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class AffineLayer:
    """A fully connected layer, x Wᵀ + b.

    Attributes:
        weights: shape (output_dim, input_dim).
        biases: shape (output_dim,).
    """

    def __init__(
        self,
        input_dim,
        output_dim,
        weights_initialiser=None,
        biases_initialiser=None,
        weights_penalty=None,
        biases_penalty=None,
    ): ...

    def fprop(self, inputs: Array) -> Array:
        """The outputs, shape (n, output_dim), of inputs of shape (n, input_dim)."""

    def bprop(self, inputs: Array, outputs: Array, grads_wrt_outputs: Array) -> Array:
        """Gradient in the inputs, shape (n, input_dim).

        Args:
            inputs, outputs: of a forward pass, shapes (n, input_dim) and (n, output_dim).
            grads_wrt_outputs: gradient in the outputs, shape (n, output_dim).
        """

    def grads_wrt_params(self, inputs: Array, grads_wrt_outputs: Array) -> list[Any]:
        """Gradients in the parameters, sums over the samples; nobody asks for a penalty here.

        Args:
            inputs: of a forward pass, shape (n, input_dim).
            grads_wrt_outputs: gradient in the outputs, shape (n, output_dim).

        Returns:
            [grads_wrt_weights, grads_wrt_biases], of the shapes of the parameters.
        """


class SigmoidLayer:
    """1 / (1 + exp(-x)), entry by entry."""

    def fprop(self, inputs: Array) -> Array:
        """The outputs, of the shape of the inputs, (n, d)."""

    def bprop(self, inputs: Array, outputs: Array, grads_wrt_outputs: Array) -> Array:
        """Gradient in the inputs; all have the shape (n, d)."""


class TanhLayer:
    """tanh(x), entry by entry."""

    def fprop(self, inputs: Array) -> Array:
        """The outputs, of the shape of the inputs, (n, d)."""

    def bprop(self, inputs: Array, outputs: Array, grads_wrt_outputs: Array) -> Array:
        """Gradient in the inputs; all have the shape (n, d)."""


class ReluLayer:
    """max(0, x), entry by entry."""

    def fprop(self, inputs: Array) -> Array:
        """The outputs, of the shape of the inputs, (n, d)."""

    def bprop(self, inputs: Array, outputs: Array, grads_wrt_outputs: Array) -> Array:
        """Gradient in the inputs; all have the shape (n, d)."""


class SoftmaxLayer:
    """The softmax of each row."""

    def fprop(self, inputs: Array) -> Array:
        """The outputs, of the shape of the inputs, (n, d)."""

    def bprop(self, inputs: Array, outputs: Array, grads_wrt_outputs: Array) -> Array:
        """Gradient in the inputs; all have the shape (n, d)."""
