"""What a submission to this assignment implements: layers for one sample at a time, which is a column (n, 1).

`backward` comes after a `forward` of the same layer. It returns the gradient in the input, and changes what the
layer learns with.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Dense:
    """A fully connected layer, weights · input + bias.

    Attributes:
        weights: shape (output_size, input_size), random at first.
        bias: shape (output_size, 1).
    """

    def __init__(self, input_size, output_size): ...

    def forward(self, input: Array) -> Array:
        """The output, shape (output_size, 1), of an input of shape (input_size, 1)."""

    def backward(self, output_gradient: Array, learning_rate: float) -> Array:
        """Gradient in the input, with the weights that the forward pass had; a step of gradient descent for both.

        Args:
            output_gradient: gradient of the error in the output, shape (output_size, 1).
            learning_rate: of the step.
        """


class Tanh:
    """The hyperbolic tangent as a layer."""

    def __init__(self): ...

    def forward(self, input: Array) -> Array:
        """tanh, entry by entry."""

    def backward(self, output_gradient: Array, learning_rate: float) -> Array:
        """Gradient in the input; there is nothing to learn."""


class Sigmoid:
    """The logistic function as a layer."""

    def __init__(self): ...

    def forward(self, input: Array) -> Array:
        """1 / (1 + exp(-input)), entry by entry."""

    def backward(self, output_gradient: Array, learning_rate: float) -> Array:
        """Gradient in the input; there is nothing to learn."""


class Softmax:
    """Softmax over the entries of the column."""

    def forward(self, input: Array) -> Array:
        """Probabilities, of the shape of the input, (n, 1); its entries are of moderate size."""

    def backward(self, output_gradient: Array, learning_rate: float) -> Array:
        """Gradient in the input: the Jacobian of softmax times `output_gradient`."""


def mse(y_true: Array, y_pred: Array) -> float:
    """The mean of the squared errors over all entries, without a factor ½."""


def mse_prime(y_true: Array, y_pred: Array) -> Array:
    """Gradient of `mse` in `y_pred`, of its shape."""
